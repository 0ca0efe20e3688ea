#include "commands/calendar_change.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "calendar/inherit.hpp"
#include "commands/calendar_edit.hpp"
#include "commands/case_file.hpp"
#include "commands/versions.hpp"
#include "folds/codec.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
using store::Query;

constexpr int kSlice = 200;  // cases settled at a time

std::vector<std::string> texts_of(Query &rows) {
  std::vector<std::string> texts;
  while (rows.step()) texts.push_back(rows.text(0));
  return texts;
}

std::vector<std::string> schools_using(store::Database &database, const std::string &calendar) {
  Query rows(database,
             "SELECT school FROM fold_calendar_school WHERE calendar = ?1 ORDER BY school");
  rows.bind(1, calendar);
  return texts_of(rows);
}

std::vector<std::string> children_of(store::Database &database, const std::string &calendar) {
  Query rows(database,
             "SELECT c.id FROM fold_calendar c WHERE c.parent = ?1 AND c.version ="
             " (SELECT MAX(n.version) FROM fold_calendar n WHERE n.id = c.id) ORDER BY c.id");
  rows.bind(1, calendar);
  return texts_of(rows);
}

bool has_row(store::Database &database, const char *sql, const std::string &key) {
  Query row(database, sql);
  row.bind(1, key);
  return row.step();
}

/// From a feed, from a person, from a calendar or from a case that is open.
bool is_school(store::Database &database, const std::string &key) {
  return has_row(database, "SELECT 1 FROM fold_school WHERE key = ?1", key) ||
         has_row(database, "SELECT 1 FROM fold_calendar_school WHERE school = ?1", key) ||
         has_row(database, "SELECT 1 FROM fold_person WHERE school = ?1 LIMIT 1", key) ||
         has_row(database,
                 "SELECT 1 FROM (SELECT DISTINCT id FROM fold_calendar) k JOIN fold_case c"
                 " ON c.calendar = k.id WHERE c.school = ?1 AND c.status < 6 LIMIT 1",
                 key);
}

std::string name_of_school(store::Database &database, const std::string &key) {
  Query row(database, "SELECT name FROM fold_school WHERE key = ?1");
  row.bind(1, key);
  const std::string name = row.step() ? row.text(0) : "";
  return name.empty() ? key : name;
}

/// The school's key, or that with a number behind it if a calendar has that name already.
std::string free_id(store::Database &database, const std::string &school) {
  std::string id = school;
  for (int no = 2; folds::calendar_now(database, id); ++no) id = school + "." + std::to_string(no);
  return id;
}

/// Ids stand in settings, links and messages.
void check_id(const std::string &id) {
  if (checked_day_name("calendar", id) != id || id.empty())
    throw bad_field("calendar",
                    "is empty or has blanks around it; give it a short id like 'north'");
}

void check_parent(const Work &work, const CalendarChange &change) {
  const std::string &parent = change.own.parent;
  if (parent.empty()) return;
  if (parent == change.id) throw bad_field("parent", "cannot be the calendar itself");
  const auto above = folds::calendar_now(work.database(), parent);
  if (above && !above->definition.parent.empty())
    throw bad_field("parent", "'" + parent + "' has a parent itself ('" + above->definition.parent +
                                  "'); name that one");
  const auto below = children_of(work.database(), change.id);
  if (!below.empty())
    throw bad_field("parent", "'" + change.id + "' is itself the parent of '" + below.front() +
                                  "', so it cannot have one");
}

SavedCalendar append_version(const Work &work, const CalendarChange &change,
                             const calendar::Definition &whole) {
  SavedCalendar saved;
  saved.version = change.before ? change.before->version + 1 : 1;
  store::Draft draft = work.draft(store::Kind::calendar_saved, thread_of("calendar", change.id));
  draft.ref = previous_seq(work.database(), "fold_calendar", change.id);
  draft.fields.text(field_id::calendar_id, change.id).number(field_id::version, saved.version);
  draft.fields.text(field_id::name, change.name);
  folds::encode_calendar(whole, draft.fields);
  for (const std::string &school : change.schools) draft.fields.text(field_id::used_by, school);
  draft.fields.number(field_id::changed_from,
                      first_change(change.before.get(), whole, work.now_seconds()));
  draft.fields.number(field_id::cases_follow, 1);
  saved.seq = work.append(std::move(draft));
  return saved;
}

bool loses_schools(const Work &work, const CalendarChange &change) {
  const auto users = schools_using(work.database(), change.id);
  return std::any_of(users.begin(), users.end(), [&](const std::string &school) {
    return std::find(change.schools.begin(), change.schools.end(), school) == change.schools.end();
  });
}

/// A child is recorded again only if its days are others now.
void save_children(const Work &work, const std::string &parent) {
  for (const std::string &id : children_of(work.database(), parent)) {
    const CalendarChange child = open_calendar(work, id);
    const calendar::Definition whole = whole_calendar(work, id, child.own);
    if (whole == child.before->definition) continue;
    append_version(work, child, whole);
    recheck_calendar(work, id);
  }
}

}  // namespace

bool CalendarChange::changes_days() const {
  return is_new() || own != calendar::own_parts(before->definition);
}

void settle_everything(const Work &work) {
  while (settle_due(work, kSlice) > 0) {
  }
}

CalendarChange open_calendar(const Work &work, const std::string &id) {
  CalendarChange change{id, id, schools_using(work.database(), id), {}, nullptr};
  change.before = folds::calendar_now(work.database(), id);
  if (!change.before) return change;
  change.name = change.before->name;
  change.own = calendar::own_parts(change.before->definition);
  return change;
}

CalendarChange open_school_calendar(const Work &work, const std::string &school) {
  store::Database &database = work.database();
  if (!is_school(database, school))
    throw Failure(Status::not_found, "there is no school '" + school + "'; check its key",
                  {{"field", "school"}});
  const auto used = folds::calendar_of_school(database, school);
  const bool is_its_own = schools_using(database, used->id) == std::vector<std::string>{school} &&
                          used->id != folds::kDefault && children_of(database, used->id).empty();
  if (is_its_own) return open_calendar(work, used->id);
  CalendarChange change{
      free_id(database, school), name_of_school(database, school), {school}, {}, nullptr};
  if (used->definition.parent.empty()) {
    change.own.parent = used->id;
    change.own.own_hours = false;
  } else {  // a parent may not have one, so this is a brother of the shared one
    change.own = calendar::own_parts(used->definition);
  }
  return change;
}

SavedCalendar save_calendar(const Work &work, const CalendarChange &change) {
  check_id(change.id);
  checked_day_name("name", change.name);
  check_parent(work, change);
  const calendar::Definition whole = whole_calendar(work, change.id, change.own);
  const bool schools_left = loses_schools(work, change);
  const SavedCalendar saved = append_version(work, change, whole);
  recheck_calendar(work, change.id);
  if (schools_left) recheck_calendar(work, std::string(folds::kDefault));
  save_children(work, change.id);
  return saved;
}

Record save_if_changed(const Work &work, const CalendarChange &change, bool changed) {
  SavedCalendar saved{previous_seq(work.database(), "fold_calendar", change.id),
                      change.before ? change.before->version : 0};
  if (changed) saved = save_calendar(work, change);
  Record result;
  result.set("seq", saved.seq).set("duplicate", changed ? 0 : 1);
  return result.set("calendar", change.id).set("version", saved.version);
}

std::int64_t open_cases(store::Database &database, const std::string &calendar) {
  Query row(database, "SELECT COUNT(*) FROM fold_case WHERE calendar = ?1 AND status < 6");
  row.bind(1, calendar);
  return row.step() ? row.number(0) : 0;
}

}  // namespace heard::commands
