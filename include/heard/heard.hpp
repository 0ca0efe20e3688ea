// heard.hpp - the C interface in C++17 clothes: handles that close themselves, errors that are
// thrown, rows in a for loop. Header only; needs heard.h and the standard library, nothing else.
//
// THE WHOLE IDEA
//     namespace api = heard::api;
//     api::Runtime runtime;
//     api::Options options({{"store.path", "school.heard"}});
//     api::Store::migrate(runtime, options);
//     api::Store store(runtime, options);
//     api::Record actor("actor", {{"id", "staff:7"}, {"roles", "office"}});
//     api::Record done = store.apply(actor, "interaction.log",
//                                    api::Record("fields", {{"channel", "phone"}}));
//     for (api::Row row : store.query(actor, "waiting")) show(row.text("subject"));
//
// Threads and lifetimes are those of heard.h: let go of rows, responses and sinks before the store,
// of stores before the runtime. Every function may throw heard::api::Error and std::bad_alloc.
#ifndef HEARD_HEARD_HPP
#define HEARD_HEARD_HPP

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heard/heard.h"

namespace heard::api {

/// A call that answered a negative status, with all that its error object knows.
class Error : public std::runtime_error {
 public:
  /// Takes the error object over.
  Error(std::int32_t status, heard_error *error)
      : std::runtime_error(sentence(status, error)),
        status_(status),
        error_(error, heard_error_free) {}
  std::int32_t status() const { return status_; }
  /// One fact by name ("field", "http", ...), or null. Lives as long as the error.
  const char *detail(const char *name) const { return heard_error_detail(error_.get(), name); }
  /// How long to wait before trying again; 0 if trying again is pointless.
  std::int64_t retry_ms() const { return heard_error_retry_ms(error_.get()); }
  /// Status, message and details as one JSON object.
  std::string json() const { return heard_error_json(error_.get()); }

 private:
  static std::string sentence(std::int32_t status, const heard_error *error) {
    const std::string message = heard_error_message(error);
    return message.empty() ? heard_status_name(status) : message;
  }
  std::int32_t status_;
  std::shared_ptr<heard_error> error_;  // shared, because what is thrown may be copied
};

/// Calls a function of heard.h whose last parameter is the error; returns its status or throws.
template <class... Declared, class... Given>
std::int32_t call(std::int32_t (*function)(Declared...), Given... arguments) {
  heard_error *error = nullptr;
  const std::int32_t status = function(arguments..., &error);
  if (status < 0) throw Error(status, error);
  return status;
}

/// Owns one object of heard.h and gives it back with the function meant for it.
template <auto give_back>
struct GiveBack {
  template <class T>
  void operator()(T *object) const {
    give_back(object);
  }
};
template <class T, auto give_back>
using Handle = std::unique_ptr<T, GiveBack<give_back>>;

/// A record that belongs to somebody else: a cursor's row, a part of another record.
class Row {
 public:
  explicit Row(const heard_record *record) : record_(record) {}
  bool has(const char *name) const { return count(name) > 0; }
  std::int64_t count(const char *name) const { return heard_record_count(record_, name); }
  std::string text(const char *name) const {
    const char *value = heard_record_text(record_, name);
    return value ? value : "";
  }
  std::int64_t number(const char *name, std::int64_t fallback = 0) const {
    return heard_record_int(record_, name, fallback);
  }
  bool flag(const char *name) const { return number(name) != 0; }
  std::vector<std::string> texts(const char *name) const {
    std::vector<std::string> all;
    for (std::int64_t i = 0; i < count(name); ++i)
      if (const char *one = heard_record_text_at(record_, name, i)) all.emplace_back(one);
    return all;
  }
  std::vector<Row> rows(const char *name) const {
    std::vector<Row> all;
    for (std::int64_t i = 0; i < count(name); ++i)
      if (const heard_record *one = heard_record_record_at(record_, name, i)) all.emplace_back(one);
    return all;
  }
  std::string json() const {
    const char *text = heard_record_json(record_);
    return text ? text : "{}";
  }
  const heard_record *get() const { return record_; }

 private:
  const heard_record *record_;
};

/// One field given to a new record: a text or a whole number.
struct Field {
  Field(const char *field, std::string value) : name(field), text(std::move(value)) {}
  Field(const char *field, const char *value) : name(field), text(value) {}
  template <class Whole, class = std::enable_if_t<std::is_integral_v<Whole>>>
  Field(const char *field, Whole value) : name(field), number(value), is_number(true) {}
  const char *name;
  std::string text;
  std::int64_t number = 0;
  bool is_number = false;
};

/// A record of our own: an actor, a command's fields, a filter, a result.
class Record {
 public:
  explicit Record(const char *kind, std::initializer_list<Field> fields = {}) {
    heard_record *made = nullptr;
    call(heard_record_create, kind, &made);
    record_.reset(made);
    for (const Field &field : fields) set(field);
  }
  /// Takes a record over that a call has handed out.
  explicit Record(heard_record *record) : record_(record) {}
  static Record from_json(const char *kind, std::string_view json) {
    heard_record *made = nullptr;
    const auto length = static_cast<std::int64_t>(json.size());
    call(heard_record_from_json, kind, json.data(), length, &made);
    return Record(made);
  }
  Record &set(const Field &field) {
    if (field.is_number)
      call(heard_record_set_int, get(), field.name, field.number);
    else
      call(heard_record_set_text, get(), field.name, field.text.c_str());
    return *this;
  }
  Record &add(const char *name, const std::string &value) {
    call(heard_record_add_text, get(), name, value.c_str());
    return *this;
  }
  Record &add(const char *name, const Record &value) {
    call(heard_record_add_record, get(), name, value.get());
    return *this;
  }
  Row row() const { return Row(get()); }
  heard_record *get() const { return record_.get(); }

 private:
  Handle<heard_record, heard_record_destroy> record_;
};

/// Rows to walk through once: for (Row row : rows). A row lives until the next step.
class Rows {
 public:
  explicit Rows(heard_cursor *cursor) : cursor_(cursor) {}
  /// The next row, or false at the end.
  bool next(Row &row) {
    const heard_record *record = nullptr;
    const bool is_there = call(heard_cursor_next, cursor_.get(), &record) == HEARD_ROW;
    row = Row(record);
    return is_there;
  }
  struct End {};
  struct Iterator {
    Rows *rows;
    Row row{nullptr};
    bool is_there = false;
    Row operator*() const { return row; }
    Iterator &operator++() {
      is_there = rows->next(row);
      return *this;
    }
    bool operator!=(End) const { return is_there; }
  };
  Iterator begin() { return ++Iterator{this}; }
  End end() const { return {}; }

 private:
  Handle<heard_cursor, heard_cursor_destroy> cursor_;
};

/// Where an export goes: memory, or a new file.
class Sink {
 public:
  static Sink in_memory() {
    Sink sink;
    call(heard_sink_open_memory, &sink.sink_);
    return sink;
  }
  static Sink to_new_file(const std::string &path) {
    Sink sink;
    call(heard_sink_open_file, path.c_str(), &sink.sink_);
    return sink;
  }
  Sink(Sink &&other) noexcept : sink_(std::exchange(other.sink_, nullptr)) {}
  Sink &operator=(Sink &&) = delete;
  ~Sink() { heard_sink_close(sink_, nullptr); }
  /// Flushes a file to disk and says if that fails; the destructor cannot.
  void close() { call(heard_sink_close, std::exchange(sink_, nullptr)); }
  /// What a memory sink holds.
  std::string_view bytes() const {
    std::int64_t length = 0;
    const void *held = heard_sink_bytes(sink_, &length);
    return held
               ? std::string_view(static_cast<const char *>(held), static_cast<std::size_t>(length))
               : std::string_view();
  }
  heard_sink *get() const { return sink_; }

 private:
  Sink() = default;
  heard_sink *sink_ = nullptr;
};

/// The answer to one page request.
class Response {
 public:
  explicit Response(heard_response *response) : response_(response) {}
  int status() const { return heard_response_status(response_.get()); }
  std::string_view body() const {
    std::int64_t length = 0;
    const void *bytes = heard_response_body(response_.get(), &length);
    return bytes ? std::string_view(static_cast<const char *>(bytes),
                                    static_cast<std::size_t>(length))
                 : std::string_view();
  }
  std::vector<std::pair<std::string, std::string>> headers() const {
    std::vector<std::pair<std::string, std::string>> all;
    for (std::int32_t i = 0; i < heard_response_header_count(response_.get()); ++i)
      all.emplace_back(heard_response_header_name(response_.get(), i),
                       heard_response_header_value(response_.get(), i));
    return all;
  }

 private:
  Handle<heard_response, heard_response_destroy> response_;
};

/// One per process; `host` (copied, may be null) offers a clock, a log, secrets.
class Runtime {
 public:
  explicit Runtime(const heard_host *host = nullptr, std::uint32_t wanted = 0x00010000) {
    heard_runtime *made = nullptr;
    call(heard_runtime_create, wanted, host, &made);
    runtime_.reset(made);
  }
  heard_runtime *get() const { return runtime_.get(); }

 private:
  Handle<heard_runtime, heard_runtime_destroy> runtime_;
};

/// Named settings for opening a store.
class Options {
 public:
  explicit Options(std::initializer_list<std::pair<const char *, std::string>> settings = {}) {
    heard_options *made = nullptr;
    call(heard_options_create, &made);
    options_.reset(made);
    for (const auto &[name, value] : settings) set(name, value);
  }
  Options &set(const char *name, const std::string &value) {
    call(heard_options_set, get(), name, value.c_str());
    return *this;
  }
  heard_options *get() const { return options_.get(); }

 private:
  Handle<heard_options, heard_options_destroy> options_;
};

/// A store to work with; used by one thread at a time, so open one per thread or request.
class Store {
 public:
  /// Creates the store, or brings an older one up to date.
  static void migrate(const Runtime &runtime, const Options &options) {
    call(heard_store_migrate, runtime.get(), options.get());
  }
  Store(const Runtime &runtime, const Options &options) {
    heard_store *opened = nullptr;
    call(heard_store_open, runtime.get(), options.get(), &opened);
    store_.reset(opened);
  }
  Record apply(const Record &actor, const char *command, const Record &fields) {
    heard_record *result = nullptr;
    call(heard_apply, get(), actor.get(), command, fields.get(), &result);
    return Record(result);
  }
  Rows query(const Record &actor, const char *view, const Record &filter = Record("filter")) {
    heard_cursor *rows = nullptr;
    call(heard_query, get(), actor.get(), view, filter.get(), &rows);
    return Rows(rows);
  }
  Rows verify(const Record &actor, const Record &what = Record("what")) {
    heard_cursor *rows = nullptr;
    call(heard_verify, get(), actor.get(), what.get(), &rows);
    return Rows(rows);
  }
  Rows backup(const Record &actor, const Record &what) {
    heard_cursor *rows = nullptr;
    call(heard_backup, get(), actor.get(), what.get(), &rows);
    return Rows(rows);
  }
  Rows rebuild(const Record &actor, const Record &what = Record("what")) {
    heard_cursor *rows = nullptr;
    call(heard_rebuild, get(), actor.get(), what.get(), &rows);
    return Rows(rows);
  }
  void export_to(Sink &sink, const Record &actor, const Record &what) {
    call(heard_export, get(), actor.get(), what.get(), sink.get());
  }
  Record run_feed(const Record &actor, const char *feed) {
    heard_record *result = nullptr;
    call(heard_feed_run, get(), actor.get(), feed, &result);
    return Record(result);
  }
  /// Works for about `budget_ms`; true if more is waiting.
  bool pump(std::int64_t budget_ms, std::int64_t &next_due_ms) {
    return call(heard_pump, get(), budget_ms, &next_due_ms) == HEARD_ROW;
  }
  Response handle(const Record &actor, const Record &head, std::string_view body) {
    heard_response *response = nullptr;
    const auto length = static_cast<std::int64_t>(body.size());
    call(heard_handle, get(), actor.get(), head.get(), body.data(), length, &response);
    return Response(response);
  }
  /// Stops the call that runs now; the only function for other threads.
  void interrupt() { heard_store_interrupt(get()); }
  heard_store *get() const { return store_.get(); }

 private:
  Handle<heard_store, heard_store_close> store_;
};

}  // namespace heard::api

#endif
