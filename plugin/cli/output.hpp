// What reaches the terminal: safe text, colours, tables that fit, JSON.
#pragma once

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "heard/heard.hpp"

namespace heard::cli {

using nlohmann::json;

/// Colours are used on a terminal only, and not where NO_COLOR is set.
enum class Ink { plain, bold, dim, red, green, yellow, cyan };
std::string paint(std::string_view text, Ink ink);

/// Stored text comes from strangers: without control characters, escape sequences and marks that
/// turn the writing direction, on one line.
std::string clean(std::string_view text);
/// The same for a text of several lines, each begun with `indent` and broken between words where
/// the terminal ends.
std::string clean_lines(std::string_view text, std::string_view indent);

/// Columns of the terminal; 120 when the output is none.
int terminal_width();
/// Columns that a clean text takes.
int width_of(std::string_view text);
/// Cut or filled up to exactly `width` columns.
std::string fit(std::string_view text, int width);
/// "1,234": thousands with a comma.
std::string grouped(std::int64_t number);

/// Rows under headings, fitted to the terminal: the widest columns are cut first.
class Table {
 public:
  struct Cell {
    std::string text;
    Ink ink = Ink::plain;
  };
  enum class Align { left, right };
  /// What a narrow terminal does to a column; a spare one is cut, and left out below 100 columns.
  enum class Width { cut, kept, spare };
  struct Column {
    std::string title;
    Align align = Align::left;
    Width width = Width::cut;
  };
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// Texts are cleaned here.
  void add(std::vector<Cell> cells);
  bool is_empty() const { return rows_.empty(); }
  void print(std::string_view indent = "") const;

 private:
  bool is_shown(std::size_t column) const;
  std::vector<int> widths(int available) const;
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

json to_json(api::Row row);
/// All rows as one JSON array.
json to_json(api::Rows rows);
/// Prints one document, readable by people too.
void print_json(const json &document);

}  // namespace heard::cli
