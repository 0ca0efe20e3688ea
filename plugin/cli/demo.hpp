// The demo: an invented district from an empty folder to an audited log, step by step.
#pragma once

#include <optional>
#include <string>

#include "context.hpp"
#include "demo_clock.hpp"
#include "demo_sis/district.hpp"
#include "demo_story.hpp"
#include "interrupt.hpp"
#include "output.hpp"

namespace heard::cli {

/// Prints numbered steps with what came out of them; silent with --json.
class Steps {
 public:
  explicit Steps(bool is_silent) : is_silent_(is_silent) {}
  void begin(std::string_view title);
  void say(std::string_view line) const;
  bool is_silent() const { return is_silent_; }

 private:
  bool is_silent_;
  int number_ = 0;
};

/// Each function is one step and prints itself; their order is that of this class.
class Demo {
 public:
  /// `folder` takes the files that the demo writes beside the store.
  Demo(const Context &context, Interrupt &interrupt, std::string store_path, std::string folder);

  void create_store();
  void sync_twice();
  void log_three_weeks();
  void show_who_is_waiting();
  void show_schools();
  void show_one_case();
  void export_and_check();
  void tamper_and_check();
  /// Until Ctrl-C.
  void serve(int port);

  /// The case it has told.
  const Exhibit &exhibit() const { return exhibit_; }
  /// What came out, for --json.
  const json &summary() const { return summary_; }

 private:
  api::Store open() { return api::Store(runtime_, options()); }
  api::Options options() const;
  api::Record actor() const;
  void sync_once(const char *title, const char *name);
  void save_working_hours(api::Store &store);
  void show_entries_by_kind(api::Store &store);

  Interrupt &interrupt_;
  std::string store_path_, folder_, adapters_;
  Steps steps_;
  DemoClock clock_;
  heard_host host_;
  api::Runtime runtime_;
  Weeks weeks_;
  demo::District district_;
  Exhibit exhibit_;
  json summary_ = json::object();
};

}  // namespace heard::cli
