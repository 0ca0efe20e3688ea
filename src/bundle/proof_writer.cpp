#include "bundle/proof_writer.hpp"

#include "base/failure.hpp"

namespace heard::bundle {

namespace {

Failure damaged() {
  return {Status::corrupt,
          "the ledger does not fit its own root, so that nothing can be exported; run 'heard "
          "verify'"};
}

}  // namespace

std::string part_of(const audit::Selection &selection) {
  if (selection.what == "all" && !selection.is_whole()) return "period";
  return selection.what;
}

ProofWriter::ProofWriter(store::Database &database, const Order &order, std::int64_t entries)
    : order_(order), ledger_(database), nodes_(database), entries_(entries) {}

void ProofWriter::begin(std::string &out, bool stands_alone) {
  ProofHeader header{ledger_.id(), order_.head, entries_, part_of(order_.selection), {}};
  if (stands_alone) header.continuations = continuations();
  out += header_line(header);
}

void ProofWriter::skip_to(std::int64_t seq, std::string &out) {
  for (Skipped &piece : cover(tree_.size(), seq)) {
    piece.hash = nodes_.node(piece.level, piece.index);
    tree_.add(piece.level, piece.index, piece.hash);
    put_skipped(out, piece);
  }
}

void ProofWriter::entry(std::string &out, const ReadEntry &entry, std::string_view more) {
  if (entry.body && entry.body->commitment() != entry.event.commitment) throw damaged();
  skip_to(entry.event.seq, out);
  tree_.add(0, entry.event.seq, store::leaf_hash(entry.event));
  put_entry(out, entry.event, entry.body, more);
}

void ProofWriter::finish(std::string &out) {
  skip_to(order_.head.size, out);
  if (tree_.root() != order_.head.root) throw damaged();
}

std::vector<Continuation> ProofWriter::continuations() {
  std::vector<Continuation> all;
  for (const std::int64_t size : order_.selection.earlier_sizes)
    if (size <= order_.head.size)
      all.push_back({{size, ledger_.root_at(size)}, ledger_.consistency(size, order_.head.size)});
  return all;
}

}  // namespace heard::bundle
