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
#include "bundle/proof_check.hpp"
#include "bundle/row_check.hpp"
#include "bundle/tables.hpp"
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
        proof_(expected.receipt, [this](auto seq, const std::string &says) { find(seq, says); }),
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
    lines_ = std::make_unique<Lines>(source_->open("data/proof/proof.jsonl"));
    std::string line;
    lines_->next(line);
    try {
      proof_.begin(line);
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
    const store::TreeHead &head = proof_.header().head;
    const bool fits = lines.size() >= 3 && to_int(lines[1]) == head.size &&
                      from_base64(lines[2]) == std::string(view(head.root));
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
    if (!source_->has("data/proof/consistency.txt")) return;
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
  }

  void check_block(const std::vector<std::string_view> &block) {
    const auto words = split(block.front(), ' ');
    Continuation proof;
    bool ok = words.size() == 2 && to_int(words[0]) && parse_hash(words[1], proof.earlier.root);
    if (ok) proof.earlier.size = *to_int(words[0]);
    for (std::size_t i = 1; i < block.size(); ++i)
      ok = parse_hash(block[i], proof.hashes.emplace_back()) && ok;
    if (ok) return proof_.continues(proof);
    find(std::nullopt, fmt::format("the consistency proof '{}' cannot be read", block.front()));
  }

  void check_slice() {
    std::string line;
    for (std::int64_t i = 0; i < kSlice; ++i) {
      if (!lines_->next(line)) {
        step_ = 3;
        return;
      }
      if (const auto entry = proof_.take(line)) check_body(*entry);
    }
    progress(proof_.entries(), proof_.header().entries);
  }

  void check_body(const ProofLine &line) {
    if (!line.body) return;
    try {
      check_closed(line.event.seq, *line.body);
      check_tables({line.event, line.body, {}, {}});
    } catch (const Failure &failure) {
      find(line.event.seq, fmt::format("entry {}: {}", line.event.seq, failure.message()));
    }
  }

  void check_closed(std::int64_t seq, const store::Body &body) {
    for (std::size_t place = 0; place < body.fields().size(); ++place) {
      const bool is_erased = erased_.contains({seq, place});
      const bool is_listed = is_erased || hidden_.contains({seq, place});
      if (body.fields()[place].open == !is_listed) {
        closed_ += is_listed;
        if (is_erased) proof_.taken().erased({seq, place});
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
    if (csv_) {
      finish_table(*csv_);
      finish_table(*json_);
      for (KindCheck &check : kinds_)
        if (check.is_known) finish_table(check.rows);
    }
    proof_.finish();
    if (closed_ != static_cast<std::int64_t>(hidden_.size() + erased_.size()))
      find(std::nullopt, "redactions or erasures are listed for fields that are not here");
    tell();
  }

  void finish_table(RowCheck &rows) {
    if (!off_.contains(rows.path()) && !rows.is_over())
      find(std::nullopt, fmt::format("'{}' has rows that no entry proves", rows.path()));
  }

  void tell() {
    const bool is_vouched = proof_.has_receipt() || !seal_.empty();
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
    verdict(proof_.entries(), proof_.header().head, says).set("closed", closed_);
  }

  std::unique_ptr<Source> source_;
  ProofCheck proof_;
  std::string seal_, key_, checkpoint_, signed_by_;
  BagCheck bag_;
  int step_ = 0;  ///< 0 manifests, 1 payload, 2 proof, 3 the end
  std::unique_ptr<Lines> lines_;
  Closed hidden_, erased_;
  std::optional<RowCheck> csv_, json_;
  std::deque<KindCheck> kinds_;
  std::set<std::string> off_;
  std::int64_t closed_ = 0;
};

}  // namespace

std::unique_ptr<views::Rows> verify_bundle(const std::string &path, const Expected &expected) {
  return std::make_unique<BundleRows>(path, expected);
}

}  // namespace heard::bundle
