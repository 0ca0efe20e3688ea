#include "runtime/feed_closures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/failure.hpp"
#include "commands/calendar_edit.hpp"

namespace heard::runtime {

namespace {

using calendar::Day;
using commands::CalendarChange;
using commands::ImportedDays;

constexpr std::size_t kBrakeFloor = 20;  // so many days may go whatever share they are
constexpr std::size_t kManyDays = 5;     // an empty answer is not believed from here on

/// One calendar and what the feed says about it now.
struct Target {
  CalendarChange change;
  ImportedDays imported;
};

/// Sorts closures by calendar. A calendar the feed knew before and says nothing about now is one
/// with an empty set.
class Sorter {
 public:
  Sorter(const commands::Work &work, const FeedClosures::Rules &rules,
         FeedClosures::Outcome &outcome)
      : work_(work), rules_(rules), outcome_(outcome) {}

  void add(const Record &record) {
    try {
      const auto ranges = commands::ranges_from(
          "closed", Record().set("closed", std::vector<Record>{range_of(record)}));
      target_of(record).imported.closed.push_back(ranges.front());
    } catch (const Failure &failure) {
      outcome_.rejected.push_back({record.text("key"), failure.message()});
    }
  }

  std::map<std::string, Target> take() {
    if (!rules_.calendar.empty()) target(rules_.calendar, false);
    store::Query rows(work_.database(), "SELECT DISTINCT id FROM fold_calendar ORDER BY id");
    std::vector<std::string> ids;
    while (rows.step()) ids.push_back(rows.text(0));
    for (const std::string &id : ids)
      if (knows_this_feed(*folds::calendar_now(work_.database(), id))) target(id, false);
    return std::move(targets_);
  }

 private:
  static Record range_of(const Record &record) {
    Record range("range");
    range.set("first", record.text("first")).set("name", record.text("name"));
    return range.set("last", record.text("last", record.text("first")));
  }

  bool knows_this_feed(const folds::CalendarVersion &calendar) const {
    const auto &closed = calendar.definition.closed;
    return std::any_of(closed.begin(), closed.end(), [&](const calendar::DayRange &range) {
      return range.source == rules_.feed && !range.inherited;
    });
  }

  Target &target_of(const Record &record) {
    const std::string school = record.text("school");
    if (!rules_.calendar.empty()) return target(rules_.calendar, false);
    if (school.empty()) return target(std::string(folds::kDefault), false);
    return target(rules_.source + ":school:" + school, true);
  }

  Target &target(const std::string &name, bool is_school) {
    const auto known = id_of_.find({name, is_school});
    if (known != id_of_.end()) return targets_.at(known->second);
    CalendarChange change = is_school ? commands::open_school_calendar(work_, name)
                                      : commands::open_calendar(work_, name);
    if (change.is_new() && !is_school)
      throw Failure(Status::not_found,
                    "there is no calendar '" + name + "'; save it first, or correct feed." +
                        rules_.feed + ".calendar",
                    {{"field", "calendar"}});
    const std::string id = change.id;
    id_of_[{name, is_school}] = id;
    Target fresh{std::move(change), {}};
    fresh.imported.source = rules_.feed;
    return targets_.try_emplace(id, std::move(fresh)).first->second;
  }

  const commands::Work &work_;
  const FeedClosures::Rules &rules_;
  FeedClosures::Outcome &outcome_;
  std::map<std::pair<std::string, bool>, std::string> id_of_;  // by calendar or school
  std::map<std::string, Target> targets_;                      // by calendar
};

/// True, and a sentence in `outcome`, if more days vanished than can be believed.
bool brake(const Target &target, const FeedClosures::Rules &rules, Day today,
           FeedClosures::Outcome &outcome) {
  const auto lost = commands::lost_days(target.change, target.imported, today);
  const std::size_t share = lost.before * static_cast<std::size_t>(rules.brake_percent) / 100;
  const bool all_gone = lost.gone == lost.before && lost.gone >= kManyDays;
  const bool believed =
      rules.brake_percent >= 100 || (lost.gone <= std::max(kBrakeFloor, share) && !all_gone);
  if (believed) return false;
  outcome.rejected.push_back(
      {target.change.id,
       fmt::format("{} of {} closed days to come are no longer in the feed: too many to believe, "
                   "so the calendar '{}' was left as it is; if it is right, set "
                   "feed.{}.brake_percent to 100",
                   lost.gone, lost.before, target.change.id, rules.feed)});
  return true;
}

Day today_in(const commands::Work &work, const CalendarChange &change) {
  const auto hours =
      change.before ? change.before : folds::calendar_now(work.database(), change.own.parent);
  return hours->compiled->local_day(work.now_seconds());
}

void apply_one(const commands::Work &work, const FeedClosures::Rules &rules, Target &target,
               FeedClosures::Outcome &outcome) {
  const Day today = today_in(work, target.change);
  if (brake(target, rules, today, outcome)) return;
  // A feed forgets old years: what it said about days before its first one, it still says.
  Day first = today;
  for (const auto &range : target.imported.closed) first = std::min(first, range.first);
  target.imported.keep_before = first;
  const auto count = static_cast<std::int64_t>(target.imported.closed.size());
  const bool changed = commands::import_days(std::move(target.imported), target.change);
  if (changed) commands::save_calendar(work, target.change);
  (changed ? outcome.written : outcome.unchanged) += count;
}

}  // namespace

FeedClosures::Outcome FeedClosures::apply(const commands::Work &work, const Rules &rules) {
  Outcome outcome;
  commands::settle_everything(work);
  Sorter sorter(work, rules, outcome);
  for (const Record &record : records_) sorter.add(record);
  records_.clear();
  for (auto &[id, target] : sorter.take()) apply_one(work, rules, target, outcome);
  return outcome;
}

}  // namespace heard::runtime
