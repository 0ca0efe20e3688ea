#include "audit/tombstones.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/failure.hpp"
#include "store/seq_list.hpp"

namespace heard::audit {

namespace {

namespace field_id = store::field_id;
using store::Query;

/// Contacts, entries of cases and disclosures; settings, people and erasures stay.
bool may_be_removed(std::uint16_t kind) {
  return (kind >= 2 && kind <= 19) || kind == 40 || (kind >= 50 && kind <= 52);
}

}  // namespace

Tombstones::Tombstones(store::Database &database) : database_(database), ledger_(database) {
  read_new();
}

void Tombstones::read_new() {
  std::vector<std::int64_t> seqs;
  {
    Query rows(database_, "SELECT seq FROM event WHERE seq >= ?1 AND kind = 41 ORDER BY seq");
    rows.bind(1, read_to_);
    while (rows.step()) seqs.push_back(rows.number(0));
    Query last(database_, "SELECT COALESCE(MAX(seq), -1) FROM event");
    if (last.step()) read_to_ = last.number(0) + 1;
  }
  for (const std::int64_t seq : seqs) {
    try {
      const auto event = ledger_.event(seq);
      const auto body = ledger_.body(seq);
      if (event && body && body->commitment() == event->commitment) read(*event, *body);
    } catch (const Failure &) {
      // It cannot be read, so it says nothing; the check of its own body tells of that.
    }
  }
}

void Tombstones::read(const store::Event &event, const store::Body &body) {
  const auto places = store::decode_places(body.text(field_id::erased));
  const auto runs = store::decode_runs(body.text(field_id::removed));
  const std::string wrong = wrong_with(event, body);
  if (!wrong.empty()) wrong_[event.seq] = wrong;
  for (const store::Places &entry : places)
    for (const std::size_t place : entry.places) closed_[entry.seq].push_back({event.seq, place});
  for (const store::Run &run : runs) removed_.push_back({event.seq, run.first, run.last});
}

std::string Tombstones::wrong_with(const store::Event &event, const store::Body &body) {
  const std::string role = body.text(field_id::actor_role), scope = body.text(field_id::scope);
  const std::string approver = body.text(field_id::approver);
  const auto runs = store::decode_runs(body.text(field_id::removed));
  const auto places = store::decode_places(body.text(field_id::erased));
  if (role != "admin" && role != "system") return "was not done by an admin";
  if (scope != "retention" && (approver.empty() || approver == body.text(field_id::actor)))
    return "was approved by nobody else";
  if (body.text(field_id::basis).empty() && !(runs.empty() && places.empty()))
    return "names no ground";
  if (!runs.empty() && scope != "retention") return "removes whole entries, as only retention may";
  if (!runs.empty() && !schedule_removes(body.text(field_id::schedule), event.seq))
    return "names no schedule that removes anything";
  if ((!runs.empty() && runs.back().last >= event.seq) ||
      (!places.empty() && places.back().seq >= event.seq))
    return "lists entries that came after it";
  return "";
}

/// By the ledger itself, not by a read table that could have been edited.
bool Tombstones::schedule_removes(const std::string &schedule, std::int64_t before) {
  std::vector<std::int64_t> seqs;
  {
    Query rows(database_, "SELECT seq FROM event WHERE kind = 44 AND seq < ?1");
    rows.bind(1, before);
    while (rows.step()) seqs.push_back(rows.number(0));
  }
  return std::any_of(seqs.begin(), seqs.end(), [&](std::int64_t seq) {
    const auto body = ledger_.body(seq);
    return body && body->text(field_id::schedule) == schedule &&
           body->text(field_id::action) == "remove";
  });
}

std::optional<std::int64_t> Tombstones::listed(std::int64_t seq, std::size_t place) const {
  const auto found = closed_.find(seq);
  if (found == closed_.end()) return std::nullopt;
  for (const Listed &listed : found->second)
    if (listed.place == place) return listed.by;
  return std::nullopt;
}

std::optional<std::int64_t> Tombstones::listed_whole(std::int64_t seq) const {
  for (const Removed &removed : removed_)
    if (removed.first <= seq && seq <= removed.last) return removed.by;
  return std::nullopt;
}

std::optional<std::int64_t> Tombstones::closed_by(std::int64_t seq, std::size_t place) {
  if (auto by = listed(seq, place)) return by;
  read_new();
  return listed(seq, place);
}

std::optional<std::int64_t> Tombstones::removed_by(std::int64_t seq) {
  if (auto by = listed_whole(seq)) return by;
  read_new();
  return listed_whole(seq);
}

void Tombstones::check(const store::Event &event, const std::optional<store::Body> &body,
                       const Find &find) {
  const auto removed = listed_whole(event.seq);
  if (removed && body)
    find(event.seq,
         fmt::format("entry {} was removed by entry {} and is still there", event.seq, *removed));
  if (removed && !may_be_removed(event.kind))
    find(event.seq, fmt::format("entry {} was removed by entry {}, and no schedule may do that",
                                event.seq, *removed));
  const auto closed = closed_.find(event.seq);
  if (closed == closed_.end() || !body) return;
  for (const Listed &listed : closed->second) {
    if (listed.place >= body->fields().size()) {
      find(event.seq,
           fmt::format("entry {} erased a field of entry {} that never was", listed.by, event.seq));
      continue;
    }
    const store::SaltedField &field = body->fields()[listed.place];
    const store::FieldRow *known = store::field(field.id);
    if (known && !known->personal)
      find(event.seq, fmt::format("field '{}' of entry {} is a fact, and entry {} erased it",
                                  known->name, event.seq, listed.by));
    if (field.open)
      find(event.seq, fmt::format("field '{}' of entry {} was erased by entry {} and is back",
                                  known ? known->name : "?", event.seq, listed.by));
  }
}

void Tombstones::check_rights(const Find &find) const {
  for (const auto &[seq, wrong] : wrong_)
    find(seq, fmt::format("the erasure in entry {} had no right: it {}", seq, wrong));
}

}  // namespace heard::audit
