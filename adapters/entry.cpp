// The module's one exported symbol: its adapters by place.
#include <heard/heard.h>

#include <array>

#include "calendar_ics/adapter.hpp"
#include "sif_xpress/adapter.hpp"
#include "sif_xpress/calendars.hpp"

namespace {

/// By place, which is how they are asked for: add at the end.
constexpr std::array kAdapters{&heard::sif_xpress::kAdapter, &heard::calendar_ics::kAdapter,
                               &heard::sif_xpress::kCalendarAdapter,
                               &heard::sif_xpress::kCalendarDateAdapter};

}  // namespace

extern "C" __attribute__((visibility("default"))) int32_t heard_adapter_entry(
    uint32_t wanted_abi, int32_t index, const heard_adapter **out, heard_error **err) {
  if (err != nullptr) *err = nullptr;
  if (out == nullptr) return HEARD_E_MISUSE;
  *out = nullptr;
  const bool same_major = wanted_abi >> 16 == HEARD_ABI_MAJOR;
  if (!same_major || wanted_abi > HEARD_ABI) return HEARD_E_VERSION;
  const auto place = static_cast<std::size_t>(index);
  if (index < 0 || place >= kAdapters.size()) return HEARD_E_NOT_FOUND;
  *out = kAdapters[place];
  return HEARD_OK;
}
