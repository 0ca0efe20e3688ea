#include "bundle/verify_bundle.hpp"

#include <fmt/format.h>

#include <deque>
#include <set>

#include "audit/report.hpp"
#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "bundle/bag_check.hpp"
#include "bundle/contact_rows.hpp"
#include "bundle/proof_lines.hpp"
#include "bundle/row_check.hpp"
#include "bundle/tables.hpp"
#include "bundle/taken.hpp"
#include "store/note.hpp"

namespace heard::bundle {

namespace {

constexpr std::int64_t kSlice = 2048;

/// Fields that a table says are closed.
using Closed = std::set<FieldPlace>;

/// seq and place of each row of redactions.csv or erasures.csv.
Closed read_closed(Source &source, const std::string &path) {
  Closed closed;
  if (!source.has(path)) return closed;
  Lines lines(source.open(path));
  for (std::string line; lines.next(line);) {
    const auto cells = split(line, ',');
    if (cells.size() < 3) continue;  // the rest of a reason of several lines
    const auto seq = to_int(cells[0]), place = to_int(trimmed(cells[2]));
    if (seq && place && *place >= 0) closed.emplace(*seq, static_cast<std::size_t>(*place));
  }
  return closed;
}

/// A table of entries of some kinds, and the columns its header names.
struct KindCheck {
  const KindTable *table;
  RowCheck rows;
  Columns columns;
  bool is_known = true;
};

class BundleRows : public audit::Report {
 public:
  BundleRows(const std::string &path, const Expected &expected)
      : source_(Source::of(path)),
        receipt_(expected.receipt),
        seal_(expected.seal),
        key_(expected.key),
        bag_(*source_, [this](const std::string &says) { find(std::nullopt, says); }) {
    if (!source_->has("data/proof/proof.jsonl") || !source_->has("tagmanifest-sha256.txt") ||
        !source_->has("manifest-sha256.txt"))
      throw Failure(Status::corrupt, "'" + path + "' is not a bundle of Heard");
  }

 private:
  void work() override {
    if (step_ == 0) {
      check_seal(bag_.check_tags());
      step_ = 1;
    } else if (step_ == 1) {
      if (!bag_.check_next()) begin_proof();
    } else if (step_ == 2) {
      check_slice();
    } else {
      finish();
    }
  }

  void check_seal(const Hash &hash) {
    if (!seal_.empty() && lowered(seal_) != hex(hash))
      find(std::nullopt,
           "the bundle is not the one that was sealed: its tag manifest has the hash " + hex(hash));
  }

  void begin_proof() {
    step_ = 2;
    proof_ = std::make_unique<Lines>(source_->open("data/proof/proof.jsonl"));
    std::string line;
    proof_->next(line);
    try {
      header_ = read_header(line);
    } catch (const Failure &failure) {
      find(std::nullopt, failure.message());
      step_ = 3;
      return;
    }
    check_checkpoint();
    check_consistency();
    hidden_ = read_closed(*source_, "data/redactions.csv");
    erased_ = read_closed(*source_, "data/erasures.csv");
    begin_tables();
  }

  void begin_tables() {
    csv_.emplace(*source_, "data/communications.csv");
    json_.emplace(*source_, "data/communications.jsonl");
    expect(*csv_, contact_csv_header(), std::nullopt);
    for (const KindTable &table : kind_tables()) {
      KindCheck &check =
          kinds_.emplace_back(KindCheck{&table, RowCheck(*source_, std::string(table.file)), {}});
      if (check.rows.is_there()) read_columns(check);
    }
  }

  void read_columns(KindCheck &check) {
    const std::string header = check.rows.take_line();
    for (const std::string_view name : split(trimmed(header), ','))
      for (const store::FieldRow &row : store::fields())
        if (row.name == name) check.columns.insert(row.id);
    check.is_known = kind_header(check.columns) == header;
    if (!check.is_known)
      find(std::nullopt, fmt::format("'{}' has columns that are not known", check.rows.path()));
  }

  void check_checkpoint() {
    const auto lines = source_->has("data/proof/checkpoint.txt")
                           ? split(checkpoint_ = source_->text("data/proof/checkpoint.txt"), '\n')
                           : std::vector<std::string_view>();
    const bool fits = lines.size() >= 3 && to_int(lines[1]) == header_.head.size &&
                      from_base64(lines[2]) == std::string(view(header_.head.root));
    if (!fits) find(std::nullopt, "the checkpoint is of another size or root than the proof");
    check_signature();
  }

  /// A bundle without any signature says so; one with a signature that nobody gave is worse.
  void check_signature() {
    std::string keys =
        source_->has("data/proof/keys.txt") ? source_->text("data/proof/keys.txt") : std::string();
    if (!key_.empty()) keys = key_;
    const bool has_signature = checkpoint_.find("\n\n") != std::string::npos;
    if (keys.empty() && !has_signature) return;
    try {
      const store::Note note = store::parse_note(checkpoint_);
      for (const std::string_view line : split(trimmed(keys), '\n'))
        if (const auto key = store::parse_key(trimmed(line)); store::is_signed_by(note, key))
          signed_by_ = store::format_key(key);
    } catch (const Failure &) {
      signed_by_.clear();
    }
    if (signed_by_.empty())
      find(std::nullopt, key_.empty() ? "the checkpoint is signed by none of the bundle's keys"
                                      : "the checkpoint is not signed by the key that was given");
  }

  /// Blocks of "size root", hashes and a blank line.
  void check_consistency() {
    if (!source_->has("data/proof/consistency.txt")) return check_receipt({}, false);
    const std::string text = source_->text("data/proof/consistency.txt");
    std::vector<std::string_view> block;
    for (const std::string_view line : split(text, '\n')) {
      if (!line.empty()) {
        block.push_back(line);
        continue;
      }
      if (!block.empty()) check_block(block);
      block.clear();
    }
    check_receipt({}, false);
  }

  void check_block(const std::vector<std::string_view> &block) {
    const auto words = split(block.front(), ' ');
    store::TreeHead earlier;
    std::vector<Hash> hashes;
    bool ok = words.size() == 2 && to_int(words[0]) && parse_hash(words[1], earlier.root);
    if (ok) earlier.size = *to_int(words[0]);
    for (std::size_t i = 1; i < block.size(); ++i)
      ok = parse_hash(block[i], hashes.emplace_back()) && ok;
    if (!ok || !store::proves_consistency(hashes, earlier, header_.head))
      find(std::nullopt, fmt::format("the ledger does not continue an earlier one: the proof from "
                                     "'{}' does not hold",
                                     block.front()));
    else
      check_receipt(earlier, true);
  }

  /// `earlier`: a size the ledger is proved to continue.
  void check_receipt(const store::TreeHead &earlier, bool is_proved) {
    if (!receipt_ || receipt_is_compared_) return;
    const store::TreeHead &theirs = receipt_->head;
    const store::TreeHead &ours = theirs.size == header_.head.size ? header_.head : earlier;
    if (theirs.size == header_.head.size || (is_proved && earlier.size == theirs.size)) {
      receipt_is_compared_ = true;
      if (!receipt_->agrees(ours.root))
        find(std::nullopt, "the ledger of this bundle is not the one the receipt was given for");
    }
  }

  void check_slice() {
    std::string line;
    for (std::int64_t i = 0; i < kSlice; ++i) {
      if (!proof_->next(line)) {
        step_ = 3;
        return;
      }
      try {
        check_line(read_line(line));
      } catch (const Failure &failure) {
        find(std::nullopt, fmt::format("after entry {}: {}", last_seq_, failure.message()));
      }
    }
    progress(entries_, header_.entries);
  }

  void check_line(const ProofLine &line) {
    if (line.skipped) {
      const Skipped &piece = *line.skipped;
      if (!tree_.add(piece.level, piece.index, piece.hash))
        find(std::nullopt, "a skipped part of the tree does not follow what stands before it");
      compare_receipt();
      return;
    }
    const store::Event &event = line.event;
    ++entries_;
    last_seq_ = event.seq;
    if (receipt_ && receipt_->seq == event.seq) receipt_entry_found_ = true;
    if (event.version != 1 || event.flags != 0 ||
        store::to_text(static_cast<store::Kind>(event.kind)).empty())
      find(event.seq, fmt::format("entry {} is of a form this version does not know", event.seq));
    if (!tree_.add(0, event.seq, store::leaf_hash(event)))
      find(event.seq, fmt::format("entry {} does not follow what stands before it", event.seq));
    compare_receipt();
    check_body(line);
  }

  /// On the way to the head the tree may have just the size the receipt is for.
  void compare_receipt() {
    if (receipt_ && tree_.size() == receipt_->head.size)
      check_receipt({tree_.size(), tree_.root()}, true);
  }

  void check_body(const ProofLine &line) {
    const store::Event &event = line.event;
    if (!line.body) return taken_.removed(event.seq);  // a tombstone further on must say so
    if (line.body->commitment() != event.commitment)
      find(event.seq, fmt::format("the body of entry {} was changed: it is not what was committed "
                                  "to",
                                  event.seq));
    check_closed(event.seq, *line.body);
    if (static_cast<store::Kind>(event.kind) == store::Kind::erasure_done)
      taken_.tombstone(*line.body);
    check_tables({event, line.body, {}, {}});
  }

  void check_closed(std::int64_t seq, const store::Body &body) {
    for (std::size_t place = 0; place < body.fields().size(); ++place) {
      const bool is_erased = erased_.contains({seq, place});
      const bool is_listed = is_erased || hidden_.contains({seq, place});
      if (body.fields()[place].open == !is_listed) {
        closed_ += is_listed;
        if (is_erased) taken_.erased({seq, place});
        continue;
      }
      const store::FieldRow *row = store::field(body.fields()[place].id);
      find(seq, fmt::format("field '{}' of entry {} is {}", row ? row->name : "?", seq,
                            is_listed ? "listed as held back, but it is open"
                                      : "held back, and no redaction or erasure says so"));
    }
  }

  void check_tables(const ReadEntry &entry) {
    std::string text;
    if (is_contact(entry.event)) {
      put_contact_csv(text, entry.event, *entry.body);
      expect(*csv_, text, entry.event.seq);
      text.clear();
      put_contact_json(text, entry.event, *entry.body);
      expect(*json_, text, entry.event.seq);
    }
    for (KindCheck &check : kinds_) {
      if (!check.is_known || !is_in(*check.table, entry.event)) continue;
      text.clear();
      put_kind_row(text, check.columns, entry);
      expect(check.rows, text, entry.event.seq);
    }
  }

  /// Once a table is out of step every later row would differ: it is told once.
  void expect(RowCheck &rows, const std::string &text, std::optional<std::int64_t> seq) {
    if (off_.contains(rows.path()) || rows.holds(text)) return;
    off_.insert(rows.path());
    find(seq, seq ? fmt::format("'{}' does not say what entry {} proves", rows.path(), *seq)
                  : fmt::format("'{}' does not begin as it should", rows.path()));
  }

  void finish() {
    taken_.finish(header_.part == "all" && entries_ == header_.head.size,
                  [this](std::int64_t seq, const std::string &says) { find(seq, says); });
    if (csv_) {
      finish_table(*csv_);
      finish_table(*json_);
      for (KindCheck &check : kinds_)
        if (check.is_known) finish_table(check.rows);
    }
    if (tree_.size() != header_.head.size || tree_.root() != header_.head.root)
      find(std::nullopt, fmt::format("the entries do not make the root: the tree has {} entries "
                                     "and the proof covers {}",
                                     header_.head.size, tree_.size()));
    if (entries_ != header_.entries)
      find(std::nullopt,
           fmt::format("{} entries were exported, {} are here", header_.entries, entries_));
    if (header_.part == "all" && entries_ != header_.head.size)
      find(std::nullopt, "this export of everything does not hold every entry");
    if (closed_ != static_cast<std::int64_t>(hidden_.size() + erased_.size()))
      find(std::nullopt, "redactions or erasures are listed for fields that are not here");
    finish_receipt();
    tell();
  }

  void finish_table(RowCheck &rows) {
    if (!off_.contains(rows.path()) && !rows.is_over())
      find(std::nullopt, fmt::format("'{}' has rows that no entry proves", rows.path()));
  }

  void finish_receipt() {
    if (!receipt_) return;
    if (!receipt_is_compared_)
      find(std::nullopt, fmt::format("the bundle cannot be compared with a receipt of size {}; "
                                     "make it again with that receipt",
                                     receipt_->head.size));
    if (receipt_->seq && !receipt_entry_found_)
      find(receipt_->seq,
           fmt::format("entry {} of the receipt is not in this bundle", *receipt_->seq));
  }

  void tell() {
    const bool is_vouched = receipt_ || !seal_.empty();
    std::string says = findings() > 0  ? damage()
                       : is_vouched    ? "intact, and the receipt or seal agrees"
                       : !key_.empty() ? "intact, and signed by the key that was given"
                       : signed_by_.empty()
                           ? "intact in itself; unsigned: give a receipt to check it against"
                           : "intact in itself, and signed by " + signed_by_ +
                                 "; compare this key with the one the school gave out";
    if (findings() == 0 && closed_ > 0)
      says += fmt::format("; {} field{} held back or erased, each with its reason", closed_,
                          closed_ == 1 ? " is" : "s are");
    verdict(entries_, header_.head, says).set("closed", closed_);
  }

  std::unique_ptr<Source> source_;
  std::optional<audit::Receipt> receipt_;
  std::string seal_, key_, checkpoint_, signed_by_;
  BagCheck bag_;
  int step_ = 0;  ///< 0 manifests, 1 payload, 2 proof, 3 the end
  std::unique_ptr<Lines> proof_;
  ProofHeader header_;
  Assembly tree_;
  Closed hidden_, erased_;
  Taken taken_;
  std::optional<RowCheck> csv_, json_;
  std::deque<KindCheck> kinds_;
  std::set<std::string> off_;
  std::int64_t entries_ = 0, closed_ = 0, last_seq_ = -1;
  bool receipt_is_compared_ = false, receipt_entry_found_ = false;
};

}  // namespace

std::unique_ptr<views::Rows> verify_bundle(const std::string &path, const Expected &expected) {
  return std::make_unique<BundleRows>(path, expected);
}

}  // namespace heard::bundle
