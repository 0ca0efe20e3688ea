#include "product.hpp"

#include <filesystem>

namespace heard::bench {

namespace {

int32_t secret(void *, const char *, heard_sink *out) {
  const std::string word = "correct horse";  // the demo SIS asks for it
  return heard_sink_put(out, word.data(), static_cast<std::int64_t>(word.size()));
}

heard_host table_of(std::int64_t &now) {
  heard_host table{};
  table.struct_size = sizeof table;
  table.abi = HEARD_ABI;
  table.host_data = &now;
  table.now_ms = [](void *data) { return *static_cast<std::int64_t *>(data); };
  table.secret = secret;
  return table;
}

api::Store opened(const api::Runtime &runtime, const std::string &path) {
  api::Options options({{"store.path", path}, {"calendar.timezone", "America/New_York"}});
  if (const char *adapters = HEARD_ADAPTERS) options.set("adapters.path", adapters);
  if (!std::filesystem::exists(path)) api::Store::migrate(runtime, options);
  return {runtime, options};
}

}  // namespace

Product::Product(const std::string &path)
    : table_(table_of(now)),
      runtime_(&table_),
      store_(opened(runtime_, path)),
      actor_("actor", {{"id", "staff:7"}, {"display", "A. Clerk"}, {"roles", "admin"}}) {}

}  // namespace heard::bench
