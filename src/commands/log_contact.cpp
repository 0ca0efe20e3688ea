#include "commands/log_contact.hpp"

#include "commands/parties.hpp"
#include "interactions/threads.hpp"
#include "store/bytes.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
using interactions::Contact;

/// Everything about one contact that the store had to be asked for.
struct Placed {
  Parties parties;
  directory::Person requester;  ///< zero id: nobody
  std::vector<Id> students;
  std::string school;
};

/// Zero: any.
Id rid_of(const Work &work, const Contact &contact) {
  if (contact.host_ref.empty()) return kNoId;
  std::string in = "heardrid";
  store::put_number(in, contact.source.size(), 4);
  in += contact.source + contact.host_ref;
  return keyed_id(work.journal.ledger().meta("rid_key"), in);
}

Logged existing(const Work &work, const Contact &contact, std::int64_t seq) {
  const auto body = work.journal.ledger().body(seq);
  std::string differs = body ? differing_field(contact, *body) : "";
  if (body && differs.empty()) differs = differing_party(contact, *body);
  if (body) directory::require_school(work.actor, body->text(field_id::school));
  if (!differs.empty())
    throw Failure(Status::conflict,
                  "host_ref '" + contact.host_ref + "' of '" + contact.source +
                      "' is already stored with another " + differs +
                      "; log a correction with 'corrects' instead",
                  {{"seq", std::to_string(seq)}, {"field", differs}});
  Logged logged{seq, true, {}, 0};
  store::Query row(work.database(),
                   "SELECT c.id, c.number FROM fold_interaction i JOIN fold_case c"
                   " ON c.id = i.case_id WHERE i.seq = ?1");
  row.bind(1, seq);
  if (row.step()) {
    logged.case_id = row.id(0);
    logged.case_number = row.number(1);
  }
  return logged;
}

/// The family member the contact is with: the requester named, else the sender of an inbound one or
/// the first receiver of an outbound one, else the first student.
std::string requester_key(const Contact &contact) {
  if (!contact.requester.empty()) return contact.requester;
  if (contact.is_inbound() && !contact.from.empty()) return contact.from;
  if (contact.is_outbound())
    for (const std::string &key : contact.to)
      if (directory::kind_of_key(key) != "staff") return key;
  return contact.about.empty() ? "" : contact.about.front();
}

Placed place(const Work &work, const Contact &contact) {
  Placed placed{Parties(work.database()), {}, {}, contact.school};
  if (!contact.from.empty()) placed.parties.add(contact.from, "from", contact.from_name);
  for (const std::string &key : contact.to) placed.parties.add(key, "to");
  for (const std::string &key : contact.about) {
    const directory::Person student = placed.parties.add(key, "about");
    placed.students.push_back(student.id);
    if (placed.school.empty()) placed.school = student.school;
  }
  const std::string key = requester_key(contact);
  if (!key.empty()) placed.requester = placed.parties.known_or_add(key, "requester");
  if (placed.school.empty()) placed.school = placed.requester.school;
  if (placed.school.empty() && work.actor.schools.size() == 1)
    placed.school = work.actor.schools.front();
  return placed;
}

void check_reference(const Work &work, const char *field, std::int64_t seq) {
  if (seq == 0) return;
  const auto event = work.journal.ledger().event(seq);
  if (!event || event->kind != static_cast<std::uint16_t>(store::Kind::interaction_logged))
    throw Failure(Status::not_found, "there is no contact with seq " + std::to_string(seq),
                  {{"field", field}});
  const auto body = work.journal.ledger().body(seq);
  if (body) directory::require_school(work.actor, body->text(field_id::school));
}

Id case_of_entry(const Work &work, std::int64_t seq) {
  store::Query row(work.database(), "SELECT case_id FROM fold_interaction WHERE seq = ?1");
  row.bind(1, seq);
  return row.step() ? row.id(0) : kNoId;
}

/// Where a contact belongs: to a case that is open to it, to none, or to a new one that follows one
/// that is over.
struct Belonging {
  Id joins{};
  Id follows{};
};

bool is_over(const Work &work, const interactions::Candidate &candidate, Millis at) {
  const auto status = static_cast<cases::CaseStatus>(candidate.status);
  if (status == cases::CaseStatus::closed) return true;
  if (status != cases::CaseStatus::solved) return false;
  const auto policy = folds::policy_at(work.database(), candidate.policy, candidate.policy_version);
  return at - candidate.solved_at > Millis{policy->policy.reopen_days} * 86400 * 1000;
}

Belonging find_case(const Work &work, const Contact &contact, const Placed &placed) {
  if (!contact.case_name.empty())
    return {interactions::case_by_name(work.database(), contact.case_name), {}};
  const std::int64_t about = contact.reply_to != 0 ? contact.reply_to : contact.corrects;
  if (about != 0) return {case_of_entry(work, about), {}};
  if (contact.opens_case) return {};
  Belonging belonging;
  for (const auto &candidate : interactions::cases_about(
           work.database(), {placed.requester.id, placed.students, contact.topic, placed.school})) {
    if (!is_over(work, candidate, contact.occurred_at)) return {candidate.id, {}};
    if (belonging.follows == kNoId) belonging.follows = candidate.id;
  }
  return belonging;
}

cases::Input input_of(const Contact &contact) {
  cases::Input input;
  input.what = contact.is_inbound() ? cases::Happening::inbound : cases::Happening::outbound;
  input.at = floor_seconds(contact.occurred_at);
  input.needs_response = contact.needs_response;
  input.answers = contact.answers_family();
  input.acknowledges = contact.reaches_family();
  return input;
}

/// The department a topic goes to, where the contact names none.
std::string department_of(const Work &work, const Contact &contact) {
  if (!contact.department.empty() || contact.topic.empty()) return contact.department;
  store::Query row(work.database(),
                   "SELECT department FROM fold_topic WHERE id = ?1 AND active = 1");
  row.bind(1, contact.topic);
  return row.step() ? row.text(0) : "";
}

std::int64_t append_entry(const Work &work, const Contact &contact, const Placed &placed,
                          const Id &thread, const Id &rid) {
  store::Draft draft = work.draft(store::Kind::interaction_logged, thread);
  draft.rid = rid;
  draft.ref = contact.corrects;
  Contact stored = contact;
  stored.school = placed.school;
  encode_contact(stored, draft.fields);
  placed.parties.encode(draft.fields);
  return work.append(std::move(draft));
}

/// What the policy conditions look at.
Opening opening_of(const Work &work, const Contact &contact, const Placed &placed) {
  Opening opening;
  opening.school = placed.school;
  opening.priority = cases::priority(contact.priority).value_or(cases::Priority::normal);
  opening.traits = {{cases::Trait::department, department_of(work, contact)},
                    {cases::Trait::topic, contact.topic},
                    {cases::Trait::moment, contact.moment},
                    {cases::Trait::requester_kind, placed.requester.kind},
                    {cases::Trait::channel, contact.channel},
                    {cases::Trait::language,
                     contact.language.empty() ? placed.requester.language : contact.language}};
  return opening;
}

void append_opening(const Work &work, const Contact &contact, const Placed &placed, CaseFile &file,
                    const std::pair<std::int64_t, Id> &cause_and_follows) {
  const auto &[cause, follows] = cause_and_follows;
  store::Draft draft = work.draft(store::Kind::case_opened, file.id());
  draft.ref = cause;
  store::FieldList &f = draft.fields;
  file.encode_opening(f);
  f.text(field_id::requester_name, placed.requester.name);
  if (placed.requester.id != kNoId) f.bytes(field_id::requester, view(placed.requester.id));
  for (const Id &student : placed.students) f.bytes(field_id::student, view(student));
  f.text(field_id::subject, contact.subject);
  f.number(field_id::occurred_at, contact.occurred_at);
  if (follows != kNoId) f.bytes(field_id::follows, view(follows));
  cases::Input input = input_of(contact);
  input.opened_by_staff = !contact.is_inbound();
  input.assigns = !file.traits().at(cases::Trait::department).empty();
  // A fresh case is `new`; the machine says so by leaving the status, so it is written here.
  const cases::CaseStatus before = file.state().status;
  file.tell(work, {input}, cause, f);
  if (file.state().status == before) f.number(field_id::status, static_cast<std::int64_t>(before));
  work.append(std::move(draft));
}

void append_contact(const Work &work, const Contact &contact, CaseFile &file, std::int64_t cause) {
  if (contact.direction == "internal" || contact.corrects != 0) return;
  store::Draft draft = work.draft(store::Kind::case_contacted, file.id());
  draft.ref = cause;
  file.tell(work, {input_of(contact)}, cause, draft.fields);
  work.append(std::move(draft));
}

}  // namespace

CaseFile &Batch::file(const Work &work, const Id &case_id) {
  const auto known = by_id_.find(case_id);
  if (known != by_id_.end()) return *known->second;
  opened(CaseFile::load(work, case_id));
  files_.back().settle(work);
  return files_.back();
}

const CaseFile *Batch::find(const Id &case_id) const {
  const auto known = by_id_.find(case_id);
  return known == by_id_.end() ? nullptr : known->second;
}

void Batch::opened(CaseFile file) {
  files_.push_back(std::move(file));
  by_id_[files_.back().id()] = &files_.back();
}

void Batch::settle_all(const Work &work) {
  for (CaseFile &file : files_) file.settle(work);
}

Logged log_contact(const Work &work, const Contact &contact, Batch &batch) {
  const Id rid = rid_of(work, contact);
  if (rid != kNoId)
    if (const auto seq = work.journal.ledger().find(rid)) return existing(work, contact, *seq);
  check_reference(work, "reply_to", contact.reply_to);
  check_reference(work, "corrects", contact.corrects);
  const Placed placed = place(work, contact);
  directory::require_school(work.actor, placed.school);
  Belonging belonging = find_case(work, contact, placed);
  const bool wants_answer = contact.is_inbound() && contact.needs_response;
  if (belonging.joins != kNoId) {
    CaseFile &file = batch.file(work, belonging.joins);
    directory::require_school(work.actor, file.school());
    if (!wants_answer || file.may_reopen(contact.occurred_at)) {
      const std::int64_t seq = append_entry(work, contact, placed, file.id(), rid);
      append_contact(work, contact, file, seq);
      return {seq, false, file.id(), file.number()};
    }
    belonging = {{}, belonging.joins};  // over for good: a new case takes it up
  }
  if (!contact.opens_case && !wants_answer)
    return {append_entry(work, contact, placed, kNoId, rid), false, kNoId, 0};
  CaseFile file = CaseFile::fresh(work, opening_of(work, contact, placed));
  const std::int64_t seq = append_entry(work, contact, placed, file.id(), rid);
  append_opening(work, contact, placed, file, {seq, belonging.follows});
  const Logged logged{seq, false, file.id(), file.number()};
  batch.opened(std::move(file));
  return logged;
}

}  // namespace heard::commands
