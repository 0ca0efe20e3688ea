// Where copies of checkpoints go, so that somebody else holds them; and reading them back.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/checkpoint.hpp"
#include "store/checkpoint_table.hpp"

namespace heard::audit {

/// A place outside the store. One small interface, so that mail or a time stamp can follow.
class Anchor {
 public:
  virtual ~Anchor() = default;
  virtual std::string name() const = 0;
  /// Hands the checkpoint over and answers what the place gave for it. Throws when it is not safe
  /// there.
  virtual std::string deliver(const store::StoredCheckpoint &checkpoint) = 0;
};

/// A file on another volume: one line a checkpoint, appended and synced, never shortened.
/// `is_known`: something was delivered there before, so it must not be made anew.
std::unique_ptr<Anchor> file_anchor(const std::string &path, bool is_known);

struct AnchorLine {
  std::int64_t line = 0;
  Millis at = 0;
  store::Checkpoint checkpoint;
};

struct AnchorFile {
  std::vector<AnchorLine> lines;
  std::vector<std::int64_t> unreadable;  ///< numbers of whole lines that make no sense
};

/// Lines that were cut short when the power failed are passed over. Throws Failure(not_found) when
/// the file cannot be read.
AnchorFile read_anchor_file(const std::string &path);

}  // namespace heard::audit
