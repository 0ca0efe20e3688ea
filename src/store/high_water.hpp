// The mark kept outside the store file: how far the ledger had come. A store that is behind its
// mark is an old copy that was put back.
#pragma once

#include <optional>
#include <string>

#include "store/tree.hpp"

namespace heard::store {

struct HighWaterMark {
  Id ledger{};
  TreeHead head;
  bool operator==(const HighWaterMark &) const = default;
};

/// One small file, one line: "heard-high-water/1 LEDGER SIZE ROOT CHECK". Used by one thread at a
/// time.
class HighWaterFile {
 public:
  explicit HighWaterFile(std::string path) : path_(std::move(path)) {}
  ~HighWaterFile();
  HighWaterFile(const HighWaterFile &) = delete;
  HighWaterFile &operator=(const HighWaterFile &) = delete;

  const std::string &path() const { return path_; }
  /// Nothing when the file is not there or holds no mark (a crash may have left it empty).
  std::optional<HighWaterMark> read() const;
  /// Writes without waiting for the disk: a mark that is behind by a crash is only less strict.
  /// False when it cannot be written; the ledger does not depend on it.
  bool write(const HighWaterMark &mark);
  /// For a child after fork.
  void abandon();

 private:
  std::string path_;
  int fd_ = -1;
};

}  // namespace heard::store
