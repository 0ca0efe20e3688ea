// Where the files of a bundle go, one after the other: a zip that is streamed, or a new folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ports.hpp"

namespace heard::bundle {

/// One file is open at a time. Used by one thread.
class Target {
 public:
  virtual ~Target() = default;
  virtual void begin(const std::string &path) = 0;
  virtual void write(std::string_view bytes) = 0;
  virtual void end() = 0;
  /// After the last file; what was not finished is no bundle.
  virtual void finish() = 0;
};

/// A folder that must not exist yet. Taken away again unless it was finished.
class FolderTarget : public Target {
 public:
  /// Throws Failure(conflict | io).
  explicit FolderTarget(std::string folder);
  ~FolderTarget() override;
  FolderTarget(const FolderTarget &) = delete;
  FolderTarget &operator=(const FolderTarget &) = delete;

  void begin(const std::string &path) override;
  void write(std::string_view bytes) override;
  void end() override;
  void finish() override;

 private:
  void flush();

  std::string folder_, file_, buffer_;
  int fd_ = -1;
  bool finished_ = false;
};

}  // namespace heard::bundle
