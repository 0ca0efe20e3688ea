// One store with a clock that stands where the test puts it; commands and rows are written as JSON.
#pragma once

#include <boost/test/unit_test.hpp>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.hpp"
#include "runtime/engine.hpp"

namespace heard::support {

/// Milliseconds of "2026-11-23T09:00Z".
Millis at(std::string_view utc);

class StandingClock : public Host {
 public:
  Millis now_ms() override { return now; }
  std::optional<std::string> secret(const std::string &) override { return std::nullopt; }
  void warn(std::string_view, const std::string &message) override { warnings.push_back(message); }
  void wake() override { ++wakes; }
  Signer *signer() override { return own_signer; }

  Millis now = 0;
  int wakes = 0;
  std::vector<std::string> warnings;
  Signer *own_signer = nullptr;
};

/// A refused call: its status, its sentence and its details.
class Refusal {
 public:
  explicit Refusal(const Failure &failure) : failure_(failure) {}
  Status status() const { return failure_.status(); }
  const std::string &says() const { return failure_.message(); }
  std::string detail(std::string_view name) const;

 private:
  Failure failure_;
};

extern const char *const kAdmin;
extern const char *const kOffice;
extern const char *const kAuditor;

class Desk {
 public:
  /// In memory, in `zone`; the clock stands at Monday 2026-11-23 09:00 UTC. `path`: in a file.
  explicit Desk(const std::string &zone = "UTC", const std::string &path = ":memory:");
  /// With these options; "calendar.timezone" is UTC unless it is among them.
  Desk(const std::map<std::string, std::string> &options, Signer *signer);

  Desk &now(std::string_view utc);
  /// Runs a command as admin, or as the actor given.
  Record apply(std::string_view command, std::string_view json, const char *actor = kAdmin);
  std::vector<Record> rows(std::string_view view, std::string_view filter = "{}",
                           const char *actor = kAdmin);
  /// The only row of a view; the test fails if there are none or several.
  Record row(std::string_view view, std::string_view filter = "{}");
  /// The call must be refused and must leave the ledger as it was.
  Refusal refused(const std::function<void()> &call);
  Refusal apply_refused(std::string_view command, std::string_view json,
                        const char *actor = kAdmin);

  /// Pumps until nothing is due; the next due instant, 0 for never.
  Millis pump();
  std::int64_t size() { return engine.journal().ledger().head().size; }
  /// Entries of one kind.
  std::int64_t count(std::string_view kind);
  /// Fails the test unless the ledger verifies and a rebuild gives the same read tables.
  void check_whole();
  /// One clock of a case as the view shows it; an empty record if there is none. Discloses.
  Record clock(std::string_view case_name, std::string_view clock, std::int64_t no = 1);

  StandingClock host;
  runtime::Engine engine;
};

/// All rows of a cursor.
std::vector<Record> drain(views::Rows &rows);
/// One text of each row, in order.
std::vector<std::string> texts(const std::vector<Record> &rows, std::string_view field);
std::vector<std::int64_t> numbers(const std::vector<Record> &rows, std::string_view field);

}  // namespace heard::support
