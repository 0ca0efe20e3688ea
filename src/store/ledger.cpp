#include "store/ledger.hpp"

#include <algorithm>
#include <array>

#include "base/failure.hpp"

namespace heard::store {

namespace {

constexpr std::int64_t kTile = 256;

Failure damaged(const std::string &what) {
  return {Status::corrupt, "the ledger is damaged: " + what + "; run 'heard verify'"};
}

/// All that is random about an entry, drawn at once: asking costs more than what is drawn.
struct Drawn {
  Hash salt;
  Id rid;
};

Drawn draw() {
  Drawn drawn;
  std::array<std::uint8_t, sizeof drawn.salt + sizeof drawn.rid> bytes;
  fill_random(bytes);
  std::copy_n(bytes.begin(), drawn.salt.size(), drawn.salt.begin());
  std::copy_n(bytes.begin() + drawn.salt.size(), drawn.rid.size(), drawn.rid.begin());
  return drawn;
}

/// One level up the tree; a last hash without a partner is left out.
std::vector<Hash> joined(const std::vector<Hash> &row) {
  std::vector<Hash> above(row.size() / 2);
  for (std::size_t i = 0; i < above.size(); ++i) above[i] = node_hash(row[2 * i], row[2 * i + 1]);
  return above;
}

}  // namespace

Event read_event(const Query &row) {
  Event event;
  event.seq = row.number(0);
  event.version = static_cast<std::uint8_t>(row.number(1));
  event.wall_ms = row.number(2);
  event.kind = static_cast<std::uint16_t>(row.number(3));
  event.flags = static_cast<std::uint16_t>(row.number(4));
  event.thread = row.id(5);
  event.rid = row.id(6);
  event.ref = row.number(7);
  event.commitment = row.hash(8);
  return event;
}

void Ledger::begin() {
  Query head(database_, "SELECT size, frontier FROM head WHERE id = 1");
  if (!head.step()) throw damaged("it has no head");
  const Frontier stored(head.number(0), head.bytes(1));
  // Another process may have appended, or the last transaction was rolled back: forget the tail.
  if (stored.bytes() != frontier_.bytes()) tail_.clear();
  frontier_ = stored;
}

Entry Ledger::append(Draft draft, Millis wall_ms) {
  const Drawn drawn = draw();
  Entry entry;
  entry.body = Body::sealed(std::move(draft.fields).take(), drawn.salt);
  Event &event = entry.event;
  event.seq = frontier_.size();
  event.wall_ms = wall_ms;
  event.kind = static_cast<std::uint16_t>(draft.kind);
  event.rid = draft.rid == kNoId ? drawn.rid : draft.rid;
  event.thread = draft.thread == kNoId ? event.rid : draft.thread;
  event.ref = draft.ref;
  event.commitment = entry.body.commitment();
  insert_event(event);
  insert_body(event.seq, entry.body);
  const Hash leaf = leaf_hash(event);
  if (static_cast<std::int64_t>(tail_.size()) == event.seq % kTile) tail_.push_back(leaf);
  frontier_.append(leaf);
  if (frontier_.size() % kTile == 0) store_full_tiles();
  return entry;
}

void Ledger::insert_event(const Event &event) {
  Query insert(database_,
               "INSERT INTO event(seq, v, wall_ms, kind, flags, thread, rid, ref, cm)"
               " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  insert.bind(1, event.seq).bind(2, event.version).bind(3, event.wall_ms).bind(4, event.kind);
  insert.bind(5, event.flags).bind(6, event.thread).bind(7, event.rid).bind(8, event.ref);
  insert.bind(9, event.commitment).run();
}

void Ledger::insert_body(std::int64_t seq, const Body &body) {
  Query insert(
      database_,
      "INSERT INTO body(seq, form, salt, fields, actor, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  insert.bind(1, seq).bind(2, body.form()).blob(3, body.salt()).blob(4, body.encode());
  insert.bind(5, body.text(field_id::actor)).bind(6, body.number(field_id::at)).run();
}

void Ledger::replace_body(std::int64_t seq, const Body &body) {
  Query update(database_, "UPDATE body SET form = ?2, salt = NULL, fields = ?3 WHERE seq = ?1");
  update.bind(1, seq).bind(2, body.form()).blob(3, body.encode()).run();
}

void Ledger::remove_body(std::int64_t seq) {
  Query remove(database_, "DELETE FROM body WHERE seq = ?1");
  remove.bind(1, seq).run();
}

void Ledger::store_full_tiles() {
  std::int64_t full = frontier_.size() / kTile;
  TileNodes nodes(database_);
  for (int level = 0; full > 0; ++level) {
    const std::int64_t index = full - 1;
    std::string hashes;
    for (std::int64_t i = 0; i < kTile; ++i) {
      const bool known = level == 0 && static_cast<std::int64_t>(tail_.size()) == kTile;
      hashes += view(known ? tail_[static_cast<std::size_t>(i)]
                           : nodes.node(level * 8, index * kTile + i));
    }
    Query insert(database_, "INSERT INTO tile(level, idx, hashes) VALUES(?1, ?2, ?3)");
    insert.bind(1, level).bind(2, index).blob(3, hashes).run();
    if (full % kTile != 0) break;
    full /= kTile;
  }
  tail_.clear();
}

TreeHead Ledger::finish() {
  const TreeHead head{frontier_.size(), frontier_.root()};
  Query update(database_, "UPDATE head SET size = ?1, root = ?2, frontier = ?3 WHERE id = 1");
  update.bind(1, head.size).bind(2, head.root).blob(3, frontier_.bytes()).run();
  return head;
}

TreeHead Ledger::head() {
  Query head(database_, "SELECT size, root FROM head WHERE id = 1");
  if (!head.step()) throw damaged("it has no head");
  return {head.number(0), head.hash(1)};
}

std::optional<Event> Ledger::event(std::int64_t seq) {
  Query row(database_,
            "SELECT seq, v, wall_ms, kind, flags, thread, rid, ref, cm FROM event WHERE seq = ?1");
  row.bind(1, seq);
  if (!row.step()) return std::nullopt;
  return read_event(row);
}

std::optional<Body> Ledger::body(std::int64_t seq) {
  Query row(database_, "SELECT form, salt, fields FROM body WHERE seq = ?1");
  row.bind(1, seq);
  if (!row.step()) return std::nullopt;
  return Body::decode(static_cast<int>(row.number(0)), row.bytes(1), row.bytes(2));
}

std::optional<std::int64_t> Ledger::find(const Id &rid) {
  Query row(database_, "SELECT seq FROM event WHERE rid = ?1");
  row.bind(1, rid);
  if (!row.step()) return std::nullopt;
  return row.number(0);
}

void Ledger::each(std::int64_t from, std::int64_t to,
                  const std::function<void(const Event &, std::optional<Body>)> &visit,
                  const std::function<bool(const Event &)> &wanted) {
  Query rows(database_,
             "SELECT e.seq, e.v, e.wall_ms, e.kind, e.flags, e.thread, e.rid, e.ref, e.cm,"
             " b.form, b.salt, b.fields FROM event e LEFT JOIN body b ON b.seq = e.seq"
             " WHERE e.seq >= ?1 AND e.seq < ?2 ORDER BY e.seq");
  rows.bind(1, from).bind(2, to);
  while (rows.step()) {
    const Event event = read_event(rows);
    if (wanted && !wanted(event)) continue;
    std::optional<Body> body;
    if (!rows.is_null(9))
      body = Body::decode(static_cast<int>(rows.number(9)), rows.bytes(10), rows.bytes(11));
    visit(event, std::move(body));
  }
}

std::vector<Hash> Ledger::inclusion(std::int64_t seq, std::int64_t size) {
  TileNodes nodes(database_);
  return inclusion_proof(nodes, seq, size);
}

std::vector<Hash> Ledger::consistency(std::int64_t earlier, std::int64_t size) {
  TileNodes nodes(database_);
  return consistency_proof(nodes, earlier, size);
}

Hash Ledger::root_at(std::int64_t size) {
  TileNodes nodes(database_);
  return root_of(nodes, size);
}

Id Ledger::id() {
  const auto first = event(0);
  if (!first) throw damaged("its first entry is missing");
  return first->thread;
}

std::string Ledger::meta(std::string_view key) {
  Query row(database_, "SELECT v FROM meta WHERE k = ?1");
  row.bind(1, key);
  return row.step() ? row.text(0) : std::string();
}

void Ledger::set_meta(std::string_view key, std::string_view value) {
  Query row(database_, "INSERT INTO meta(k, v) VALUES(?1, ?2) ON CONFLICT(k) DO UPDATE SET v = ?2");
  row.bind(1, key).blob(2, value).run();
}

Hash tile_root(const std::vector<Hash> &hashes) {
  std::vector<Hash> row = hashes;
  while (row.size() > 1) row = joined(row);
  return row.front();
}

Hash TileNodes::node(int level, std::int64_t index) {
  const int inside = level % 8;
  const std::int64_t across = kTile >> inside;
  const std::vector<Hash> &row = tile(level / 8, index / across)[static_cast<std::size_t>(inside)];
  const auto place = static_cast<std::size_t>(index % across);
  if (place >= row.size()) throw damaged("a tile or an entry is missing");
  return row[place];
}

const TileNodes::Levels &TileNodes::tile(int level, std::int64_t index) {
  const auto found = cache_.find({level, index});
  if (found != cache_.end()) return found->second;
  Levels levels;
  levels.front() = load_tile(level, index);
  for (std::size_t i = 1; i < levels.size(); ++i) levels[i] = joined(levels[i - 1]);
  if (cache_.size() > 256) cache_.clear();  // 4 MB
  return cache_.emplace(std::pair(level, index), std::move(levels)).first->second;
}

std::vector<Hash> TileNodes::load_tile(int level, std::int64_t index) {
  Query row(database_, "SELECT hashes FROM tile WHERE level = ?1 AND idx = ?2");
  row.bind(1, level).bind(2, index);
  if (row.step()) {
    const std::string_view stored = row.bytes(0);
    if (stored.size() != kTile * 32) throw damaged("a tile has the wrong size");
    std::vector<Hash> hashes(kTile);
    for (std::size_t i = 0; i < hashes.size(); ++i)
      std::copy_n(stored.begin() + static_cast<std::ptrdiff_t>(i * 32), 32, hashes[i].begin());
    return hashes;
  }
  if (level == 0) return leaves(index * kTile);
  // Not full yet: each full tile below gives one hash.
  std::vector<Hash> hashes;
  Query below(database_, "SELECT COUNT(*) FROM tile WHERE level = ?1 AND idx >= ?2 AND idx < ?3");
  below.bind(1, level - 1).bind(2, index * kTile).bind(3, (index + 1) * kTile);
  const std::int64_t count = below.step() ? below.number(0) : 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::vector<Hash> &root = tile(level - 1, index * kTile + i).back();
    if (root.empty()) break;  // others filled it since it was read: our head does not reach there
    hashes.push_back(root.front());
  }
  return hashes;
}

std::vector<Hash> TileNodes::leaves(std::int64_t from) {
  std::vector<Hash> hashes;
  Query rows(database_,
             "SELECT seq, v, wall_ms, kind, flags, thread, rid, ref, cm FROM event"
             " WHERE seq >= ?1 AND seq < ?2 ORDER BY seq");
  rows.bind(1, from).bind(2, from + kTile);
  while (rows.step()) hashes.push_back(leaf_hash(read_event(rows)));
  return hashes;
}

}  // namespace heard::store
