// A bag after BagIt 1.0 (RFC 8493): payload below data/, a manifest of it, a manifest of the rest.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "bundle/target.hpp"

namespace heard::bundle {

class BagWriter {
 public:
  explicit BagWriter(Target &target) : target_(target) {}

  /// A payload file; its path begins with "data/".
  void begin(const std::string &path);
  void write(std::string_view bytes);
  void end();
  void file(const std::string &path, std::string_view bytes);

  std::int64_t octets() const { return octets_; }
  std::int64_t files() const { return static_cast<std::int64_t>(payload_.size()); }

  /// Writes the tag files, `info` in bag-info.txt among them, and ends the target. The hash of the
  /// tag manifest, which vouches for every byte of the bag.
  Hash finish(const std::vector<std::pair<std::string, std::string>> &info);

 private:
  struct Listed {
    std::string path;
    Hash hash{};
  };
  void tag_file(const std::string &path, std::string_view bytes);
  static std::string manifest(const std::vector<Listed> &files);

  Target &target_;
  Hasher hasher_;
  std::vector<Listed> payload_, tags_;
  std::int64_t octets_ = 0;
};

}  // namespace heard::bundle
