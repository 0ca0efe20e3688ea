// The plugin table: the same functions behind one symbol.
#include "abi/guard.hpp"
#include "abi/manifest.hpp"

using heard::abi::guard;
using heard::abi::require;

namespace {

int32_t start(const heard_host *host, const heard_options *settings, heard_store **out,
              heard_error **err) {
  if (out) *out = nullptr;
  heard_runtime *runtime = nullptr;
  const int32_t created = heard_runtime_create(HEARD_ABI, host, &runtime, err);
  if (created < 0) return created;
  const int32_t opened = heard_store_open(runtime, settings, out, err);
  if (opened < 0) {
    heard_runtime_destroy(runtime);
    return opened;
  }
  (*out)->own_runtime.reset(runtime);
  return HEARD_OK;
}

void stop(heard_store *store) {
  if (store == nullptr) return;
  const std::unique_ptr<heard_runtime> runtime = std::move(store->own_runtime);
  heard_store_close(store);
}

const void *extension(const char *) { return nullptr; }

const heard_plugin kPlugin{sizeof(heard_plugin),
                           HEARD_ABI,
                           "org.heard.heard",
                           "Heard",
                           heard::abi::kManifest,
                           start,
                           heard_handle,
                           heard_pump,
                           stop,
                           extension};

}  // namespace

int32_t heard_plugin_entry(uint32_t wanted_abi, const heard_plugin **out, heard_error **err) {
  if (out) *out = nullptr;
  heard_runtime *runtime = nullptr;
  const int32_t status = heard_runtime_create(wanted_abi, nullptr, &runtime, err);
  heard_runtime_destroy(runtime);
  if (status < 0) return status;
  return guard(err, [&] {
    require(out, "out");
    *out = &kPlugin;
    return HEARD_OK;
  });
}
