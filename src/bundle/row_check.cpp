#include "bundle/row_check.hpp"

namespace heard::bundle {

RowCheck::RowCheck(Source &source, std::string path) : path_(std::move(path)) {
  if (source.has(path_)) lines_ = std::make_unique<Lines>(source.open(path_));
}

std::string RowCheck::take_line() {
  std::string line;
  if (lines_ && lines_->next(line)) line += '\n';
  return line;
}

bool RowCheck::holds(const std::string &rows) {
  for (std::size_t from = 0; from < rows.size();) {
    const std::size_t end = rows.find('\n', from) + 1;
    if (take_line() != rows.substr(from, end - from)) return false;
    from = end;
  }
  return true;
}

bool RowCheck::is_over() { return take_line().empty(); }

}  // namespace heard::bundle
