#include "bundle/write_lines.hpp"

#include "audit/explanations.hpp"
#include "bundle/proof_writer.hpp"
#include "bundle/readable.hpp"

namespace heard::bundle {

namespace {

constexpr std::size_t kPiece = 65536;

}  // namespace

void write_lines(store::Database &database, const Order &order, const Sink &sink) {
  const auto seqs = audit::seqs_of(database, order.selection, order.head.size);
  const auto total = static_cast<std::int64_t>(seqs.size());
  std::int64_t done = 0;
  ProofWriter proof(database, order, total);
  audit::Explanations explanations(database);
  std::string out, more;
  proof.begin(out, true);
  const auto put = [&](const ReadEntry &entry) {
    more = ",\"read\":";
    put_readable(more, entry.event, entry.body);
    if (entry.body) put_explanations(more, explanations.of(entry.event, *entry.body));
    proof.entry(out, entry, more);
    ++done;
  };
  Reading(database, order.redaction).each(seqs, put, [&] {
    if (done % kBetween == 0 && order.progress) order.progress(done, total);
    if (out.size() < kPiece) return;
    sink(out);
    out.clear();
  });
  proof.finish(out);
  sink(out);
}

}  // namespace heard::bundle
