#include "bundle/target.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/failure.hpp"

namespace heard::bundle {

namespace {

constexpr std::size_t kBuffer = std::size_t{64} * 1024;

Failure unwritable(const std::string &path) {
  return {Status::io, "'" + path + "' cannot be written; is the disk full?", {{"field", "folder"}}};
}

}  // namespace

FolderTarget::FolderTarget(std::string folder) : folder_(std::move(folder)) {
  if (::mkdir(folder_.c_str(), 0700) == 0) return;
  if (errno == EEXIST)
    throw Failure(Status::conflict, "'" + folder_ + "' exists already; choose another name",
                  {{"field", "folder"}});
  throw Failure(Status::io, "'" + folder_ + "' cannot be made; check the path",
                {{"field", "folder"}});
}

FolderTarget::~FolderTarget() {
  if (fd_ >= 0) ::close(fd_);
  if (finished_) return;
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void FolderTarget::begin(const std::string &path) {
  file_ = folder_ + "/" + path;
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(file_).parent_path(), failed);
  fd_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (failed || fd_ < 0) throw unwritable(file_);
}

void FolderTarget::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void FolderTarget::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t done = ::write(fd_, rest.data(), rest.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) throw unwritable(file_);
    rest.remove_prefix(static_cast<std::size_t>(done));
  }
  buffer_.clear();
}

void FolderTarget::end() {
  flush();
  const bool closed = ::close(fd_) == 0;
  fd_ = -1;
  if (!closed) throw unwritable(file_);
}

void FolderTarget::finish() {
  // One sync for all files: there may be hundreds of thousands.
  const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool safe = folder >= 0 && ::syncfs(folder) == 0;
  if (folder >= 0) ::close(folder);
  if (!safe) throw unwritable(folder_);
  finished_ = true;
}

}  // namespace heard::bundle
