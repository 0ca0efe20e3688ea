// The module's one exported symbol: its adapters by place.
#include <heard/heard.h>

#include "sif_xpress/adapter.hpp"

extern "C" __attribute__((visibility("default"))) int32_t heard_adapter_entry(
    uint32_t wanted_abi, int32_t index, const heard_adapter **out, heard_error **err) {
  if (err != nullptr) *err = nullptr;
  if (out == nullptr) return HEARD_E_MISUSE;
  *out = nullptr;
  const bool same_major = wanted_abi >> 16 == HEARD_ABI_MAJOR;
  if (!same_major || wanted_abi > HEARD_ABI) return HEARD_E_VERSION;
  if (index != 0) return HEARD_E_NOT_FOUND;
  *out = &heard::sif_xpress::kAdapter;
  return HEARD_OK;
}
