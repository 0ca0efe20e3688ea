// The vendor's side of the demo: a small host that logs through the loaded library by JSON.
#include "demo_host.hpp"

#include "exit_codes.hpp"

namespace heard::cli {

using nlohmann::json;

DemoHost::DemoHost(const VendorLibrary &library, const heard_host &host,
                   const std::string &store_path)
    : library_(library) {
  heard_error *error = nullptr;
  heard_options *options = nullptr;
  check(library_.runtime_create(0x00010000, &host, &runtime_, &error), error);
  check(library_.options_create(&options, &error), error);
  check(library_.options_set(options, "store.path", store_path.c_str(), &error), error);
  const int32_t status = library_.store_open(runtime_, options, &store_, &error);
  library_.options_destroy(options);
  check(status, error);
}

DemoHost::~DemoHost() {
  library_.store_close(store_);
  library_.runtime_destroy(runtime_);
}

json DemoHost::apply(const json &actor, const char *command, const json &fields) {
  heard_error *error = nullptr;
  heard_record *result = nullptr;
  heard_record *who = to_record("actor", actor);
  heard_record *what = to_record(command, fields);
  const int32_t status = library_.apply(store_, who, command, what, &result, &error);
  library_.record_destroy(who);
  library_.record_destroy(what);
  check(status, error);
  json answer = json::parse(library_.record_json(result));
  library_.record_destroy(result);
  return answer;
}

void DemoHost::pump() {
  heard_error *error = nullptr;
  int64_t next_due_ms = 0;
  int32_t status = HEARD_ROW;
  while (status == HEARD_ROW) {
    status = library_.pump(store_, 50, &next_due_ms, &error);
    check(status, error);
  }
}

heard_record *DemoHost::to_record(const char *kind, const json &fields) {
  heard_error *error = nullptr;
  heard_record *record = nullptr;
  const std::string text = fields.dump();
  check(library_.record_from_json(kind, text.c_str(), -1, &record, &error), error);
  return record;
}

void DemoHost::check(int32_t status, heard_error *const &error) const {
  if (status >= 0) return;
  const std::string sentence = library_.error_message(error);
  library_.error_free(error);
  throw Trouble(kStoreTrouble, sentence);
}

}  // namespace heard::cli
