// The views by name: what may be asked, by whom, and the rows that come back.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/record.hpp"
#include "directory/access.hpp"
#include "store/database.hpp"

namespace heard::views {

/// Rows of one query. No database statement stays open between two calls.
class Rows {
 public:
  virtual ~Rows() = default;
  virtual bool next(Record &row) = 0;
};

/// What a protected view shows, for the record of who looked at what.
struct Disclosure {
  std::string view;
  Id person{};
  Id case_id{};
  std::int64_t rows = 0;
  std::string terms = {};                  ///< what was searched for
  std::vector<std::int64_t> touched = {};  ///< entries shown
  std::vector<Id> concerned = {};          ///< people whose records these are
};

/// What a view reads with. Copied into the rows it opens.
struct Reader {
  store::Database *database;
  directory::Actor actor;
  Millis now;
  /// Records the disclosure before its rows are shown; throws when it cannot.
  std::function<void(const Disclosure &)> disclose;
  /// Where compiled zone files lie.
  std::string zone_folder = {};
  /// Before entries leave as evidence or as messages: makes the first `size` of them durable.
  std::function<void(std::int64_t size)> ensure_synced = [](std::int64_t) {};

  store::Database &db() const { return *database; }
  Seconds now_seconds() const { return floor_seconds(now); }
};

struct FilterField {
  std::string_view name;
  bool is_number = false;
  bool required = false;
};

struct View {
  std::string_view name;
  std::string_view since;
  std::span<const FilterField> filter;
  std::unique_ptr<Rows> (*open)(const Reader &reader, const Record &filter);
};

std::span<const View> views();
/// Checks the name, the filter's fields and the right to read, and opens it.
std::unique_ptr<Rows> open_view(const Reader &reader, std::string_view name, const Record &filter);

/// Rows that were all made at once: small answers.
std::unique_ptr<Rows> all_rows(std::vector<Record> rows);

/// Rows fetched a page at a time: `more` appends the next page (rights may leave it empty) and
/// answers whether there can be another.
std::unique_ptr<Rows> paged_rows(std::function<bool(std::vector<Record> &)> more);

constexpr std::int64_t kPage = 256;

// One per view, by family.
std::span<const View> case_views();
std::span<const View> people_views();
std::span<const View> measure_views();
std::span<const View> ledger_views();
std::span<const View> calendar_views();
std::span<const View> policy_views();
std::span<const View> replay_views();
std::span<const View> report_views();
std::span<const View> desk_views();
std::span<const View> settings_views();
std::span<const View> neutral_views();
std::span<const View> signing_views();
std::span<const View> disclosure_views();
std::span<const View> records_views();

}  // namespace heard::views
