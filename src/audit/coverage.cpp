#include "audit/coverage.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "base/failure.hpp"

namespace heard::audit {

namespace {

namespace field_id = store::field_id;

constexpr std::int64_t kAhead = 256;

std::string minute_of(Millis at) { return format_utc(floor_seconds(at)); }

std::string taken_away(const std::string &what, std::int64_t wanted, std::int64_t found) {
  return fmt::format(
      "{} is for {} entries, the ledger has only {}: entries were taken away, or an old copy was "
      "put back",
      what, wanted, found);
}

Record range(std::int64_t from, std::int64_t to, const char *by, const std::string &says) {
  Record row("coverage");
  row.set("row", "coverage").set("from", from).set("to", to - 1).set("by", by).set("size", to);
  return row.set("says", says);
}

}  // namespace

Coverage::Coverage(store::Database &database, Witnesses witnesses, std::optional<Receipt> receipt,
                   Find find)
    : database_(database),
      witnesses_(std::move(witnesses)),
      receipt_(std::move(receipt)),
      find_(std::move(find)) {
  origin_ = store::Ledger(database_).meta("origin");
  deliveries_ = store::anchor_rows(database_, -1);
  const bool was_used =
      std::any_of(deliveries_.begin(), deliveries_.end(), [&](const store::AnchorRow &row) {
        return row.delivered && row.receipt == witnesses_.own_anchors;
      });
  if (was_used || ::access(witnesses_.own_anchors.c_str(), F_OK) == 0)
    witnesses_.anchors.push_back(witnesses_.own_anchors);
  for (const std::string &path : witnesses_.anchors) read_anchors(path);
  look_ahead(0);
}

void Coverage::read_anchors(const std::string &path) {
  try {
    AnchorFile file = read_anchor_file(path);
    for (const std::int64_t number : file.unreadable)
      find_(std::nullopt,
            fmt::format("line {} of the anchor file '{}' cannot be read", number, path));
    for (AnchorLine &line : file.lines) {
      if (line.checkpoint.origin != origin_) continue;  // of another ledger that shares the file
      const std::int64_t size = line.checkpoint.head.size;
      copies_.emplace(size, Copy{&path, std::move(line)});
    }
  } catch (const Failure &failure) {
    find_(std::nullopt, failure.message());
  }
}

/// The next size at which the root is wanted, after `size` entries.
void Coverage::look_ahead(std::int64_t size) {
  while (!ahead_.empty() && ahead_.back().size <= size) ahead_.pop_back();
  if (ahead_.empty()) {
    ahead_ = store::checkpoints_from(database_, size + 1, kAhead);
    std::reverse(ahead_.begin(), ahead_.end());
  }
  next_size_ = INT64_MAX;
  if (!ahead_.empty()) next_size_ = ahead_.back().size;
  const auto copy = copies_.upper_bound(size);
  if (copy != copies_.end()) next_size_ = std::min(next_size_, copy->first);
  if (receipt_ && receipt_->head.size > size)
    next_size_ = std::min(next_size_, receipt_->head.size);
}

void Coverage::entry(std::int64_t seq, std::int64_t number, const store::Body &body) {
  const auto kind = static_cast<store::Kind>(number);
  if (kind != store::Kind::ledger_created && kind != store::Kind::key_rotated) return;
  const std::string origin = body.text(field_id::origin);
  if (!origin.empty() && origin != origin_)
    find_(seq, fmt::format("the ledger is called '{}', its entry {} calls it '{}'", origin_, seq,
                           origin));
  const std::string text = body.text(field_id::verifier_key);
  if (text.empty()) return;
  try {
    if (!keys_.empty()) keys_.back().ledger_key.to_seq = seq;
    keys_.push_back({{store::parse_key(text), seq, std::nullopt}, keys_.empty()});
    if (keys_.back().ledger_key.key.name != origin_)
      find_(seq, fmt::format("the key of entry {} is of another ledger", seq));
  } catch (const Failure &) {
    find_(seq, fmt::format("the key of entry {} cannot be read", seq));
  }
}

void Coverage::check_root(const store::TreeHead &head) {
  const auto [first, last] = copies_.equal_range(head.size);
  for (auto copy = first; copy != last; ++copy) check_copy(copy->second, head);
  if (receipt_ && receipt_->head.size == head.size) check_receipt(head);
  // Last: a thief of the key made it agree with what stands there now, the others cannot be made
  // to.
  if (!ahead_.empty() && ahead_.back().size == head.size) check_checkpoint(ahead_.back(), head);
  look_ahead(head.size);
}

/// Only the first: every later root then differs too.
void Coverage::wrong_root(std::int64_t size, const std::string &says) {
  if (is_rewritten_) return;
  is_rewritten_ = true;
  find_(std::nullopt, fmt::format("{}; it is one of {} to {}", says, agreed_size_, size - 1));
}

void Coverage::check_checkpoint(const store::StoredCheckpoint &stored,
                                const store::TreeHead &head) {
  try {
    const store::Note note = store::parse_note(stored.note);
    const store::Checkpoint checkpoint = store::parse_checkpoint(note.text);
    if (checkpoint.origin != origin_ || checkpoint.head.size != head.size)
      return find_(std::nullopt,
                   fmt::format("the checkpoint kept for {} entries is one for {} entries of '{}'",
                               head.size, checkpoint.head.size, checkpoint.origin));
    if (checkpoint.head.root != head.root)
      return wrong_root(head.size,
                        fmt::format("the first {} entries are not those of the checkpoint made at "
                                    "{}",
                                    head.size, minute_of(stored.at)));
    check_signature(note, head.size);
  } catch (const Failure &) {
    find_(std::nullopt, fmt::format("the checkpoint of {} entries cannot be read", head.size));
  }
}

void Coverage::check_signature(const store::Note &note, std::int64_t size) {
  std::vector<folds::LedgerKey> keys;
  for (const Key &key : keys_) keys.push_back(key.ledger_key);
  const auto place = folds::signer_at(keys, size);
  if (!place || !store::is_signed_by(note, keys[*place].key))
    return find_(std::nullopt, fmt::format("the checkpoint of {} entries is not signed by the key "
                                           "the ledger had then",
                                           size));
  if (*place + 1 < keys_.size() && keys_[*place + 1].ledger_key.from_seq + 1 == size)
    keys_[*place + 1].is_vouched_for = true;
  const Key &used = keys_[*place];
  if (!used.is_vouched_for && !is_unvouched_told_) {
    is_unvouched_told_ = true;
    return find_(used.ledger_key.from_seq,
                 fmt::format("the key that entry {} names is not vouched for: the one before it "
                             "signed no checkpoint with that entry last",
                             used.ledger_key.from_seq));
  }
  if (!used.is_vouched_for) return;
  signed_size_ = agreed_size_ = size;
}

void Coverage::check_copy(const Copy &copy, const store::TreeHead &head) {
  if (copy.line.checkpoint.head.root != head.root)
    return wrong_root(head.size,
                      fmt::format("the first {} entries are not those of which a checkpoint was "
                                  "anchored at {} (line {} of '{}')",
                                  head.size, minute_of(copy.line.at), copy.line.line, *copy.file));
  anchored_size_ = agreed_size_ = head.size;
  if (ahead_.empty() || ahead_.back().size != head.size)
    find_(std::nullopt, fmt::format("the checkpoint of {} entries, of which line {} of '{}' is a "
                                    "copy, was taken away",
                                    head.size, copy.line.line, *copy.file));
}

void Coverage::check_receipt(const store::TreeHead &head) {
  if (!receipt_->origin.empty() && receipt_->origin != origin_) return;  // told at the end
  if (!receipt_->agrees(head.root))
    return find_(std::nullopt, fmt::format("the first {} entries are not those the receipt was "
                                           "given for",
                                           head.size));
  anchored_size_ = agreed_size_ = head.size;
}

void Coverage::finish(std::int64_t size) {
  if (receipt_ && receipt_->head.size == 0) check_receipt({0, store::empty_root()});
  check_sizes();
  check_keys(size);
  check_deliveries();
}

/// Somebody knew a longer ledger than this one.
void Coverage::check_sizes() {
  const auto newest = store::newest_checkpoint(database_);
  // Read last: entries and checkpoints that came since the check began are no finding.
  const std::int64_t size_now = store::Ledger(database_).head().size;
  if (receipt_ && !receipt_->origin.empty() && receipt_->origin != origin_)
    find_(std::nullopt, fmt::format("the receipt is of the ledger '{}', this one is '{}'",
                                    receipt_->origin, origin_));
  if (receipt_ && receipt_->head.size > size_now)
    find_(std::nullopt, taken_away("the receipt", receipt_->head.size, size_now));
  if (newest && newest->size > size_now)
    find_(std::nullopt, taken_away("the newest checkpoint", newest->size, size_now));
  if (!copies_.empty() && copies_.rbegin()->first > size_now)
    find_(std::nullopt, taken_away(fmt::format("line {} of the anchor file '{}'",
                                               copies_.rbegin()->second.line.line,
                                               *copies_.rbegin()->second.file),
                                   copies_.rbegin()->first, size_now));
}

void Coverage::check_keys(std::int64_t size) {
  std::vector<folds::LedgerKey> stored;
  try {
    stored = folds::ledger_keys(database_);
  } catch (const Failure &failure) {
    find_(std::nullopt, failure.message());
  }
  std::erase_if(stored, [&](const folds::LedgerKey &key) { return key.from_seq >= size; });
  const auto same = [&](const folds::LedgerKey &one, const Key &other) {
    const folds::LedgerKey &said = other.ledger_key;
    return one.key == said.key && one.from_seq == said.from_seq &&
           (one.to_seq == said.to_seq || (one.to_seq >= size && !said.to_seq));
  };
  if (!std::equal(stored.begin(), stored.end(), keys_.begin(), keys_.end(), same))
    find_(std::nullopt, "the list of the ledger's keys is not the one its entries give");
  const auto is_ours = [&](auto &&matches) {
    return std::any_of(keys_.begin(), keys_.end(), matches);
  };
  if (witnesses_.own_key &&
      !is_ours([&](const Key &key) { return key.ledger_key.key.key == *witnesses_.own_key; }))
    find_(std::nullopt,
          "the key in the key file is none of this ledger's: it is another ledger, an old copy, or "
          "was written anew");
  if (witnesses_.key.empty()) return;
  const store::VerifierKey wanted = store::parse_key(witnesses_.key);
  if (!is_ours([&](const Key &key) { return key.ledger_key.key == wanted; }))
    find_(std::nullopt, "the ledger was never signed with the key that was given");
}

/// What was handed to an anchor file must still be in it.
void Coverage::check_deliveries() {
  for (const store::AnchorRow &row : deliveries_) {
    const bool is_read = std::find(witnesses_.anchors.begin(), witnesses_.anchors.end(),
                                   row.receipt) != witnesses_.anchors.end();
    if (!row.delivered || !is_read || copies_.count(row.size) > 0) continue;
    find_(std::nullopt, fmt::format("the anchor file '{}' lacks the checkpoint of {} entries that "
                                    "was handed to it",
                                    row.receipt, row.size));
  }
}

std::vector<Record> Coverage::rows(std::int64_t size) const {
  std::vector<Record> all;
  const std::int64_t anchored = std::min(anchored_size_, size);
  const std::int64_t is_signed = std::clamp(signed_size_, anchored, size);
  if (anchored > 0)
    all.push_back(range(0, anchored, "anchored",
                        "somebody else holds their root: they cannot be changed unnoticed"));
  if (is_signed > anchored)
    all.push_back(range(anchored, is_signed, "signed",
                        "only who has the ledger's key could have changed them"));
  if (size > is_signed)
    all.push_back(range(is_signed, size, "unsigned", "no checkpoint covers them yet"));
  return all;
}

std::string Coverage::says(std::int64_t size) const {
  std::string text;
  for (const Record &row : rows(size))
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ",
                        row.number("to") - row.number("from") + 1, row.text("by"));
  return text;
}

}  // namespace heard::audit
