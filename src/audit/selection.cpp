#include "audit/selection.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "audit/receipt.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "directory/person.hpp"
#include "interactions/threads.hpp"
#include "store/ledger.hpp"
#include "views/entries.hpp"

namespace heard::audit {

namespace {

using store::Query;

std::vector<std::int64_t> earlier_sizes(const Record &what) {
  std::vector<std::int64_t> sizes;
  for (const std::string &text : what.texts("receipts")) {
    const auto size = to_int(text);
    const std::int64_t value = size ? *size : parse_receipt(text).head.size;
    if (value < 0) throw bad_field("receipts", "a size cannot be negative");
    sizes.push_back(value);
  }
  return sizes;
}

void read_period(const Record &what, Selection &selection) {
  if (what.has("from")) selection.from = what.number("from");
  if (what.has("to")) selection.to = what.number("to");
  if (selection.from && selection.to && *selection.to <= *selection.from)
    throw bad_field("to", "must be later than from");
}

std::vector<std::int64_t> unbounded_seqs(store::Database &database, const Selection &selection,
                                         std::int64_t size) {
  std::vector<std::int64_t> seqs;
  if (selection.what == "all") {
    seqs.resize(static_cast<std::size_t>(size));
    std::iota(seqs.begin(), seqs.end(), 0);
    return seqs;
  }
  const char *sql =
      selection.what == "person"
          ? "SELECT seq FROM fold_body_person WHERE person = ?1 UNION SELECT e.seq FROM event e"
            " JOIN fold_case c ON c.id = e.thread AND e.thread <> e.rid"
            " WHERE c.requester = ?1 OR c.id IN"
            " (SELECT case_id FROM fold_case_student WHERE person = ?1) ORDER BY 1"
      : selection.what == "case"
          ? "SELECT seq FROM event WHERE thread = ?2 AND thread <> rid ORDER BY seq"
          : "SELECT seq FROM fold_interaction WHERE school = ?3 UNION SELECT"
            " e.seq FROM fold_case c CROSS JOIN event e ON e.thread = c.id"
            " AND e.thread <> e.rid WHERE c.school = ?3 ORDER BY 1";
  Query rows(database, sql);
  if (selection.what == "person") rows.bind(1, selection.person);
  if (selection.what == "case") rows.bind(2, selection.case_id);
  if (selection.what == "school") rows.bind(3, selection.name);
  while (rows.step())
    if (rows.number(0) < size) seqs.push_back(rows.number(0));
  return seqs;
}

bool is_in_period(Query &row, const Selection &selection, std::int64_t seq) {
  row.reset();
  row.bind(1, seq);
  if (!row.step()) return true;  // missing: the export must not hide that
  const Millis at = row.number(0);
  return at >= selection.from.value_or(std::numeric_limits<Millis>::min()) &&
         at < selection.to.value_or(std::numeric_limits<Millis>::max());
}

void keep_period(store::Database &database, const Selection &selection,
                 std::vector<std::int64_t> &seqs) {
  if (!selection.from && !selection.to) return;
  Query when(database,
             "SELECT COALESCE(i.occurred_at, e.wall_ms) FROM event e LEFT JOIN fold_interaction i"
             " ON i.seq = e.seq WHERE e.seq = ?1");
  std::erase_if(seqs, [&](std::int64_t seq) { return !is_in_period(when, selection, seq); });
}

/// Of an entry that retention removed only the leaf is left; the tombstone says what became of it.
void add_removals(store::Database &database, std::int64_t size, std::vector<std::int64_t> &seqs) {
  Query removals(database,
                 "SELECT d.by_seq FROM fold_erased d JOIN fold_erasure e ON e.seq = d.by_seq"
                 " WHERE d.seq = ?1 AND e.scope = 'retention' AND d.by_seq < ?2");
  std::set<std::int64_t> tombstones;
  for (const std::int64_t seq : seqs) {
    removals.bind(1, seq).bind(2, size);
    while (removals.step()) tombstones.insert(removals.number(0));
    removals.reset();
  }
  tombstones.insert(seqs.begin(), seqs.end());
  seqs.assign(tombstones.begin(), tombstones.end());
}

}  // namespace

Selection selection_from(store::Database &database, const Record &what) {
  Selection selection;
  selection.earlier_sizes = earlier_sizes(what);
  read_period(what, selection);
  int named = 0;
  for (const auto kind : {"person", "case", "school", "all"}) {
    if (!what.has(kind)) continue;
    ++named;
    selection.what = kind;
    selection.name = what.text(kind);
  }
  if (named == 0 && (selection.from || selection.to)) {
    selection.what = "all";
    named = 1;
  }
  if (named != 1)
    throw bad_field("person", "name exactly one of person, case, school and all, or a period");
  if (selection.what == "person") {
    const auto person = directory::find_person(database, selection.name);
    if (!person)
      throw Failure(Status::not_found, "nobody is known as '" + selection.name + "'",
                    {{"field", "person"}});
    selection.person = person->id;
  }
  if (selection.what == "case")
    selection.case_id = interactions::case_by_name(database, selection.name);
  return selection;
}

std::vector<std::int64_t> seqs_of(store::Database &database, const Selection &selection,
                                  std::int64_t size) {
  std::vector<std::int64_t> seqs = unbounded_seqs(database, selection, size);
  if (selection.is_whole()) return seqs;
  keep_period(database, selection, seqs);
  add_removals(database, size, seqs);
  return seqs;
}

Selected selected(store::Database &database, const Selection &selection) {
  store::Ledger ledger(database);
  Selected found{seqs_of(database, selection, ledger.head().size), {}};
  if (selection.what != "person" && selection.what != "case") return found;
  views::Families families;
  for (const std::int64_t seq : found.seqs)
    if (const auto body = ledger.body(seq)) families.add(*body);
  found.people = std::move(families).take();
  return found;
}

}  // namespace heard::audit
