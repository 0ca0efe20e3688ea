// waiting: who waits for an answer, soonest due first, read from the business-axis index.
#include <algorithm>
#include <memory>

#include "base/failure.hpp"
#include "cases/due.hpp"
#include "directory/person.hpp"
#include "folds/calendars.hpp"
#include "folds/clock_rows.hpp"
#include "views/case_rows.hpp"
#include "views/case_views.hpp"

namespace heard::views {

namespace {

constexpr std::int64_t kSlice = 64;
constexpr Seconds kNever = INT64_MAX;

struct Due {
  Seconds at = kNever;  ///< kNever: no due time within the calendar
  std::int64_t key = 0;
  folds::ClockRow clock;
};

/// Waiting clocks of one calendar on one axis, in order of their keys; the longest waiting first
/// where they are due together.
class Lane {
 public:
  Lane(std::string calendar, int axis) : calendar_(std::move(calendar)), axis_(axis) {}

  /// The next clock of this lane, without taking it; null at the end.
  const Due *peek(const Reader &reader) {
    if (at_ == slice_.size() && !done_) load(reader);
    return at_ < slice_.size() ? &slice_[at_] : nullptr;
  }
  Due take() { return std::move(slice_[at_++]); }

 private:
  void load(const Reader &reader) {
    static const std::string kSql =
        "SELECT " + std::string(folds::kClockColumns) +
        ", due_key FROM fold_clock WHERE calendar = ?1 AND due_axis = ?2 AND waiting = 1"
        " AND (due_key, started_at, case_id, name, no) > (?3, ?4, ?5, ?6, ?7)"
        " ORDER BY due_key, started_at, case_id, name, no LIMIT ?8";
    slice_.clear();
    at_ = 0;
    store::Query rows(reader.db(), kSql);
    rows.bind(1, calendar_).bind(2, axis_).bind(3, last_key_).bind(4, last_start_);
    rows.bind(5, last_case_).bind(6, last_name_).bind(7, last_no_).bind(8, kSlice);
    const auto hours = folds::calendar_now(reader.db(), calendar_);
    while (rows.step()) {
      Due &due = slice_.emplace_back();
      due.clock = folds::read_clock(rows);
      due.key = rows.number(folds::kClockColumnCount);
      due.at = cases::instant({static_cast<cases::Axis>(axis_), due.key}, *hours->compiled)
                   .value_or(kNever);
    }
    done_ = static_cast<std::int64_t>(slice_.size()) < kSlice;
    if (slice_.empty()) return;
    last_key_ = slice_.back().key;
    last_start_ = slice_.back().clock.clock.started_at;
    last_case_ = slice_.back().clock.case_id;
    last_name_ = static_cast<int>(slice_.back().clock.clock.name);
    last_no_ = slice_.back().clock.clock.no;
  }

  std::string calendar_;
  int axis_;
  std::vector<Due> slice_;
  std::size_t at_ = 0;
  bool done_ = false;
  std::int64_t last_key_ = INT64_MIN;
  Seconds last_start_ = INT64_MIN;
  Id last_case_{};
  int last_name_ = 0;
  std::int64_t last_no_ = 0;
};

class WaitingRows : public Rows {
 public:
  WaitingRows(const Reader &reader, const Record &filter)
      : reader_(reader),
        school_(filter.text("school")),
        assignee_(filter.text("assignee")),
        late_only_(filter.flag("late")),
        left_(filter.number("limit", INT64_MAX)) {
    store::Query ids(reader_.db(), "SELECT DISTINCT id FROM fold_calendar ORDER BY id");
    while (ids.step())
      for (const int axis : {0, 1, 2, 3}) lanes_.emplace_back(ids.text(0), axis);
  }

  bool next(Record &row) override {
    while (left_ > 0) {
      Lane *soonest = nullptr;
      Seconds at = kNever;
      for (Lane &lane : lanes_) {
        const Due *due = lane.peek(reader_);
        if (due == nullptr || (soonest != nullptr && due->at >= at)) continue;
        soonest = &lane;
        at = due->at;
      }
      if (soonest == nullptr) return false;
      if (!fill(soonest->take(), row)) continue;
      --left_;
      return true;
    }
    return false;
  }

 private:
  /// False when the filter leaves the case out.
  bool fill(const Due &due, Record &row) {
    const auto hours = folds::calendar_now(reader_.db(), due.clock.calendar);
    const cases::Clock &clock = due.clock.clock;
    const bool late = cases::passed(cases::due_key(clock, *hours->compiled), reader_.now_seconds(),
                                    *hours->compiled);
    if (late_only_ && !late) return false;
    static const std::string kSql =
        "SELECT " + std::string(kCaseColumns) + " FROM fold_case c WHERE c.id = ?1";
    store::Query columns(reader_.db(), kSql);
    columns.bind(1, due.clock.case_id);
    if (!columns.step()) return false;
    const std::string school = columns.text(4);
    if (!school_.empty() && school != school_) return false;
    if (!reader_.actor.may_see_school(school)) return false;
    row = Record("waiting");
    put_case_columns(reader_, columns, row);
    if (!assignee_.empty() && row.text("assignee") != assignee_) return false;
    std::vector<std::string> names;
    for (const Record &student : students_of(reader_, due.clock.case_id))
      names.push_back(student.text("name"));
    row.set("students", std::move(names));
    row.set("clock", cases::to_text(clock.name)).set("waiting_since", clock.started_at * 1000);
    if (due.at != kNever) row.set("due_at", due.at * 1000);
    row.set("no_open_time", due.at == kNever && clock.target.amount != 0)
        .set("late", late)
        .set("warned", clock.warned);
    return true;
  }

  Reader reader_;
  std::string school_, assignee_;
  bool late_only_;
  std::int64_t left_;
  std::vector<Lane> lanes_;
};

}  // namespace

std::unique_ptr<Rows> open_waiting(const Reader &reader, const Record &filter) {
  return std::make_unique<WaitingRows>(reader, filter);
}

}  // namespace heard::views
