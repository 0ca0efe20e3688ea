// Plain pages of settings and reports: a heading, then blocks one under the other, each a table, a
// form or a sentence. One template draws them all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/form.hpp"
#include "web/page.hpp"

namespace heard::web {

struct Cell {
  std::string says;
  std::string href = {};
  std::vector<std::string> more = {};  ///< smaller, a line each
  Data chip = Data(false);
};

struct Table {
  std::string caption;
  std::string_view columns;  ///< the text "columns.<this>" names them, with "|" between
  std::vector<std::vector<Cell>> rows = {};
  std::string_view empty = "table.empty";  ///< the text that stands for a table without rows
};

/// A page of blocks under a heading; `up` is the text of the link back to `up_path`.
class Blocks {
 public:
  Blocks(const Request &request, std::string title, std::string_view lead = {});

  void back_to(std::string_view path, std::string_view label);
  /// A button at the top that leads to a form far below.
  void jump_to(const Form &form);
  void link(std::string_view path, std::string_view label);
  void warn(const std::vector<std::string> &says);
  void table(const Table &table);
  void form(const Form &form, const Typed &typed);
  /// Links of which one is where we are, made by tab().
  void tabs(std::string_view label, Data entries);
  void filter(Data school_filter) { put(page_.data, "filter", school_filter); }
  void said(std::string sentence) { page_.done = std::move(sentence); }
  /// A refused form decides the status and the title.
  Page page(const Typed &typed = {});

 private:
  const Request &request_;
  Page page_;
  Data blocks_ = make_list();
  Data links_ = make_list();
  Data warnings_ = make_list();
};

/// One entry of tabs.
Data tab(const Request &request, std::string_view path, const Query &query, std::string_view label,
         bool current);

/// "a, b, c".
std::string joined(const std::vector<std::string> &parts, std::string_view between = ", ");

/// Lines of a text area without blanks around them; empty ones are left out.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace heard::web
