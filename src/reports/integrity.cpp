#include "reports/integrity.hpp"

namespace heard::reports {

namespace {

constexpr std::int64_t kPage = 256;

}  // namespace

std::vector<store::Event> Integrity::next_events() {
  // Contacts, and the entries of cases that can end a clock or judge it anew.
  store::Query rows(database_,
                    "SELECT seq, v, wall_ms, kind, flags, thread, rid, ref, cm FROM event"
                    " WHERE seq >= ?1 AND wall_ms >= ?2 AND wall_ms < ?3"
                    " AND kind IN (2, 3, 4, 5, 8, 12, 17, 19) ORDER BY seq LIMIT ?4");
  rows.bind(1, next_).bind(2, period_.from).bind(3, period_.to).bind(4, kPage);
  std::vector<store::Event> events;
  while (rows.step()) events.push_back(store::read_event(rows));
  return events;
}

std::optional<Entry> Integrity::entry_of(const store::Event &event) {
  // A contact goes where its case went; an entry of a case stays in its thread.
  const bool is_contact = event.kind == static_cast<std::uint16_t>(store::Kind::interaction_logged);
  store::Query row(
      database_, is_contact ? "SELECT c.id, c.number, c.school, c.calendar FROM fold_interaction i"
                              " JOIN fold_case c ON c.id = i.case_id WHERE i.seq = ?1"
                            : "SELECT id, number, school, calendar FROM fold_case WHERE id = ?1");
  if (is_contact)
    row.bind(1, event.seq);
  else
    row.bind(1, event.thread);
  if (!row.step()) return std::nullopt;
  if (!period_.school.empty() && row.text(2) != period_.school) return std::nullopt;
  auto body = ledger_.body(event.seq);
  if (!body) return std::nullopt;
  return Entry{event, std::move(*body), row.id(0), row.number(1), row.text(2), row.text(3)};
}

bool Integrity::next_page(std::vector<Record> &rows) {
  const std::vector<store::Event> events = next_events();
  for (const store::Event &event : events) {
    next_ = event.seq + 1;
    const auto entry = entry_of(event);
    if (!entry) continue;
    for (Record &row : findings_about({database_, ledger_}, *entry)) rows.push_back(std::move(row));
    bulk_closing_.look_at(*entry, rows);
  }
  if (!events.empty()) return true;
  bulk_closing_.finish(rows);
  return false;
}

}  // namespace heard::reports
