// The running feed as an adapter sees it: the heard_feed_* calls, with exceptions for errors.
#pragma once

#include <heard/heard.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "feed/failure.hpp"
#include "feed/record.hpp"

namespace heard::feed {

using Hash = std::array<std::uint8_t, 16>;

/// Lives for one run, on the thread of that run. Throws CallFailed when the library refuses.
class Feed {
 public:
  Feed(heard_feed *feed, heard_error **err) : feed_(feed), err_(err) {}

  /// "" for a setting that is absent.
  std::string setting(const char *name);
  /// Marks the key as seen; true if the record is stored with exactly this content.
  bool known(const char *type, const std::string &key, const Hash &hash);
  void put(const Record &record, const Hash &hash);
  void reject(const char *type, const std::string &key, const std::string &reason);
  void page_done(const char *type);
  void set_done(const char *type);
  bool cancelled();

 private:
  void check(std::int32_t status);

  heard_feed *feed_;
  heard_error **err_;
};

/// Calls `run` and turns what it throws into a status and an error: no exception leaves the module.
int32_t run_guarded(heard_feed *feed, heard_error **err, const std::function<void(Feed &)> &run);

}  // namespace heard::feed
