// Compares a table of a bundle with the rows that its proved entries make.
#pragma once

#include <memory>
#include <string>

#include "bundle/source.hpp"

namespace heard::bundle {

class RowCheck {
 public:
  /// A table that is not in the bundle has no rows.
  RowCheck(Source &source, std::string path);

  const std::string &path() const { return path_; }
  bool is_there() const { return lines_ != nullptr; }
  /// The next line as it stands, for a header that has to be understood; "" at the end.
  std::string take_line();
  /// True if the next lines of the file are exactly `rows`, which ends with a line end or is empty.
  bool holds(const std::string &rows);
  /// True if nothing is left.
  bool is_over();

 private:
  std::string path_;
  std::unique_ptr<Lines> lines_;
};

}  // namespace heard::bundle
