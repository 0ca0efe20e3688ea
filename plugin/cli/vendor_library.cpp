// libheard loaded the way a vendor's plugin loader does it: dlopen, a table of functions, no link.
#include "vendor_library.hpp"

#include <dlfcn.h>
#include <fmt/core.h>

#include "exit_codes.hpp"

namespace heard::cli {
namespace {

template <class Function>
void find(void *library, const char *name, Function &function) {
  void *symbol = dlsym(library, name);
  if (!symbol)
    throw Trouble(kStoreTrouble, fmt::format("The library lacks the function {}.", name));
  function = reinterpret_cast<Function>(symbol);
}

}  // namespace

VendorLibrary load_vendor_library(const std::string &path) {
  void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    throw Trouble(kStoreTrouble, fmt::format("{} cannot be loaded: {}", path, dlerror()));
  VendorLibrary table{};
  find(library, "heard_version_string", table.version_string);
  find(library, "heard_runtime_create", table.runtime_create);
  find(library, "heard_runtime_destroy", table.runtime_destroy);
  find(library, "heard_options_create", table.options_create);
  find(library, "heard_options_set", table.options_set);
  find(library, "heard_options_destroy", table.options_destroy);
  find(library, "heard_store_open", table.store_open);
  find(library, "heard_store_close", table.store_close);
  find(library, "heard_record_from_json", table.record_from_json);
  find(library, "heard_record_json", table.record_json);
  find(library, "heard_record_destroy", table.record_destroy);
  find(library, "heard_apply", table.apply);
  find(library, "heard_pump", table.pump);
  find(library, "heard_error_message", table.error_message);
  find(library, "heard_error_free", table.error_free);
  return table;
}

}  // namespace heard::cli
