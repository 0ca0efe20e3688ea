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

Id rid_of(const Work &work, const Contact &contact) {
  if (contact.host_ref.empty()) return random_id();
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

/// The case the contact belongs to already; zero if to none.
Id find_case(const Work &work, const Contact &contact, const Placed &placed) {
  if (!contact.case_name.empty())
    return interactions::case_by_name(work.database(), contact.case_name);
  const std::int64_t about = contact.reply_to != 0 ? contact.reply_to : contact.corrects;
  if (about != 0) return case_of_entry(work, about);
  if (contact.opens_case) return kNoId;
  const auto policy = folds::policy_at(work.database(), std::string(folds::kDefault));
  const Millis window = Millis{policy->policy.reopen_days} * 86400 * 1000;
  return interactions::joinable_case(
             work.database(), {placed.requester.id, placed.students, contact.topic, placed.school},
             contact.occurred_at - window)
      .value_or(kNoId);
}

cases::Input input_of(const Contact &contact) {
  cases::Input input;
  input.what = contact.is_inbound() ? cases::Happening::inbound : cases::Happening::outbound;
  input.at = floor_seconds(contact.occurred_at);
  input.needs_response = contact.needs_response;
  input.answers = contact.answers_family();
  return input;
}

/// What the clocks need to know of a stored contact.
Contact stored_contact(const store::Body &body) {
  Contact contact;
  contact.direction = body.text(field_id::direction);
  contact.occurred_at = body.number(field_id::occurred_at);
  contact.human = body.number(field_id::human) != 0;
  contact.is_public = body.number(field_id::public_) != 0;
  contact.bulk = body.number(field_id::bulk) != 0;
  contact.needs_response = body.number(field_id::needs_response) != 0;
  contact.answered = body.number(field_id::answered) != 0;
  contact.delivery = body.text(field_id::delivery);
  return contact;
}

/// The contacts of a case that came after this one but were typed in before it, in order: an answer
/// that is typed in late ends the wait up to it, and they begin the next.
std::vector<Contact> contacts_after(const Work &work, const Contact &contact, const Id &case_id) {
  store::Query rows(work.database(),
                    "SELECT i.seq FROM fold_interaction i JOIN event e ON e.seq = i.seq"
                    " WHERE i.case_id = ?1 AND i.occurred_at > ?2 AND i.direction <> 'internal'"
                    " AND e.ref = 0 ORDER BY i.occurred_at, i.seq");
  rows.bind(1, case_id).bind(2, contact.occurred_at);
  std::vector<Contact> later;
  while (rows.step())
    if (const auto body = work.journal.ledger().body(rows.number(0)))
      later.push_back(stored_contact(*body));
  return later;
}

std::int64_t append_entry(const Work &work, const Contact &contact, const Placed &placed,
                          const Id &thread, const Id &rid) {
  store::Draft draft = work.draft(store::Kind::interaction_logged, thread == kNoId ? rid : thread);
  draft.rid = rid;
  draft.ref = contact.corrects;
  Contact stored = contact;
  stored.school = placed.school;
  encode_contact(stored, draft.fields);
  placed.parties.encode(draft.fields);
  return work.append(std::move(draft));
}

void append_opening(const Work &work, const Contact &contact, const Placed &placed, CaseFile &file,
                    std::int64_t cause) {
  store::Draft draft = work.draft(store::Kind::case_opened, file.id());
  draft.ref = cause;
  store::FieldList &f = draft.fields;
  f.number(field_id::number, file.number());
  f.number(field_id::priority, static_cast<std::int64_t>(file.state().priority));
  f.text(field_id::school, placed.school).text(field_id::department, contact.department);
  f.text(field_id::requester_kind, placed.requester.kind);
  f.text(field_id::requester_name, placed.requester.name);
  if (placed.requester.id != kNoId) f.bytes(field_id::requester, view(placed.requester.id));
  for (const Id &student : placed.students) f.bytes(field_id::student, view(student));
  f.text(field_id::subject, contact.subject).text(field_id::topic, contact.topic);
  f.text(field_id::moment, contact.moment).text(field_id::channel, contact.channel);
  f.text(field_id::language,
         contact.language.empty() ? placed.requester.language : contact.language);
  f.number(field_id::occurred_at, contact.occurred_at);
  f.text(field_id::calendar, file.calendar().id).text(field_id::policy, file.policy().id);
  f.number(field_id::version, file.policy().version);
  cases::Input input = input_of(contact);
  input.opened_by_staff = !contact.is_inbound();
  // A fresh case is `new`; the machine says so by leaving the status, so it is written here.
  const cases::CaseStatus before = file.state().status;
  file.advance({input}, f);
  if (file.state().status == before) f.number(field_id::status, static_cast<std::int64_t>(before));
  work.append(std::move(draft));
}

void append_contact(const Work &work, const Contact &contact, CaseFile &file, std::int64_t cause) {
  if (contact.direction == "internal" || contact.corrects != 0) return;
  store::Draft draft = work.draft(store::Kind::case_contacted, file.id());
  draft.ref = cause;
  std::vector<cases::Input> inputs{input_of(contact)};
  if (contact.answers_family())
    for (const Contact &later : contacts_after(work, contact, file.id()))
      inputs.push_back(input_of(later));
  file.advance(inputs, draft.fields);
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

void Batch::opened(CaseFile file) {
  files_.push_back(std::move(file));
  by_id_[files_.back().id()] = &files_.back();
}

void Batch::settle_all(const Work &work) {
  for (CaseFile &file : files_) file.settle(work);
}

Logged log_contact(const Work &work, const Contact &contact, Batch &batch) {
  const Id rid = rid_of(work, contact);
  if (!contact.host_ref.empty())
    if (const auto seq = work.journal.ledger().find(rid)) return existing(work, contact, *seq);
  check_reference(work, "reply_to", contact.reply_to);
  check_reference(work, "corrects", contact.corrects);
  const Placed placed = place(work, contact);
  directory::require_school(work.actor, placed.school);
  const Id known = find_case(work, contact, placed);
  if (known != kNoId) {
    CaseFile &file = batch.file(work, known);
    directory::require_school(work.actor, file.school());
    const std::int64_t seq = append_entry(work, contact, placed, known, rid);
    append_contact(work, contact, file, seq);
    return {seq, false, known, file.number()};
  }
  const bool opens = contact.opens_case || (contact.is_inbound() && contact.needs_response);
  if (!opens) return {append_entry(work, contact, placed, kNoId, rid), false, kNoId, 0};
  const auto priority = cases::priority(contact.priority.empty() ? "normal" : contact.priority);
  CaseFile file = CaseFile::fresh(work, placed.school, *priority);
  const std::int64_t seq = append_entry(work, contact, placed, file.id(), rid);
  append_opening(work, contact, placed, file, seq);
  const Logged logged{seq, false, file.id(), file.number()};
  batch.opened(std::move(file));
  return logged;
}

}  // namespace heard::commands
