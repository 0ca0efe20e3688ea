// calendar.saved, policy.saved, settings.saved: whole versions, newest last.
#include <fmt/format.h>

#include "folds/calendars.hpp"
#include "folds/clock_rows.hpp"
#include "folds/codec.hpp"
#include "folds/folder.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Query;

/// The body's fields in their open, form-1 bytes, so that the version can be decoded from the row.
std::string definition_bytes(const store::Body &body) {
  store::FieldList kept;
  for (const store::SaltedField &field : body.fields())
    if (field.id >= field_id::policy_id) kept.bytes(field.id, field.value);
  // Equal definitions give equal bytes: the salt is of no use here and left zero.
  std::string out;
  for (const store::Field &field : std::move(kept).take()) {
    const std::uint16_t id = field.id;
    const auto size = static_cast<std::uint32_t>(field.value.size());
    out += static_cast<char>(id >> 8);
    out += static_cast<char>(id & 0xFF);
    out += '\1';
    out.append(16, '\0');
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((size >> shift) & 0xFF);
    out += field.value;
  }
  return out;
}

/// Rows whose keys depend on the changed part of the calendar get new ones: those that began to
/// count after it, and day targets, whose closing or warning lies somewhere on the changed days.
std::vector<ClockRow> affected_clocks(store::Database &database, const std::string &calendar,
                                      Seconds changed_from) {
  std::vector<ClockRow> rows;
  // Two partial indexes: clocks with something ahead, and missed ones that still wait.
  for (const char *which : {"next_axis > 0", "waiting = 1 AND next_axis = 0"}) {
    const std::string sql = fmt::format(
        "SELECT {} FROM fold_clock WHERE calendar = ?1 AND {} AND (anchor >= ?2 OR unit = 3)",
        kClockColumns, which);
    Query affected(database, sql);
    affected.bind(1, calendar).bind(2, changed_from);
    while (affected.step()) rows.push_back(read_clock(affected));
  }
  return rows;
}

void rekey_clocks(store::Database &database, const std::string &calendar, Seconds changed_from) {
  const auto now = calendar_now(database, calendar);
  for (const ClockRow &row : affected_clocks(database, calendar, changed_from)) {
    Query policy(database, "SELECT policy, policy_version FROM fold_case WHERE id = ?1");
    policy.bind(1, row.case_id);
    if (!policy.step()) continue;
    const int warn = policy_at(database, policy.text(0), policy.number(1))->policy.warn_percent;
    save_clock(database, row, warn, *now->compiled);
  }
}

}  // namespace

void fold_calendar(store::Database &database, const store::Event &event, const store::Body &body) {
  const std::string id = body.text(field_id::calendar_id);
  Query row(database,
            "INSERT INTO fold_calendar(id, version, name, definition, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5)");
  row.bind(1, id).bind(2, body.number(field_id::version)).bind(3, body.text(field_id::name));
  row.blob(4, definition_bytes(body)).bind(5, event.seq).run();
  Query free(database, "DELETE FROM fold_calendar_school WHERE calendar = ?1");
  free.bind(1, id).run();
  for (const std::string &school : body.texts(field_id::used_by)) {
    Query use(database,
              "INSERT INTO fold_calendar_school(school, calendar) VALUES(?1, ?2)"
              " ON CONFLICT(school) DO UPDATE SET calendar = ?2");
    use.bind(1, school).bind(2, id).run();
  }
  database.renew_epoch();
  rekey_clocks(database, id, body.number(field_id::changed_from));
}

void fold_policy(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "INSERT INTO fold_policy(id, version, name, definition, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5)");
  row.bind(1, body.text(field_id::policy_id)).bind(2, body.number(field_id::version));
  row.bind(3, body.text(field_id::name)).blob(4, definition_bytes(body));
  row.bind(5, event.seq).run();
  database.renew_epoch();
}

void fold_setting(store::Database &database, const store::Event &event, const store::Body &body) {
  const std::string name = body.text(field_id::setting);
  if (!body.has(field_id::value)) {
    Query remove(database, "DELETE FROM fold_setting WHERE name = ?1");
    remove.bind(1, name).run();
    return;
  }
  Query row(database, "INSERT OR REPLACE INTO fold_setting(name, value, seq) VALUES(?1, ?2, ?3)");
  row.bind(1, name).bind(2, body.text(field_id::value)).bind(3, event.seq).run();
}

}  // namespace heard::folds
