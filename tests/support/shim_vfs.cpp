#include "support/shim_vfs.hpp"

#include <stdexcept>
#include <utility>

namespace heard::support {

namespace {

using What = FileCall::What;

/// What SQLite holds for an open file: ours, then the system's in the bytes behind it.
struct ShimFile {
  sqlite3_file base;
  ShimVfs *shim;
  std::string *path;
};

constexpr int kFront = (sizeof(ShimFile) + 15) / 16 * 16;

ShimFile &ours(sqlite3_file *file) { return *reinterpret_cast<ShimFile *>(file); }
sqlite3_file *real(sqlite3_file *file) {
  return reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + kFront);
}

/// Makes the call unless the hook answers it.
template <class Make>
int pass(const ShimVfs &shim, const FileCall &call, Make make) {
  if (shim.before)
    if (const std::optional<int> answer = shim.before(call)) return *answer;
  const int code = make();
  if (shim.after && code == SQLITE_OK) shim.after(call);
  return code;
}

template <class Make>
int pass(sqlite3_file *file, const FileCall &call, Make make) {
  return pass(*ours(file).shim, call, make);
}

FileCall about(sqlite3_file *file, What what, std::int64_t offset = 0, int flags = 0) {
  return {what, *ours(file).path, offset, {}, flags, real(file)};
}

int close_file(sqlite3_file *file) {
  delete std::exchange(ours(file).path, nullptr);
  return real(file)->pMethods->xClose(real(file));
}

int read_file(sqlite3_file *file, void *to, int size, sqlite3_int64 offset) {
  return pass(file, about(file, What::read, offset),
              [&] { return real(file)->pMethods->xRead(real(file), to, size, offset); });
}

int write_file(sqlite3_file *file, const void *from, int size, sqlite3_int64 offset) {
  FileCall call = about(file, What::write, offset);
  call.bytes = {static_cast<const char *>(from), static_cast<std::size_t>(size)};
  return pass(file, call,
              [&] { return real(file)->pMethods->xWrite(real(file), from, size, offset); });
}

int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
  return pass(file, about(file, What::truncate, size),
              [&] { return real(file)->pMethods->xTruncate(real(file), size); });
}

int sync_file(sqlite3_file *file, int flags) {
  return pass(file, about(file, What::sync, 0, flags),
              [&] { return real(file)->pMethods->xSync(real(file), flags); });
}

int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return pass(file, about(file, What::size),
              [&] { return real(file)->pMethods->xFileSize(real(file), size); });
}

int lock_file(sqlite3_file *file, int level) {
  return pass(file, about(file, What::lock, 0, level),
              [&] { return real(file)->pMethods->xLock(real(file), level); });
}

int unlock_file(sqlite3_file *file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_reserved(sqlite3_file *file, int *held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int control(sqlite3_file *file, int operation, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int sector_size(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
int device(sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }

int shared_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
  return pass(file, about(file, What::shared_map, page, extend), [&] {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
  });
}

int shared_lock(sqlite3_file *file, int offset, int count, int flags) {
  const auto make = [&] {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
  };
  if ((flags & SQLITE_SHM_UNLOCK) != 0) return make();
  return pass(file, about(file, What::shared_lock, offset, flags), make);
}

void shared_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shared_unmap(sqlite3_file *file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}
int fetch(sqlite3_file *file, sqlite3_int64 offset, int size, void **memory) {
  return real(file)->pMethods->xFetch(real(file), offset, size, memory);
}

/// Without memory maps SQLite calls this only between header read and copying of a checkpoint.
int unfetch(sqlite3_file *file, sqlite3_int64 offset, void *memory) {
  return pass(file, about(file, What::changed, offset),
              [&] { return real(file)->pMethods->xUnfetch(real(file), offset, memory); });
}

const sqlite3_io_methods kMethods = {
    3,           close_file,     read_file,      write_file, truncate_file, sync_file, file_size,
    lock_file,   unlock_file,    check_reserved, control,    sector_size,   device,    shared_map,
    shared_lock, shared_barrier, shared_unmap,   fetch,      unfetch};

}  // namespace

struct ShimVfs::Vfs {
  sqlite3_vfs table;
  sqlite3_vfs *system;
  ShimVfs *shim;

  static Vfs &of(sqlite3_vfs *vfs) { return *static_cast<Vfs *>(vfs->pAppData); }

  static int open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *opened) {
    sqlite3_vfs *const system = of(vfs).system;
    ShimFile &own = ours(file);
    own.base.pMethods = nullptr;
    const std::string path = name == nullptr ? "" : name;
    const int code = pass(*of(vfs).shim, {What::open, path, 0, {}, flags},
                          [&] { return system->xOpen(system, name, real(file), flags, opened); });
    if (code != SQLITE_OK) return code;
    own = {{&kMethods}, of(vfs).shim, new std::string(path)};
    return code;
  }

  static int remove(sqlite3_vfs *vfs, const char *name, int sync_folder) {
    sqlite3_vfs *const system = of(vfs).system;
    const std::string path = name;
    return pass(*of(vfs).shim, {What::remove, path, 0, {}, 0},
                [&] { return system->xDelete(system, name, sync_folder); });
  }

  static int access(sqlite3_vfs *vfs, const char *name, int flags, int *answer) {
    return of(vfs).system->xAccess(of(vfs).system, name, flags, answer);
  }
  static int full_path(sqlite3_vfs *vfs, const char *name, int size, char *path) {
    return of(vfs).system->xFullPathname(of(vfs).system, name, size, path);
  }
};

ShimVfs::ShimVfs() : vfs_(std::make_unique<Vfs>()) {
  vfs_->system = sqlite3_vfs_find("unix");
  vfs_->shim = this;
  vfs_->table = *vfs_->system;
  vfs_->table.pNext = nullptr;
  vfs_->table.zName = "shim";
  vfs_->table.pAppData = vfs_.get();
  vfs_->table.szOsFile = kFront + vfs_->system->szOsFile;
  vfs_->table.xOpen = Vfs::open;
  vfs_->table.xDelete = Vfs::remove;
  vfs_->table.xAccess = Vfs::access;
  vfs_->table.xFullPathname = Vfs::full_path;
  if (sqlite3_vfs_register(&vfs_->table, 1) != SQLITE_OK)
    throw std::runtime_error("the file system of the test cannot be registered");
}

ShimVfs::~ShimVfs() { sqlite3_vfs_unregister(&vfs_->table); }

void write_through(const FileCall &call, std::size_t size) {
  call.file->pMethods->xWrite(call.file, call.bytes.data(), static_cast<int>(size), call.offset);
}

const char *name_of(FileCall::What what) {
  static constexpr const char *kNames[] = {"open",       "remove",      "read",   "write",
                                           "truncate",   "sync",        "size",   "lock",
                                           "shared map", "shared lock", "changed"};
  return kNames[static_cast<int>(what)];
}

}  // namespace heard::support
