// The closures a feed hands over: a complete set for each calendar, applied at its end.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "commands/calendar_import.hpp"

namespace heard::runtime {

/// Collects records of kind `closure` and puts them into calendars. Used by one feed run.
class FeedClosures {
 public:
  struct Rules {
    std::string feed;      ///< the feed's id: the source of its closures
    std::string source;    ///< first part of its school keys
    std::string calendar;  ///< all go into this one; "": each into its school's, else `default`
    std::int64_t brake_percent;  ///< more than this share of days gone is not believed
  };
  struct Rejected {
    std::string key, reason;
  };
  struct Outcome {
    std::int64_t written = 0, unchanged = 0;  ///< closures of calendars that did and did not change
    std::vector<Rejected> rejected;
  };

  void add(const Record &closure) { records_.push_back(closure); }
  /// Applies and forgets what was collected. Throws what calendar.import would throw.
  Outcome apply(const commands::Work &work, const Rules &rules);

 private:
  std::vector<Record> records_;
};

}  // namespace heard::runtime
