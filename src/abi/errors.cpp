// Versions and errors.
#include "abi/guard.hpp"

using heard::abi::guard;

uint32_t heard_abi_version(void) { return HEARD_ABI; }
const char *heard_version_string(void) { return "1.0.0"; }

const char *heard_status_name(int32_t status) {
  switch (status) {
    case HEARD_ROW:
      return "row";
    case HEARD_OK:
      return "ok";
    case HEARD_E_INTERNAL:
      return "internal";
    case HEARD_E_MISUSE:
      return "misuse";
    case HEARD_E_ARGUMENT:
      return "argument";
    case HEARD_E_VERSION:
      return "version";
    case HEARD_E_UNKNOWN_NAME:
      return "unknown_name";
    case HEARD_E_NOT_FOUND:
      return "not_found";
    case HEARD_E_CONFLICT:
      return "conflict";
    case HEARD_E_DENIED:
      return "denied";
    case HEARD_E_BUSY:
      return "busy";
    case HEARD_E_IO:
      return "io";
    case HEARD_E_CORRUPT:
      return "corrupt";
    case HEARD_E_NO_MEMORY:
      return "no_memory";
    case HEARD_E_INTERRUPTED:
      return "interrupted";
    case HEARD_E_LIMIT:
      return "limit";
    case HEARD_E_HOST:
      return "host";
    case HEARD_E_FORKED:
      return "forked";
    default:
      return "unknown";
  }
}

int32_t heard_error_status(const heard_error *error) {
  return error ? static_cast<int32_t>(error->failure.status()) : HEARD_OK;
}

const char *heard_error_message(const heard_error *error) {
  return error ? error->failure.message().c_str() : "";
}

const char *heard_error_detail(const heard_error *error, const char *name) {
  if (error == nullptr || name == nullptr) return nullptr;
  for (const auto &[key, value] : error->failure.details())
    if (key == name) return value.c_str();
  return nullptr;
}

int64_t heard_error_retry_ms(const heard_error *error) {
  return error ? error->failure.retry_ms() : 0;
}

const char *heard_error_json(const heard_error *error) {
  if (error == nullptr) return "{}";
  guard(nullptr, [&] {
    heard::Record record;
    record.set("status", heard_status_name(heard_error_status(error)));
    record.set("message", error->failure.message());
    for (const auto &[key, value] : error->failure.details()) record.set(key, value);
    if (error->failure.retry_ms() > 0) record.set("retry_ms", error->failure.retry_ms());
    error->json = heard::to_json(record);
    return HEARD_OK;
  });
  return error->json.c_str();
}

void heard_error_free(heard_error *error) {
  if (error != heard::abi::out_of_memory()) delete error;
}
