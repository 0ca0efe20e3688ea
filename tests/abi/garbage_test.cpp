// T11: bad text, bad lengths, unknown names and random bytes answer a status that says what is
// wrong.
#include <algorithm>
#include <fstream>
#include <vector>

#include "abi/fixture.hpp"

using namespace abi_test;

namespace {

/// Not UTF-8: a stray byte, an overlong slash, a surrogate, beyond the last character, cut short.
const char *const kBadText[] = {"\xff", "a\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                "\xe2\x82"};

/// Expects that `call` fails with `status` and names `value` in the detail `detail`.
void refuses_naming(std::int32_t status, const char *detail, const std::string &value,
                    const Call &call) {
  Error error;
  const std::int32_t got = call(error.out());
  BOOST_TEST(got == status, value << ": " << heard_error_message(error));
  const char *named = heard_error_detail(error, detail);
  BOOST_TEST_REQUIRE(
      named, value << " is not named in detail " << detail << ": " << heard_error_json(error));
  BOOST_TEST(named == value);
}

#define REFUSES_NAMING(status, detail, value, code) \
  refuses_naming(status, detail, value, [&](heard_error **err) { return code; })

}  // namespace

BOOST_AUTO_TEST_SUITE(garbage)

BOOST_AUTO_TEST_CASE(every_status_has_a_name_of_its_own) {
  std::vector<std::string> names;
  for (std::int32_t status = HEARD_E_FORKED; status <= HEARD_ROW; ++status) {
    const std::string name = heard_status_name(status);
    BOOST_TEST(name != "unknown", "status " << status << " has no name");
    BOOST_TEST((std::find(names.begin(), names.end(), name) == names.end()), name << " twice");
    names.push_back(name);
  }
  BOOST_TEST(heard_status_name(HEARD_E_CONFLICT) == std::string("conflict"));
}

BOOST_AUTO_TEST_CASE(numbers_that_are_no_status_are_unknown) {
  for (const std::int32_t status : {2, 99, HEARD_E_FORKED - 1, INT32_MIN, INT32_MAX})
    BOOST_TEST(heard_status_name(status) == std::string("unknown"));
}

BOOST_AUTO_TEST_CASE(a_table_of_another_size_is_refused) {
  Runtime runtime;
  heard_host host{};
  host.abi = HEARD_ABI;
  for (const std::uint32_t size : {0u, 64u, static_cast<std::uint32_t>(sizeof host) + 8}) {
    host.struct_size = size;
    REFUSES(HEARD_E_ARGUMENT, heard_runtime_create(HEARD_ABI, &host, runtime.out(), err));
    BOOST_TEST(!runtime);
  }
}

BOOST_AUTO_TEST_CASE(bad_text_is_refused_at_every_door) {
  OpenStore open;
  Record record;
  heard_cursor *rows = nullptr;
  heard_sink *sink = nullptr;
  heard_record *made = nullptr;
  from_json(record, "filter", "{}");
  for (const char *bad : kBadText) {
    REFUSES(HEARD_E_ARGUMENT, heard_options_set(open.options, "store.path", bad, err));
    REFUSES(HEARD_E_ARGUMENT, heard_record_create(bad, &made, err));
    REFUSES(HEARD_E_ARGUMENT, heard_record_from_json(bad, "{}", -1, &made, err));
    REFUSES(HEARD_E_ARGUMENT, heard_record_from_json("filter", bad, -1, &made, err));
    REFUSES(HEARD_E_ARGUMENT, heard_record_set_text(record, bad, "x", err));
    REFUSES(HEARD_E_ARGUMENT, heard_record_set_int(record, bad, 1, err));
    REFUSES(HEARD_E_ARGUMENT, heard_record_add_text(record, "list", bad, err));
    REFUSES(HEARD_E_ARGUMENT, heard_sink_open_file(bad, &sink, err));
    REFUSES_NAMING(HEARD_E_ARGUMENT, "field", "subject",
                   heard_record_set_text(record, "subject", bad, err));
    Error error;
    BOOST_TEST(heard_apply(open.store, open.actor, bad, open.contact, &made, error.out()) < 0);
    BOOST_TEST(heard_query(open.store, open.actor, bad, nullptr, &rows, error.out()) < 0);
    BOOST_TEST(heard_feed_run(open.store, open.actor, bad, &made, error.out()) < 0);
    BOOST_TEST(heard_error_json(error) != std::string("{}"));
  }
  BOOST_TEST(heard_record_json(record) == std::string("{}"));
}

BOOST_AUTO_TEST_CASE(bad_lengths_are_refused) {
  OpenStore open;
  Record head;
  Sink sink;
  heard_record *made = nullptr;
  heard_response *page = nullptr;
  from_json(head, "request", R"({"method": "GET", "path": "/", "session": "s"})");
  SUCCEEDS(heard_sink_open_memory(sink.out(), err));
  for (const std::int64_t length : {std::int64_t{-2}, INT64_MIN}) {
    REFUSES(HEARD_E_ARGUMENT, heard_record_from_json("filter", "{}", length, &made, err));
    REFUSES(HEARD_E_ARGUMENT, heard_handle(open.store, open.actor, head, "x", length, &page, err));
    BOOST_TEST(heard_sink_put(sink, "x", length) == HEARD_E_ARGUMENT);
  }
}

BOOST_AUTO_TEST_CASE(lists_answer_null_outside_their_length) {
  Record record;
  from_json(record, "filter", R"({"texts": ["a"], "records": [{"b": 1}], "text": "c", "n": 4})");
  for (const std::int64_t place : {std::int64_t{-1}, std::int64_t{1}, INT64_MIN, INT64_MAX}) {
    BOOST_TEST(heard_record_text_at(record, "texts", place) == nullptr);
    BOOST_TEST(heard_record_record_at(record, "records", place) == nullptr);
  }
  BOOST_TEST(heard_record_text_at(record, "texts", 0) == std::string("a"));
  BOOST_TEST(heard_record_int(heard_record_record_at(record, "records", 0), "b", 0) == 1);
  BOOST_TEST(heard_record_text(record, "n") == nullptr);
  BOOST_TEST(heard_record_int(record, "text", 7) == 7);
  BOOST_TEST(heard_record_count(record, "text") == 1);
  BOOST_TEST(heard_record_count(record, "absent") == 0);
}

BOOST_AUTO_TEST_CASE(headers_answer_null_outside_their_count) {
  OpenStore open;
  Record head;
  Response page;
  from_json(head, "request", R"({"method": "GET", "path": "/", "session": "s"})");
  SUCCEEDS(heard_handle(open.store, open.actor, head, nullptr, 0, page.out(), err));
  BOOST_TEST(heard_response_status(page) >= 200);
  const std::int32_t count = heard_response_header_count(page);
  BOOST_TEST(count > 0);
  for (const std::int32_t place : {-1, count, INT32_MIN, INT32_MAX}) {
    BOOST_TEST(heard_response_header_name(page, place) == nullptr);
    BOOST_TEST(heard_response_header_value(page, place) == nullptr);
  }
  std::int64_t length = -1;
  BOOST_TEST(heard_response_body(page, &length) != nullptr);
  BOOST_TEST(length > 0);
}

BOOST_AUTO_TEST_CASE(unknown_names_are_named) {
  OpenStore open;
  Record filter;
  Cursor rows;
  heard_record *made = nullptr;
  REFUSES_NAMING(HEARD_E_UNKNOWN_NAME, "name", "store.shards",
                 heard_options_set(open.options, "store.shards", "4", err));
  REFUSES_NAMING(HEARD_E_UNKNOWN_NAME, "name", "interaction.lgo",
                 heard_apply(open.store, open.actor, "interaction.lgo", open.contact, &made, err));
  REFUSES_NAMING(HEARD_E_UNKNOWN_NAME, "name", "wating",
                 heard_query(open.store, open.actor, "wating", nullptr, rows.out(), err));
  from_json(filter, "filter", R"({"lat": 1})");
  BOOST_TEST(heard_query(open.store, open.actor, "waiting", filter, rows.out(), nullptr) < 0);
}

BOOST_AUTO_TEST_CASE(an_unknown_field_of_a_command_loses_nothing_silently) {
  OpenStore open;
  Record command;
  Error error;
  from_json(command, "contact", R"({"channel": "phone", "from": "sis:guardian:9", "subjet": "x"})");
  const std::int64_t before = open.size();
  BOOST_TEST(heard_apply(open.store, open.actor, "interaction.log", command, nullptr, error.out()) <
             0);
  BOOST_TEST(std::strstr(heard_error_message(error), "subjet") != nullptr);
  BOOST_TEST(open.size() == before);
}

BOOST_AUTO_TEST_CASE(an_unknown_field_of_a_request_is_ignored) {
  OpenStore open;
  Record head;
  Response page;
  from_json(head, "request",
            R"({"method": "GET", "path": "/", "session": "s", "from_the_future": "yes"})");
  SUCCEEDS(heard_handle(open.store, open.actor, head, nullptr, 0, page.out(), err));
}

BOOST_AUTO_TEST_CASE(json_that_no_record_can_hold_is_refused) {
  const std::string deep = std::string(100000, '[') + std::string(100000, ']');
  const std::string nested = "{\"a\": " + deep + "}";
  heard_record *made = nullptr;
  for (const char *json : {"", "[", "null", "[]", "7", "\"a\"", "{\"a\": 1.5}", "{\"a\": 1e400}",
                           "{\"a\": [1, \"b\"]}", "{\"a\": \"\\ud800\"}", "{\"a\": \"b\\u0000c\"}",
                           "{\"a\": 9223372036854775808}", "{\"a\": 1} x", nested.c_str()}) {
    const std::string shown = std::string(json).substr(0, 40);
    const std::int32_t status = heard_record_from_json("filter", json, -1, &made, nullptr);
    BOOST_TEST((status == HEARD_E_ARGUMENT || status == HEARD_E_LIMIT),
               shown << ": " << heard_status_name(status));
    BOOST_TEST(made == nullptr);
  }
  BOOST_TEST(heard_record_from_json("filter", "{}\0x", 4, &made, nullptr) == HEARD_E_ARGUMENT);
}

BOOST_AUTO_TEST_CASE(random_bytes_are_a_record_or_a_refusal) {
  std::mt19937 random(17);
  const std::string letters = "{}[]\":,\\u0019aex-. \xc3\xa9\xff";
  for (int round = 0; round < 3000; ++round) {
    std::string json = "{";
    for (auto length = random() % 24; length > 0; --length)
      json += letters[random() % letters.size()];
    Record record;
    const auto size = static_cast<std::int64_t>(json.size());
    const std::int32_t status =
        heard_record_from_json("filter", json.c_str(), size, record.out(), nullptr);
    BOOST_TEST((status == HEARD_OK || status == HEARD_E_ARGUMENT || status == HEARD_E_LIMIT),
               json << ": " << heard_status_name(status));
    if (status == HEARD_OK) {
      Record again;
      from_json(again, "filter", heard_record_json(record));
      BOOST_TEST(heard_record_json(again) == std::string(heard_record_json(record)));
    }
  }
}

BOOST_AUTO_TEST_CASE(random_requests_are_pages_or_refusals) {
  OpenStore open;
  std::mt19937 random(19);
  const std::string letters = "/?&=%.;:<>'\"cases0123456789people\xc3\xa9";
  for (int round = 0; round < 200; ++round) {
    std::string path = "/";
    for (auto length = random() % 16; length > 0; --length)
      path += letters[random() % letters.size()];
    Record head;
    Response page;
    from_json(head, "request", R"({"session": "s"})");
    set(head, "method", round % 3 == 0 ? "POST" : "GET");
    if (heard_record_set_text(head, "path", path.c_str(), nullptr) < 0) continue;
    set(head, "query", "page=-1&school=%ff&to=99999999999999999999");
    const std::int32_t status =
        heard_handle(open.store, open.actor, head, "a=%zz&b", 7, page.out(), nullptr);
    BOOST_TEST((status == HEARD_OK || status == HEARD_E_ARGUMENT),
               path << ": " << heard_status_name(status));
    if (status == HEARD_OK) BOOST_TEST(heard_response_status(page) < 500, path);
  }
}

BOOST_AUTO_TEST_CASE(a_file_sink_never_overwrites) {
  Folder folder;
  const std::string path = folder / "export.jsonl";
  heard_sink *second = nullptr;
  {
    Sink sink;
    SUCCEEDS(heard_sink_open_file(path.c_str(), sink.out(), err));
    BOOST_TEST(heard_sink_put(sink, "abc", 3) == HEARD_OK);
    std::int64_t length = 99;
    BOOST_TEST(heard_sink_bytes(sink, &length) == nullptr);
    BOOST_TEST(length == 0);
  }
  BOOST_TEST(std::filesystem::file_size(path) == 3u);
  using std::filesystem::perms;
  const perms mode = std::filesystem::status(path).permissions();
  BOOST_TEST((mode == (perms::owner_read | perms::owner_write)));
  REFUSES(HEARD_E_CONFLICT, heard_sink_open_file(path.c_str(), &second, err));
  BOOST_TEST(std::filesystem::file_size(path) == 3u);
}

BOOST_AUTO_TEST_CASE(stores_that_are_none_are_refused) {
  Folder folder;
  Runtime runtime;
  Options options;
  heard_store *store = nullptr;
  const std::string path = folder / "none.heard";
  SUCCEEDS(heard_runtime_create(HEARD_ABI, nullptr, runtime.out(), err));
  SUCCEEDS(heard_options_create(options.out(), err));
  REFUSES(HEARD_E_ARGUMENT, heard_store_open(runtime, options, &store, err));
  SUCCEEDS(heard_options_set(options, "store.path", path.c_str(), err));
  REFUSES(HEARD_E_NOT_FOUND, heard_store_open(runtime, options, &store, err));
  SUCCEEDS(heard_options_set(options, "calendar.timezone", "Mars/Base", err));
  REFUSES(HEARD_E_ARGUMENT, heard_store_migrate(runtime, options, err));

  std::ofstream(path) << std::string(5000, 'x');
  SUCCEEDS(heard_options_set(options, "calendar.timezone", "Europe/Paris", err));
  REFUSES(HEARD_E_CORRUPT, heard_store_open(runtime, options, &store, err));
  REFUSES(HEARD_E_CORRUPT, heard_store_migrate(runtime, options, err));
}

BOOST_AUTO_TEST_SUITE_END()
