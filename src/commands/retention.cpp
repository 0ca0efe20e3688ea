#include "commands/retention.hpp"

#include <algorithm>

#include "base/failure.hpp"

namespace heard::commands {

namespace {

using store::Query;

constexpr Millis kDay = Millis{86400} * 1000;

struct Candidate {
  std::int64_t seq = 0;  ///< of the contact, the disclosure, or the entry that opened the case
  Id case_id{};
  Millis at = 0;
};

constexpr const char *kNotErased =
    " AND (?4 = 1 OR NOT EXISTS(SELECT 1 FROM fold_erased g WHERE g.seq = x.seq AND g.whole = 1))";

std::string candidates_sql(const Schedule &schedule) {
  const std::string not_erased = kNotErased;
  if (schedule.applies_to == "interactions")
    return "SELECT seq, NULL, occurred_at FROM fold_interaction x WHERE case_id IS NULL"
           " AND occurred_at < ?1 AND (?2 = '' OR school = ?2) AND (?3 = '' OR channel = ?3)" +
           not_erased + " ORDER BY seq";
  if (schedule.applies_to == "disclosures")
    return "SELECT seq, NULL, at FROM fold_disclosure x WHERE at < ?1 AND ?2 = ?2 AND ?3 = ?3" +
           not_erased + " ORDER BY seq";
  const std::string since = schedule.counted_from == "occurred"
                                ? "opened_at"
                                : "COALESCE(solved_at, MAX(last_at, 0) * 1000)";
  return "SELECT seq, id, " + since + " FROM fold_case x WHERE status >= 5 AND " + since +
         " < ?1 AND (?2 = '' OR school = ?2) AND (?3 = '' OR channel = ?3)" + not_erased +
         " ORDER BY seq";
}

std::vector<Candidate> candidates(store::Database &database, const Schedule &schedule, Millis now) {
  std::vector<Candidate> found;
  Query rows(database, candidates_sql(schedule));
  rows.bind(1, now - schedule.keep_days * kDay).bind(2, schedule.school);
  rows.bind(3, schedule.channel).bind(4, schedule.action == "remove" ? 1 : 0);
  while (rows.step()) found.push_back({rows.number(0), rows.id(1), rows.number(2)});
  return found;
}

/// The cases that go together with this one; empty while one of them is not due yet. What was
/// removed must leave nothing behind that leans on it, and a number is not given twice.
std::set<Id> cases_to_go(store::Database &database, const Schedule &schedule, const Id &case_id,
                         const std::set<Id> &due) {
  const std::set<Id> bound = bound_cases(database, case_id);
  for (const Id &id : bound) {
    if (schedule.action == "erase") continue;
    if (!due.contains(id)) return {};
    Query newest(database,
                 "SELECT 1 FROM fold_case WHERE id = ?1 AND number = (SELECT MAX(number) FROM"
                 " fold_case)");
    newest.bind(1, id);
    if (newest.step()) return {};
  }
  return schedule.action == "erase" ? std::set<Id>{case_id} : bound;
}

/// One walk over what is due.
class Walk {
 public:
  Walk(store::Database &database, const Schedule &schedule, Millis now, std::int64_t limit)
      : database_(database), schedule_(schedule), holds_(database, now), limit_(limit) {
    all_ = candidates(database, schedule, now);
    for (const Candidate &candidate : all_)
      if (candidate.case_id != kNoId) due_.insert(candidate.case_id);
  }

  Expired take() {
    for (const Candidate &candidate : all_) {
      if (limit_ > 0 && expired_.items >= limit_) {
        expired_.more = true;
        break;
      }
      take_one(candidate);
    }
    return std::move(expired_);
  }

 private:
  void take_one(const Candidate &candidate) {
    Collector collector(database_);
    if (candidate.case_id == kNoId) {
      if (counts_only()) return count(candidate, 1);
      collector.add_entry(candidate.seq);
      return decide(candidate, 1, collector.found());
    }
    if (done_.contains(candidate.case_id)) return;
    const std::set<Id> cases = cases_to_go(database_, schedule_, candidate.case_id, due_);
    done_.insert(cases.begin(), cases.end());
    if (cases.empty()) return;
    const auto items = static_cast<std::int64_t>(cases.size());
    if (counts_only()) return count(candidate, items);
    for (const Id &id : cases) collector.add_case(id);
    decide(candidate, items, collector.found());
  }

  bool counts_only() const { return limit_ == 0 && holds_.none(); }

  void count(const Candidate &candidate, std::int64_t items) {
    expired_.items += items;
    if (expired_.oldest == 0 || candidate.at < expired_.oldest) expired_.oldest = candidate.at;
  }

  void decide(const Candidate &candidate, std::int64_t items, Erasables &entries) {
    for (const auto &[seq, entry] : entries) {
      const Hold *hold = holds_.none() ? nullptr : holds_.covering(hold_subject(database_, entry));
      if (!hold) continue;
      expired_.held += items;
      expired_.holds.insert(hold->id);
      return;
    }
    count(candidate, items);
    if (limit_ > 0) expired_.entries.merge(entries);
  }

  store::Database &database_;
  const Schedule &schedule_;
  Holds holds_;
  std::int64_t limit_;
  std::vector<Candidate> all_;
  std::set<Id> due_, done_;
  Expired expired_;
};

}  // namespace

std::vector<Schedule> schedules(store::Database &database, const std::string &only) {
  std::vector<Schedule> all;
  Query rows(database,
             "SELECT id, name, applies_to, school, channel, keep_days, counted_from, action, basis,"
             " run_at FROM fold_schedule WHERE active = 1 AND (?1 = '' OR id = ?1) ORDER BY id");
  rows.bind(1, only);
  while (rows.step()) {
    Schedule &schedule = all.emplace_back();
    schedule.id = rows.text(0);
    schedule.name = rows.text(1);
    schedule.applies_to = rows.text(2);
    schedule.school = rows.text(3);
    schedule.channel = rows.text(4);
    schedule.keep_days = rows.number(5);
    schedule.counted_from = rows.text(6);
    schedule.action = rows.text(7);
    schedule.basis = rows.text(8);
    schedule.run_at = rows.number(9);
  }
  if (!only.empty() && all.empty())
    throw Failure(Status::not_found, "there is no active schedule '" + only + "'",
                  {{"field", "schedule"}});
  return all;
}

Expired expired(store::Database &database, const Schedule &schedule, Millis now,
                std::int64_t limit) {
  return Walk(database, schedule, now, limit).take();
}

std::optional<Millis> next_retention(store::Database &database) {
  if (setting_value(database, "retention.automatic") != "1") return std::nullopt;
  std::optional<Millis> next;
  for (const Schedule &schedule : schedules(database)) {
    const Millis due = schedule.run_at == 0 ? 1 : schedule.run_at + kDay;
    next = next ? std::min(*next, due) : due;
  }
  return next;
}

std::string setting_value(store::Database &database, const std::string &name) {
  Query row(database, "SELECT value FROM fold_setting WHERE name = ?1");
  row.bind(1, name);
  return row.step() ? row.text(0) : "";
}

}  // namespace heard::commands
