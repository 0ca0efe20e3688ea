// What the disk may hold after the power went: all that was synced, and any part of what was not.
#pragma once

#include <deque>
#include <functional>
#include <random>
#include <string>

#include "support/shim_vfs.hpp"

namespace heard::crash {

/// Follows the database file and the log of one store from its first byte on. Before every write,
/// cut and sync it makes the files that a power cut could leave just then: with none, all, half or
/// seven eighths of the 512-byte pieces written since their last sync. Folder entries count as
/// durable. No real sync is made.
class PowerLoss {
 public:
  /// `image`: where each crash image is put, as a store of its own with its log.
  PowerLoss(support::ShimVfs &shim, std::string path, std::string image, unsigned seed);

  /// Called for each image; no images are made while this is empty.
  std::function<void()> judge;
  /// Called when SQLite is about to sync the log; not for the syncs it causes itself.
  std::function<void()> before_log_sync;
  /// A disk that says "done" and does nothing.
  bool lies = false;

  /// Makes the images of this moment.
  void cut_power();
  int images() const { return images_; }
  /// How often the database file was synced: once in each checkpoint that went through.
  int checkpoints() const { return checkpoints_; }

 private:
  struct Change {
    std::uint64_t number;
    std::int64_t offset;  ///< or the new size
    std::string bytes;    ///< none: the file was cut
  };
  struct File {
    std::string durable;
    std::deque<Change> pending;
  };

  std::optional<int> see(const support::FileCall &call);
  void write(File &file, std::int64_t offset, std::string_view bytes);
  void sync(File &file, bool is_log);
  std::string content(const File &file, unsigned kept_of_8);
  void make_image(unsigned kept_of_8);
  static void apply(std::string &bytes, const Change &change);

  std::string path_;
  std::string image_;
  std::mt19937 random_;
  File database_;
  File log_;
  std::uint64_t changes_ = 0;
  bool syncing_ = false;
  int images_ = 0;
  int checkpoints_ = 0;
};

}  // namespace heard::crash
