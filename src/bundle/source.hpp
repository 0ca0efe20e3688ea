// Reads an export back: a bundle from a zip or a folder, or lines from a file; what is inside is
// not to be trusted.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace heard::bundle {

/// The bytes of one file, from front to back.
class Bytes {
 public:
  virtual ~Bytes() = default;
  /// The next piece; empty at the end. Lives until the next call. Throws Failure(corrupt).
  virtual std::string_view next() = 0;
};

class Source {
 public:
  virtual ~Source() = default;
  /// Paths of all files below the bundle's top folder, sorted, each once.
  const std::vector<std::string> &paths() const { return paths_; }
  bool has(const std::string &path) const;
  /// Throws Failure(corrupt) for a file that is not there.
  virtual std::unique_ptr<Bytes> open(const std::string &path) = 0;
  /// A whole small file. Throws Failure(limit) above 64 MB.
  std::string text(const std::string &path);

  /// A folder, or a zip with one top folder. Throws Failure(not_found | corrupt).
  static std::unique_ptr<Source> of(const std::string &path);
  /// True for what `of` takes: a folder, or a file that begins as a zip does.
  static bool is_bundle(const std::string &path);

 protected:
  std::vector<std::string> paths_;
};

std::unique_ptr<Source> open_zip(const std::string &path);
/// A file of its own. Throws Failure(not_found).
std::unique_ptr<Bytes> open_file(const std::string &path);

/// Takes bytes apart into lines, without their ends ("\n"; a "\r" before it stays).
class Lines {
 public:
  explicit Lines(std::unique_ptr<Bytes> bytes) : bytes_(std::move(bytes)) {}
  /// False at the end. Throws Failure(limit) for a line of more than 64 MB.
  bool next(std::string &line);

 private:
  std::unique_ptr<Bytes> bytes_;
  std::string_view rest_;
  bool ended_ = false;
};

}  // namespace heard::bundle
