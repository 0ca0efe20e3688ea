// How far a ledger is vouched for: its checkpoints, the keys that signed them, the copies that
// others hold, and a receipt, all compared with the roots of its entries in one pass.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/anchor.hpp"
#include "audit/receipt.hpp"
#include "base/record.hpp"
#include "folds/keys.hpp"
#include "store/ledger.hpp"

namespace heard::audit {

/// What is known about a ledger outside of it.
struct Witnesses {
  std::string key;                   ///< a verifier key it must have signed with; "" for none
  std::optional<PublicKey> own_key;  ///< of the key file, where it can be read
  std::vector<std::string> anchors;  ///< files with copies of its checkpoints
  std::string own_anchors;           ///< the one it appends to itself, which may be yet to come
};

/// Told of every entry in order; tells what does not fit through `find`, as it goes.
class Coverage {
 public:
  using Find = std::function<void(std::optional<std::int64_t> seq, const std::string &says)>;
  Coverage(store::Database &database, Witnesses witnesses, std::optional<Receipt> receipt,
           Find find);

  /// Before its leaf: an entry, which may name a key.
  void entry(std::int64_t seq, std::int64_t number, const store::Body &body);
  /// After each leaf.
  void leaf(const store::Frontier &computed) {
    if (computed.size() == next_size_) check_root({computed.size(), computed.root()});
  }
  /// After the last one of `size`.
  void finish(std::int64_t size);

  /// Ranges of entries: anchored, signed, unsigned.
  std::vector<Record> rows(std::int64_t size) const;
  /// The same in half a sentence.
  std::string says(std::int64_t size) const;
  std::int64_t anchored_size() const { return anchored_size_; }
  std::int64_t signed_size() const { return signed_size_; }

 private:
  struct Copy {
    const std::string *file;
    AnchorLine line;
  };
  struct Key {
    folds::LedgerKey ledger_key;
    bool is_vouched_for = false;
  };

  void read_anchors(const std::string &path);
  void look_ahead(std::int64_t size);
  void check_root(const store::TreeHead &head);
  void check_checkpoint(const store::StoredCheckpoint &stored, const store::TreeHead &head);
  void check_signature(const store::Note &note, std::int64_t size);
  void check_copy(const Copy &copy, const store::TreeHead &head);
  void check_receipt(const store::TreeHead &head);
  void check_sizes();
  void check_keys(std::int64_t size);
  void check_deliveries();
  void wrong_root(std::int64_t size, const std::string &says);

  store::Database &database_;
  Witnesses witnesses_;
  std::optional<Receipt> receipt_;
  Find find_;
  std::string origin_;
  std::vector<Key> keys_;
  std::vector<store::AnchorRow> deliveries_;  ///< as they were before the files were read
  std::multimap<std::int64_t, Copy> copies_;
  std::vector<store::StoredCheckpoint> ahead_;  ///< the next ones, newest first
  std::int64_t next_size_ = -1;
  std::int64_t agreed_size_ = 0;  ///< up to here somebody's root was the computed one
  std::int64_t anchored_size_ = 0;
  std::int64_t signed_size_ = 0;
  bool is_rewritten_ = false;
  bool is_unvouched_told_ = false;
};

}  // namespace heard::audit
