// A store as a host has it, through the C interface: a runtime whose clock stands still, options,
// one handle. For tests that must see the library from outside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "heard/heard.hpp"

namespace heard::support {

/// A host clock that shows what the test says.
class HostClock {
 public:
  explicit HostClock(std::string_view utc) { set(utc); }
  HostClock(const HostClock &) = delete;
  HostClock &operator=(const HostClock &) = delete;
  void set(std::string_view utc) { now_ms_ = parse_utc(utc).value() * 1000; }
  const heard_host *table() {
    table_.struct_size = sizeof table_;
    table_.abi = HEARD_ABI;
    table_.host_data = this;
    table_.now_ms = [](void *self) { return static_cast<HostClock *>(self)->now_ms_; };
    return &table_;
  }

 private:
  std::int64_t now_ms_ = 0;
  heard_host table_{};
};

/// Creates the store at `path` if it is not there, and opens it, past the pool.
class OpenStore {
 public:
  explicit OpenStore(const std::string &path, const heard_host *host = nullptr)
      : runtime(host),
        options(
            {{"store.path", path}, {"calendar.timezone", "America/Chicago"}, {"store.pool", "0"}}),
        store(opened(runtime, options)),
        admin(api::Record::from_json(
            "actor", R"({"id": "staff:1", "display": "The Head", "roles": ["admin"]})")) {}

  api::Record apply(const char *command, std::string_view json) {
    return store.apply(admin, command, api::Record::from_json("fields", json));
  }
  api::Rows rows(const char *view, std::string_view filter = "{}") {
    return store.query(admin, view, api::Record::from_json("filter", filter));
  }
  /// What verify or rebuild has to say: "" when intact, else its findings, one a line.
  static std::string findings(api::Rows rows) {
    std::string all;
    bool intact = false;
    for (const api::Row row : rows) {
      if (row.text("row") == "finding")
        all += std::to_string(row.number("seq", -1)) + " " + row.text("says") + "\n";
      if (row.text("row") == "verdict") intact = row.flag("intact");
    }
    return intact || !all.empty() ? all : "no verdict";
  }
  std::string verify(std::string_view what = "{}") {
    return findings(store.verify(admin, api::Record::from_json("what", what)));
  }
  std::string rebuild() { return findings(store.rebuild(admin)); }

  api::Runtime runtime;
  api::Options options;
  api::Store store;
  api::Record admin;

 private:
  static api::Store opened(const api::Runtime &runtime, const api::Options &options) {
    api::Store::migrate(runtime, options);
    return {runtime, options};
  }
};

/// "seq:size:root" of a command's answer.
inline std::string receipt(const api::Record &result) {
  const api::Row row = result.row();
  return std::to_string(row.number("seq")) + ":" + std::to_string(row.number("size")) + ":" +
         row.text("root");
}

}  // namespace heard::support
