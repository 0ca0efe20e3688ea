#include "audit/verify_store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "audit/report.hpp"
#include "audit/tombstones.hpp"
#include "base/failure.hpp"
#include "store/ledger.hpp"

namespace heard::audit {

namespace {

namespace field_id = store::field_id;
using store::Query;

constexpr std::int64_t kSlice = 8192;
constexpr std::int64_t kTile = 256;

class VerifyRows : public Report {
 public:
  VerifyRows(store::Database &database, const std::optional<Receipt> &receipt, Witnesses witnesses)
      : database_(database),
        has_receipt_(receipt.has_value()),
        tombstones_(database),
        coverage_(database, std::move(witnesses), receipt,
                  [this](auto seq, const std::string &says) { find(seq, says); }) {
    Query head(database_, "SELECT size, root, frontier FROM head WHERE id = 1");
    if (head.step()) {
      head_ = {head.number(0), head.hash(1)};
      frontier_bytes_ = head.text(2);
    } else {
      find(std::nullopt, "the ledger has no head");
    }
    // A head that claims more than there is must not keep us counting.
    Query last(database_, "SELECT COALESCE(MAX(seq), -1) FROM event");
    end_ = std::min(head_.size, last.step() ? last.number(0) + 1 : 0);
    if (end_ < head_.size)
      find(end_, fmt::format("entries {} to {} are missing", end_, head_.size - 1));
  }

 private:
  void work() override {
    if (at_ < end_) {
      const std::int64_t to = std::min(at_ + kSlice, end_);
      check_slice(at_, to);
      at_ = to;
      progress(at_, end_);
      return;
    }
    check_end();
    for (Record &row : coverage_.rows(at_)) tell(std::move(row));
    verdict(at_, head_, findings() > 0 ? damage() : judgement())
        .set("anchored", coverage_.anchored_size())
        .set("signed", coverage_.signed_size());
  }

  std::string judgement() const {
    if (has_receipt_) return "intact, and the receipt agrees; " + coverage_.says(at_);
    if (coverage_.signed_size() > 0 || coverage_.anchored_size() > 0)
      return "intact; " + coverage_.says(at_);
    return "intact; unsigned: only a receipt or a checkpoint can show that the whole was not "
           "replaced";
  }

  void check_slice(std::int64_t from, std::int64_t to) {
    Query rows(database_,
               "SELECT e.seq, e.v, e.wall_ms, e.kind, e.flags, e.thread, e.rid, e.ref, e.cm,"
               " b.form, b.salt, b.fields, b.actor, b.at FROM event e LEFT JOIN body b"
               " ON b.seq = e.seq WHERE e.seq >= ?1 AND e.seq < ?2 ORDER BY e.seq");
    rows.bind(1, from).bind(2, to);
    std::int64_t expected = from;
    while (rows.step()) {
      const std::int64_t seq = rows.number(0);
      for (; expected < seq; ++expected) missing(expected);
      check_event(rows);
      check_body(rows);
      add_leaf(seq, store::leaf_hash(store::read_event(rows)));
      expected = seq + 1;
    }
    for (; expected < to; ++expected) missing(expected);
  }

  void missing(std::int64_t seq) {
    find(seq, fmt::format("entry {} is missing", seq));
    add_leaf(seq, Hash{});
  }

  void check_event(const Query &row) {
    const std::int64_t seq = row.number(0);
    const bool shape = row.number(1) == 1 && row.bytes(5).size() == 16 &&
                       row.bytes(6).size() == 16 && row.bytes(8).size() == 32 &&
                       row.number(3) >= 0 && row.number(3) <= 0xFFFF;
    if (!shape) find(seq, fmt::format("entry {} has columns of the wrong shape", seq));
    if (row.number(4) != 0)
      find(seq, fmt::format("entry {} has flags this version does not know", seq));
    if (store::to_text(static_cast<store::Kind>(row.number(3))).empty())
      find(seq, fmt::format("entry {} is of a kind this version does not know", seq));
  }

  void check_body(const Query &row) {
    const std::int64_t seq = row.number(0);
    const auto tell = [this](std::int64_t at, const std::string &says) { find(at, says); };
    if (row.is_null(9)) {
      if (!tombstones_.removed_by(seq))
        find(seq, fmt::format("the body of entry {} is missing and no erasure says so", seq));
      tombstones_.check(store::read_event(row), std::nullopt, tell);
      return;
    }
    try {
      const auto body =
          store::Body::decode(static_cast<int>(row.number(9)), row.bytes(10), row.bytes(11));
      if (body.commitment() != row.hash(8))
        find(seq,
             fmt::format("the body of entry {} was changed: it is not what was committed to", seq));
      check_closed(seq, body);
      coverage_.entry(seq, row.number(3), body);
      tombstones_.check(store::read_event(row), body, tell);
      if (seq == 0) check_rid_key(body);
      if (body.text(field_id::actor) != row.bytes(12) ||
          body.number(field_id::at) != row.number(13))
        find(seq, fmt::format("the columns beside the body of entry {} were changed", seq));
    } catch (const Failure &failure) {
      if (failure.status() != Status::corrupt) throw;  // the disk failed; nobody changed anything
      find(seq, fmt::format("the body of entry {} was changed: it cannot be read", seq));
    }
  }

  /// Nothing is erased without an entry that says so.
  void check_closed(std::int64_t seq, const store::Body &body) {
    for (std::size_t place = 0; place < body.fields().size(); ++place) {
      const store::SaltedField &field = body.fields()[place];
      if (field.open || tombstones_.closed_by(seq, place)) continue;
      const store::FieldRow *known = store::field(field.id);
      find(seq, fmt::format("field '{}' of entry {} was taken away and no erasure says so",
                            known ? known->name : "?", seq));
    }
  }

  /// The key that tells a repeated contact from a new one, as the first entry vouches for it.
  void check_rid_key(const store::Body &body) {
    const std::string key = store::Ledger(database_).meta("rid_key");
    if (body.text(field_id::rid_key_hash) != view(sha256(key)))
      find(std::nullopt, "the key that recognises repeated contacts was changed");
  }

  void add_leaf(std::int64_t seq, const Hash &leaf) {
    computed_.append(leaf);
    tile_.push_back(leaf);
    coverage_.leaf(computed_);
    if (tile_.size() == kTile) check_tile(seq / kTile);
  }

  void check_tile(std::int64_t index) {
    Query row(database_, "SELECT hashes FROM tile WHERE level = 0 AND idx = ?1");
    row.bind(1, index);
    const std::int64_t first = index * kTile;
    if (!row.step()) {
      find(first,
           fmt::format("tile {} is missing (entries {} to {})", index, first, first + kTile - 1));
    } else {
      const std::string stored = row.text(0);
      for (std::size_t i = 0; i < tile_.size(); ++i)
        if (stored.size() != kTile * 32 || stored.compare(i * 32, 32, view(tile_[i])) != 0)
          find(first + static_cast<std::int64_t>(i),
               fmt::format("entry {} is not the one its tile was made from",
                           first + static_cast<std::int64_t>(i)));
    }
    tile_.clear();
  }

  void check_end() {
    Query beyond(database_, "SELECT COUNT(*) FROM event WHERE seq >= ?1 OR seq < 0");
    beyond.bind(1, head_.size);
    if (beyond.step() && beyond.number(0) > 0 && size_now() == head_.size)
      find(head_.size, fmt::format("{} entries stand after the ledger's end", beyond.number(0)));
    if (computed_.root() != head_.root)
      find(std::nullopt, "the root in the ledger's head is not the root of its entries");
    else if (computed_.bytes() != frontier_bytes_)
      find(std::nullopt, "the frontier in the ledger's head is not that of its entries");
    check_upper_tiles();
    check_strays();
    tombstones_.check_rights(
        [this](std::int64_t seq, const std::string &says) { find(seq, says); });
    coverage_.finish(head_.size);
  }

  /// Rows that belong to no entry.
  void check_strays() {
    if (size_now() != head_.size) return;  // somebody is writing: next time
    Query bodies(database_,
                 "SELECT COUNT(*) FROM body b WHERE NOT EXISTS(SELECT 1 FROM event e"
                 " WHERE e.seq = b.seq)");
    if (bodies.step() && bodies.number(0) > 0)
      find(std::nullopt, fmt::format("{} bodies belong to no entry", bodies.number(0)));
    std::int64_t full = head_.size / kTile;
    for (int level = 0; level < 8; ++level, full /= kTile) {
      Query tiles(database_,
                  "SELECT COUNT(*) FROM tile WHERE level = ?1 AND (idx < 0 OR idx >= ?2)");
      tiles.bind(1, level).bind(2, full);
      if (tiles.step() && tiles.number(0) > 0)
        find(std::nullopt, fmt::format("{} tiles of level {} stand after the ledger's end",
                                       tiles.number(0), level));
    }
  }

  /// Entries appended since we began are not a finding.
  std::int64_t size_now() { return store::Ledger(database_).head().size; }

  void check_upper_tiles() {
    Query rows(database_, "SELECT level, idx, hashes FROM tile WHERE level > 0");
    while (rows.step()) {
      const int level = static_cast<int>(rows.number(0));
      const std::int64_t index = rows.number(1);
      std::string expected;
      for (std::int64_t i = 0; i < kTile; ++i) {
        Query below(database_, "SELECT hashes FROM tile WHERE level = ?1 AND idx = ?2");
        below.bind(1, level - 1).bind(2, index * kTile + i);
        if (!below.step() || below.bytes(0).size() != kTile * 32) break;
        std::vector<Hash> hashes(kTile);
        for (std::size_t h = 0; h < hashes.size(); ++h)
          std::copy_n(below.bytes(0).begin() + static_cast<std::ptrdiff_t>(h * 32), 32,
                      hashes[h].begin());
        expected += view(store::tile_root(hashes));
      }
      if (rows.bytes(2) != expected)
        find(std::nullopt,
             fmt::format("tile {} of level {} is not made from the tiles below it", index, level));
    }
  }

  store::Database &database_;
  bool has_receipt_;
  Tombstones tombstones_;
  Coverage coverage_;
  store::TreeHead head_;
  std::string frontier_bytes_;
  store::Frontier computed_;
  std::vector<Hash> tile_;
  std::int64_t at_ = 0;
  std::int64_t end_ = 0;
};

}  // namespace

std::unique_ptr<views::Rows> verify_store(store::Database &database, std::optional<Receipt> receipt,
                                          Witnesses witnesses) {
  return std::make_unique<VerifyRows>(database, receipt, std::move(witnesses));
}

}  // namespace heard::audit
