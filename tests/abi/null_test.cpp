// T11: every function with each pointer null answers a status or an empty value, never a signal.
#include "abi/fixture.hpp"

using namespace abi_test;

namespace {

/// What an output holds before the call, so that one can see that it was cleared.
template <class T>
T *stale() {
  static std::max_align_t somewhere;
  return reinterpret_cast<T *>(&somewhere);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(null_pointers)

BOOST_AUTO_TEST_CASE(a_null_error_reads_as_no_error) {
  BOOST_TEST(heard_error_status(nullptr) == HEARD_OK);
  BOOST_TEST(heard_error_message(nullptr) == std::string());
  BOOST_TEST(heard_error_detail(nullptr, "field") == nullptr);
  BOOST_TEST(heard_error_retry_ms(nullptr) == 0);
  BOOST_TEST(heard_error_json(nullptr) == std::string("{}"));
  heard_error_free(nullptr);
}

BOOST_AUTO_TEST_CASE(a_detail_without_a_name_is_null) {
  Error error;
  Record record;
  BOOST_TEST(heard_record_from_json("x", "[", -1, record.out(), error.out()) == HEARD_E_ARGUMENT);
  BOOST_TEST(heard_error_detail(error, nullptr) == nullptr);
}

BOOST_AUTO_TEST_CASE(destroying_nothing_is_allowed) {
  heard_runtime_destroy(nullptr);
  heard_options_destroy(nullptr);
  heard_store_close(nullptr);
  heard_store_interrupt(nullptr);
  heard_record_destroy(nullptr);
  heard_cursor_destroy(nullptr);
  heard_response_destroy(nullptr);
  BOOST_TEST(heard_sink_close(nullptr, nullptr) == HEARD_OK);
}

BOOST_AUTO_TEST_CASE(runtime_and_options_refuse_null) {
  Options options;
  REFUSES(HEARD_E_MISUSE, heard_runtime_create(HEARD_ABI, nullptr, nullptr, err));
  REFUSES(HEARD_E_MISUSE, heard_options_create(nullptr, err));
  SUCCEEDS(heard_options_create(options.out(), err));
  REFUSES(HEARD_E_MISUSE, heard_options_set(nullptr, "store.path", "x", err));
  REFUSES(HEARD_E_MISUSE, heard_options_set(options, nullptr, "x", err));
  REFUSES(HEARD_E_MISUSE, heard_options_set(options, "store.path", nullptr, err));
}

BOOST_AUTO_TEST_CASE(opening_a_store_refuses_null) {
  OpenStore open;
  heard_store *out = stale<heard_store>();
  REFUSES(HEARD_E_MISUSE, heard_store_migrate(nullptr, open.options, err));
  REFUSES(HEARD_E_MISUSE, heard_store_migrate(open.runtime, nullptr, err));
  REFUSES(HEARD_E_MISUSE, heard_store_open(nullptr, open.options, &out, err));
  BOOST_TEST(out == nullptr);
  out = stale<heard_store>();
  REFUSES(HEARD_E_MISUSE, heard_store_open(open.runtime, nullptr, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_store_open(open.runtime, open.options, nullptr, err));
}

BOOST_AUTO_TEST_CASE(writing_records_refuses_null) {
  Record record;
  heard_record *out = stale<heard_record>();
  REFUSES(HEARD_E_MISUSE, heard_record_create(nullptr, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_record_create("filter", nullptr, err));
  out = stale<heard_record>();
  REFUSES(HEARD_E_MISUSE, heard_record_from_json(nullptr, "{}", -1, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_record_from_json("filter", nullptr, -1, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_record_from_json("filter", "{}", -1, nullptr, err));

  from_json(record, "filter", "{}");
  REFUSES(HEARD_E_MISUSE, heard_record_set_text(nullptr, "a", "b", err));
  REFUSES(HEARD_E_MISUSE, heard_record_set_text(record, nullptr, "b", err));
  REFUSES(HEARD_E_MISUSE, heard_record_set_text(record, "a", nullptr, err));
  REFUSES(HEARD_E_MISUSE, heard_record_set_int(nullptr, "a", 1, err));
  REFUSES(HEARD_E_MISUSE, heard_record_set_int(record, nullptr, 1, err));
  REFUSES(HEARD_E_MISUSE, heard_record_add_text(nullptr, "a", "b", err));
  REFUSES(HEARD_E_MISUSE, heard_record_add_text(record, nullptr, "b", err));
  REFUSES(HEARD_E_MISUSE, heard_record_add_text(record, "a", nullptr, err));
  REFUSES(HEARD_E_MISUSE, heard_record_add_record(nullptr, "a", record, err));
  REFUSES(HEARD_E_MISUSE, heard_record_add_record(record, nullptr, record, err));
  REFUSES(HEARD_E_MISUSE, heard_record_add_record(record, "a", nullptr, err));
  BOOST_TEST(heard_record_json(record) == std::string("{}"));
}

BOOST_AUTO_TEST_CASE(reading_records_answers_the_empty_value) {
  Record record;
  from_json(record, "filter", R"({"a": "b"})");
  BOOST_TEST(heard_record_json(nullptr) == nullptr);
  for (const heard_record *any :
       {static_cast<const heard_record *>(nullptr), static_cast<const heard_record *>(record)}) {
    const char *name = any ? nullptr : "a";
    BOOST_TEST(heard_record_count(any, name) == 0);
    BOOST_TEST(heard_record_text(any, name) == nullptr);
    BOOST_TEST(heard_record_int(any, name, 5) == 5);
    BOOST_TEST(heard_record_text_at(any, name, 0) == nullptr);
    BOOST_TEST(heard_record_record_at(any, name, 0) == nullptr);
  }
}

BOOST_AUTO_TEST_CASE(commands_refuse_null) {
  OpenStore open;
  heard_record *out = stale<heard_record>();
  REFUSES(HEARD_E_MISUSE,
          heard_apply(nullptr, open.actor, "interaction.log", open.contact, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE,
          heard_apply(open.store, nullptr, "interaction.log", open.contact, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_apply(open.store, open.actor, nullptr, open.contact, &out, err));
  REFUSES(HEARD_E_ARGUMENT,  // no fields at all, so none of those it needs
          heard_apply(open.store, open.actor, "interaction.log", nullptr, &out, err));
}

BOOST_AUTO_TEST_CASE(a_command_does_not_need_somewhere_to_put_its_result) {
  OpenStore open;
  SUCCEEDS(heard_apply(open.store, open.actor, "interaction.log", open.contact, nullptr, err));
}

BOOST_AUTO_TEST_CASE(views_refuse_null) {
  OpenStore open;
  Cursor rows;
  heard_cursor *out = stale<heard_cursor>();
  const heard_record *row = stale<heard_record>();
  REFUSES(HEARD_E_MISUSE, heard_query(nullptr, open.actor, "waiting", nullptr, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_query(open.store, nullptr, "waiting", nullptr, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_query(open.store, open.actor, nullptr, nullptr, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_query(open.store, open.actor, "waiting", nullptr, nullptr, err));
  REFUSES(HEARD_E_MISUSE, heard_cursor_next(nullptr, &row, err));
  BOOST_TEST(row == nullptr);
  SUCCEEDS(heard_query(open.store, open.actor, "waiting", nullptr, rows.out(), err));
  REFUSES(HEARD_E_MISUSE, heard_cursor_next(rows, nullptr, err));
}

BOOST_AUTO_TEST_CASE(pump_refuses_null) {
  OpenStore open;
  std::int64_t next = 99;
  REFUSES(HEARD_E_MISUSE, heard_pump(nullptr, 10, &next, err));
  BOOST_TEST(next == 0);
  SUCCEEDS(heard_pump(open.store, 10, nullptr, err));
}

BOOST_AUTO_TEST_CASE(checks_and_exports_refuse_null) {
  OpenStore open;
  Sink sink;
  heard_cursor *out = stale<heard_cursor>();
  SUCCEEDS(heard_sink_open_memory(sink.out(), err));
  REFUSES(HEARD_E_MISUSE, heard_verify(nullptr, open.actor, nullptr, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_verify(open.store, nullptr, nullptr, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_verify(open.store, open.actor, nullptr, nullptr, err));
  out = stale<heard_cursor>();
  REFUSES(HEARD_E_MISUSE, heard_backup(nullptr, open.actor, nullptr, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_backup(open.store, nullptr, nullptr, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_backup(open.store, open.actor, nullptr, nullptr, err));
  REFUSES(HEARD_E_ARGUMENT, heard_backup(open.store, open.actor, nullptr, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_rebuild(nullptr, open.actor, nullptr, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_rebuild(open.store, nullptr, nullptr, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_rebuild(open.store, open.actor, nullptr, nullptr, err));
  REFUSES(HEARD_E_MISUSE, heard_export(nullptr, open.actor, open.contact, sink, err));
  REFUSES(HEARD_E_MISUSE, heard_export(open.store, nullptr, open.contact, sink, err));
  REFUSES(HEARD_E_MISUSE, heard_export(open.store, open.actor, nullptr, sink, err));
  REFUSES(HEARD_E_MISUSE, heard_export(open.store, open.actor, open.contact, nullptr, err));
}

BOOST_AUTO_TEST_CASE(sinks_refuse_null) {
  Sink sink;
  std::int64_t length = 99;
  REFUSES(HEARD_E_MISUSE, heard_sink_open_memory(nullptr, err));
  REFUSES(HEARD_E_MISUSE, heard_sink_open_file("x", nullptr, err));
  heard_sink *out = stale<heard_sink>();
  REFUSES(HEARD_E_MISUSE, heard_sink_open_file(nullptr, &out, err));
  BOOST_TEST(out == nullptr);
  SUCCEEDS(heard_sink_open_memory(sink.out(), err));
  BOOST_TEST(heard_sink_put(nullptr, "a", 1) == HEARD_E_MISUSE);
  BOOST_TEST(heard_sink_put(sink, nullptr, 1) == HEARD_E_MISUSE);
  BOOST_TEST(heard_sink_put(sink, nullptr, 0) == HEARD_OK);
  BOOST_TEST(heard_sink_bytes(nullptr, &length) == nullptr);
  BOOST_TEST(length == 0);
  BOOST_TEST(heard_sink_put(sink, "a", 1) == HEARD_OK);
  BOOST_TEST(heard_sink_bytes(sink, nullptr) != nullptr);
}

BOOST_AUTO_TEST_CASE(pages_refuse_null) {
  OpenStore open;
  Record head;
  from_json(head, "request", R"({"method": "GET", "path": "/", "session": "s"})");
  heard_response *out = stale<heard_response>();
  REFUSES(HEARD_E_MISUSE, heard_handle(nullptr, open.actor, head, nullptr, 0, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_handle(open.store, nullptr, head, nullptr, 0, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_handle(open.store, open.actor, nullptr, nullptr, 0, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_handle(open.store, open.actor, head, nullptr, 5, &out, err));
  REFUSES(HEARD_E_MISUSE, heard_handle(open.store, open.actor, head, nullptr, 0, nullptr, err));
}

BOOST_AUTO_TEST_CASE(a_null_response_reads_as_empty) {
  std::int64_t length = 99;
  BOOST_TEST(heard_response_status(nullptr) == 0);
  BOOST_TEST(heard_response_body(nullptr, &length) == nullptr);
  BOOST_TEST(length == 0);
  BOOST_TEST(heard_response_body(nullptr, nullptr) == nullptr);
  BOOST_TEST(heard_response_header_count(nullptr) == 0);
  BOOST_TEST(heard_response_header_name(nullptr, 0) == nullptr);
  BOOST_TEST(heard_response_header_value(nullptr, 0) == nullptr);
}

BOOST_AUTO_TEST_CASE(the_plugin_table_refuses_null) {
  REFUSES(HEARD_E_MISUSE, heard_plugin_entry(HEARD_ABI, nullptr, err));
  const heard_plugin *plugin = nullptr;
  Options options;
  heard_store *out = stale<heard_store>();
  SUCCEEDS(heard_options_create(options.out(), err));
  SUCCEEDS(heard_plugin_entry(HEARD_ABI, &plugin, err));
  REFUSES(HEARD_E_MISUSE, plugin->start(nullptr, nullptr, &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, plugin->start(nullptr, options, nullptr, err));
  REFUSES(HEARD_E_MISUSE, plugin->handle(nullptr, nullptr, nullptr, nullptr, 0, nullptr, err));
  REFUSES(HEARD_E_MISUSE, plugin->pump(nullptr, 10, nullptr, err));
  plugin->stop(nullptr);
  BOOST_TEST(plugin->extension(nullptr) == nullptr);
}

BOOST_AUTO_TEST_CASE(feeds_refuse_null) {
  OpenStore open;
  Record record;
  from_json(record, "student", R"({"key": "1"})");
  heard_record *out = stale<heard_record>();
  REFUSES(HEARD_E_MISUSE, heard_feed_run(nullptr, open.actor, "f", &out, err));
  BOOST_TEST(out == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_feed_run(open.store, nullptr, "f", &out, err));
  REFUSES(HEARD_E_MISUSE, heard_feed_run(open.store, open.actor, nullptr, &out, err));
  const char hash[16] = {};
  BOOST_TEST(heard_feed_setting(nullptr, "url") == nullptr);
  REFUSES(HEARD_E_MISUSE, heard_feed_known(nullptr, "student", "1", hash, err));
  REFUSES(HEARD_E_MISUSE, heard_feed_put(nullptr, record, hash, err));
  REFUSES(HEARD_E_MISUSE, heard_feed_reject(nullptr, "student", "1", "why", err));
  REFUSES(HEARD_E_MISUSE, heard_feed_page_done(nullptr, "student", nullptr, err));
  REFUSES(HEARD_E_MISUSE, heard_feed_set_done(nullptr, "student", err));
  BOOST_TEST(heard_feed_cancelled(nullptr) == 0);
  REFUSES(HEARD_E_MISUSE, heard_feed_fail(nullptr, HEARD_E_IO, "says", "http", "500", err));
}

BOOST_AUTO_TEST_SUITE_END()
