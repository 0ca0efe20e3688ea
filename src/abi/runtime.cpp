// The host's table, the runtime and the options.
#include <chrono>

#include "abi/guard.hpp"
#include "abi/signer.hpp"

using heard::abi::guard;
using heard::abi::require;
using heard::abi::text_argument;

namespace {

using heard::Failure;
using heard::Status;

std::string abi_text(uint32_t abi) {
  return std::to_string(abi >> 16) + "." + std::to_string(abi & 0xFFFF);
}

void check_abi(uint32_t wanted) {
  if (wanted >> 16 == HEARD_ABI_MAJOR && wanted <= HEARD_ABI) return;
  throw Failure(Status::version,
                "the host needs Heard ABI " + abi_text(wanted) + "; this library is " +
                    heard_version_string() + " and provides " + abi_text(HEARD_ABI),
                {{"wanted", abi_text(wanted)}, {"provided", abi_text(HEARD_ABI)}});
}

void check_host(const heard_host *host) {
  if (host == nullptr || host->struct_size == sizeof(heard_host)) return;
  throw Failure(Status::argument,
                "heard_host.struct_size is " + std::to_string(host->struct_size) + " instead of " +
                    std::to_string(sizeof(heard_host)) + "; the binding declares the table wrongly",
                {{"field", "struct_size"},
                 {"wanted", std::to_string(sizeof(heard_host))},
                 {"provided", std::to_string(host->struct_size)}});
}

}  // namespace

TableHost::TableHost(const heard_host &table)
    : table_(table), signer_(heard::abi::signer_of(table)) {}

heard::Signer *TableHost::signer() { return signer_.get(); }

TableHost::~TableHost() {
  if (table_.release) table_.release(table_.host_data);
}

heard::Millis TableHost::now_ms() {
  if (table_.now_ms) return table_.now_ms(table_.host_data);
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::optional<std::string> TableHost::secret(const std::string &name) {
  if (!table_.secret) return std::nullopt;
  heard_sink sink;
  const int32_t status = table_.secret(table_.host_data, name.c_str(), &sink);
  if (status == HEARD_E_NOT_FOUND) return std::nullopt;
  if (status < 0)
    throw Failure(Status::host, "the host could not give the secret '" + name + "'",
                  {{"name", name}});
  return sink.bytes;
}

void TableHost::warn(std::string_view component, const std::string &message) {
  if (table_.log)
    table_.log(table_.host_data, HEARD_LOG_WARNING, std::string(component).c_str(),
               message.c_str());
}

void TableHost::inform(std::string_view component, const std::string &message) {
  if (table_.log)
    table_.log(table_.host_data, HEARD_LOG_INFO, std::string(component).c_str(), message.c_str());
}

void TableHost::wake() {
  if (table_.wake) table_.wake(table_.host_data);
}

int32_t heard_runtime_create(uint32_t wanted_abi, const heard_host *host, heard_runtime **out,
                             heard_error **err) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    heard::abi::out_of_memory();
    check_abi(wanted_abi);
    check_host(host);
    auto table = std::make_unique<TableHost>(host ? *host : heard_host{});
    *out = new heard_runtime{wanted_abi, std::move(table)};
    return HEARD_OK;
  });
}

void heard_runtime_destroy(heard_runtime *runtime) { delete runtime; }

int32_t heard_options_create(heard_options **out, heard_error **err) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    *out = new heard_options;
    return HEARD_OK;
  });
}

int32_t heard_options_set(heard_options *options, const char *name, const char *value,
                          heard_error **err) {
  return guard(err, [&] {
    require(options, "options");
    options->options.set(text_argument(name, "name"), text_argument(value, "value"));
    return HEARD_OK;
  });
}

void heard_options_destroy(heard_options *options) { delete options; }
