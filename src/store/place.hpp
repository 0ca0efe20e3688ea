// Where a store may lie: on a disk of this machine, in a folder that is not everybody's.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace heard::store {

/// Device and inode: which file it is, whatever its name.
using FileIdentity = std::pair<dev_t, ino_t>;
std::optional<FileIdentity> identity_of(const std::string &path);

/// Makes the folder of a new store, 0700, and the file, 0600. Throws Failure(io).
void make_private_file(const std::string &path);

/// Throws Failure(io) for a network file system and for a folder in which anybody may replace
/// files: SQLite's locks do not hold on the one, nobody can trust the other.
void check_place(const std::string &path);

/// True on a read-only medium with no log beside the file: nobody can write, not even a lock.
bool is_frozen(const std::string &path);

/// Throws Failure(io) for a log with content that a reader cannot use: it belongs to the store,
/// and without it only half the truth would be told.
void refuse_unusable_log(const std::string &path);

/// The type of network file system that holds the absolute `path`, by the kernel's mount table
/// (the text of /proc/self/mountinfo); "" for any other. The file system itself (statfs) is not
/// asked: some hide what they are.
std::string network_file_system(std::string_view mounts, std::string_view path);

}  // namespace heard::store
