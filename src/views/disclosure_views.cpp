// disclosures: who looked at whose records, on what ground, and who got to see them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/failure.hpp"
#include "directory/disclosure_basis.hpp"
#include "directory/person.hpp"
#include "store/ledger.hpp"
#include "store/seq_list.hpp"
#include "views/entries.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

namespace field_id = store::field_id;
using store::Query;

/// What is asked for.
struct Wanted {
  Id person{};
  std::string actor;
  Millis from = 0, to = 0;
  bool statutory = false;
};

Wanted wanted_by(const Reader &reader, const Record &filter) {
  Wanted wanted;
  if (filter.has("person"))
    wanted.person = directory::named_person(reader.db(), "person", filter.text("person")).id;
  wanted.actor = filter.text("actor");
  wanted.from = filter.number("from", INT64_MIN);
  wanted.to = filter.number("to", INT64_MAX);
  wanted.statutory = filter.flag("statutory");
  return wanted;
}

/// The entries that are part of a person's record.
std::vector<std::int64_t> record_of(store::Database &database, const Id &person) {
  std::vector<std::int64_t> seqs;
  Query rows(database,
             "SELECT DISTINCT seq FROM fold_body_person WHERE person = ?1 AND role <> 'disclosed'");
  rows.bind(1, person);
  while (rows.step()) seqs.push_back(rows.number(0));
  return seqs;
}

/// Exports of a school or of everything name nobody: they concern whoever has an entry in them.
std::vector<std::int64_t> broad_ones(store::Database &database, const Id &person) {
  std::vector<std::int64_t> all, found;
  {
    Query rows(database, "SELECT seq FROM fold_disclosure WHERE broad = 1 ORDER BY seq");
    while (rows.step()) all.push_back(rows.number(0));
  }
  if (all.empty()) return found;
  const std::vector<std::int64_t> own = record_of(database, person);
  store::Ledger ledger(database);
  for (const std::int64_t seq : all) {
    const auto body = ledger.body(seq);
    if (!body) continue;
    const auto runs = store::decode_runs(body->text(field_id::touched));
    if (std::any_of(own.begin(), own.end(),
                    [&](std::int64_t entry) { return store::contains(runs, entry); }))
      found.push_back(seq);
  }
  return found;
}

/// Every disclosure of the person's records, or the next page of all.
std::vector<std::int64_t> about(store::Database &database, const Id &person) {
  std::vector<std::int64_t> seqs = broad_ones(database, person);
  Query rows(database,
             "SELECT DISTINCT seq FROM fold_body_person WHERE person = ?1 AND role = 'disclosed'");
  rows.bind(1, person);
  while (rows.step()) seqs.push_back(rows.number(0));
  std::sort(seqs.begin(), seqs.end());
  return seqs;
}

std::vector<std::int64_t> page_of_all(store::Database &database, const Wanted &wanted,
                                      std::int64_t after) {
  std::vector<std::int64_t> seqs;
  Query rows(
      database,
      wanted.actor.empty()
          ? "SELECT seq FROM fold_disclosure WHERE seq > ?1 AND ?2 = ?2 ORDER BY seq LIMIT ?3"
          : "SELECT seq FROM fold_disclosure WHERE seq > ?1 AND actor = ?2 ORDER BY seq"
            " LIMIT ?3");
  rows.bind(1, after).bind(2, wanted.actor).bind(3, kPage);
  while (rows.step()) seqs.push_back(rows.number(0));
  return seqs;
}

/// Whether the row is asked for, by the columns that no erasure takes.
bool is_wanted(store::Database &database, const Wanted &wanted, std::int64_t seq) {
  Query row(database, "SELECT actor, role, basis, view, at FROM fold_disclosure WHERE seq = ?1");
  row.bind(1, seq);
  if (!row.step()) return false;
  if (!wanted.actor.empty() && row.bytes(0) != wanted.actor) return false;
  if (row.number(4) < wanted.from || row.number(4) >= wanted.to) return false;
  return !wanted.statutory || (row.bytes(3) != "verify" &&
                               !directory::is_exempt(row.bytes(2), row.bytes(1), row.bytes(3)));
}

/// "3-9 12": entries as runs.
std::string runs_text(const std::vector<store::Run> &runs) {
  std::string text;
  for (const store::Run &run : runs) {
    if (!text.empty()) text += " ";
    text += run.first == run.last ? std::to_string(run.first)
                                  : fmt::format("{}-{}", run.first, run.last);
  }
  return text;
}

void put_subject(const Reader &reader, const store::Body &body, Record &row) {
  if (const Id id = body.id_of(field_id::about_person); id != kNoId) {
    const auto person = directory::load_person(reader.db(), id);
    row.set("person", person && !person->key.empty() ? person->key : hex(id));
  }
  if (const Id id = body.id_of(field_id::about_case); id != kNoId) {
    Query number(reader.db(), "SELECT number FROM fold_case WHERE id = ?1");
    number.bind(1, id);
    if (number.step()) row.set("case", hex(id)).set("number", number.number(0));
  }
}

Record disclosure_row(const Reader &reader, std::int64_t seq) {
  store::Ledger ledger(reader.db());
  const auto body = ledger.body(seq);
  Record row("disclosure");
  row.set("seq", seq);
  if (!body) return row.set("erased", 1);
  row.set("at", body->number(field_id::at)).set("actor", body->text(field_id::actor));
  row.set("name", body->text(field_id::actor_name)).set("role", body->text(field_id::actor_role));
  row.set("view", body->text(field_id::view)).set("purpose", body->text(field_id::purpose));
  const std::string code = body->text(field_id::basis);
  row.set("basis", code);
  if (const auto *basis = directory::disclosure_basis(code)) row.set("cite", basis->cite);
  row.set("exempt", directory::is_exempt(code, row.text("role"), row.text("view")));
  row.set("recipients", body->texts(field_id::recipient));
  row.set("threat", body->text(field_id::threat)).set("terms", body->text(field_id::terms));
  row.set("rows", body->number(field_id::rows));
  const auto runs = store::decode_runs(body->text(field_id::touched));
  row.set("entries", store::count(runs)).set("touched", runs_text(runs));
  put_subject(reader, *body, row);
  put_later(reader, seq, row);
  return row.set("erased", row.has("erased_by"));
}

/// The disclosures of one person: few, so their list is made at once and shown by the page.
class OfPerson {
 public:
  OfPerson(const Reader &reader, Wanted wanted, std::int64_t limit)
      : reader_(reader), wanted_(std::move(wanted)), left_(limit) {
    seqs_ = about(reader_.db(), wanted_.person);
  }

  bool operator()(std::vector<Record> &page) {
    for (; at_ < seqs_.size() && left_ > 0 && static_cast<std::int64_t>(page.size()) < kPage;
         ++at_) {
      if (!is_wanted(reader_.db(), wanted_, seqs_[at_])) continue;
      page.push_back(disclosure_row(reader_, seqs_[at_]));
      --left_;
    }
    reader_.disclose({"disclosures", wanted_.person, {}, static_cast<std::int64_t>(page.size())});
    return at_ < seqs_.size() && left_ > 0;
  }

 private:
  Reader reader_;
  Wanted wanted_;
  std::int64_t left_;
  std::vector<std::int64_t> seqs_;
  std::size_t at_ = 0;
};

std::unique_ptr<Rows> open_disclosures(const Reader &reader, const Record &filter) {
  directory::require_audit(reader.actor);
  const Wanted wanted = wanted_by(reader, filter);
  const std::int64_t limit = filter.number("limit", INT64_MAX);
  if (wanted.person != kNoId) return paged_rows(OfPerson(reader, wanted, limit));
  return paged_rows(
      [reader, wanted, after = std::int64_t{-1}, left = limit](std::vector<Record> &page) mutable {
        const auto seqs = page_of_all(reader.db(), wanted, after);
        for (const std::int64_t seq : seqs) {
          after = seq;
          if (left == 0 || !is_wanted(reader.db(), wanted, seq)) continue;
          page.push_back(disclosure_row(reader, seq));
          --left;
        }
        return !seqs.empty() && left > 0;
      });
}

constexpr auto kDisclosuresFilter = std::to_array<FilterField>(
    {{"person"}, {"actor"}, {"from", true}, {"to", true}, {"statutory", true}, {"limit", true}});

constexpr auto kViews = std::to_array<View>({
    {"disclosures", "1.0", kDisclosuresFilter, open_disclosures},
});

}  // namespace

std::span<const View> disclosure_views() { return kViews; }

}  // namespace heard::views
