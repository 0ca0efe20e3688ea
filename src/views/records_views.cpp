// erasures, holds, retention: what went, what must stay, and what is due to go.
#include <array>

#include "commands/retention.hpp"
#include "directory/person.hpp"
#include "store/ledger.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

namespace field_id = store::field_id;
using store::Query;

/// A person by key; by id when erasure took the key.
void put_person(const Reader &reader, const Id &id, Record &row) {
  if (id == kNoId) return;
  const auto person = directory::load_person(reader.db(), id);
  row.set("person", person && !person->key.empty() ? person->key : hex(id));
}

void put_case(const Reader &reader, const Id &id, Record &row) {
  if (id == kNoId) return;
  Query number(reader.db(), "SELECT number FROM fold_case WHERE id = ?1");
  number.bind(1, id);
  row.set("case", hex(id));
  if (number.step()) row.set("number", number.number(0));
}

std::vector<std::int64_t> seqs_after(const Reader &reader, const char *sql, std::int64_t after,
                                     std::int64_t limit) {
  std::vector<std::int64_t> seqs;
  Query rows(reader.db(), sql);
  rows.bind(1, after).bind(2, std::min(limit, kPage));
  while (rows.step()) seqs.push_back(rows.number(0));
  return seqs;
}

Record erasure_row(const Reader &reader, std::int64_t seq) {
  Record row("erasure");
  Query fold(reader.db(),
             "SELECT scope, person, case_id, schedule, at, entries, fields, removed, held"
             " FROM fold_erasure WHERE seq = ?1");
  fold.bind(1, seq);
  if (!fold.step()) return row;
  row.set("seq", seq).set("at", fold.number(4)).set("scope", fold.text(0));
  row.set("schedule", fold.text(3)).set("entries", fold.number(5)).set("fields", fold.number(6));
  row.set("removed", fold.number(7)).set("held", fold.number(8));
  put_person(reader, fold.id(1), row);
  put_case(reader, fold.id(2), row);
  const auto body = store::Ledger(reader.db()).body(seq);
  if (!body) return row;
  row.set("actor", body->text(field_id::actor)).set("name", body->text(field_id::actor_name));
  row.set("role", body->text(field_id::actor_role)).set("basis", body->text(field_id::basis));
  row.set("approver", body->text(field_id::approver)).set("note", body->text(field_id::note));
  row.set("requested_by", body->text(field_id::requested_by));
  if (const Id id = body->id_of(field_id::requester); id != kNoId) {
    const auto person = directory::load_person(reader.db(), id);
    row.set("requested_by", person && !person->key.empty() ? person->key : hex(id));
  }
  row.set("asked", body->texts(field_id::asked));
  return row.set("held_by", body->texts(field_id::held_by));
}

std::unique_ptr<Rows> open_erasures(const Reader &reader, const Record &filter) {
  directory::require_audit(reader.actor);
  return paged_rows([reader, after = filter.number("from", 0) - 1,
                     left = filter.number("limit", INT64_MAX)](std::vector<Record> &page) mutable {
    const auto seqs = seqs_after(
        reader, "SELECT seq FROM fold_erasure WHERE seq > ?1 ORDER BY seq LIMIT ?2", after, left);
    for (const std::int64_t seq : seqs) {
      page.push_back(erasure_row(reader, seq));
      after = seq;
      --left;
    }
    return !seqs.empty() && left > 0;
  });
}

/// Who placed it and why; who released it and why.
void put_words(const Reader &reader, std::int64_t placed, std::int64_t released, Record &row) {
  store::Ledger ledger(reader.db());
  if (const auto body = ledger.body(placed)) {
    row.set("reason", body->text(field_id::reason));
    row.set("placed_by", body->text(field_id::actor));
    row.set("placed_by_name", body->text(field_id::actor_name));
  }
  if (released == 0) return;
  if (const auto body = ledger.body(released)) {
    row.set("released_by", body->text(field_id::released_by));
    row.set("release_reason", body->text(field_id::reason));
  }
}

/// A hold with the entry that released it; 0: none did.
std::pair<Record, std::int64_t> hold_row(const Reader &reader, const Query &columns) {
  Record row("hold");
  row.set("hold", columns.text(0)).set("kind", columns.text(1)).set("scope", columns.text(2));
  put_person(reader, columns.id(3), row);
  put_case(reader, columns.id(4), row);
  row.set("school", columns.text(5)).set("placed_at", columns.number(6));
  row.set("seq", columns.number(8));
  const bool expired = !columns.is_null(7) && columns.number(7) <= reader.now;
  if (!columns.is_null(7)) row.set("until", columns.number(7));
  row.set("in_force", columns.is_null(9) && !expired);
  if (columns.is_null(9)) return {row, 0};
  row.set("released_at", columns.number(9)).set("released_seq", columns.number(10));
  return {row, columns.number(10)};
}

std::unique_ptr<Rows> open_holds(const Reader &reader, const Record &filter) {
  directory::require_audit(reader.actor);
  std::vector<Record> rows;
  Query columns(reader.db(),
                "SELECT id, kind, scope, person, case_id, school, placed_at, until, seq,"
                " released_at, released_seq FROM fold_hold ORDER BY seq");
  while (columns.step()) {
    auto [row, released] = hold_row(reader, columns);
    if (filter.flag("in_force") && !row.flag("in_force")) continue;
    put_words(reader, row.number("seq"), released, row);
    rows.push_back(std::move(row));
  }
  return all_rows(std::move(rows));
}

std::unique_ptr<Rows> open_retention(const Reader &reader, const Record &filter) {
  directory::require_audit(reader.actor);
  std::vector<Record> rows;
  for (const auto &schedule : commands::schedules(reader.db(), filter.text("schedule"))) {
    const commands::Expired due = commands::expired(reader.db(), schedule, reader.now, 0);
    Record &row = rows.emplace_back("schedule");
    row.set("schedule", schedule.id).set("name", schedule.name);
    row.set("applies_to", schedule.applies_to).set("school", schedule.school);
    row.set("channel", schedule.channel).set("keep_days", schedule.keep_days);
    row.set("from", schedule.counted_from).set("action", schedule.action);
    row.set("basis", schedule.basis).set("due", due.items).set("held", due.held);
    row.set("held_by", std::vector<std::string>(due.holds.begin(), due.holds.end()));
    if (due.oldest != 0) row.set("oldest", due.oldest);
    if (schedule.run_at != 0) row.set("run_at", schedule.run_at);
  }
  return all_rows(std::move(rows));
}

constexpr auto kErasuresFilter = std::to_array<FilterField>({{"from", true}, {"limit", true}});
constexpr auto kHoldsFilter = std::to_array<FilterField>({{"in_force", true}});
constexpr auto kRetentionFilter = std::to_array<FilterField>({{"schedule"}});

constexpr auto kViews = std::to_array<View>({
    {"erasures", "1.0", kErasuresFilter, open_erasures},
    {"holds", "1.0", kHoldsFilter, open_holds},
    {"retention", "1.0", kRetentionFilter, open_retention},
});

}  // namespace

std::span<const View> records_views() { return kViews; }

}  // namespace heard::views
