// What reaches the terminal: safe text, colours, tables that fit, JSON.
#include "output.hpp"

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include <algorithm>
#include <cstdlib>

namespace heard::cli {
namespace {

constexpr int kGap = 2;           // columns between two columns of a table
constexpr int kLeastColumn = 6;   // no column is cut below this
constexpr int kNarrow = 100;      // columns below which spare ones are left out
constexpr int kNoTerminal = 120;  // columns, where no terminal says how many
constexpr char32_t kBroken = 0xFFFD;

/// Takes one character off the front; bytes that are not UTF-8 become U+FFFD.
char32_t take_character(std::string_view &text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t character = length == 1 ? first : first & (0x7F >> length);
  std::size_t taken = 1;
  for (; taken < length && taken < text.size(); ++taken) {
    const auto next = static_cast<unsigned char>(text[taken]);
    if ((next & 0xC0) != 0x80) break;
    character = character << 6 | (next & 0x3F);
  }
  text.remove_prefix(taken);
  return taken == length && (first < 0x80 || first >= 0xC2) ? character : kBroken;
}

bool is_harmful(char32_t c) {
  const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool turns_direction = c == 0x061C || c == 0x200E || c == 0x200F ||
                               (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return is_control || turns_direction || c == 0x2028 || c == 0x2029 || c == kBroken;
}

int columns_of(char32_t character) { return std::max(0, wcwidth(static_cast<wchar_t>(character))); }

bool use_colours() {
  static const bool use = isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
  return use;
}

const char *code_of(Ink ink) {
  switch (ink) {
    case Ink::plain:
      return "0";
    case Ink::bold:
      return "1";
    case Ink::dim:
      return "2";
    case Ink::red:
      return "31";
    case Ink::green:
      return "32";
    case Ink::yellow:
      return "33";
    case Ink::cyan:
      return "36";
  }
  return "0";
}

/// One clean line as several that fit, each begun with `indent`.
std::string broken(std::string_view line, std::string_view indent) {
  const int room = std::max(20, terminal_width() - static_cast<int>(indent.size()));
  std::string all(indent);
  int used = 0;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    const int width = width_of(word);
    if (used > 0 && used + 1 + width > room) {
      all += fmt::format("\n{}", indent);
      used = 0;
    }
    all += fmt::format("{}{}", used > 0 ? " " : "", word);
    used += width + (used > 0 ? 1 : 0);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return all + "\n";
}

std::string aligned(std::string_view text, int width, Table::Align align) {
  const std::string fitted = fit(text, width);
  if (align == Table::Align::left || width_of(text) >= width) return fitted;
  return std::string(static_cast<std::size_t>(width - width_of(text)), ' ') + std::string(text);
}

}  // namespace

std::string paint(std::string_view text, Ink ink) {
  if (ink == Ink::plain || text.empty() || !use_colours()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code_of(ink), text);
}

std::string clean(std::string_view text) {
  std::string safe;
  bool gap = false;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t character = take_character(text);
    if (is_harmful(character)) {
      gap = true;
      continue;
    }
    if (gap && !safe.empty() && safe.back() != ' ' && character != ' ') safe += ' ';
    gap = false;
    safe += before.substr(0, before.size() - text.size());
  }
  return safe;
}

std::string clean_lines(std::string_view text, std::string_view indent) {
  std::string all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    all += broken(clean(text.substr(0, end)), indent);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

int terminal_width() {
  winsize size{};
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return kNoTerminal;
  return size.ws_col > 0 ? size.ws_col : kNoTerminal;
}

int width_of(std::string_view text) {
  int width = 0;
  while (!text.empty()) width += columns_of(take_character(text));
  return width;
}

std::string fit(std::string_view text, int width) {
  const int full = width_of(text);
  if (full <= width)
    return std::string(text) + std::string(static_cast<std::size_t>(width - full), ' ');
  std::string cut;
  int used = 0;
  while (!text.empty()) {
    const std::string_view before = text;
    const int next = columns_of(take_character(text));
    if (used + next > width - 1) break;
    cut += before.substr(0, before.size() - text.size());
    used += next;
  }
  return cut + "…" + std::string(static_cast<std::size_t>(width - used - 1), ' ');
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = digits.front() == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

void Table::add(std::vector<Cell> cells) {
  for (Cell &cell : cells) cell.text = clean(cell.text);
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

bool Table::is_shown(std::size_t column) const {
  return columns_[column].width != Width::spare || terminal_width() >= kNarrow;
}

std::vector<int> Table::widths(int available) const {
  std::vector<int> widths(columns_.size());
  int total = -kGap;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (!is_shown(i)) continue;
    widths[i] = width_of(columns_[i].title);
    for (const auto &row : rows_) widths[i] = std::max(widths[i], width_of(row[i].text));
    total += widths[i] + kGap;
  }
  for (; total > available; --total) {
    int *widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (columns_[i].width != Width::kept && is_shown(i) && (!widest || widths[i] > *widest))
        widest = &widths[i];
    if (!widest || *widest <= kLeastColumn) break;
    --*widest;
  }
  return widths;
}

void Table::print(std::string_view indent) const {
  const int room = std::max(20, terminal_width() - static_cast<int>(indent.size()));
  const std::vector<int> widths = this->widths(room);
  const auto print_row = [&](const std::vector<Cell> &row) {
    std::string line(indent);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!is_shown(i)) continue;
      const bool is_first = line.size() == indent.size();
      line.append(is_first ? 0 : kGap, ' ');
      line += paint(aligned(row[i].text, widths[i], columns_[i].align), row[i].ink);
    }
    fmt::print("{}\n", line.substr(0, line.find_last_not_of(' ') + 1));
  };
  std::vector<Cell> titles;
  for (const Column &column : columns_) titles.push_back({column.title, Ink::dim});
  print_row(titles);
  for (const auto &row : rows_) print_row(row);
}

json to_json(api::Row row) { return json::parse(row.json()); }

json to_json(api::Rows rows) {
  json all = json::array();
  for (api::Row row : rows) all.push_back(to_json(row));
  return all;
}

void print_json(const json &document) {
  // On a terminal everything but ASCII is escaped, so that no text can play with it.
  const bool is_escaped = isatty(STDOUT_FILENO);
  fmt::print("{}\n", document.dump(2, ' ', is_escaped, json::error_handler_t::replace));
}

}  // namespace heard::cli
