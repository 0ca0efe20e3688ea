#include "commands/notices.hpp"

#include <fmt/format.h>

#include "commands/case_file.hpp"
#include "directory/person.hpp"
#include "folds/codec.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
namespace sub = folds::sub;

constexpr Seconds kLate = 15 * 60;  // a pump runs every minute; this one came late

/// A person or, where nobody has the case, a role.
struct Recipient {
  Id person{};
  std::string role;
  Id absent{};  ///< whom the person stands in for
};

Id lead_of(store::Database &database, const std::string &department) {
  store::Query row(database, "SELECT lead FROM fold_department WHERE id = ?1 AND active = 1");
  row.bind(1, department);
  return row.step() ? row.id(0) : kNoId;
}

/// "assignee" falls back to the lead of the department, and that to the administrators.
Recipient named(const Work &work, const CaseFile &file, const std::string &notify) {
  if (notify.starts_with("role:")) return {{}, notify.substr(5), {}};
  if (notify == "assignee" && file.assignee() != kNoId) return {file.assignee(), "", {}};
  if (notify == "assignee" || notify == "lead") {
    const Id lead = lead_of(work.database(), file.traits().at(cases::Trait::department));
    return lead == kNoId ? Recipient{{}, "admin", {}} : Recipient{lead, "", {}};
  }
  const auto person = directory::find_person(work.database(), notify);
  return person ? Recipient{person->id, "", {}} : Recipient{{}, "admin", {}};
}

/// Follows stand-ins, who may be absent themselves; a circle ends at the first one.
Recipient present(const Work &work, Recipient recipient) {
  const Id first = recipient.person;
  for (int hops = 0; recipient.person != kNoId && hops < 8; ++hops) {
    store::Query row(work.database(),
                     "SELECT stand_in FROM fold_absence WHERE person = ?1 AND absent_from <= ?2"
                     " AND absent_to > ?2");
    row.bind(1, recipient.person).bind(2, work.now);
    if (!row.step() || row.id(0) == kNoId || row.id(0) == first) break;
    recipient = {row.id(0), "", first};
  }
  return recipient;
}

}  // namespace

void encode_notices(const Work &work, const CaseFile &file,
                    const std::vector<cases::ClockChange> &changes, store::FieldList &fields) {
  const auto &steps = file.policy().policy.steps;
  for (const cases::ClockChange &change : changes) {
    if (change.what != cases::What::escalated || change.step >= steps.size()) continue;
    const cases::EscalationStep &step = steps[change.step];
    const Recipient recipient = present(work, named(work, file, step.notify));
    const cases::Clock &clock = change.after;
    store::Group notice;
    notice.text(sub::notice_key, fmt::format("{}/{}/{}/{}", hex(file.id()),
                                             cases::to_text(clock.name), clock.no, step.name));
    notice.number(sub::notice_clock, static_cast<std::int64_t>(clock.name));
    notice.number(sub::notice_no, clock.no).text(sub::notice_step, step.name);
    notice.number(sub::notice_at, change.at);
    if (recipient.person != kNoId) notice.id(sub::notice_person, recipient.person);
    notice.text(sub::notice_role, recipient.role);
    notice.number(sub::notice_urgent, step.urgent ? 1 : 0);
    notice.number(sub::notice_late, work.now_seconds() - change.at > kLate ? 1 : 0);
    if (recipient.absent != kNoId) notice.id(sub::notice_stands_in_for, recipient.absent);
    fields.group(field_id::notice, notice);
  }
}

std::optional<Seconds> next_delivery(store::Database &database, Seconds now) {
  store::Query pending(database, "SELECT 1 FROM fold_notice WHERE delivered_at IS NULL LIMIT 1");
  if (!pending.step()) return std::nullopt;
  std::optional<Seconds> soonest;
  store::Query ids(database, "SELECT DISTINCT id FROM fold_calendar");
  while (ids.step()) {
    const auto calendar = folds::calendar_now(database, ids.text(0));
    const auto opening = calendar->compiled->next_open(now + 1);
    if (opening && *opening > now && (!soonest || *opening < *soonest)) soonest = opening;
  }
  return soonest;
}

}  // namespace heard::commands
