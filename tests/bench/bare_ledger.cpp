#include "bare_ledger.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace heard::bench {

namespace {

constexpr std::size_t kTile = 256;

void put(std::string &out, std::uint64_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
    out += static_cast<char>((value >> shift) & 0xFF);
}

std::size_t get(std::string_view bytes) {
  std::size_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

Hash node(const Hash &left, const Hash &right) {
  std::array<char, 65> in;
  in[0] = 1;
  std::copy(left.begin(), left.end(), in.begin() + 1);
  std::copy(right.begin(), right.end(), in.begin() + 33);
  return sha256({in.data(), in.size()});
}

/// Salts and identifiers must be drawn even where the loop writes those it was given.
void draw_randomness() {
  std::array<std::uint8_t, 48> bytes;
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace

Entry read_entry(BareDatabase &database, std::int64_t seq) {
  const Row row = database
                      .rows(
                          "SELECT wall_ms, kind, thread, rid, ref, salt, fields, actor, at"
                          " FROM event JOIN body USING(seq) WHERE seq = ?1",
                          {{SQLITE_INTEGER, seq, {}}})
                      .at(0);
  return {seq,           row[0].number, row[1].number, row[2].bytes, row[3].bytes,
          row[4].number, row[5].bytes,  row[6].bytes,  row[7].bytes, row[8].number};
}

Hash commitment(std::string_view salt, std::string_view fields, std::string &scratch) {
  std::string all = "heardcmt";
  all.resize(12);
  std::uint64_t count = 0;
  Hash salts{};
  for (std::string_view rest = fields; !rest.empty(); ++count) {
    if (count % 2 == 0) {
      scratch.assign(salt).push_back('s');
      put(scratch, count / 2, 4);
      salts = sha256(scratch);
    }
    const std::size_t length = get(rest.substr(2, 4));
    scratch.assign("heardfld").append(view(salts).substr((count % 2) * 16, 16));
    scratch.append(rest.substr(0, 6 + length));
    all.append(rest.substr(0, 2)).append(view(sha256(scratch)));
    rest.remove_prefix(6 + length);
  }
  std::string number;
  put(number, count, 4);
  return sha256(all.replace(8, 4, number));
}

Hash leaf_hash(const Entry &entry, const Hash &commitment, std::string &scratch) {
  scratch.assign(1, '\0').append("HRD1\1");
  put(scratch, static_cast<std::uint64_t>(entry.seq), 8);
  put(scratch, static_cast<std::uint64_t>(entry.wall_ms), 8);
  put(scratch, static_cast<std::uint64_t>(entry.kind), 2);
  put(scratch, 0, 2);
  scratch.append(entry.thread).append(entry.rid);
  put(scratch, static_cast<std::uint64_t>(entry.ref), 8);
  return sha256(scratch.append(view(commitment)));
}

BareTree::BareTree(std::int64_t size, std::string_view frontier) : size_(size) {
  for (; !frontier.empty(); frontier.remove_prefix(32))
    std::copy_n(frontier.begin(), 32, subtrees_.emplace_back().begin());
}

void BareTree::append(Hash leaf) {
  for (std::int64_t rest = size_++; rest & 1; rest >>= 1) {
    leaf = node(subtrees_.back(), leaf);
    subtrees_.pop_back();
  }
  subtrees_.push_back(leaf);
}

Hash BareTree::root() const {
  if (subtrees_.empty()) return sha256("");
  Hash root = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i-- > 0;) root = node(subtrees_[i], root);
  return root;
}

std::string BareTree::frontier() const {
  std::string bytes;
  for (const Hash &hash : subtrees_) bytes += view(hash);
  return bytes;
}

BareLedger::BareLedger(BareDatabase &database)
    : database_(database),
      event_(database.prepare("INSERT INTO event(seq, v, wall_ms, kind, flags, thread, rid, ref,"
                              " cm) VALUES(?1, 1, ?2, ?3, 0, ?4, ?5, ?6, ?7)")),
      body_(database.prepare("INSERT INTO body(seq, form, salt, fields, actor, at)"
                             " VALUES(?1, 0, ?2, ?3, ?4, ?5)")),
      head_(database.prepare("SELECT size, frontier FROM head WHERE id = 1")),
      save_head_(database.prepare("UPDATE head SET size = ?1, root = ?2, frontier = ?3")),
      tile_(database.prepare("INSERT INTO tile(level, idx, hashes) VALUES(0, ?1, ?2)")) {
  const std::string tail =
      "SELECT seq, wall_ms, kind, thread, rid, ref, cm FROM event"
      " WHERE seq >= (SELECT size - size % 256 FROM head) ORDER BY seq";
  for (const Row &row : database.rows(tail)) {
    Hash commitment;
    std::copy_n(row[6].bytes.begin(), 32, commitment.begin());
    const Entry entry{row[0].number,
                      row[1].number,
                      row[2].number,
                      row[3].bytes,
                      row[4].bytes,
                      row[5].number,
                      {},
                      {},
                      {},
                      0};
    tail_.push_back(leaf_hash(entry, commitment, scratch_));
  }
}

void BareLedger::begin() {
  database_.exec("BEGIN IMMEDIATE");
  sqlite3_step(head_);
  tree_ = BareTree(sqlite3_column_int64(head_, 0), column_bytes(head_, 1));
  sqlite3_reset(head_);
}

void BareLedger::append(const Entry &entry) {
  draw_randomness();
  const Hash sealed = commitment(entry.salt, entry.fields, scratch_);
  bind(event_, 1, entry.seq);
  bind(event_, 2, entry.wall_ms);
  bind(event_, 3, entry.kind);
  bind_blob(event_, 4, entry.thread);
  bind_blob(event_, 5, entry.rid);
  bind(event_, 6, entry.ref);
  bind_blob(event_, 7, view(sealed));
  database_.run(event_);
  bind(body_, 1, entry.seq);
  bind_blob(body_, 2, entry.salt);
  bind_blob(body_, 3, entry.fields);
  sqlite3_bind_text(body_, 4, entry.actor.data(), static_cast<int>(entry.actor.size()),
                    SQLITE_STATIC);
  bind(body_, 5, entry.at);
  database_.run(body_);
  tail_.push_back(leaf_hash(entry, sealed, scratch_));
  tree_.append(tail_.back());
  if (tail_.size() == kTile) insert_tile();
}

void BareLedger::insert_tile() {
  if (tree_.size() % (kTile * kTile) == 0)
    throw std::runtime_error("the bare ledger has no second level of tiles; use less history");
  std::string hashes;
  for (const Hash &leaf : tail_) hashes += view(leaf);
  bind(tile_, 1, tree_.size() / static_cast<std::int64_t>(kTile) - 1);
  bind_blob(tile_, 2, hashes);
  database_.run(tile_);
  tail_.clear();
}

void BareLedger::commit() {
  const Hash root = tree_.root();
  const std::string frontier = tree_.frontier();
  bind(save_head_, 1, tree_.size());
  bind_blob(save_head_, 2, view(root));
  bind_blob(save_head_, 3, frontier);
  database_.run(save_head_);
  database_.exec("COMMIT");
}

}  // namespace heard::bench
