// settings and names: what is set, and every name this library knows.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "base/failure.hpp"
#include "cases/machine.hpp"
#include "folds/calendars.hpp"
#include "store/ledger.hpp"
#include "views/names.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

Record setting(std::string_view section, std::string_view name, const std::string &value,
               const std::string &says) {
  Record row("setting");
  row.set("section", section).set("name", name).set("value", value).set("says", says);
  return row;
}

std::string hours_text(const calendar::Era &era) {
  constexpr std::array kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  std::string text;
  for (std::size_t day = 0; day < 7; ++day) {
    if (era.week[day].empty()) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", kDays[day],
                        fmt::join(calendar::format_hours(era.week[day]), " "));
  }
  return text;
}

void add_calendars(const Reader &reader, std::vector<Record> &rows) {
  std::vector<std::string> ids;
  {
    store::Query query(reader.db(), "SELECT DISTINCT id FROM fold_calendar ORDER BY id");
    while (query.step()) ids.push_back(query.text(0));
  }
  for (const std::string &id : ids) {
    const auto calendar = folds::calendar_now(reader.db(), id);
    const calendar::Era &era = calendar->definition.eras.back();
    rows.push_back(setting("calendar", id, hours_text(era),
                           fmt::format("{}, {}, version {}, {} closures", calendar->name, era.zone,
                                       calendar->version, calendar->definition.closed.size())));
    rows.back().set("zone", era.zone);
  }
}

void add_policy(const Reader &reader, std::vector<Record> &rows) {
  const auto policy = folds::policy_at(reader.db(), std::string(folds::kDefault));
  for (const cases::TargetRow &row : policy->policy.targets) {
    const std::string priority =
        row.priority ? " (" + std::string(cases::to_text(*row.priority)) + ")" : "";
    rows.push_back(setting("policy", std::string(cases::to_text(row.clock)) + priority,
                           fmt::format("{} {}", row.target.amount, cases::to_text(row.target.unit)),
                           fmt::format("{}, version {}", policy->name, policy->version)));
  }
  rows.push_back(setting("policy", "warn_percent", std::to_string(policy->policy.warn_percent),
                         "warn when this share of the time is used up"));
  rows.push_back(setting("policy", "reopen_days", std::to_string(policy->policy.reopen_days),
                         "a message within these days reopens a solved case"));
}

std::unique_ptr<Rows> open_settings(const Reader &reader, const Record &) {
  std::vector<Record> rows;
  store::Ledger ledger(reader.db());
  const store::TreeHead head = ledger.head();
  rows.push_back(setting("store", "ledger", hex(ledger.id()), "the ledger's id"));
  rows.push_back(setting("store", "size", std::to_string(head.size), "entries"));
  rows.push_back(setting("store", "root", hex(head.root), "root hash of all entries"));
  add_calendars(reader, rows);
  add_policy(reader, rows);
  if (!reader.actor.has_role("admin") && !reader.actor.has_role("auditor") &&
      !reader.actor.has_role("system"))
    return all_rows(std::move(rows));
  store::Query feeds(reader.db(), "SELECT name, value FROM fold_setting ORDER BY name");
  while (feeds.step()) rows.push_back(setting("feed", feeds.text(0), feeds.text(1), ""));
  return all_rows(std::move(rows));
}

std::unique_ptr<Rows> open_names(const Reader &, const Record &) {
  std::vector<Record> rows = known_names();
  for (const View &view : views()) {
    Record &row = rows.emplace_back("name");
    row.set("section", "view").set("name", view.name).set("since", view.since);
    std::vector<std::string> fields;
    for (const FilterField &field : view.filter) fields.emplace_back(field.name);
    row.set("fields", std::move(fields));
  }
  return all_rows(std::move(rows));
}

constexpr auto kViews = std::to_array<View>({
    {"settings", "1.0", {}, open_settings},
    {"names", "1.0", {}, open_names},
});

}  // namespace

std::span<const View> settings_views() { return kViews; }

}  // namespace heard::views
