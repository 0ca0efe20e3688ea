// The append-only list of everything that happened: append inside a transaction, read, prove.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/body.hpp"
#include "store/database.hpp"
#include "store/event.hpp"
#include "store/registry.hpp"
#include "store/tree.hpp"

namespace heard::store {

/// What a command wants recorded; the ledger adds seq, time, salt and commitment.
struct Draft {
  Kind kind = Kind::ledger_created;
  Id thread{};  ///< zero: a thread of its own, its rid
  Id rid{};     ///< zero: a random one
  std::int64_t ref = 0;
  FieldList fields;
};

struct Entry {
  Event event;
  Body body;
};

/// The ledger of one database. Used by one thread at a time; keeps the head of the transaction.
class Ledger {
 public:
  explicit Ledger(Database &database) : database_(database) {}

  /// Reads the head; call once inside each write transaction before appending.
  void begin();
  /// Appends one event at `wall_ms`. The entry is what a fold is given.
  Entry append(Draft draft, Millis wall_ms);
  /// Writes the head back; call before commit. The receipt's size and root.
  TreeHead finish();

  /// Entries so far in this transaction.
  std::int64_t size() const { return frontier_.size(); }

  /// The stored head (outside a transaction: as of now).
  TreeHead head();

  std::optional<Event> event(std::int64_t seq);
  std::optional<Body> body(std::int64_t seq);
  /// Erasure: the same body with fields closed takes the old one's place. Its event stays.
  void replace_body(std::int64_t seq, const Body &body);
  /// Retention: the whole body goes.
  void remove_body(std::int64_t seq);
  /// The seq of the event with this rid.
  std::optional<std::int64_t> find(const Id &rid);

  /// Calls `visit` for each entry with seq in [from, to), in order; a missing body is nothing.
  /// Bodies of entries that are not `wanted` stay unread; they are not visited.
  void each(std::int64_t from, std::int64_t to,
            const std::function<void(const Event &, std::optional<Body>)> &visit,
            const std::function<bool(const Event &)> &wanted = {});

  std::vector<Hash> inclusion(std::int64_t seq, std::int64_t size);
  std::vector<Hash> consistency(std::int64_t earlier, std::int64_t size);
  Hash root_at(std::int64_t size);

  /// The ledger's own id. Throws Failure(corrupt) when its first entry is gone.
  Id id();
  std::string meta(std::string_view key);
  void set_meta(std::string_view key, std::string_view value);

 private:
  void insert_event(const Event &event);
  void insert_body(std::int64_t seq, const Body &body);
  void store_full_tiles();

  Database &database_;
  Frontier frontier_;
  std::vector<Hash> tail_;  ///< leaf hashes since the last full tile, if known
};

/// A row of table event as read by "SELECT seq, v, wall_ms, kind, flags, thread, rid, ref, cm".
Event read_event(const Query &row);

/// Subtree hashes from tiles, and from rows where no tile is full. Caches tiles; one use, one head.
class TileNodes : public NodeSource {
 public:
  explicit TileNodes(Database &database) : database_(database) {}
  Hash node(int level, std::int64_t index) override;

 private:
  /// A tile's 256 (or at the tail: fewer) hashes, and what they join to, up to its root.
  using Levels = std::array<std::vector<Hash>, 9>;

  const Levels &tile(int level, std::int64_t index);
  std::vector<Hash> load_tile(int level, std::int64_t index);
  std::vector<Hash> leaves(std::int64_t from);

  Database &database_;
  std::map<std::pair<int, std::int64_t>, Levels> cache_;
};

/// Root of a complete tile of 256 hashes.
Hash tile_root(const std::vector<Hash> &hashes);

}  // namespace heard::store
