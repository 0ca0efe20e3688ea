// schedule.save and retention.run: how long things are kept, and letting go of what is over it.
#include <algorithm>
#include <array>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "commands/command_table.hpp"
#include "commands/erasure.hpp"
#include "commands/retention.hpp"
#include "commands/versions.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr std::int64_t kMostItems = 5000;  ///< of one schedule in one run

constexpr auto kScheduleFields = std::to_array<FieldSpec>({
    {"schedule", FieldKind::text, true},
    {"name"},
    {"applies_to", FieldKind::text, true},
    {"school"},
    {"channel"},
    {"keep_days", FieldKind::number, true},
    {"from"},
    {"action", FieldKind::text, true},
    {"basis", FieldKind::text, true},
    {"active", FieldKind::number},
});
constexpr auto kRunFields = std::to_array<FieldSpec>({{"schedule"}});

void check_word(const char *field, const std::string &value,
                std::initializer_list<std::string_view> words) {
  if (std::find(words.begin(), words.end(), value) != words.end()) return;
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : " ") + std::string(word);
  throw bad_field(field, "'" + value + "' is not one of: " + list);
}

void check_schedule(const Record &fields, const std::string &from) {
  const std::string applies_to = fields.text("applies_to");
  check_word("applies_to", applies_to, {"interactions", "cases", "disclosures"});
  check_word("action", fields.text("action"), {"erase", "remove"});
  check_word("from", from, {"closed", "occurred"});
  if (from == "closed" && applies_to != "cases")
    throw bad_field("from", "can be closed for cases only; the others are over when they happen");
  if (applies_to == "disclosures" && (fields.has("school") || fields.has("channel")))
    throw bad_field("school", "and channel are no conditions of disclosures");
  if (fields.number("keep_days") < 1 || fields.number("keep_days") > 36600)
    throw bad_field("keep_days", "must be 1 to 36600 days");
  for (const char *field : {"schedule", "basis"})
    if (trimmed(fields.text(field)).empty()) throw bad_field(field, "is missing");
}

Record save_schedule(const Work &work, const Record &fields) {
  const bool is_cases = fields.text("applies_to") == "cases";
  const std::string from = fields.text("from", is_cases ? "closed" : "occurred");
  check_schedule(fields, from);
  const std::string id = fields.text("schedule");
  store::Draft draft = work.draft(store::Kind::schedule_saved, thread_of("schedule", id));
  draft.fields.text(field_id::schedule, id).text(field_id::name, fields.text("name", id));
  draft.fields.text(field_id::applies_to, fields.text("applies_to"));
  draft.fields.text(field_id::school, fields.text("school"));
  draft.fields.text(field_id::channel, fields.text("channel"));
  draft.fields.number(field_id::keep_days, fields.number("keep_days"));
  draft.fields.text(field_id::counted_from, from).text(field_id::action, fields.text("action"));
  draft.fields.text(field_id::basis, fields.text("basis"));
  draft.fields.number(field_id::active, fields.flag("active", true) ? 1 : 0);
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  return result.set("schedule", id);
}

/// What all schedules of a run came to.
struct Sum {
  std::int64_t first_seq = -1, entries = 0, fields = 0, removed = 0, held = 0;
  std::set<std::string> holds;
  bool more = false;

  void add(const Erased &erased) {
    if (first_seq < 0) first_seq = erased.seq;
    entries += erased.entries;
    fields += erased.fields;
    removed += erased.removed;
  }
};

void run_schedule(const Work &work, const Schedule &schedule, Sum &sum) {
  Expired due = expired(work.database(), schedule, work.now, kMostItems);
  Erasure erasure;
  erasure.scope = "retention";
  erasure.entries = std::move(due.entries);
  erasure.removes = schedule.action == "remove";
  erasure.is_whole = true;
  erasure.says.text(field_id::schedule, schedule.id).text(field_id::basis, schedule.basis);
  erasure.says.number(field_id::held, due.held);
  for (const std::string &hold : due.holds) erasure.says.text(field_id::held_by, hold);
  sum.add(erase(work, std::move(erasure)));
  sum.held += due.held;
  sum.holds.insert(due.holds.begin(), due.holds.end());
  sum.more = sum.more || due.more;
}

Record run_retention(const Work &work, const Record &fields) {
  Sum sum;
  const std::vector<Schedule> all = schedules(work.database(), fields.text("schedule"));
  for (const Schedule &schedule : all) run_schedule(work, schedule, sum);
  if (all.empty()) {  // a run leaves an entry even when there was nothing to do
    Erasure nothing;
    nothing.scope = "retention";
    sum.add(erase(work, std::move(nothing)));
  }
  Record result;
  result.set("seq", sum.first_seq).set("duplicate", 0);
  result.set("schedules", static_cast<std::int64_t>(all.size()));
  result.set("entries", sum.entries).set("fields", sum.fields).set("removed", sum.removed);
  result.set("held", sum.held);
  result.set("held_by", std::vector<std::string>(sum.holds.begin(), sum.holds.end()));
  return result.set("more", sum.more);
}

constexpr auto kCommands = std::to_array<Command>({
    {"schedule.save", "1.0", kScheduleFields, directory::require_admin, save_schedule},
    {"retention.run", "1.0", kRunFields, directory::require_admin, run_retention, true},
});

}  // namespace

std::span<const Command> retention_commands() { return kCommands; }

}  // namespace heard::commands
