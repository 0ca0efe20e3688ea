// Checks the manifests of a bag: every file is listed, every listed file is there, every hash fits.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "bundle/source.hpp"

namespace heard::bundle {

class BagCheck {
 public:
  using Find = std::function<void(const std::string &says)>;
  BagCheck(Source &source, Find find) : source_(source), find_(std::move(find)) {}

  /// The tag files and the lists themselves. The hash of the tag manifest.
  Hash check_tags();
  /// Hashes the next payload file; false when all are done.
  bool check_next();
  std::int64_t done() const { return static_cast<std::int64_t>(at_); }
  std::int64_t total() const { return static_cast<std::int64_t>(payload_.size()); }

 private:
  using List = std::map<std::string, std::string>;  ///< path to hash, hex
  List read_list(const std::string &path);
  void compare(const std::string &path, const std::string &hash);

  Source &source_;
  Find find_;
  std::vector<std::pair<std::string, std::string>> payload_;
  std::size_t at_ = 0;
};

}  // namespace heard::bundle
