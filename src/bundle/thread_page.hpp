// One conversation as a page to read and to print: who said what when, the response clocks, and
// boxes where something is held back or erased.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "audit/redaction.hpp"
#include "bundle/reading.hpp"
#include "bundle/tables.hpp"
#include "folds/calendars.hpp"

namespace heard::bundle {

/// What all pages of a bundle have in common. Outlives them.
struct PageSetting {
  const audit::Redaction *redaction;
  std::shared_ptr<const folds::CalendarVersion> calendar;       ///< its zone's times are shown
  std::string ledger;                                           ///< id, hex
  std::function<std::string(const std::string &)> school_name;  ///< of a key

  /// "Mon 23 Nov 2026, 09:00".
  std::string local(Millis at) const;
  std::string zone() const;
};

class ThreadPage {
 public:
  explicit ThreadPage(const PageSetting &setting) : setting_(setting) {}

  void add(const ReadEntry &entry);
  /// The whole document.
  std::string html(const Id &thread, const std::vector<ThreadClocks::Row> &clocks) const;
  /// "Case 17: Late bus".
  std::string title() const;
  std::int64_t number() const { return number_; }

 private:
  void add_contact(const ReadEntry &entry);
  void add_step(const ReadEntry &entry);
  void read_facts(const ReadEntry &entry);
  void put_value(const ReadEntry &entry, std::uint16_t field, std::string_view tag);
  void put_withheld(const ReadEntry &entry, std::uint16_t field);
  std::string clock_box(const ThreadClocks::Row &row) const;
  std::string fact_list() const;

  const PageSetting &setting_;
  std::string body_, subject_;
  std::int64_t number_ = 0;
  std::int64_t contacts_ = 0;
  std::map<std::string, std::string> facts_;
};

/// Head and foot around the content of any page of the bundle; `root`: the way to data/ from it.
std::string document(std::string_view title, std::string_view root, std::string_view content);

}  // namespace heard::bundle
