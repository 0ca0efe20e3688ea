// The file that keeps a ledger's private key: PEM as OpenSSL reads it, mode 0600, one owner; and
// how a new key takes the old one's place without a moment at which neither is there.
#pragma once

#include <optional>
#include <string>

#include "base/signature.hpp"

namespace heard::store {

/// Names a file; keeps nothing of it. What changes files is called with the writer lock held.
class KeyFile {
 public:
  explicit KeyFile(std::string path) : path_(std::move(path)) {}
  const std::string &path() const { return path_; }

  bool exists() const;
  /// Throws Failure(not_found | denied | corrupt) with the path in the sentence.
  SigningSeed read() const;
  PublicKey public_key() const;
  /// Makes a new key, durably, unless there is a file already.
  void make() const;

  /// True when a change of keys was begun and not ended.
  bool is_changing() const;
  /// Puts a new key beside the old one, durably.
  PublicKey make_next() const;
  /// The key beside; nothing when there is none that can be read.
  std::optional<SigningSeed> next() const;
  /// The next key takes the old one's place, and the old one is overwritten and gone.
  void adopt_next() const;
  /// Overwrites and removes the next key.
  void discard_next() const;
  /// Ends what adopt_next began.
  void destroy_old() const;

 private:
  std::string next_path() const { return path_ + ".next"; }
  std::string old_path() const { return path_ + ".old"; }
  std::string path_;
};

}  // namespace heard::store
