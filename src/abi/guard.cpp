#include "abi/guard.hpp"

#include "base/text.hpp"

static_assert(HEARD_E_INTERNAL == static_cast<int>(heard::Status::internal));
static_assert(HEARD_E_MISUSE == static_cast<int>(heard::Status::misuse));
static_assert(HEARD_E_ARGUMENT == static_cast<int>(heard::Status::argument));
static_assert(HEARD_E_VERSION == static_cast<int>(heard::Status::version));
static_assert(HEARD_E_UNKNOWN_NAME == static_cast<int>(heard::Status::unknown_name));
static_assert(HEARD_E_NOT_FOUND == static_cast<int>(heard::Status::not_found));
static_assert(HEARD_E_CONFLICT == static_cast<int>(heard::Status::conflict));
static_assert(HEARD_E_DENIED == static_cast<int>(heard::Status::denied));
static_assert(HEARD_E_BUSY == static_cast<int>(heard::Status::busy));
static_assert(HEARD_E_IO == static_cast<int>(heard::Status::io));
static_assert(HEARD_E_CORRUPT == static_cast<int>(heard::Status::corrupt));
static_assert(HEARD_E_NO_MEMORY == static_cast<int>(heard::Status::no_memory));
static_assert(HEARD_E_INTERRUPTED == static_cast<int>(heard::Status::interrupted));
static_assert(HEARD_E_LIMIT == static_cast<int>(heard::Status::limit));
static_assert(HEARD_E_HOST == static_cast<int>(heard::Status::host));
static_assert(HEARD_E_FORKED == static_cast<int>(heard::Status::forked));

namespace heard::abi {

heard_error *out_of_memory() noexcept {
  static heard_error *error = [] {
    try {
      return new heard_error{Failure(Status::no_memory, "out of memory; nothing was changed"), {}};
    } catch (...) {
      return static_cast<heard_error *>(nullptr);
    }
  }();
  return error;
}

std::int32_t report(heard_error **err, const Failure &failure) noexcept {
  if (err == nullptr) return static_cast<std::int32_t>(failure.status());
  try {
    *err = new heard_error{failure, {}};
  } catch (...) {
    return report_out_of_memory(err);
  }
  return static_cast<std::int32_t>(failure.status());
}

std::int32_t report_out_of_memory(heard_error **err) noexcept {
  // Made while there still was memory; heard_error_free knows it.
  if (err) *err = out_of_memory();
  return HEARD_E_NO_MEMORY;
}

void require(const void *argument, const char *name) {
  if (argument == nullptr)
    throw Failure(Status::misuse, std::string("argument '") + name + "' is null",
                  {{"field", name}});
}

std::string_view text_argument(const char *text, const char *name) {
  require(text, name);
  const std::string_view checked(text);
  if (!is_utf8(checked)) throw bad_field(name, "not valid UTF-8");
  return checked;
}

std::string_view bytes_argument(const void *bytes, std::int64_t length, const char *name) {
  if (length < 0) throw bad_field(name, "has a negative length");
  if (length > 0) require(bytes, name);
  return {static_cast<const char *>(bytes), static_cast<std::size_t>(length)};
}

Entered::Entered(heard_store *store) : store_(store) {
  require(store, "store");
  if (store->engine->forked())
    throw Failure(Status::forked, "the store was opened before fork(); open it again in the child");
  if (store->busy.exchange(true))
    throw Failure(Status::misuse,
                  "the store is in use by another thread or by the call this comes from; open one "
                  "store for each thread");
  store->engine->connection().clear_interrupt();
}

Entered::~Entered() { store_->busy = false; }

}  // namespace heard::abi
