#include "store/place.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::store {

namespace {

constexpr std::array<std::string_view, 19> kNetworkTypes{"9p",
                                                         "afs",
                                                         "beegfs",
                                                         "ceph",
                                                         "cifs",
                                                         "coda",
                                                         "davfs",
                                                         "fuse.ceph",
                                                         "fuse.davfs2",
                                                         "fuse.gcsfuse",
                                                         "fuse.glusterfs",
                                                         "fuse.rclone",
                                                         "fuse.s3fs",
                                                         "fuse.sshfs",
                                                         "lustre",
                                                         "ncpfs",
                                                         "nfs",
                                                         "nfs4",
                                                         "smb3"};

std::filesystem::path folder_of(const std::string &path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? std::filesystem::path(".") : folder;
}

/// The mount table writes blanks and the like as \040.
std::string without_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '\\' && i + 3 < text.size();
    if (!is_escape) {
      plain += text[i];
      continue;
    }
    plain +=
        static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + text[i + 3] - '0');
    i += 3;
  }
  return plain;
}

bool lies_below(std::string_view path, std::string_view mount) {
  if (mount == "/") return true;
  return path.starts_with(mount) && (path.size() == mount.size() || path[mount.size()] == '/');
}

/// Anyone could plant files in a world-writable folder without the sticky bit.
void refuse_open_folder(const std::filesystem::path &folder) {
  struct stat info {};
  if (::stat(folder.c_str(), &info) != 0 || (info.st_mode & S_IWOTH) == 0) return;
  if ((info.st_mode & S_ISVTX) != 0) return;
  throw Failure(Status::io, fmt::format("the folder '{}' is writable by everyone; choose another "
                                        "one, or take that right away (chmod o-w)",
                                        folder.string()));
}

void refuse_network(const std::string &path) {
  std::ifstream table("/proc/self/mountinfo");
  const std::string mounts{std::istreambuf_iterator<char>(table), {}};
  std::error_code error;
  const auto folder = std::filesystem::canonical(folder_of(path), error);
  if (error) return;  // opening it says why
  const std::string type = network_file_system(mounts, folder.string());
  if (type.empty()) return;
  throw Failure(Status::io,
                fmt::format("'{}' lies on a network file system ({}), where locks do not hold "
                            "between machines; keep the store on a disk of this machine",
                            path, type),
                {{"file_system", type}});
}

bool has_log(const std::string &path) {
  struct stat info {};
  return ::stat((path + "-wal").c_str(), &info) == 0 && info.st_size > 0;
}

void make_folder(const std::filesystem::path &folder) {
  std::error_code error;
  if (!std::filesystem::create_directories(folder, error)) {
    if (error)
      throw Failure(Status::io, fmt::format("the folder '{}' cannot be made", folder.string()));
    return;
  }
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
}

}  // namespace

std::optional<FileIdentity> identity_of(const std::string &path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return std::nullopt;
  return FileIdentity(info.st_dev, info.st_ino);
}

void make_private_file(const std::string &path) {
  make_folder(folder_of(path));
  check_place(path);
  // 0600 from the first byte on; SQLite gives -wal and -shm the same mode.
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    throw Failure(Status::io,
                  fmt::format("'{}' cannot be made; check the folder's permissions", path));
  ::close(fd);
}

void check_place(const std::string &path) {
  refuse_open_folder(folder_of(path));
  refuse_network(path);
}

bool is_frozen(const std::string &path) {
  struct statvfs medium {};
  return ::statvfs(folder_of(path).c_str(), &medium) == 0 && (medium.f_flag & ST_RDONLY) != 0 &&
         !has_log(path);
}

void refuse_unusable_log(const std::string &path) {
  if (!has_log(path)) return;
  if (::access((path + "-shm").c_str(), R_OK) == 0 || ::access(folder_of(path).c_str(), W_OK) == 0)
    return;
  throw Failure(Status::io, fmt::format("'{}' has a log beside it ('-wal') that cannot be used on "
                                        "a read-only medium; open the store once where it can be "
                                        "written, then copy it again",
                                        path));
}

std::string network_file_system(std::string_view mounts, std::string_view path) {
  std::string_view type;
  std::size_t longest = 0;
  for (const std::string_view line : split(mounts, '\n')) {
    const std::vector<std::string_view> words = split(line, ' ');
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (words.size() < 5 || dash == words.end() || dash + 1 == words.end()) continue;
    const std::string mount = without_escapes(words[4]);
    if (!lies_below(path, mount) || mount.size() < longest) continue;  // the last one is on top
    longest = mount.size();
    type = *(dash + 1);
  }
  const bool is_network =
      std::find(kNetworkTypes.begin(), kNetworkTypes.end(), type) != kNetworkTypes.end();
  return is_network ? std::string(type) : std::string();
}

}  // namespace heard::store
