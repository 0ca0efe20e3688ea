#include "input.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

#include "exit_codes.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

/// The moment itself, or the beginning of a day; `days` later.
Millis moment_of(const std::string &text, int days) {
  const bool is_day = text.size() <= 10 && text.find('-') != std::string::npos;
  if (!is_day) return read_moment(text);
  LocalTime day = local_time(read_moment(text + " 00:00"));
  day.day += days;
  return instant_of(day);
}

}  // namespace

std::string read_input(const std::string &path) {
  if (path == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file || file.bad()) throw Trouble(kInput, "The file '" + clean(path) + "' cannot be read.");
  return text;
}

void put_period(const Period &period, api::Record &filter) {
  if (!period.from.empty()) filter.set({"from", moment_of(period.from, 0)});
  if (!period.to.empty()) filter.set({"to", moment_of(period.to, 1)});
}

}  // namespace heard::cli
