#include "base/zone_file.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "base/failure.hpp"

namespace heard {

namespace {

constexpr std::size_t kMaxFile = 1 << 20;
constexpr Seconds kDay = 86400;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_zone_name(std::string_view name) {
  const auto allowed = [](char c) {
    return is_letter(c) || is_digit(c) || c == '/' || c == '_' || c == '-' || c == '+';
  };
  return !name.empty() && name.size() <= 64 && name.front() != '/' && name.back() != '/' &&
         std::all_of(name.begin(), name.end(), allowed);
}

Failure damaged(const std::string &name) {
  return {Status::corrupt, "zone file of '" + name + "' is damaged: install the zone data again"};
}

/// Big-endian bytes taken one after the other.
class Bytes {
 public:
  Bytes(std::string_view rest, const std::string &name) : rest_(rest), name_(name) {}

  std::string_view take(std::size_t count) {
    if (count > rest_.size()) throw damaged(name_);
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::int64_t number(std::size_t width) {
    std::uint64_t value = 0;
    for (const char c : take(width)) value = value << 8 | static_cast<unsigned char>(c);
    const std::size_t unused = 64 - 8 * width;
    return static_cast<std::int64_t>(value << unused) >> unused;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  const std::string &name_;
};

struct Counts {
  char version = 0;
  std::size_t leaps = 0, times = 0, types = 0, letters = 0, standards = 0, universals = 0;

  std::size_t bytes(std::size_t width) const {
    return times * (width + 1) + types * 6 + letters + leaps * (width + 4) + standards + universals;
  }
};

Counts take_counts(Bytes &bytes, const std::string &name) {
  const std::string_view magic = bytes.take(4);
  if (magic != "TZif") throw damaged(name);
  Counts counts;
  counts.version = bytes.take(1).front();
  bytes.take(15);
  for (std::size_t *count : {&counts.universals, &counts.standards, &counts.leaps, &counts.times,
                             &counts.types, &counts.letters}) {
    const std::int64_t value = bytes.number(4);
    if (value < 0 || value > static_cast<std::int64_t>(kMaxFile)) throw damaged(name);
    *count = static_cast<std::size_t>(value);
  }
  if (counts.types == 0) throw damaged(name);
  if (counts.leaps != 0)
    throw bad_field("zone", "'" + name + "' counts leap seconds; choose the zone without them");
  return counts;
}

/// A day of the year and a time on it at which summer time begins or ends (POSIX TZ).
struct YearlyRule {
  enum class Form { julian, zero_based, weekday } form = Form::weekday;
  int month = 0, week = 0, day = 0;
  Seconds time = 7200;

  /// Seconds since 1970 on the local clock that is in force before the change.
  Seconds local(int year) const {
    using namespace std::chrono;
    const sys_days january{std::chrono::year(year) / 1 / 1};
    sys_days date = january;
    switch (form) {
      case Form::julian: {  // 1 to 365, 29 February never counts
        const bool skipped = std::chrono::year(year).is_leap() && day >= 60;
        date += days(day - 1 + (skipped ? 1 : 0));
        break;
      }
      case Form::zero_based:
        date += days(day);
        break;
      case Form::weekday: {
        const auto of_month = std::chrono::year(year) / month;
        const weekday wanted(static_cast<unsigned>(day));
        date = week == 5 ? sys_days(of_month / wanted[last])
                         : sys_days(of_month / wanted[static_cast<unsigned>(week)]);
        break;
      }
    }
    return date.time_since_epoch().count() * kDay + time;
  }
};

struct Footer {
  std::int32_t standard = 0;  ///< seconds east of UTC
  std::int32_t summer = 0;
  bool has_summer = false;
  YearlyRule begins, ends;
};

/// Reads a POSIX TZ text such as "CET-1CEST,M3.5.0,M10.5.0/3".
class FooterReader {
 public:
  explicit FooterReader(std::string_view text) : rest_(text) {}

  std::optional<Footer> read() {
    Footer footer;
    const auto standard = name() ? time() : std::nullopt;
    if (!standard) return std::nullopt;
    footer.standard = static_cast<std::int32_t>(-*standard);
    if (rest_.empty()) return footer;
    if (!name()) return std::nullopt;
    footer.has_summer = true;
    footer.summer = footer.standard + 3600;
    if (!starts_with(',')) {
      const auto summer = time();
      if (!summer) return std::nullopt;
      footer.summer = static_cast<std::int32_t>(-*summer);
    }
    if (!skip(',') || !rule(footer.begins) || !skip(',') || !rule(footer.ends)) return std::nullopt;
    return rest_.empty() ? std::optional(footer) : std::nullopt;
  }

 private:
  bool starts_with(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool skip(char c) {
    if (!starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool name() {
    if (skip('<')) {
      const std::size_t end = rest_.find('>');
      if (end == std::string_view::npos) return false;
      rest_.remove_prefix(end + 1);
      return true;
    }
    std::size_t length = 0;
    while (length < rest_.size() && is_letter(rest_[length])) ++length;
    rest_.remove_prefix(length);
    return length >= 3;
  }
  std::optional<int> number(int most) {
    int value = 0;
    std::size_t digits = 0;
    for (; digits < rest_.size() && is_digit(rest_[digits]) && digits < 4; ++digits)
      value = value * 10 + (rest_[digits] - '0');
    rest_.remove_prefix(digits);
    return digits > 0 && value <= most ? std::optional(value) : std::nullopt;
  }
  /// [+-]hh[:mm[:ss]]; up to 167 hours since version 3 of the format.
  std::optional<Seconds> time() {
    const bool negative = skip('-');
    if (!negative) skip('+');
    Seconds total = 0;
    Seconds unit = 3600;
    do {
      const auto part = number(unit == 3600 ? 167 : 59);
      if (!part) return std::nullopt;
      total += *part * unit;
      unit /= 60;
    } while (unit > 0 && skip(':'));
    return negative ? -total : total;
  }
  bool day(YearlyRule &rule) {
    std::optional<int> month, week, day;
    if (skip('M')) {
      month = number(12);
      if (!month || *month < 1 || !skip('.')) return false;
      week = number(5);
      if (!week || *week < 1 || !skip('.')) return false;
      day = number(6);
      if (!day) return false;
      rule.form = YearlyRule::Form::weekday;
      rule.month = *month;
      rule.week = *week;
    } else {
      const bool julian = skip('J');
      rule.form = julian ? YearlyRule::Form::julian : YearlyRule::Form::zero_based;
      day = number(365);
      if (!day || (julian && *day < 1)) return false;
    }
    rule.day = *day;
    return true;
  }
  bool rule(YearlyRule &rule) {
    if (!day(rule)) return false;
    if (!skip('/')) return true;
    const auto at = time();
    if (at) rule.time = *at;
    return at.has_value();
  }

  std::string_view rest_;
};

struct Zone {
  std::int32_t before = 0;          ///< offset before the first change
  std::vector<ZoneOffset> changes;  ///< as listed in the file
  std::optional<Footer> footer;     ///< rules after the last listed change
};

std::string read_bytes(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(kMaxFile, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

void take_changes(Bytes &bytes, const Counts &counts, std::size_t width, Zone &zone,
                  const std::string &name) {
  std::vector<Seconds> times(counts.times);
  for (Seconds &at : times) at = bytes.number(width);
  const std::string_view kinds = bytes.take(counts.times);
  std::vector<std::int32_t> offsets(counts.types);
  for (std::int32_t &offset : offsets) {
    offset = static_cast<std::int32_t>(bytes.number(4));
    bytes.take(2);
  }
  bytes.take(counts.letters + counts.standards + counts.universals);
  zone.before = offsets.front();
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto kind = static_cast<unsigned char>(kinds[i]);
    if (kind >= offsets.size() || (i > 0 && times[i] <= times[i - 1])) throw damaged(name);
    zone.changes.push_back({times[i], offsets[kind]});
  }
}

void take_footer(std::string_view rest, Zone &zone, const std::string &name) {
  const std::size_t end = rest.find('\n', 1);
  if (rest.empty() || rest.front() != '\n' || end == std::string_view::npos) throw damaged(name);
  const std::string_view text = rest.substr(1, end - 1);
  if (text.empty()) return;
  zone.footer = FooterReader(text).read();
  if (!zone.footer) throw damaged(name);
}

Zone read_zone(const std::string &folder, const std::string &name) {
  if (!is_zone_name(name))
    throw bad_field("zone", "'" + name + "' is no zone name like Europe/Berlin");
  const std::string file = read_bytes(folder + "/" + name);
  if (!std::string_view(file).starts_with("TZif"))
    throw bad_field("zone", "'" + name + "' is not known on this machine");
  Bytes bytes(file, name);
  Zone zone;
  Counts counts = take_counts(bytes, name);
  if (counts.version == 0) {
    take_changes(bytes, counts, 4, zone, name);
    return zone;
  }
  bytes.take(counts.bytes(4));
  counts = take_counts(bytes, name);
  take_changes(bytes, counts, 8, zone, name);
  take_footer(bytes.rest(), zone, name);
  return zone;
}

int year_of(Seconds at) {
  const auto day =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(at)));
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

/// Appends what the footer rules over [from, to), after the last change the file lists.
void append_ruled(const Footer &footer, Seconds from, Seconds to,
                  std::vector<ZoneOffset> &changes) {
  const std::optional<Seconds> listed =
      changes.empty() ? std::nullopt : std::optional(changes.back().from);
  std::vector<ZoneOffset> ruled;
  if (!footer.has_summer) {
    if (!listed) changes.push_back({from, footer.standard});
    return;
  }
  const int first = year_of(std::max(from, listed.value_or(from))) - 1;
  for (int year = first; year <= year_of(to) + 1; ++year) {
    ruled.push_back({footer.ends.local(year) - footer.summer, footer.standard});
    ruled.push_back({footer.begins.local(year) - footer.standard, footer.summer});
  }
  std::stable_sort(ruled.begin(), ruled.end(),
                   [](const ZoneOffset &a, const ZoneOffset &b) { return a.from < b.from; });
  for (const ZoneOffset &change : ruled) {
    if (listed && change.from <= *listed) continue;
    // Where summer never ends, one year's end is the next one's beginning: the beginning counts.
    if (!changes.empty() && changes.back().from == change.from) changes.pop_back();
    changes.push_back(change);
  }
}

}  // namespace

std::vector<ZoneOffset> zone_offsets(const std::string &folder, const std::string &name,
                                     Seconds from, Seconds to) {
  Zone zone = read_zone(folder, name);
  if (zone.footer) append_ruled(*zone.footer, from, to, zone.changes);
  std::vector<ZoneOffset> offsets{{from, zone.before}};
  for (const ZoneOffset &change : zone.changes) {
    if (change.from >= to) break;
    if (change.from <= from) {
      offsets.front().seconds = change.seconds;
    } else if (change.seconds != offsets.back().seconds) {
      offsets.push_back(change);
    }
  }
  return offsets;
}

}  // namespace heard
