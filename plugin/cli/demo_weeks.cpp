// The demo's three school weeks, logged through a library that is loaded as a vendor loads it.
#include <fmt/core.h>

#include <map>

#include "demo.hpp"
#include "progress.hpp"

namespace heard::cli {

void Demo::log_three_weeks() {
  steps_.begin(fmt::format("Three school weeks, {} to {}, with a clock of their own",
                           show_date(weeks_.first_monday), show_date(weeks_.last_friday)));
  const VendorLibrary library = load_vendor_library();
  steps_.say(fmt::format("libheard.so.1 ({}) loaded with dlopen, {} functions looked up",
                         library.version_string(), sizeof library / sizeof(void (*)())));
  DemoHost host(library, host_, store_path_);
  DemoStory story(district_, host, clock_);
  const Millis began = system_now();
  {
    Progress progress("    Logging");
    story.play(weeks_, [&](Millis at) {
      interrupt_.check();
      progress.show(
          at - weeks_.first_monday, weeks_.last_friday + kDay - weeks_.first_monday,
          fmt::format("{}, {} contacts", show_date(at), grouped(story.figures().contacts)));
    });
  }
  const StoryFigures &figures = story.figures();
  exhibit_ = story.exhibit();
  summary_["contacts"] = figures.contacts;
  summary_["doubled"] = figures.doubled;
  steps_.say(
      fmt::format("{} contacts: {} from families, {} answers, {} thank-yous, {} absence "
                  "notices in batches ({})",
                  paint(grouped(figures.contacts), Ink::green), grouped(figures.from_families),
                  grouped(figures.answers), figures.thanks, figures.notices,
                  show_seconds(system_now() - began)));
  steps_.say(fmt::format("{} arrived twice from the mail server; {} became a second entry",
                         figures.sent_twice, figures.doubled));
  api::Store store = open();
  show_entries_by_kind(store);
}

/// What the pump recorded on its own: one entry for each warning and each miss.
void Demo::show_entries_by_kind(api::Store &store) {
  std::map<std::string, std::int64_t> by_kind;
  std::int64_t entries = 0;
  for (api::Row row : store.query(actor(), "ledger")) {
    ++by_kind[row.text("kind")];
    ++entries;
  }
  const std::int64_t warned = by_kind["case.clock_warned"], missed = by_kind["case.clock_missed"];
  summary_["warned"] = warned;
  summary_["missed"] = missed;
  summary_["entries"] = entries;
  steps_.say(fmt::format("Pumped every hour: {} clocks of all kinds warned, {} were missed",
                         paint(grouped(warned), Ink::yellow), paint(grouped(missed), Ink::red)));
  steps_.say(fmt::format("{} entries in the ledger", grouped(entries)));
}

}  // namespace heard::cli
