// heard calendar import: closures from an iCalendar file or address, for real or only to look.
#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "interrupt.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

namespace fs = std::filesystem;

struct Wanted {
  std::string url, feed, calendar = "default", category, zone, from, to;
  bool dry_run = false;
};

/// A feed can run again from anywhere, so a path is kept whole.
std::string whole(const std::string &url) {
  return url.find("://") == std::string::npos ? fs::absolute(url).string() : url;
}

/// "our-holidays" of "https://example.org/our holidays.ics?x=1".
std::string feed_name(const Wanted &wanted) {
  if (!wanted.feed.empty()) return wanted.feed;
  const std::string path = wanted.url.substr(0, wanted.url.find_first_of("?#"));
  std::string name;
  for (const char c : fs::path(path).stem().string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += plain || c == '_' ? c : '-';
  }
  return name.empty() ? "ics" : name;
}

void save_settings(api::Store &store, const api::Record &actor, const std::string &feed,
                   const std::map<std::string, std::string> &settings) {
  for (const auto &[name, value] : settings) {
    if (value.empty()) continue;
    const std::string full = "feed." + feed + "." + name;
    store.apply(actor, "settings.save", api::Record("fields", {{"name", full}, {"value", value}}));
  }
}

std::map<std::string, std::string> settings_of(const Wanted &wanted) {
  return {{"adapter", "calendar.ics"},
          {"url", whole(wanted.url)},
          {"calendar", wanted.calendar},
          {"category", wanted.category},
          {"zone", wanted.zone},
          {"from", wanted.from},
          {"to", wanted.to}};
}

api::Record run_feed(api::Store &store, const api::Record &actor, const std::string &feed) {
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  return store.run_feed(actor, feed.c_str());
}

void print_rejects(api::Row result) {
  for (api::Row reject : result.rows("rejects"))
    fmt::print(stderr, "  left out: {}\n", clean(reject.text("reason")));
}

/// A store for one run, gone afterwards.
class ScratchStore {
 public:
  ScratchStore() {
    std::string folder = (fs::temp_directory_path() / "heard-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw Trouble(kStoreTrouble, "No temporary folder can be made.");
    folder_ = folder;
  }
  ~ScratchStore() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  ScratchStore(const ScratchStore &) = delete;
  ScratchStore &operator=(const ScratchStore &) = delete;
  std::string path() const { return (folder_ / "scratch.heard").string(); }

 private:
  fs::path folder_;
};

std::string next_day(const std::string &date) {
  std::tm day{};
  if (std::sscanf(date.c_str(), "%d-%d-%d", &day.tm_year, &day.tm_mon, &day.tm_mday) != 3)
    return "";
  day.tm_year -= 1900;
  day.tm_mon -= 1;
  day.tm_mday += 1;
  const std::time_t at = timegm(&day);
  gmtime_r(&at, &day);
  return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

/// One line of JSON a closed day: {"2026-12-25": "Christmas"}.
void print_closed(api::Store &store, const api::Record &actor) {
  const api::Record filter("filter", {{"calendar", "default"}});
  for (api::Row row : store.query(actor, "calendars", filter))
    for (api::Row range : row.rows("closed"))
      for (std::string date = range.text("first"); date <= range.text("last");
           date = next_day(date))
        fmt::print("{}\n", json{{date, range.text("name")}}.dump());
}

/// One run in a store of its own: what the file would close.
class Trial {
 public:
  Trial(Context &context, const Wanted &wanted) : actor_(context.actor()) {
    const std::string zone = wanted.zone.empty() ? "UTC" : wanted.zone;
    api::Options options({{"store.path", scratch_.path()}, {"calendar.timezone", zone}});
    if (!context.adapters().empty()) options.set("adapters.path", context.adapters());
    api::Store::migrate(context.runtime(), options);
    store_.emplace(context.runtime(), options);
    auto settings = settings_of(wanted);
    settings["calendar"] = "default";
    save_settings(*store_, actor_, "trial", settings);
    result_.emplace(run_feed(*store_, actor_, "trial"));
  }

  void print() {
    print_closed(*store_, actor_);
    print_rejects(result_->row());
  }

 private:
  ScratchStore scratch_;
  api::Record actor_;
  std::optional<api::Store> store_;
  std::optional<api::Record> result_;
};

bool are_saved(api::Store &store, const api::Record &actor, const std::string &feed,
               const std::map<std::string, std::string> &settings) {
  std::map<std::string, std::string> saved;
  for (api::Row row : store.query(actor, "settings"))
    if (row.text("section") == "feed") saved[row.text("name")] = row.text("value");
  for (const auto &[name, value] : settings)
    if (!value.empty() && saved["feed." + feed + "." + name] != value) return false;
  return true;
}

void run_import(Context &context, const Wanted &wanted) {
  context.set_uses_network();
  api::Store store = context.open();
  const api::Record actor = context.actor();
  const std::string feed = feed_name(wanted);
  if (!are_saved(store, actor, feed, settings_of(wanted))) {
    const Trial trial(context, wanted);  // a file that cannot be used leaves no settings behind
    save_settings(store, actor, feed, settings_of(wanted));
  }
  const api::Record result = run_feed(store, actor, feed);
  if (context.wants_json()) return print_json(to_json(result.row()));
  const auto written = result.row().number("written");
  if (written > 0)
    fmt::print("The calendar '{}' has {} closures of feed '{}' now.\n", clean(wanted.calendar),
               grouped(written), clean(feed));
  else
    fmt::print("Nothing changed: {} closures are as they were.\n",
               grouped(result.row().number("unchanged")));
  print_rejects(result.row());
}

}  // namespace

void add_calendar_import(Command calendar_command, Context &context) {
  Command command = calendar_command.add_subcommand(
      "import", "Closures from an iCalendar file or address; again to bring them up to date");
  const auto wanted = std::make_shared<Wanted>();
  command.add_option("FILE-or-URL", wanted->url, "The file, or its http or https address")
      .required();
  command.add_option("--calendar", wanted->calendar, "The calendar they close")
      .capture_default_str();
  command.add_option("--feed", wanted->feed, "Name of the feed (default: that of the file)");
  command.add_option("--category", wanted->category, "Only events of this category");
  command.add_option("--zone", wanted->zone, "Zone of times that name none");
  command.add_option("--from", wanted->from, "First day (default a year ago)");
  command.add_option("--to", wanted->to, "Last day (default in two years)");
  command.add_flag("--dry-run", wanted->dry_run,
                   "Change nothing: print {\"date\": \"summary\"} for each closed day");
  context.add_options_to(command);
  command.callback([&context, wanted] {
    wanted->dry_run ? Trial(context, *wanted).print() : run_import(context, *wanted);
  });
}

}  // namespace heard::cli
