// replay: every verdict computed again from the facts in the ledger, beside what is recorded.
#include <algorithm>
#include <array>

#include "commands/case_history.hpp"
#include "folds/calendars.hpp"
#include "folds/clock_rows.hpp"
#include "interactions/threads.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

struct Replayed {
  Id id{};
  std::int64_t number = 0;
  std::string calendar;
};

std::vector<Replayed> next_cases(const Reader &reader, std::int64_t after, const Id &only) {
  std::vector<Replayed> cases;
  store::Query rows(
      reader.db(),
      "SELECT id, number, calendar, school FROM fold_case WHERE number > ?1"
      " AND merged_into IS NULL AND (?2 IS NULL OR id = ?2) ORDER BY number LIMIT ?3");
  rows.bind(1, after).id_or_null(2, only).bind(3, kPage);
  while (rows.step())
    if (reader.actor.may_see_school(rows.text(3)))
      cases.push_back({rows.id(0), rows.number(1), rows.text(2)});
  return cases;
}

bool same_verdict(const cases::Clock &one, const cases::Clock &other) {
  return one.state == other.state && one.verdict == other.verdict &&
         one.started_at == other.started_at && one.stopped_at == other.stopped_at &&
         one.missed_at == other.missed_at && one.target == other.target;
}

void put_verdict(const std::string &prefix, const cases::Clock *clock, Record &row) {
  row.set(prefix, clock ? cases::to_text(clock->verdict) : "none");
  if (clock && clock->missed_at) row.set(prefix + "_missed_at", *clock->missed_at * 1000);
  if (clock && clock->stopped_at) row.set(prefix + "_stopped_at", *clock->stopped_at * 1000);
}

/// Compares the clocks of one case; adds a row for each that differs.
class Comparison {
 public:
  Comparison(const Reader &reader, const Replayed &what) : what_(what) {
    const auto calendar = folds::calendar_now(reader.db(), what.calendar);
    store::Ledger ledger(reader.db());
    facts_ = cases::run(commands::history_of({reader.db(), ledger}, what.id), *calendar->compiled,
                        reader.now_seconds())
                 .next;
    for (const folds::ClockRow &row : folds::clocks_of(reader.db(), what.id)) {
      if (row.clock.state == cases::ClockState::void_) continue;
      recorded_.push_back(row.clock);
      // Finished clocks keep the calendar that decided them; only an explicit recalculation changes
      // that.
      calendar_changed_ = calendar_changed_ || row.calendar != calendar->id ||
                          row.calendar_version != calendar->version;
    }
  }

  void add_differences(std::vector<Record> &page) const {
    for (const cases::Clock &clock : recorded_) {
      const cases::Clock *facts = find(facts_.clocks, clock);
      if (facts == nullptr || !same_verdict(clock, *facts)) add(clock, &clock, facts, page);
    }
    for (const cases::Clock &clock : facts_.clocks)
      if (find(recorded_, clock) == nullptr) add(clock, nullptr, &clock, page);
  }

 private:
  static const cases::Clock *find(const std::vector<cases::Clock> &clocks,
                                  const cases::Clock &like) {
    const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const cases::Clock &clock) {
      return clock.name == like.name && clock.no == like.no;
    });
    return found == clocks.end() ? nullptr : &*found;
  }

  void add(const cases::Clock &clock, const cases::Clock *recorded, const cases::Clock *facts,
           std::vector<Record> &page) const {
    Record &row = page.emplace_back("difference");
    row.set("row", "difference").set("case", hex(what_.id)).set("number", what_.number);
    row.set("clock", cases::to_text(clock.name)).set("no", clock.no);
    put_verdict("recorded", recorded, row);
    put_verdict("by_facts", facts, row);
    row.set("calendar_changed", calendar_changed_);
    row.set("says", calendar_changed_
                        ? "judged on the calendar as it was then; it has changed since"
                        : "the facts in the ledger give another verdict than the one recorded");
  }

  const Replayed &what_;
  cases::CaseState facts_;
  std::vector<cases::Clock> recorded_;
  bool calendar_changed_ = false;
};

/// Differences case by case, then one row that sums up.
class Replay {
 public:
  Replay(const Reader &reader, const Id &only) : reader_(reader), only_(only) {}

  bool operator()(std::vector<Record> &page) {
    const std::vector<Replayed> cases = next_cases(reader_, after_, only_);
    for (const Replayed &what : cases) {
      after_ = what.number;
      Comparison(reader_, what).add_differences(page);
    }
    cases_ += static_cast<std::int64_t>(cases.size());
    for (const Record &row : page) ++(row.flag("calendar_changed") ? explained_ : unexplained_);
    if (!cases.empty()) return true;
    Record &verdict = page.emplace_back("verdict");
    verdict.set("row", "verdict").set("cases", cases_).set("explained", explained_);
    verdict.set("unexplained", unexplained_).set("intact", unexplained_ == 0);
    return false;
  }

 private:
  Reader reader_;
  Id only_;
  std::int64_t after_ = 0, cases_ = 0, explained_ = 0, unexplained_ = 0;
};

std::unique_ptr<Rows> open_replay(const Reader &reader, const Record &filter) {
  directory::require_audit(reader.actor);
  Id only{};
  if (filter.has("case")) only = interactions::case_by_name(reader.db(), filter.text("case"));
  return paged_rows(Replay(reader, only));
}

constexpr auto kReplayFilter = std::to_array<FilterField>({{"case"}});

constexpr auto kViews = std::to_array<View>({{"replay", "1.0", kReplayFilter, open_replay}});

}  // namespace

std::span<const View> replay_views() { return kViews; }

}  // namespace heard::views
