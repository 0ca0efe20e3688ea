#include "runtime/adapter_loader.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <vector>

#include "base/failure.hpp"

namespace heard::runtime {

namespace {

namespace fs = std::filesystem;

constexpr const char *kModule = "heard_adapters.so";

/// The folder this very library was loaded from.
fs::path own_folder() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<void *>(&adapter_symbol), &info) == 0 || info.dli_fname == nullptr)
    return {};
  return fs::path(info.dli_fname).parent_path();
}

std::vector<fs::path> places(const std::string &path) {
  if (!path.empty()) return {fs::path(path), fs::path(path) / kModule};
  return {own_folder() / "heard" / "adapters" / kModule, fs::path(HEARD_ADAPTERS_FOLDER) / kModule};
}

}  // namespace

void *adapter_symbol(const std::string &path, const char *symbol) {
  std::string looked;
  for (const fs::path &place : places(path)) {
    std::error_code error;
    looked += (looked.empty() ? "" : ", ") + place.string();
    if (!fs::is_regular_file(place, error)) continue;
    void *module = ::dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module == nullptr)
      throw Failure(Status::io,
                    std::string("the adapters module cannot be loaded: ") + ::dlerror());
    if (void *found = ::dlsym(module, symbol)) return found;
    throw Failure(Status::version, "'" + place.string() + "' is not an adapters module of Heard");
  }
  throw Failure(
      Status::not_found,
      "the adapters module was not found; set the option adapters.path (looked at " + looked + ")",
      {{"name", "adapters.path"}});
}

}  // namespace heard::runtime
