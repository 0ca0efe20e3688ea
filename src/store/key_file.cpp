#include "store/key_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/failure.hpp"

namespace heard::store {

namespace {

constexpr std::string_view kBegin = "-----BEGIN PRIVATE KEY-----\n";
constexpr std::string_view kEnd = "\n-----END PRIVATE KEY-----\n";
/// What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410).
constexpr std::string_view kPrefix{
    "\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 16};
constexpr std::size_t kMostBytes = 1000;

/// Closes itself.
class File {
 public:
  File(const std::string &path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  File(const File &) = delete;
  File &operator=(const File &) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  bool is_open() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  bool write_synced(std::string_view bytes) const {
    return ::write(fd_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
           ::fsync(fd_) == 0;
  }

 private:
  int fd_;
};

bool is_there(const std::string &path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0;
}

Failure cannot_write(const std::string &path) {
  return {Status::io, fmt::format("the key file '{}' cannot be written; check its folder", path)};
}

void sync_folder(const std::string &path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const File opened(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (!opened.is_open() || ::fsync(opened.fd()) != 0) throw cannot_write(path);
}

std::string pem_of(const SigningSeed &seed) {
  return std::string(kBegin) + to_base64(std::string(kPrefix) + std::string(view(seed))) +
         std::string(kEnd);
}

std::optional<SigningSeed> seed_of(std::string_view pem) {
  if (!pem.starts_with(kBegin) || !pem.ends_with(kEnd)) return std::nullopt;
  pem.remove_prefix(kBegin.size());
  if (pem.size() < kEnd.size()) return std::nullopt;
  pem.remove_suffix(kEnd.size());
  const auto bytes = from_base64(pem);
  if (!bytes || bytes->size() != 48 || !bytes->starts_with(kPrefix)) return std::nullopt;
  SigningSeed seed{};
  std::copy(bytes->begin() + 16, bytes->end(), seed.begin());
  return seed;
}

/// Nobody else may be able to read or plant it.
void refuse_shared(const File &file, const std::string &path) {
  struct stat info {};
  const bool known = ::fstat(file.fd(), &info) == 0;
  if (!known || !S_ISREG(info.st_mode))
    throw Failure(Status::corrupt, fmt::format("the key file '{}' is not a file", path));
  if ((info.st_mode & 077) != 0)
    throw Failure(Status::denied,
                  fmt::format("the key file '{}' can be read by others, so nothing is signed with "
                              "it; take their rights away (chmod 600)",
                              path));
  if (info.st_uid != ::geteuid() && ::geteuid() != 0)
    throw Failure(Status::denied, fmt::format("the key file '{}' belongs to somebody else; the "
                                              "user who runs Heard must own it",
                                              path));
}

SigningSeed read_seed(const std::string &path) {
  const File file(path, O_RDONLY);
  if (!file.is_open() && errno == ENOENT)
    throw Failure(Status::not_found, fmt::format("the key file '{}' is missing; put it back, or "
                                                 "name it with 'ledger.key'",
                                                 path));
  if (!file.is_open())
    throw Failure(Status::denied, fmt::format("the key file '{}' cannot be read; only the user "
                                              "who owns it can sign",
                                              path));
  refuse_shared(file, path);
  std::string pem(kMostBytes, '\0');
  const ssize_t got = ::read(file.fd(), pem.data(), pem.size());
  pem.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  const auto seed = seed_of(pem);
  if (!seed)
    throw Failure(Status::corrupt,
                  fmt::format("'{}' is not an Ed25519 key of its own (PEM, PKCS #8)", path));
  return *seed;
}

void write_new(const std::string &path, const SigningSeed &seed) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL);
  if (!file.is_open() || !file.write_synced(pem_of(seed))) throw cannot_write(path);
  sync_folder(path);
}

/// An administrator who changes the key leaves it to the user who runs Heard.
void give_to_owner_of(const std::string &path, const std::string &made) {
  struct stat info {};
  if (::geteuid() != 0 || ::lstat(path.c_str(), &info) != 0) return;
  if (::lchown(made.c_str(), info.st_uid, info.st_gid) != 0) throw cannot_write(made);
}

void overwrite_and_remove(const std::string &path) {
  {
    const File file(path, O_WRONLY);
    struct stat info {};
    if (file.is_open() && ::fstat(file.fd(), &info) == 0)
      file.write_synced(std::string(static_cast<std::size_t>(info.st_size), '\0'));
  }
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw cannot_write(path);
  sync_folder(path);
}

}  // namespace

bool KeyFile::exists() const { return is_there(path_); }

SigningSeed KeyFile::read() const { return read_seed(path_); }

PublicKey KeyFile::public_key() const {
  SigningSeed seed = read();
  const PublicKey key = public_key_of(seed);
  wipe(seed);
  return key;
}

void KeyFile::make() const {
  if (exists()) return;
  SigningSeed seed = new_signing_seed();
  write_new(path_, seed);
  wipe(seed);
}

bool KeyFile::is_changing() const { return is_there(next_path()) || is_there(old_path()); }

PublicKey KeyFile::make_next() const {
  if (is_there(next_path())) discard_next();
  SigningSeed seed = new_signing_seed();
  write_new(next_path(), seed);
  give_to_owner_of(path_, next_path());
  const PublicKey key = public_key_of(seed);
  wipe(seed);
  return key;
}

std::optional<SigningSeed> KeyFile::next() const {
  if (!is_there(next_path())) return std::nullopt;
  try {
    return read_seed(next_path());
  } catch (const Failure &) {
    return std::nullopt;  // half written: nothing was ever signed with it
  }
}

void KeyFile::adopt_next() const {
  destroy_old();
  // Where the file system knows no second name, the old key is only unlinked.
  if (::link(path_.c_str(), old_path().c_str()) != 0 && errno != ENOENT && errno != EPERM &&
      errno != EOPNOTSUPP)
    throw cannot_write(path_);
  if (::rename(next_path().c_str(), path_.c_str()) != 0) throw cannot_write(path_);
  sync_folder(path_);
  destroy_old();
}

void KeyFile::discard_next() const { overwrite_and_remove(next_path()); }

void KeyFile::destroy_old() const {
  if (!is_there(old_path())) return;
  struct stat now {};
  struct stat old {};
  // Killed between link and rename: the same file still is the key, and only the name goes.
  const bool is_key = ::lstat(path_.c_str(), &now) == 0 && ::lstat(old_path().c_str(), &old) == 0 &&
                      now.st_ino == old.st_ino && now.st_dev == old.st_dev;
  if (!is_key) return overwrite_and_remove(old_path());
  if (::unlink(old_path().c_str()) != 0) throw cannot_write(old_path());
}

}  // namespace heard::store
