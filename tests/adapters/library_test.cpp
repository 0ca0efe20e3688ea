// The adapters module inside the real library: heard_feed_run against the demo SIS.
#include <heard/heard.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "demo_sis/sis_server.hpp"
#include "source_dir.hpp"

using namespace heard::demo;

namespace {

int32_t tell_password(void *, const char *name, heard_sink *out) {
  if (name != std::string("feed.sis.password")) return HEARD_E_NOT_FOUND;
  const char *password = SisServer::password();
  return heard_sink_put(out, password, static_cast<int64_t>(std::strlen(password)));
}

void require_ok(int32_t status, heard_error *error) {
  const std::string says = heard_error_message(error);
  heard_error_free(error);
  BOOST_REQUIRE_MESSAGE(status >= 0, says);
}

struct Drop {
  void operator()(heard_record *record) const { heard_record_destroy(record); }
};
using Record = std::unique_ptr<heard_record, Drop>;

Record record(const char *kind, const std::string &json) {
  heard_record *out = nullptr;
  heard_error *error = nullptr;
  require_ok(heard_record_from_json(kind, json.c_str(), -1, &out, &error), error);
  return Record(out);
}

/// A new store with a feed "sis" that reads a small district.
struct Store {
  District district = make_district(4, {60, 8, 2});
  SisServer server{district};
  std::filesystem::path folder;
  heard_runtime *runtime = nullptr;
  heard_options *options = nullptr;
  heard_store *store = nullptr;
  Record actor = record("actor", R"({"id":"staff:1","display":"Admin","roles":["admin"]})");

  Store() {
    server.start();
    heard_error *error = nullptr;
    const heard_host host{sizeof(heard_host), HEARD_ABI, nullptr, nullptr, nullptr, nullptr,
                          tell_password,      nullptr,   nullptr, nullptr};
    require_ok(heard_runtime_create(HEARD_ABI, &host, &runtime, &error), error);
    require_ok(heard_options_create(&options, &error), error);
    folder =
        std::filesystem::temp_directory_path() / ("heard-adapters-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    option("store.path", (folder / "school.heard").c_str());
    option("calendar.timezone", "America/New_York");
    option("adapters.path", HEARD_ADAPTERS);
    require_ok(heard_store_migrate(runtime, options, &error), error);
    require_ok(heard_store_open(runtime, options, &store, &error), error);
    setting("adapter", "sif.xpress");
    setting("url", server.url());
    setting("user", SisServer::user());
    setting("page_size", "50");
  }
  ~Store() {
    heard_store_close(store);
    heard_options_destroy(options);
    heard_runtime_destroy(runtime);
    std::filesystem::remove_all(folder);
  }

  void option(const char *name, const char *value) {
    heard_error *error = nullptr;
    require_ok(heard_options_set(options, name, value, &error), error);
  }
  void setting(const std::string &name, const std::string &value) {
    heard_error *error = nullptr;
    const Record fields =
        record("settings.save", R"({"name":"feed.sis.)" + name + R"(","value":")" + value + "\"}");
    require_ok(heard_apply(store, actor.get(), "settings.save", fields.get(), nullptr, &error),
               error);
  }
  Record sync() {
    heard_record *result = nullptr;
    heard_error *error = nullptr;
    require_ok(heard_feed_run(store, actor.get(), "sis", &result, &error), error);
    return Record(result);
  }
  /// The sentence of a run that must fail.
  std::string failed_sync() {
    heard_error *error = nullptr;
    BOOST_TEST(heard_feed_run(store, actor.get(), "sis", nullptr, &error) < 0);
    std::string says = heard_error_message(error);
    heard_error_free(error);
    return says;
  }
  /// Rows of a view whose `field` is `value`.
  int count(const char *view, const char *filter, const char *field, int64_t value) {
    const Record wanted = record("filter", filter);
    heard_cursor *cursor = nullptr;
    heard_error *error = nullptr;
    require_ok(heard_query(store, actor.get(), view, wanted.get(), &cursor, &error), error);
    int found = 0;
    for (const heard_record *row = nullptr; heard_cursor_next(cursor, &row, nullptr) == HEARD_ROW;)
      if (heard_record_int(row, field, -1) == value) ++found;
    heard_cursor_destroy(cursor);
    return found;
  }
};

const std::filesystem::path kSamples = HEARD_SOURCE_DIR "/../shared/feeds/sif-xpress";

Collection sample(const char *collection, const char *one, const char *file) {
  std::ifstream in(kSamples / file, std::ios::binary);
  const std::string document{std::istreambuf_iterator<char>(in), {}};
  return cut_collection(collection, one, document);
}

std::size_t total(const District &district) {
  const Counts c = counts(district);
  return c.schools + c.staff + c.students + c.contacts + c.sections;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_library_loads_the_module_and_stores_the_district, Store) {
  const Record first = sync();
  BOOST_TEST(heard_record_int(first.get(), "records", -1) == static_cast<int64_t>(total(district)));
  BOOST_TEST(heard_record_int(first.get(), "written", -1) == static_cast<int64_t>(total(district)));
  BOOST_TEST(heard_record_int(first.get(), "rejected", -1) == 0);
  const Record second = sync();
  BOOST_TEST(heard_record_int(second.get(), "written", -1) == 0);
  change_contacts(district, 3);
  server.serve(district);
  const Record third = sync();
  BOOST_TEST(heard_record_int(third.get(), "written", -1) == 3);
}

BOOST_FIXTURE_TEST_CASE(a_record_without_id_and_a_missing_service_are_counted_and_named, Store) {
  std::vector<Collection> all = collections(district);
  all.erase(all.begin() + 1);  // no xStaffs
  server.serve(all);
  server.misbehave({Trouble::no_id, "xStudents", 1, 1});
  const Record result = sync();
  BOOST_TEST(heard_record_int(result.get(), "rejected", -1) == 2);
  const std::size_t stored = total(district) - district.staff.size() - 1;
  BOOST_TEST(heard_record_int(result.get(), "written", -1) == static_cast<int64_t>(stored));
}

BOOST_FIXTURE_TEST_CASE(the_sentence_of_the_adapter_reaches_the_caller, Store) {
  server.misbehave({Trouble::truncated, "xStudents", 2});
  heard_record *result = nullptr;
  heard_error *error = nullptr;
  BOOST_TEST(heard_feed_run(store, actor.get(), "sis", &result, &error) == HEARD_E_IO);
  BOOST_TEST(result == nullptr);
  const std::string says = heard_error_message(error);
  BOOST_TEST(says.find("xStudents page 2: line ") != std::string::npos, says);
  heard_error_free(error);
}

BOOST_FIXTURE_TEST_CASE(the_public_samples_reach_the_directory, Store) {
  if (!std::filesystem::exists(kSamples)) {
    BOOST_TEST_MESSAGE("no sample documents on this machine: nothing to check");
    return;
  }
  server.serve({sample("xSchools", "xSchool", "xSchools.xml"),
                sample("xStudents", "xStudent", "xStudents.xml"),
                sample("xStaffs", "xStaff", "spec-objects/xStaff.xml"),
                sample("xContacts", "xContact", "spec-objects/xContact.xml"),
                sample("xRosters", "xRoster", "spec-objects/xRoster.xml")});
  const Record first = sync();
  BOOST_TEST(heard_record_int(first.get(), "rejected", -1) == 0);
  // Verified ones: the contact and the roster name students whose own records are not there.
  BOOST_TEST(count("people", R"({"kind":"student"})", "verified", 1) == 100);
  BOOST_TEST(count("people", R"({"kind":"guardian"})", "verified", 1) == 1);
  BOOST_TEST(count("schools", "{}", "late", 0) == 14);
  BOOST_TEST(heard_record_int(sync().get(), "written", -1) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_bad_answer_is_one_sentence_and_the_next_run_is_fine, Store) {
  const int64_t before = count("ledger", "{}", "flags", 0);
  for (const Trouble trouble : {Trouble::unauthorized, Trouble::html, Trouble::not_xml,
                                Trouble::truncated, Trouble::entity, Trouble::empty}) {
    server.misbehave({trouble, ""});
    const std::string says = failed_sync();
    BOOST_TEST(!says.empty());
    BOOST_TEST(says.find('\n') == std::string::npos, says);
    BOOST_TEST(says.find(SisServer::password()) == std::string::npos, says);
    BOOST_TEST(count("ledger", "{}", "flags", 0) == before, says);
  }
  server.misbehave({});
  BOOST_TEST(heard_record_int(sync().get(), "written", -1) ==
             static_cast<int64_t>(total(district)));
}
