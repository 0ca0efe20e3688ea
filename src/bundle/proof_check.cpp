#include "bundle/proof_check.hpp"

#include <fmt/format.h>

#include "base/failure.hpp"
#include "store/registry.hpp"

namespace heard::bundle {

void ProofCheck::begin(std::string_view line) {
  header_ = read_header(line);
  check_receipt(header_.head);
  for (const Continuation &proof : header_.continuations) continues(proof);
}

void ProofCheck::continues(const Continuation &proof) {
  if (store::proves_consistency(proof.hashes, proof.earlier, header_.head))
    return check_receipt(proof.earlier);
  find_(std::nullopt, fmt::format("the ledger does not continue an earlier one: the proof from "
                                  "size {} does not hold",
                                  proof.earlier.size));
}

void ProofCheck::check_receipt(const store::TreeHead &proved) {
  if (!receipt_ || receipt_is_compared_ || proved.size != receipt_->head.size) return;
  receipt_is_compared_ = true;
  if (!receipt_->agrees(proved.root))
    find_(std::nullopt,
          "this ledger is not the one the receipt was given for: it does not continue it");
}

std::optional<ProofLine> ProofCheck::take(std::string_view text) {
  try {
    ProofLine line = read_line(text);
    if (line.skipped) {
      const Skipped &piece = *line.skipped;
      if (!tree_.add(piece.level, piece.index, piece.hash))
        find_(std::nullopt, "a skipped part of the tree does not follow what stands before it");
    } else {
      check_entry(line);
    }
    // On the way to the head the tree may have just the size the receipt is for.
    if (receipt_ && tree_.size() == receipt_->head.size)
      check_receipt({tree_.size(), tree_.root()});
    if (!line.skipped) return line;
  } catch (const Failure &failure) {
    find_(std::nullopt, fmt::format("after entry {}: {}", last_seq_, failure.message()));
  }
  return std::nullopt;
}

void ProofCheck::check_entry(const ProofLine &line) {
  const store::Event &event = line.event;
  ++entries_;
  last_seq_ = event.seq;
  if (receipt_ && receipt_->seq == event.seq) receipt_entry_found_ = true;
  if (event.version != 1 || event.flags != 0 ||
      store::to_text(static_cast<store::Kind>(event.kind)).empty())
    find_(event.seq, fmt::format("entry {} is of a form this version does not know", event.seq));
  if (!tree_.add(0, event.seq, store::leaf_hash(event)))
    find_(event.seq, fmt::format("entry {} does not follow what stands before it", event.seq));
  if (!line.body) return taken_.removed(event.seq);  // a tombstone further on must say so
  if (line.body->commitment() != event.commitment)
    find_(event.seq, fmt::format("the body of entry {} was changed: it is not what was committed "
                                 "to",
                                 event.seq));
  if (static_cast<store::Kind>(event.kind) == store::Kind::erasure_done)
    taken_.tombstone(*line.body);
}

void ProofCheck::finish() {
  const bool is_all = header_.part == "all";
  taken_.finish(is_all && entries_ == header_.head.size, find_);
  if (tree_.size() < header_.head.size)
    find_(std::nullopt, fmt::format("the proof ends too early: it covers {} of {} entries",
                                    tree_.size(), header_.head.size));
  else if (tree_.size() > header_.head.size || tree_.root() != header_.head.root)
    find_(std::nullopt, "the entries do not make the root");
  if (entries_ != header_.entries)
    find_(std::nullopt,
          fmt::format("{} entries were exported, {} are here", header_.entries, entries_));
  if (is_all && entries_ != header_.head.size)
    find_(std::nullopt, "this export of everything does not hold every entry");
  finish_receipt();
}

void ProofCheck::finish_receipt() {
  if (!receipt_) return;
  if (!receipt_is_compared_)
    find_(std::nullopt, fmt::format("the export cannot be compared with a receipt of size {}; "
                                    "make it again with that receipt",
                                    receipt_->head.size));
  if (receipt_->seq && !receipt_entry_found_)
    find_(receipt_->seq,
          fmt::format("entry {} of the receipt is not in this export", *receipt_->seq));
}

}  // namespace heard::bundle
