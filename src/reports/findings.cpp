#include "reports/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "folds/calendars.hpp"
#include "folds/codec.hpp"
#include "reports/earlier_verdict.hpp"

namespace heard::reports {

namespace {

namespace field_id = store::field_id;
using cases::Cause;
using cases::ClockChange;
using cases::Verdict;
using cases::What;
using store::Kind;

constexpr Millis kDay = Millis{24} * 3600 * 1000;
constexpr std::int64_t kPromptDays = 2;  // open days within which a contact should be typed in

std::string words(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string clock_text(const cases::Clock &clock) {
  return fmt::format("{} {}", words(cases::to_text(clock.name)), clock.no);
}

std::string verdict_text(const cases::Clock &clock) {
  if (clock.state == cases::ClockState::void_) return "left out";
  return clock.verdict == Verdict::none ? "not judged" : words(cases::to_text(clock.verdict));
}

std::string verdict_text(Verdict verdict) {
  return verdict == Verdict::none ? "not judged" : words(cases::to_text(verdict));
}

std::string with_note(std::string says, const std::string &note) {
  return note.empty() ? says + "." : says + ": " + note;
}

/// A miss less, or a hit more.
bool flatters(Verdict before, const cases::Clock &after) {
  return (before == Verdict::missed && after.verdict != Verdict::missed) ||
         (before != Verdict::met && after.verdict == Verdict::met);
}

// Contacts.

/// Counted in words; whether there is anything to read at all.
int words_in(const std::string &text) {
  int count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank && !inside) ++count;
    inside = !blank;
  }
  return count;
}

/// Says next to nothing. What has been erased is not empty.
bool is_empty(const store::Body &body) {
  if (body.is_closed(field_id::text) || body.is_closed(field_id::subject)) return false;
  return words_in(body.text(field_id::text)) <= 1 && words_in(body.text(field_id::subject)) <= 1;
}

/// Recorded more than two open days after it happened.
bool is_late_typed(const commands::Source &source, const Entry &entry) {
  const Millis occurred_at = entry.body.number(field_id::occurred_at);
  if (entry.event.wall_ms - occurred_at < kDay) return false;
  const auto calendar = folds::calendar_now(source.database, entry.calendar);
  if (!calendar) return false;
  const calendar::Calendar &hours = *calendar->compiled;
  const auto last = hours.open_day_after(floor_seconds(occurred_at), kPromptDays);
  return last && hours.begun_day(floor_seconds(entry.event.wall_ms)) > *last;
}

void look_at_contact(const commands::Source &source, const Entry &entry, std::vector<Record> &all) {
  const auto input = commands::contact_input(source, entry.event.seq);
  if (!input || !input->answers) return;
  if (is_empty(entry.body))
    all.push_back(finding(entry, "empty_answer",
                          "The answer says nothing: its subject and text are empty or one word."));
  if (is_late_typed(source, entry))
    all.push_back(finding(
        entry, "late_typed",
        fmt::format("The answer was typed in more than {} school days after it happened ({}).",
                    kPromptDays,
                    format_utc(floor_seconds(entry.body.number(field_id::occurred_at))))));
}

// What changed for a case.

/// The verdict stands, as far as is known now.
bool still_without_answer(store::Database &database, const Id &case_id, const cases::Clock &clock) {
  store::Query row(database,
                   "SELECT verdict FROM fold_clock WHERE case_id = ?1 AND name = ?2 AND no = ?3");
  row.bind(1, case_id).bind(2, static_cast<int>(clock.name)).bind(3, clock.no);
  return row.step() && static_cast<Verdict>(row.number(0)) == Verdict::closed_without_answer;
}

bool is_reply(cases::ClockName name) {
  return name == cases::ClockName::first_response || name == cases::ClockName::next_response;
}

/// Whoever changed a calendar last; clocks were counted anew in the same breath.
std::string who_changed_calendar(const commands::Source &source, std::int64_t before) {
  store::Query row(source.database,
                   "SELECT seq FROM event WHERE kind = 21 AND seq < ?1 ORDER BY seq DESC LIMIT 1");
  row.bind(1, before);
  const auto body = row.step() ? source.ledger.body(row.number(0)) : std::nullopt;
  if (!body) return "";
  const std::string name = body->text(field_id::actor_name);
  return name.empty() ? body->text(field_id::actor) : name;
}

Record excused(const commands::Source &source, const Entry &entry, const std::string &became,
               Cause cause) {
  if (cause == Cause::recalculation)
    return finding(entry, "excused",
                   with_note(became + " in a recalculation of finished clocks",
                             entry.body.text(field_id::note)));
  Record row = finding(entry, "excused", became + " because the calendar was changed.");
  return row.set("actor", who_changed_calendar(source, entry.event.seq));
}

Record marked(const commands::Source &source, const Entry &entry, const std::string &became) {
  const auto marking = source.ledger.body(entry.event.ref);
  return finding(entry, "marked",
                 with_note(became + " because a contact was marked otherwise",
                           marking ? marking->text(field_id::note) : ""));
}

/// Changes that somebody brought about afterwards.
void look_at_hindsight(const commands::Source &source, const Entry &entry,
                       const ClockChange &change, std::vector<Record> &all) {
  const bool excuses = entry.kind() == Kind::case_clock_corrected && change.what == What::corrected;
  const bool late = change.cause == Cause::late_entry && change.what == What::corrected;
  if (!excuses && !late && change.cause != Cause::marked) return;
  const Verdict before = verdict_before(source, {entry.case_id, entry.event.seq}, change.after);
  if (excuses && before == change.after.verdict) return;
  if (!excuses && !flatters(before, change.after)) return;
  if (late && change.after.verdict != Verdict::met) return;
  std::string became = fmt::format("{} was {} and is {}", clock_text(change.after),
                                   verdict_text(before), verdict_text(change.after));
  became.front() = static_cast<char>(became.front() - 'a' + 'A');
  if (excuses)
    all.push_back(excused(source, entry, became, change.cause));
  else if (late)
    all.push_back(
        finding(entry, "late_typed_hit", became + " because an answer was typed in late."));
  else
    all.push_back(marked(source, entry, became));
}

/// An entry of a host's job about a contact that a person of the staff made is no machine's.
bool was_made_by_staff(const store::Body &contact) {
  for (const store::Group &party : contact.fact_groups(field_id::party_fact))
    if (party.text(folds::sub::role) == "from" && party.number(folds::sub::is_staff) != 0)
      return true;
  return false;
}

/// Stopped by something that happened. Where a case ends, also what no target judges.
bool is_stop(const ClockChange &change, Kind kind) {
  if (change.after.name == cases::ClockName::wait) return false;  // ends by itself
  if (change.what == What::ended) return kind == Kind::case_solved || kind == Kind::case_closed;
  return change.what == What::met || change.what == What::answered_late ||
         change.what == What::closed_without_answer ||
         (change.what == What::corrected && change.after.state == cases::ClockState::stopped);
}

/// Why no person stopped these clocks; "" if one did.
std::string machine_reason(const commands::Source &source, const Entry &entry) {
  const bool by_system = entry.body.text(field_id::actor_role) == "system";
  const Kind kind = entry.kind();
  if (kind == Kind::case_opened || kind == Kind::case_contacted) {
    const auto contact = source.ledger.body(entry.event.ref);
    if (!contact || contact->text(field_id::channel).empty()) return "";  // a mark
    if (contact->number(field_id::human) == 0) return "an automatic message";
    return by_system && !was_made_by_staff(*contact) ? "a contact that a system entered" : "";
  }
  return by_system ? "a system" : "";
}

void look_at_machines(const commands::Source &source, const Entry &entry,
                      const std::vector<ClockChange> &changes, std::vector<Record> &all) {
  if (entry.kind() == Kind::case_clock_corrected) return;
  const std::string reason = machine_reason(source, entry);
  if (reason.empty()) return;
  std::string clocks;
  for (const ClockChange &change : changes)
    if (is_stop(change, entry.kind()))
      clocks += (clocks.empty() ? "" : ", ") + clock_text(change.after);
  if (clocks.empty()) return;
  all.push_back(
      finding(entry, "machine_answer", fmt::format("Stopped by {}: {}.", reason, clocks)));
}

void look_at_case(const commands::Source &source, const Entry &entry, std::vector<Record> &all) {
  std::vector<ClockChange> changes;
  for (const store::Group &group : entry.body.fact_groups(field_id::clock))
    changes.push_back(folds::decode_clock(group).change);
  for (const ClockChange &change : changes) {
    if (is_reply(change.after.name) && change.after.verdict == Verdict::closed_without_answer &&
        still_without_answer(source.database, entry.case_id, change.after))
      all.push_back(finding(
          entry, "closed_without_answer",
          fmt::format("The case was ended before anybody answered ({}); that counts neither as in "
                      "time nor as missed.",
                      clock_text(change.after))));
    look_at_hindsight(source, entry, change, all);
  }
  look_at_machines(source, entry, changes, all);
}

}  // namespace

std::string Entry::actor() const {
  const std::string name = body.text(field_id::actor_name);
  return name.empty() ? body.text(field_id::actor) : name;
}

Record finding(const Entry &entry, std::string_view kind, const std::string &says) {
  Record row("finding");
  row.set("kind", kind).set("case", hex(entry.case_id)).set("number", entry.number);
  row.set("seq", entry.event.seq).set("at", entry.event.wall_ms).set("school", entry.school);
  return row.set("says", says).set("actor", entry.actor());
}

std::vector<Record> findings_about(const commands::Source &source, const Entry &entry) {
  std::vector<Record> all;
  if (entry.kind() == Kind::interaction_logged)
    look_at_contact(source, entry, all);
  else
    look_at_case(source, entry, all);
  return all;
}

}  // namespace heard::reports
