// The demo's first steps: an empty store, a school information system, two syncs.
#include "demo.hpp"

#include <fmt/core.h>

#include "demo_sis/sis_server.hpp"

namespace heard::cli {
namespace {

constexpr unsigned kSeed = 2026;
constexpr const char *kZone = "America/Chicago";
constexpr const char *kFeed = "sis";

std::string people_in(const demo::Counts &counts) {
  return fmt::format("{} students, {} contacts with {} links, {} staff, {} schools",
                     grouped(counts.students), grouped(counts.contacts),
                     grouped(counts.relationships), counts.staff, counts.schools);
}

}  // namespace

void Steps::begin(std::string_view title) {
  if (is_silent_) return;
  fmt::print("\n{}  {}\n", paint(fmt::format("{:2}", ++number_), Ink::cyan),
             paint(title, Ink::bold));
  std::fflush(stdout);
}

void Steps::say(std::string_view line) const {
  if (is_silent_) return;
  fmt::print("    {}\n", line);
  std::fflush(stdout);
}

Demo::Demo(const Context &context, Interrupt &interrupt, std::string store_path, std::string folder)
    : interrupt_(interrupt),
      store_path_(std::move(store_path)),
      folder_(std::move(folder)),
      adapters_(context.adapters()),
      steps_(context.wants_json()),
      host_(demo_host_table(clock_)),
      runtime_(&host_),
      district_(demo::make_district(kSeed)) {
  use_zone(kZone);
  weeks_ = weeks_before(system_now());
  summary_["store"] = store_path_;
}

api::Options Demo::options() const {
  api::Options options({{"store.path", store_path_}});
  if (!adapters_.empty()) options.set("adapters.path", adapters_);
  return options;
}

api::Record Demo::actor() const {
  api::Record actor("actor", {{"id", "host:staff:demo"}, {"display", "Demo Office"}});
  actor.set({"purpose", "demo"});
  return std::move(actor.add("roles", "admin"));
}

/// The demo's clock starts on the Sunday evening before the first of its three weeks.
void Demo::create_store() {
  steps_.begin("A new store");
  clock_.set(local_moment(weeks_.first_monday, -1, 18));
  api::Options settings = options();
  api::Store::migrate(runtime_, settings.set("calendar.timezone", kZone));
  api::Store store = open();
  save_working_hours(store);
  steps_.say(store_path_);
  steps_.say(
      fmt::format("School days 08:00-16:00 in {}; a first answer within 1 school day, "
                  "urgent ones within 2 school hours.",
                  kZone));
}

void Demo::save_working_hours(api::Store &store) {
  const auto target = [](const char *clock, std::int64_t amount, const char *unit) {
    return api::Record("target", {{"clock", clock}, {"amount", amount}, {"unit", unit}});
  };
  api::Record policy("fields");
  policy.add("targets", target("first_response", 1, "business_days"));
  policy.add("targets",
             target("first_response", 120, "business_minutes").set({"priority", "urgent"}));
  policy.add("targets", target("next_response", 1, "business_days"));
  policy.add("targets", target("resolution", 5, "business_days"));
  store.apply(actor(), "policy.save", policy);
}

void Demo::sync_twice() {
  steps_.begin("People and schools, from a school information system");
  demo::SisServer server(district_);
  server.start();
  steps_.say(people_in(demo::counts(district_)));
  steps_.say(fmt::format("served as SIF 3 xPress at {}", server.url()));
  {
    api::Store store = open();
    const std::pair<const char *, std::string> settings[] = {{"feed.sis.adapter", "sif.xpress"},
                                                             {"feed.sis.url", server.url()},
                                                             {"feed.sis.user", server.user()}};
    for (const auto &[name, value] : settings)
      store.apply(actor(), "settings.save",
                  api::Record("fields", {{"name", name}, {"value", value}}));
  }
  sync_once("First sync: ", "first_sync");
  sync_once("Second sync:", "second_sync");
  server.stop();
}

void Demo::sync_once(const char *title, const char *name) {
  interrupt_.check();
  api::Store store = open();
  interrupt_.on_signal([&store] { store.interrupt(); });
  const Millis began = system_now();
  const api::Record result = store.run_feed(actor(), kFeed);
  interrupt_.on_signal({});
  const api::Row row = result.row();
  summary_[name] = to_json(row);
  steps_.say(fmt::format("{} {:>5} records read, {} written, {} unchanged ({})", title,
                         grouped(row.number("records")),
                         paint(grouped(row.number("written")), Ink::green),
                         grouped(row.number("unchanged")), show_seconds(system_now() - began)));
}

}  // namespace heard::cli
