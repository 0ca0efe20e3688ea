// waiting, cases, case.
#include "views/case_views.hpp"

#include <fmt/format.h>

#include <array>

#include "base/failure.hpp"
#include "cases/due.hpp"
#include "cases/explain.hpp"
#include "directory/person.hpp"
#include "folds/calendars.hpp"
#include "folds/codec.hpp"
#include "interactions/threads.hpp"
#include "store/ledger.hpp"
#include "views/case_rows.hpp"
#include "views/entries.hpp"

namespace heard::views {

namespace {

namespace field_id = store::field_id;

std::int64_t status_number(const std::string &text) {
  if (text.empty()) return 0;
  const auto status = cases::case_status(text);
  if (!status) throw bad_field("status", "is not one of: new open waiting held solved closed");
  return static_cast<std::int64_t>(*status);
}

std::unique_ptr<Rows> open_cases(const Reader &reader, const Record &filter) {
  const std::int64_t status = status_number(filter.text("status"));
  Id person{};
  if (filter.has("person")) {
    const auto known = directory::find_person(reader.db(), filter.text("person"));
    if (!known) return all_rows({});
    person = known->id;
  }
  return paged_rows([=, before = std::int64_t{INT64_MAX},
                     left = filter.number("limit", INT64_MAX)](std::vector<Record> &page) mutable {
    static const std::string kSql =
        "SELECT " + std::string(kCaseColumns) +
        " FROM fold_case c WHERE c.number < ?1 AND (?2 = '' OR c.school = ?2)"
        " AND (?3 = 0 OR c.status = ?3) AND (?4 IS NULL OR c.requester = ?4 OR EXISTS(SELECT 1 FROM"
        " fold_case_student s WHERE s.case_id = c.id AND s.person = ?4)) AND (?5 = 0 OR EXISTS("
        "SELECT 1 FROM fold_clock k WHERE k.case_id = c.id AND k.verdict = 2))"
        " ORDER BY c.number DESC LIMIT ?6";
    store::Query rows(reader.db(), kSql);
    rows.bind(1, before).bind(2, filter.text("school")).bind(3, status).id_or_null(4, person);
    rows.bind(5, filter.number("late")).bind(6, std::min(left, kPage));
    bool any = false;
    while (rows.step()) {
      any = true;
      before = rows.number(1);
      if (!reader.actor.may_see_school(rows.text(4))) continue;
      --left;
      put_case_columns(reader, rows, page.emplace_back("case"));
    }
    return any && left > 0;
  });
}

std::vector<std::int64_t> entries_of_case(const Reader &reader, const Id &id) {
  std::vector<std::int64_t> seqs;
  store::Query rows(
      reader.db(), "SELECT seq FROM fold_interaction WHERE case_id = ?1 ORDER BY occurred_at, seq");
  rows.bind(1, id);
  while (rows.step()) seqs.push_back(rows.number(0));
  return seqs;
}

/// One sentence for each change a case event recorded.
std::string says(const store::Event &event, const store::Body &body) {
  std::string text;
  const auto add = [&](const std::string &part) { text += (text.empty() ? "" : "; ") + part; };
  const std::string status(
      cases::to_text(static_cast<cases::CaseStatus>(body.number(field_id::status, 1))));
  if (body.has(field_id::status)) add("now " + status);
  if (static_cast<store::Kind>(event.kind) == store::Kind::case_assigned)
    add("assigned to " + body.text(field_id::assignee_name) + body.text(field_id::department));
  for (const auto &group : body.fact_groups(field_id::clock)) {
    const folds::RecordedClock recorded = folds::decode_clock(group);
    add(std::string(cases::to_text(recorded.change.after.name)) + " " +
        std::string(cases::to_text(recorded.change.what)));
  }
  if (!body.text(field_id::note).empty()) add(body.text(field_id::note));
  return text;
}

std::vector<Record> history_of(const Reader &reader, const Id &id) {
  std::vector<std::int64_t> seqs;
  store::Query rows(
      reader.db(),
      "SELECT seq FROM event WHERE thread = ?1 AND thread <> rid AND kind <> 2 ORDER BY seq");
  rows.bind(1, id);
  while (rows.step()) seqs.push_back(rows.number(0));
  store::Ledger ledger(reader.db());
  std::vector<Record> history;
  for (const std::int64_t seq : seqs) {
    const auto event = ledger.event(seq);
    const auto body = ledger.body(seq);
    const auto kind = static_cast<store::Kind>(event->kind);
    if (!body || kind == store::Kind::disclosure_made) continue;
    Record &row = history.emplace_back("history");
    row.set("seq", seq).set("at", event->wall_ms).set("what", store::to_text(kind));
    row.set("says", says(*event, *body)).set("actor", body->text(field_id::actor_name));
  }
  return history;
}

std::vector<Record> clocks_of_case(const Reader &reader, const Id &id) {
  store::Query policy(reader.db(),
                      "SELECT policy, policy_version, pauses FROM fold_case WHERE id = ?1");
  policy.bind(1, id);
  policy.step();
  const auto version = folds::policy_at(reader.db(), policy.text(0), policy.number(1));
  const cases::Pauses pauses = folds::pauses_from_text(policy.text(2));
  std::vector<Record> clocks;
  for (const folds::ClockRow &row : folds::clocks_of(reader.db(), id))
    if (row.clock.state != cases::ClockState::void_)
      clocks.push_back(clock_record(reader, row, version->name, pauses));
  return clocks;
}

/// The cases it comes from or has become part of, by number.
void put_bonds(const Reader &reader, const Id &id, Record &row) {
  for (const char *bond : {"follows", "merged_into", "split_from"}) {
    store::Query other(reader.db(), fmt::format("SELECT o.number FROM fold_case c JOIN fold_case o"
                                                " ON o.id = c.{} WHERE c.id = ?1",
                                                bond));
    other.bind(1, id);
    if (other.step()) row.set(bond, other.number(0));
  }
}

void put_promise(const Reader &reader, const Id &id, Record &row) {
  cases::CaseState state;
  std::shared_ptr<const folds::CalendarVersion> calendar;
  for (const folds::ClockRow &clock : folds::clocks_of(reader.db(), id)) {
    state.clocks.push_back(clock.clock);
    calendar = folds::calendar_now(reader.db(), clock.calendar);
  }
  const auto due = calendar ? cases::promised_by(state, *calendar->compiled) : std::nullopt;
  if (!due) return;
  row.set("promised_by", *due * 1000);
  row.set("promise", cases::promise(*due, reader.now_seconds(), *calendar->compiled));
}

std::unique_ptr<Rows> open_case(const Reader &reader, const Record &filter) {
  const Id id = interactions::case_by_name(reader.db(), filter.text("case"));
  static const std::string kSql =
      "SELECT " + std::string(kCaseColumns) + " FROM fold_case c WHERE c.id = ?1";
  Record row("case");
  {
    store::Query columns(reader.db(), kSql);
    columns.bind(1, id);
    if (!columns.step()) throw Failure(Status::not_found, "there is no such case");
    directory::require_school(reader.actor, columns.text(4));
    put_case_columns(reader, columns, row);
  }
  put_bonds(reader, id, row);
  put_promise(reader, id, row);
  const std::vector<std::int64_t> seqs = entries_of_case(reader, id);
  ShownEntries entries = entry_rows(reader, seqs);
  row.set("students", students_of(reader, id)).set("clocks", clocks_of_case(reader, id));
  row.set("history", history_of(reader, id));
  const auto shown = static_cast<std::int64_t>(entries.rows.size());
  row.set("entries", std::move(entries.rows));
  reader.disclose({"case", {}, id, shown, {}, seqs, std::move(entries.people)});
  std::vector<Record> rows;
  rows.push_back(std::move(row));
  return all_rows(std::move(rows));
}

constexpr auto kWaitingFilter =
    std::to_array<FilterField>({{"school"}, {"assignee"}, {"late", true}, {"limit", true}});
constexpr auto kCasesFilter = std::to_array<FilterField>(
    {{"school"}, {"status"}, {"person"}, {"late", true}, {"limit", true}});
constexpr auto kCaseFilter = std::to_array<FilterField>({{"case", false, true}});

constexpr auto kViews = std::to_array<View>({
    {"waiting", "1.0", kWaitingFilter, open_waiting},
    {"cases", "1.0", kCasesFilter, open_cases},
    {"case", "1.0", kCaseFilter, open_case},
});

}  // namespace

std::span<const View> case_views() { return kViews; }

}  // namespace heard::views
