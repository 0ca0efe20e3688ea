// Signs the head of the ledger now and then, hands copies on, and changes the key.
#pragma once

#include <optional>
#include <string>

#include "audit/anchor.hpp"
#include "directory/access.hpp"
#include "runtime/key_source.hpp"
#include "store/checkpoint_table.hpp"
#include "store/tree.hpp"

namespace heard::folds {
struct LedgerKey;
}

namespace heard::runtime {

class Engine;

/// Never works inside a transaction or under a lock, except to keep what was signed. Trouble with a
/// key or an anchor never reaches the command that came before: the host's log is told.
class Signing {
 public:
  static constexpr std::int64_t kMostUnsigned = 1024;  ///< entries
  static constexpr Millis kQuiet = 60'000;

  explicit Signing(Engine &engine);

  /// When a store is opened: ends a change of keys that was begun, and signs if it is time.
  void start();
  /// Signs when 1,024 entries have come since the last checkpoint, or none for a minute after some.
  void make_if_due();
  /// As make, with a warning instead of a failure.
  std::optional<store::StoredCheckpoint> make_or_warn();
  /// Signs the ledger as it is, unless that was done; nothing when it has no key.
  std::optional<store::StoredCheckpoint> make();
  /// Signs the ledger as it was at `head`, unless that was done or cannot be now (the host's log is
  /// told then).
  std::optional<store::StoredCheckpoint> make_at(const store::TreeHead &head);
  /// When make_if_due has something to do next.
  std::optional<Millis> next_due();

  /// A new key takes over, and the old one vouches for it. Answers the head after the entry.
  store::TreeHead rotate(const directory::Actor &actor);
  /// The same once a month, when the key is a file of ours.
  void rotate_if_due();

  const KeySource &source() const { return source_; }
  /// The ledger's name in checkpoints and receipts.
  const std::string &origin();

 private:
  std::optional<store::StoredCheckpoint> checkpoint_of(const store::TreeHead &head);
  void finish_change_of_keys();
  void vouch_for(const std::vector<folds::LedgerKey> &keys);
  store::StoredCheckpoint sign_head(const store::TreeHead &head);
  void check_continues(const store::TreeHead &head);
  void hand_on(const store::StoredCheckpoint &checkpoint);
  store::TreeHead append_key(const directory::Actor &actor, std::size_t keys_before,
                             const std::string &verifier_key);
  bool is_month_old();
  template <class Work>
  void quietly(Work &&work);

  Engine &engine_;
  KeySource source_;
  std::string origin_;
};

}  // namespace heard::runtime
