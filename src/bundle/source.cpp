#include "bundle/source.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/failure.hpp"

namespace heard::bundle {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMost = std::size_t{64} * 1024 * 1024;

Failure too_long(const std::string &what) {
  return {Status::limit, what + " is longer than 64 MB; this is no bundle of Heard"};
}

class FileBytes : public Bytes {
 public:
  explicit FileBytes(const std::string &path) : in_(path, std::ios::binary), piece_(65536, '\0') {
    if (!in_) throw Failure(Status::corrupt, "'" + path + "' cannot be read");
  }
  std::string_view next() override {
    in_.read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
    return {piece_.data(), static_cast<std::size_t>(in_.gcount())};
  }

 private:
  std::ifstream in_;
  std::string piece_;
};

class FolderSource : public Source {
 public:
  explicit FolderSource(std::string folder) : folder_(std::move(folder)) {
    for (const auto &item : fs::recursive_directory_iterator(folder_)) {
      if (item.is_directory() && !item.is_symlink()) continue;
      if (!item.is_regular_file() || item.is_symlink())
        throw Failure(Status::corrupt, "'" + item.path().string() + "' is no plain file");
      paths_.push_back(fs::relative(item.path(), folder_).generic_string());
    }
    std::sort(paths_.begin(), paths_.end());
  }
  std::unique_ptr<Bytes> open(const std::string &path) override {
    if (!has(path)) throw Failure(Status::corrupt, "'" + path + "' is missing from the bundle");
    return std::make_unique<FileBytes>(folder_ + "/" + path);
  }

 private:
  std::string folder_;
};

}  // namespace

std::unique_ptr<Bytes> open_file(const std::string &path) {
  if (!fs::is_regular_file(path))
    throw Failure(Status::not_found, "'" + path + "' cannot be read; check the path",
                  {{"field", "export"}});
  return std::make_unique<FileBytes>(path);
}

bool Source::has(const std::string &path) const {
  return std::binary_search(paths_.begin(), paths_.end(), path);
}

std::string Source::text(const std::string &path) {
  const auto bytes = open(path);
  std::string all;
  for (std::string_view piece = bytes->next(); !piece.empty(); piece = bytes->next()) {
    all += piece;
    if (all.size() > kMost) throw too_long("'" + path + "'");
  }
  return all;
}

bool Source::is_bundle(const std::string &path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return true;
  std::ifstream in(path, std::ios::binary);
  char head[4] = {};
  in.read(head, 4);
  return in.gcount() == 4 && std::string_view(head, 2) == "PK";
}

std::unique_ptr<Source> Source::of(const std::string &path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored))
    throw Failure(Status::not_found, "'" + path + "' cannot be read; check the path",
                  {{"field", "export"}});
  if (fs::is_directory(path, ignored)) return std::make_unique<FolderSource>(path);
  return open_zip(path);
}

bool Lines::next(std::string &line) {
  line.clear();
  while (!ended_) {
    const std::size_t end = rest_.find('\n');
    line += rest_.substr(0, end);
    if (line.size() > kMost) throw too_long("a line");
    if (end != std::string_view::npos) {
      rest_.remove_prefix(end + 1);
      return true;
    }
    rest_ = bytes_->next();
    ended_ = rest_.empty();
  }
  return !line.empty();
}

}  // namespace heard::bundle
