#include "reports/bulk_closing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace heard::reports {

namespace {

namespace field_id = store::field_id;

constexpr std::size_t kMany = 10;
constexpr Millis kMinutes = 5;
constexpr Millis kSoon = kMinutes * 60 * 1000;

/// Closing what was solved before ends nothing.
bool ends_case(const Entry &entry) {
  const bool ends =
      entry.kind() == store::Kind::case_solved || entry.kind() == store::Kind::case_closed;
  return ends && !entry.body.fact_groups(field_id::clock).empty();
}

}  // namespace

void BulkClosing::look_at(const Entry &entry, std::vector<Record> &rows) {
  if (!ends_case(entry)) return;
  const Millis now = entry.event.wall_ms;
  forget_before(now - kSoon, rows);
  Actor &actor = actors_[entry.body.text(field_id::actor)];
  actor.name = entry.actor();
  const bool again = std::any_of(actor.last.begin(), actor.last.end(),
                                 [&](const Ended &e) { return e.case_id == entry.case_id; });
  if (again) return;
  if (actor.last.size() == kMany) actor.last.pop_front();
  actor.last.push_back({entry.case_id, now, finding(entry, "bulk_closing", "")});
  if (actor.bout) {
    ++actor.cases_in_it;
  } else if (actor.last.size() == kMany) {
    actor.bout = actor.last.front().row;
    actor.cases_in_it = kMany;
  }
}

void BulkClosing::end_bout(Actor &actor, std::vector<Record> &rows) {
  if (!actor.bout) return;
  actor.bout->set("says", fmt::format("{} ended {} cases, {} or more of them within {} minutes; "
                                      "this is the first.",
                                      actor.name, actor.cases_in_it, kMany, kMinutes));
  rows.push_back(std::move(*actor.bout));
  actor.bout.reset();
}

/// Clocks of different machines need not agree to the second, so time may also go back here.
void BulkClosing::forget_before(Millis at, std::vector<Record> &rows) {
  for (auto actor = actors_.begin(); actor != actors_.end();) {
    std::deque<Ended> &last = actor->second.last;
    while (!last.empty() && last.front().at < at) last.pop_front();
    if (last.size() < kMany - 1) end_bout(actor->second, rows);
    actor = last.empty() ? actors_.erase(actor) : std::next(actor);
  }
}

void BulkClosing::finish(std::vector<Record> &rows) {
  for (auto &[key, actor] : actors_) end_bout(actor, rows);
  actors_.clear();
}

}  // namespace heard::reports
