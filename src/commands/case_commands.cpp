// case.assign, case.accept, case.reply, case.wait, case.solve, case.close, case.reopen,
// case.prioritize.
#include <array>

#include "base/failure.hpp"
#include "commands/case_file.hpp"
#include "commands/command_table.hpp"
#include "commands/log_contact.hpp"
#include "commands/parties.hpp"
#include "interactions/threads.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr auto kPlainFields = std::to_array<FieldSpec>({
    {"case", FieldKind::text, true},
    {"note"},
    {"at", FieldKind::number},
});
constexpr auto kPriorityFields = std::to_array<FieldSpec>({
    {"case", FieldKind::text, true},
    {"note"},
    {"priority", FieldKind::text, true},
});
constexpr auto kWaitFields = std::to_array<FieldSpec>({
    {"case", FieldKind::text, true},
    {"note"},
    {"at", FieldKind::number},
    {"on"},
});
constexpr auto kAssignFields = std::to_array<FieldSpec>({
    {"case", FieldKind::text, true},
    {"note"},
    {"at", FieldKind::number},
    {"to"},
    {"to_name"},
    {"department"},
});
constexpr auto kReplyFields = std::to_array<FieldSpec>({
    {"case", FieldKind::text, true},
    {"note"},
    {"at", FieldKind::number},
    {"channel"},
    {"from"},
    {"from_name"},
    {"to", FieldKind::texts},
    {"about", FieldKind::texts},
    {"subject"},
    {"text"},
    {"language"},
    {"occurred_at", FieldKind::number},
    {"source"},
    {"host_ref"},
    {"human", FieldKind::number},
    {"public", FieldKind::number},
    {"bulk", FieldKind::number},
    {"delivery"},
});

/// When it happened: not before the case was opened, not in the future.
Seconds at_of(const Work &work, const Record &fields, const CaseFile &file) {
  const Millis at = fields.number("at", work.now);
  if (at > work.now) throw bad_field("at", "lies in the future");
  if (at < file.opened_at())
    throw bad_field(
        "at", "lies before the case was opened: " + format_utc(floor_seconds(file.opened_at())));
  return floor_seconds(at);
}

/// One input of the machine, recorded as one event.
Record happen(const Work &work, const Record &fields, cases::Happening what, store::Kind kind) {
  CaseFile file = open_file(work, fields);
  store::Draft draft = work.draft(kind, file.id());
  cases::Input input;
  input.what = what;
  input.at = at_of(work, fields, file);
  file.tell(work, {input}, 0, draft.fields);
  draft.fields.text(field_id::note, fields.text("note"));
  draft.fields.number(field_id::occurred_at, input.at * 1000);
  const std::int64_t seq = work.append(std::move(draft));
  file.settle(work);
  return result_of(file, seq);
}

Record wait(const Work &work, const Record &fields) {
  const std::string on = fields.text("on", "family");
  if (on == "family")
    return happen(work, fields, cases::Happening::wait, store::Kind::case_waiting);
  if (on == "other") return happen(work, fields, cases::Happening::hold, store::Kind::case_held);
  throw bad_field("on", "must be family or other, not '" + on + "'");
}

Record solve(const Work &work, const Record &fields) {
  return happen(work, fields, cases::Happening::solve, store::Kind::case_solved);
}

Record close(const Work &work, const Record &fields) {
  return happen(work, fields, cases::Happening::close, store::Kind::case_closed);
}

Record accept(const Work &work, const Record &fields) {
  return happen(work, fields, cases::Happening::accept, store::Kind::case_accepted);
}

/// From now on; the clocks are counted anew from their start.
Record prioritize(const Work &work, const Record &fields) {
  const auto priority = cases::priority(fields.text("priority"));
  if (!priority) throw bad_field("priority", "is not one of: low normal high urgent");
  CaseFile file = open_file(work, fields);
  store::Draft draft = work.draft(store::Kind::case_prioritized, file.id());
  cases::Input input;
  input.what = cases::Happening::prioritize;
  input.at = file.latest(work);
  input.priority = *priority;
  file.change(work, input,
              policy_after(work, file, cases::Trait::priority, fields.text("priority")),
              folds::calendar_now(work.database(), file.calendar().id), draft.fields);
  draft.fields.text(field_id::note, fields.text("note"));
  draft.fields.number(field_id::occurred_at, input.at * 1000);
  const std::int64_t seq = work.append(std::move(draft));
  file.settle(work);
  return result_of(file, seq);
}

Record reopen(const Work &work, const Record &fields) {
  return happen(work, fields, cases::Happening::reopen, store::Kind::case_reopened);
}

Record assign(const Work &work, const Record &fields) {
  const std::string to = fields.text("to");
  if (to.empty() && fields.text("department").empty())
    throw bad_field("to", "is missing; name a person or a department");
  if (!to.empty()) directory::check_key("to", to);
  CaseFile file = open_file(work, fields);
  store::Draft draft = work.draft(store::Kind::case_assigned, file.id());
  if (!to.empty()) {
    Parties parties(work.database());
    const directory::Person person = parties.add(to, "assignee", fields.text("to_name"));
    draft.fields.bytes(field_id::assignee, view(person.id));
    draft.fields.text(field_id::assignee_name, person.name.empty() ? to : person.name);
    parties.encode(draft.fields);
  }
  draft.fields.text(field_id::department, fields.text("department"));
  draft.fields.text(field_id::note, fields.text("note"));
  cases::Input input;
  input.what = cases::Happening::assign;
  input.at = at_of(work, fields, file);
  std::vector<cases::Input> inputs{input};
  if (to == work.actor.id) {  // whoever takes it need not be asked
    inputs.push_back(input);
    inputs.back().what = cases::Happening::accept;
    draft.fields.number(field_id::accepted, 1);
  }
  draft.fields.number(field_id::occurred_at, input.at * 1000);
  file.tell(work, inputs, 0, draft.fields);
  const std::int64_t seq = work.append(std::move(draft));
  file.settle(work);
  return result_of(file, seq);
}

/// An outbound contact of this case; what is not said is taken from the case.
Record reply(const Work &work, const Record &fields) {
  const CaseFile file =
      CaseFile::load(work, interactions::case_by_name(work.database(), fields.text("case")));
  Record contact = fields;
  contact.erase("note");
  contact.erase("at");
  contact.set("direction", "outbound").set("case", hex(file.id()));
  if (!fields.has("channel")) contact.set("channel", file.channel());
  if (!fields.has("occurred_at") && fields.has("at"))
    contact.set("occurred_at", fields.number("at"));
  const auto requester = directory::load_person(work.database(), file.requester());
  if (!fields.has("to") && requester && !requester->key.empty()) contact.add("to", requester->key);
  interactions::Contact parsed = interactions::contact_from(contact, work.now);
  parsed.school = file.school();
  parsed.topic = file.topic();
  Batch batch;
  const Logged logged = log_contact(work, parsed, batch);
  batch.settle_all(work);
  if (logged.case_id != file.id())
    throw Failure(Status::conflict,
                  "host_ref '" + parsed.host_ref + "' of '" + parsed.source +
                      "' is already stored as a contact of another case",
                  {{"seq", std::to_string(logged.seq)}, {"field", "host_ref"}});
  Record result = result_of(CaseFile::load(work, file.id()), logged.seq);
  return result.set("duplicate", std::int64_t{logged.duplicate});
}

constexpr auto kCommands = std::to_array<Command>({
    {"case.assign", "1.0", kAssignFields, directory::require_write, assign},
    {"case.accept", "1.0", kPlainFields, directory::require_write, accept},
    {"case.prioritize", "1.0", kPriorityFields, directory::require_write, prioritize},
    {"case.close", "1.0", kPlainFields, directory::require_write, close},
    {"case.reply", "1.0", kReplyFields, directory::require_write, reply},
    {"case.wait", "1.0", kWaitFields, directory::require_write, wait},
    {"case.solve", "1.0", kPlainFields, directory::require_write, solve},
    {"case.reopen", "1.0", kPlainFields, directory::require_write, reopen},
});

}  // namespace

std::span<const Command> case_commands() { return kCommands; }

}  // namespace heard::commands
