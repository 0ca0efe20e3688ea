// case.move, case.merge, case.split, interaction.mark: what a case is made of, and where it
// belongs.
#include <algorithm>
#include <array>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "commands/case_file.hpp"
#include "commands/case_history.hpp"
#include "commands/command_table.hpp"
#include "directory/person.hpp"
#include "folds/codec.hpp"
#include "interactions/threads.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
namespace sub = folds::sub;

constexpr auto kMoveFields = std::to_array<FieldSpec>({
    {"case", FieldKind::text, true},
    {"note"},
    {"school", FieldKind::text, true},
});
constexpr auto kMergeFields = std::to_array<FieldSpec>({
    {"case", FieldKind::text, true},
    {"note"},
    {"into", FieldKind::text, true},
});
constexpr auto kSplitFields = std::to_array<FieldSpec>({
    {"case", FieldKind::text, true},
    {"note"},
    {"entries", FieldKind::texts, true},
    {"subject"},
    {"topic"},
});
constexpr auto kMarkFields = std::to_array<FieldSpec>({
    {"seq", FieldKind::number, true},
    {"needs_response", FieldKind::number},
    {"answers", FieldKind::number},
    {"note"},
});

Source source_of(const Work &work) { return {work.database(), work.journal.ledger()}; }

/// To another school: its calendar and the policy it would get there, from the original start.
Record move(const Work &work, const Record &fields) {
  const std::string school = fields.text("school");
  CaseFile file = open_file(work, fields);
  directory::require_school(work.actor, school);
  if (school == file.school())
    throw Failure(Status::conflict, "the case is at '" + school + "' already",
                  {{"field", "school"}});
  store::Draft draft = work.draft(store::Kind::case_moved, file.id());
  cases::Input input;
  input.what = cases::Happening::change;
  input.at = file.latest(work);
  input.cause = cases::Cause::school_change;
  draft.fields.text(field_id::school, school).text(field_id::note, fields.text("note"));
  draft.fields.number(field_id::occurred_at, input.at * 1000);
  file.change(work, input, policy_after(work, file, cases::Trait::school, school),
              folds::calendar_of_school(work.database(), school), draft.fields);
  const std::int64_t seq = work.append(std::move(draft));
  file = CaseFile::load(work, file.id());
  file.settle(work);
  return result_of(file, seq);
}

/// The absorbed case leaves the figures: its clocks never were.
std::int64_t append_merged(const Work &work, CaseFile &absorbed, const CaseFile &into,
                           const std::string &note) {
  store::Draft draft = work.draft(store::Kind::case_merged, absorbed.id());
  draft.fields.bytes(field_id::merged_into, view(into.id())).text(field_id::note, note);
  absorbed.absorb(work, draft.fields);
  return work.append(std::move(draft));
}

Record merge(const Work &work, const Record &fields) {
  CaseFile absorbed = open_file(work, fields);
  CaseFile into =
      CaseFile::load(work, interactions::case_by_name(work.database(), fields.text("into")));
  directory::require_school(work.actor, into.school());
  if (into.id() == absorbed.id())
    throw Failure(Status::conflict,
                  "case " + std::to_string(into.number()) +
                      " would be merged into itself; name two cases that are not one already",
                  {{"field", "into"}});
  into.settle(work);
  const cases::Telling before = history_of(source_of(work), into.id());
  const std::int64_t cause = append_merged(work, absorbed, into, fields.text("note"));
  const cases::Telling after = history_of(source_of(work), into.id());
  store::Draft draft = work.draft(store::Kind::case_absorbed, into.id());
  draft.ref = cause;
  draft.fields.bytes(field_id::absorbed, view(absorbed.id()));
  into.revise(work, before, after, cases::Cause::merge, draft.fields);
  work.append(std::move(draft));
  into.settle(work);
  return result_of(into, cause);
}

std::string subject_of(const Work &work, const CaseFile &file) {
  store::Query row(work.database(), "SELECT subject FROM fold_case WHERE id = ?1");
  row.bind(1, file.id());
  return row.step() ? row.text(0) : "";
}

/// The contacts of `file` that are to go, checked: some, but not all of it.
std::vector<std::int64_t> entries_to_move(const Work &work, const CaseFile &file,
                                          const Record &fields) {
  std::vector<std::int64_t> seqs;
  for (const std::string &text : fields.texts("entries")) {
    const auto seq = to_int(text);
    store::Query row(work.database(),
                     "SELECT 1 FROM fold_interaction WHERE seq = ?1 AND case_id = ?2");
    row.bind(1, seq.value_or(-1)).bind(2, file.id());
    if (!seq || !row.step())
      throw Failure(Status::not_found,
                    "entry '" + text.substr(0, 20) + "' is no contact of case " +
                        std::to_string(file.number()),
                    {{"field", "entries"}});
    seqs.push_back(*seq);
  }
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  store::Query count(work.database(), "SELECT COUNT(*) FROM fold_interaction WHERE case_id = ?1");
  count.bind(1, file.id());
  const bool all = count.step() && count.number(0) <= static_cast<std::int64_t>(seqs.size());
  if (seqs.empty() || all)
    throw bad_field("entries", "must be some of the case's contacts, and not all of them");
  return seqs;
}

/// The facts of a case that is about to be made of these contacts.
cases::Telling telling_of(const Work &work, const std::vector<std::int64_t> &seqs,
                          const CaseFile &fresh) {
  cases::Telling telling{{}, fresh.state().priority};
  const auto policy = folds::policy_at(work.database(), fresh.policy().id, fresh.policy().version);
  for (const std::int64_t seq : seqs)
    if (const auto input = contact_input(source_of(work), seq))
      telling.facts.push_back({*input, {policy, &policy->policy}});
  if (!telling.facts.empty()) {
    cases::Input &opening = telling.facts.front().input;
    opening.opened_by_staff = opening.what == cases::Happening::outbound;
    opening.assigns = !fresh.traits().at(cases::Trait::department).empty();
  }
  cases::put_in_order(telling.facts);
  return telling;
}

/// What a case row says beside the traits, for the entry that opens another one.
void encode_people(const Work &work, const CaseFile &from, store::FieldList &list) {
  store::Query row(work.database(),
                   "SELECT requester, requester_name FROM fold_case WHERE id = ?1");
  row.bind(1, from.id());
  if (row.step() && !row.is_null(0)) list.bytes(field_id::requester, view(row.id(0)));
  list.text(field_id::requester_name, row.text(1));
  store::Query students(work.database(), "SELECT person FROM fold_case_student WHERE case_id = ?1");
  students.bind(1, from.id());
  while (students.step()) list.bytes(field_id::student, view(students.id(0)));
}

/// Opens `fresh` with contacts that are in the ledger already; `list` has its people and subject.
std::int64_t open_with(const Work &work, CaseFile &fresh, const std::vector<std::int64_t> &seqs,
                       store::FieldList list) {
  store::Draft draft = work.draft(store::Kind::case_opened, fresh.id());
  draft.ref = seqs.front();
  draft.fields.append(std::move(list));
  fresh.encode_opening(draft.fields);
  for (const std::int64_t seq : seqs)
    draft.fields.group(field_id::moved_entry, store::Group().number(sub::moved_seq, seq));
  const auto first = work.journal.ledger().body(seqs.front());
  draft.fields.number(field_id::occurred_at,
                      first ? first->number(field_id::occurred_at) : work.now);
  const cases::CaseStatus before = fresh.state().status;
  fresh.tell_all(work, telling_of(work, seqs, fresh), draft.fields);
  if (fresh.state().status == before)
    draft.fields.number(field_id::status, static_cast<std::int64_t>(before));
  return work.append(std::move(draft));
}

Record split(const Work &work, const Record &fields) {
  CaseFile file = open_file(work, fields);
  const std::vector<std::int64_t> seqs = entries_to_move(work, file, fields);
  Opening opening{file.school(), file.state().priority, file.traits()};
  if (fields.has("topic")) opening.traits[cases::Trait::topic] = fields.text("topic");
  CaseFile fresh = CaseFile::fresh(work, opening);
  const cases::Telling before = history_of(source_of(work), file.id());
  store::FieldList list;
  list.text(field_id::subject, fields.text("subject", subject_of(work, file)));
  list.bytes(field_id::split_from, view(file.id()));
  encode_people(work, file, list);
  const std::int64_t opened = open_with(work, fresh, seqs, std::move(list));
  const cases::Telling after = history_of(source_of(work), file.id());
  store::Draft draft = work.draft(store::Kind::case_split, file.id());
  draft.ref = opened;
  draft.fields.text(field_id::note, fields.text("note"));
  file.revise(work, before, after, cases::Cause::split, draft.fields);
  work.append(std::move(draft));
  file.settle(work);
  fresh.settle(work);
  return result_of(fresh, opened);
}

/// A contact that needed no answer and belongs to no case gets one when it turns out to need one.
CaseFile open_for(const Work &work, std::int64_t seq) {
  const auto body = work.journal.ledger().body(seq);
  if (!body) throw Failure(Status::not_found, "the contact has been erased", {{"field", "seq"}});
  store::FieldList list;
  list.text(field_id::subject, body->text(field_id::subject));
  Opening opening;
  opening.school = body->text(field_id::school);
  std::string kind = "community";
  for (const store::Group &party : body->fact_groups(field_id::party_fact)) {
    const std::string role = party.text(sub::role);
    const auto person = directory::load_person(work.database(), party.id(sub::person));
    if (role == "about") list.bytes(field_id::student, view(party.id(sub::person)));
    if (role != "from" || !person) continue;
    kind = person->kind;
    list.bytes(field_id::requester, view(person->id)).text(field_id::requester_name, person->name);
  }
  opening.traits = {{cases::Trait::department, body->text(field_id::department)},
                    {cases::Trait::topic, body->text(field_id::topic)},
                    {cases::Trait::moment, body->text(field_id::moment)},
                    {cases::Trait::requester_kind, kind},
                    {cases::Trait::channel, body->text(field_id::channel)},
                    {cases::Trait::language, body->text(field_id::language)}};
  CaseFile file = CaseFile::fresh(work, opening);
  open_with(work, file, {seq}, std::move(list));
  return file;
}

/// What is known of a contact's marks, and what they are to be.
struct Marks {
  Id case_id{};
  bool inbound = false, needs_response = false, answers = false;
};

Marks changed_marks(const Work &work, const Record &fields) {
  store::Query row(work.database(),
                   "SELECT case_id, needs_response, answers, school, direction"
                   " FROM fold_interaction WHERE seq = ?1");
  row.bind(1, fields.number("seq"));
  if (!row.step())
    throw Failure(Status::not_found,
                  "there is no contact with seq " + std::to_string(fields.number("seq")),
                  {{"field", "seq"}});
  directory::require_school(work.actor, row.text(3));
  const Marks marks{row.id(0), row.text(4) == "inbound",
                    fields.flag("needs_response", row.number(1) != 0),
                    fields.flag("answers", row.number(2) != 0)};
  if (marks.needs_response == (row.number(1) != 0) && marks.answers == (row.number(2) != 0))
    throw Failure(Status::conflict, "the contact is marked so already", {{"field", "seq"}});
  return marks;
}

/// An entry of its own for the contact, and one for what its case makes of it.
Record mark(const Work &work, const Record &fields) {
  const Marks marks = changed_marks(work, fields);
  const bool in_case = marks.case_id != kNoId;
  const auto contact = work.journal.ledger().event(fields.number("seq"));
  store::Draft marking =
      work.draft(store::Kind::interaction_marked, in_case ? marks.case_id : contact->thread);
  marking.ref = fields.number("seq");
  marking.fields.number(field_id::needs_response, marks.needs_response ? 1 : 0);
  marking.fields.number(field_id::answers, marks.answers ? 1 : 0);
  marking.fields.text(field_id::note, fields.text("note"));
  if (!in_case) {
    const std::int64_t seq = work.append(std::move(marking));
    if (!marks.inbound || !marks.needs_response)
      return Record().set("seq", seq).set("duplicate", 0);
    CaseFile opened = open_for(work, fields.number("seq"));
    opened.settle(work);
    return result_of(opened, seq);
  }
  CaseFile file = CaseFile::load(work, marks.case_id);
  file.settle(work);
  const cases::Telling before = history_of(source_of(work), file.id());
  const std::int64_t seq = work.append(std::move(marking));
  store::Draft draft = work.draft(store::Kind::case_contacted, file.id());
  draft.ref = seq;
  file.revise(work, before, history_of(source_of(work), file.id()), cases::Cause::marked,
              draft.fields);
  work.append(std::move(draft));
  file.settle(work);
  return result_of(file, seq);
}

constexpr auto kCommands = std::to_array<Command>({
    {"case.move", "1.0", kMoveFields, directory::require_write, move},
    {"case.merge", "1.0", kMergeFields, directory::require_write, merge},
    {"case.split", "1.0", kSplitFields, directory::require_write, split},
    {"interaction.mark", "1.0", kMarkFields, directory::require_write, mark},
});

}  // namespace

std::span<const Command> case_move_commands() { return kCommands; }

}  // namespace heard::commands
