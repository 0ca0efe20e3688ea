#include "audit/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "audit/verify_store.hpp"
#include "base/failure.hpp"
#include "store/ledger.hpp"

namespace heard::audit {

namespace {

/// 0600 from the first byte on; an existing file is somebody else's.
void make_new_file(const std::string &path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0 && errno == EEXIST)
    throw Failure(Status::conflict, "'" + path + "' exists; name a new file", {{"field", "path"}});
  if (fd < 0)
    throw Failure(Status::io, "'" + path + "' cannot be made; check the folder",
                  {{"field", "path"}});
  ::close(fd);
}

/// The file and its name in the folder, on the disk.
void sync_file(const std::string &path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  for (const std::string &name : {path, folder.empty() ? std::string(".") : folder.string()}) {
    const int fd = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!done) throw Failure(Status::io, "the backup '" + path + "' could not be made durable");
  }
}

class BackupRows : public views::Rows {
 public:
  BackupRows(store::Database &database, std::string path)
      : database_(database), path_(std::move(path)) {
    make_new_file(path_);
  }
  ~BackupRows() override {
    copy_check_.reset();
    copy_.reset();
    if (!is_good_) std::filesystem::remove(path_);
  }
  BackupRows(const BackupRows &) = delete;
  BackupRows &operator=(const BackupRows &) = delete;

  bool next(Record &row) override {
    if (!copy_) write_copy();
    if (!copy_check_->next(row)) return false;
    if (row.text("row") != "verdict") return true;
    is_good_ = row.flag("intact");
    row.set("path", path_)
        .set("bytes", static_cast<std::int64_t>(std::filesystem::file_size(path_)));
    if (is_good_)
      row.set("says", "the backup is written and intact");
    else
      row.set("says", "the backup was not kept: the store itself is damaged; run 'heard verify'");
    return true;
  }

 private:
  /// VACUUM INTO: one consistent moment, and nothing of what was deleted.
  void write_copy() {
    {
      store::Query copy(database_, "VACUUM INTO ?1");
      copy.bind(1, path_).run();
    }
    sync_file(path_);
    copy_ = std::make_unique<store::Database>(path_, store::Database::Mode::read, false);
    copy_check_ = verify_store(*copy_, std::nullopt);
  }

  store::Database &database_;
  std::string path_;
  std::unique_ptr<store::Database> copy_;
  std::unique_ptr<views::Rows> copy_check_;
  bool is_good_ = false;
};

}  // namespace

std::unique_ptr<views::Rows> backup_rows(store::Database &database, const std::string &path) {
  return std::make_unique<BackupRows>(database, path);
}

}  // namespace heard::audit
