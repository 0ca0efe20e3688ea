// erasure.done, hold.placed, hold.released, schedule.saved: what may go, what must stay, what went.
#include "folds/folder.hpp"
#include "store/seq_list.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Query;

void note_erased(store::Database &database, std::int64_t seq, const store::Event &by, bool whole) {
  Query row(database, "INSERT OR REPLACE INTO fold_erased(seq, by_seq, whole) VALUES(?1, ?2, ?3)");
  row.bind(1, seq).bind(2, by.seq).bind(3, whole ? 1 : 0).run();
}

void note_run(store::Database &database, const store::Event &event, const store::Body &body) {
  Query run(database, "UPDATE fold_schedule SET run_at = ?2, run_seq = ?3 WHERE id = ?1");
  run.bind(1, body.text(field_id::schedule)).bind(2, body.number(field_id::at));
  run.bind(3, event.seq).run();
}

}  // namespace

void fold_erasure(store::Database &database, const store::Event &event, const store::Body &body) {
  const auto erased = store::decode_places(body.text(field_id::erased));
  const auto removed = store::decode_runs(body.text(field_id::removed));
  std::int64_t fields = 0;
  for (const store::Places &entry : erased) {
    fields += static_cast<std::int64_t>(entry.places.size());
    note_erased(database, entry.seq, event, body.number(field_id::whole) != 0);
  }
  for (const store::Run &run : removed)  // nothing after the entry itself, whatever it claims
    for (std::int64_t seq = run.first; seq <= run.last && seq < event.seq; ++seq)
      note_erased(database, seq, event, true);
  Query row(database,
            "INSERT INTO fold_erasure(seq, scope, person, case_id, schedule, at, entries, fields,"
            " removed, held) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  row.bind(1, event.seq).bind(2, body.text(field_id::scope));
  row.id_or_null(3, body.id_of(field_id::about_person));
  row.id_or_null(4, body.id_of(field_id::about_case)).bind(5, body.text(field_id::schedule));
  row.bind(6, body.number(field_id::at)).bind(7, static_cast<std::int64_t>(erased.size()));
  row.bind(8, fields).bind(9, store::count(removed)).bind(10, body.number(field_id::held)).run();
  note_run(database, event, body);
}

void fold_hold(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "INSERT OR REPLACE INTO fold_hold(id, kind, scope, person, case_id, school, placed_at,"
            " until, seq) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  row.bind(1, body.text(field_id::hold)).bind(2, body.text(field_id::hold_kind));
  row.bind(3, body.text(field_id::scope)).id_or_null(4, body.id_of(field_id::about_person));
  row.id_or_null(5, body.id_of(field_id::about_case)).bind(6, body.text(field_id::school));
  row.bind(7, body.number(field_id::at));
  if (body.has(field_id::until))
    row.bind(8, body.number(field_id::until));
  else
    row.null(8);
  row.bind(9, event.seq).run();
}

void fold_release(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database, "UPDATE fold_hold SET released_at = ?2, released_seq = ?3 WHERE id = ?1");
  row.bind(1, body.text(field_id::hold)).bind(2, body.number(field_id::at));
  row.bind(3, event.seq).run();
}

void fold_schedule(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "INSERT INTO fold_schedule(id, name, applies_to, school, channel, keep_days,"
            " counted_from, action, basis, active, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
            " ON CONFLICT(id) DO UPDATE SET name = ?2, applies_to = ?3, school = ?4, channel = ?5,"
            " keep_days = ?6, counted_from = ?7, action = ?8, basis = ?9, active = ?10, seq = ?11");
  row.bind(1, body.text(field_id::schedule)).bind(2, body.text(field_id::name));
  row.bind(3, body.text(field_id::applies_to)).bind(4, body.text(field_id::school));
  row.bind(5, body.text(field_id::channel)).bind(6, body.number(field_id::keep_days));
  row.bind(7, body.text(field_id::counted_from)).bind(8, body.text(field_id::action));
  row.bind(9, body.text(field_id::basis)).bind(10, body.number(field_id::active, 1));
  row.bind(11, event.seq).run();
}

}  // namespace heard::folds
