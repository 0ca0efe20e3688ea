// An in-memory stand-in for the library under an adapter: heard_feed_* and heard_record_* for
// tests.
#pragma once

#include <heard/heard.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

struct heard_record {
  std::string kind;
  std::map<std::string, std::string> texts;
  std::map<std::string, std::int64_t> numbers;
  std::map<std::string, std::vector<std::string>> lists;
  std::map<std::string, std::vector<heard_record>> records;

  std::string text(const std::string &name) const;
};

struct heard_error {
  std::int32_t status;
  std::string message, detail_name, detail_value;
};

using FakeHash = std::array<std::uint8_t, 16>;
using FakeKey = std::pair<std::string, std::string>;  ///< type and key

struct FakeReject {
  std::string type, key, reason;
};

/// What a store would hold. A page that is not done is dropped at the end of a run.
struct heard_feed {
  std::map<std::string, std::string> settings;
  std::map<FakeKey, std::pair<heard_record, FakeHash>> stored;
  std::vector<std::pair<heard_record, FakeHash>> page;
  std::vector<FakeReject> rejects;
  std::vector<std::string> pages, done;
  std::set<FakeKey> seen;
  int puts = 0, known = 0, vanished = 0;
  int cancel_after = -1;  ///< heard_feed_known calls; -1: never

  std::size_t count(const std::string &type) const;
  bool is_done(const std::string &type) const;
  const heard_record &record(const std::string &type, const std::string &key) const;
  /// Forgets what belongs to one run: counters, notes, what was seen.
  void begin_run();
};

namespace heard::tests {

struct Outcome {
  std::int32_t status = HEARD_OK;
  std::string message, detail_name, detail_value;
  std::vector<std::chrono::milliseconds> waits;
};

/// Runs sif.xpress over the network against feed.settings["url"]; waits are noted, not waited.
Outcome sync(heard_feed &feed);

/// A feed that is set up for a demo server.
heard_feed feed_for(const std::string &url);

}  // namespace heard::tests
