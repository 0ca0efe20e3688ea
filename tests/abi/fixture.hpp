// What the interface tests stand on: handles that free themselves, a store in a folder of its own,
// and the expectation that a call refuses with a status and an error object. Plain heard.h inside.
#pragma once

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <filesystem>
#include <functional>
#include <random>
#include <string>

#include "heard/heard.h"

namespace abi_test {

/// Owns one object of the library; converts to the bare pointer.
template <class T, void (*Free)(T *)>
class Handle {
 public:
  Handle() = default;
  Handle(const Handle &) = delete;
  Handle &operator=(const Handle &) = delete;
  ~Handle() { Free(pointer_); }
  operator T *() const { return pointer_; }
  /// For an output parameter. What was held before is freed.
  T **out() {
    Free(pointer_);
    pointer_ = nullptr;
    return &pointer_;
  }

 private:
  T *pointer_ = nullptr;
};

using Error = Handle<heard_error, heard_error_free>;
using Runtime = Handle<heard_runtime, heard_runtime_destroy>;
using Options = Handle<heard_options, heard_options_destroy>;
using Store = Handle<heard_store, heard_store_close>;
using Record = Handle<heard_record, heard_record_destroy>;
using Cursor = Handle<heard_cursor, heard_cursor_destroy>;
using Response = Handle<heard_response, heard_response_destroy>;
inline void close_quietly(heard_sink *sink) { heard_sink_close(sink, nullptr); }
using Sink = Handle<heard_sink, close_quietly>;

/// A folder that goes away again.
class Folder {
 public:
  Folder() {
    const auto name = "heard-abi-" + std::to_string(std::random_device{}());
    path_ = std::filesystem::temp_directory_path() / name;
    std::filesystem::create_directory(path_);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const char *name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// A call that still wants its last argument.
using Call = std::function<std::int32_t(heard_error **)>;

/// Makes the call, which must succeed; the message is shown if it does not.
inline std::int32_t succeeds(const Call &call) {
  Error error;
  const std::int32_t status = call(error.out());
  BOOST_TEST_REQUIRE(status >= 0, heard_status_name(status) << ": " << heard_error_message(error));
  BOOST_TEST(!error);
  return status;
}

/// Expects `status`, with an error object that repeats it and says something, and without one.
inline void refuses(std::int32_t status, const char *code, const Call &call) {
  Error error;
  const std::int32_t got = call(error.out());
  BOOST_TEST(got == status, code << " should answer " << heard_status_name(status) << ", not "
                                 << heard_status_name(got) << ": " << heard_error_message(error));
  if (got < 0) {
    BOOST_TEST(heard_error_status(error) == got, code << ": the error has another status");
    BOOST_TEST(std::strlen(heard_error_message(error)) > 0, code << ": the error says nothing");
    BOOST_TEST(std::strchr(heard_error_message(error), '\n') == nullptr);
  }
  BOOST_TEST(call(nullptr) == got, code << ": answers differently when err is null");
}

// `code` is a call that names its last argument `err`.
#define SUCCEEDS(code) abi_test::succeeds([&](heard_error **err) { return code; })
#define REFUSES(status, code) \
  abi_test::refuses(status, #code, [&](heard_error **err) { return code; })

inline void set(heard_record *record, const char *name, const char *value) {
  SUCCEEDS(heard_record_set_text(record, name, value, err));
}

inline void from_json(Record &record, const char *kind, const char *json) {
  SUCCEEDS(heard_record_from_json(kind, json, -1, record.out(), err));
}

/// A migrated, open store, an administrator, and one contact in it.
struct OpenStore {
  explicit OpenStore(const heard_host *host = nullptr) {
    SUCCEEDS(heard_runtime_create(HEARD_ABI, host, runtime.out(), err));
    SUCCEEDS(heard_options_create(options.out(), err));
    SUCCEEDS(heard_options_set(options, "store.path", (folder / "school.heard").c_str(), err));
    SUCCEEDS(heard_options_set(options, "calendar.timezone", "Europe/Paris", err));
    SUCCEEDS(heard_store_migrate(runtime, options, err));
    SUCCEEDS(heard_store_open(runtime, options, store.out(), err));
    from_json(actor, "actor", R"({"id": "staff:7", "display": "A. Clerk", "roles": ["admin"]})");
    from_json(contact, "contact", R"({"channel": "phone", "from": "sis:guardian:9",
                                      "subject": "Late bus", "human": 1})");
    SUCCEEDS(heard_apply(store, actor, "interaction.log", contact, result.out(), err));
  }

  /// Entries in the ledger.
  std::int64_t size() {
    Cursor rows;
    SUCCEEDS(heard_query(store, actor, "ledger", nullptr, rows.out(), err));
    const heard_record *row = nullptr;
    std::int64_t entries = 0;
    while (SUCCEEDS(heard_cursor_next(rows, &row, err)) == HEARD_ROW) ++entries;
    return entries;
  }

  Folder folder;
  Runtime runtime;
  Options options;
  Store store;
  Record actor;
  Record contact;
  Record result;
};

}  // namespace abi_test
