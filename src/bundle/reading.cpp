#include "bundle/reading.hpp"

#include <algorithm>

#include "base/failure.hpp"

namespace heard::bundle {

namespace {

constexpr std::size_t kPage = 256;

/// The end of the run of seqs without a gap that begins at `from`, at most a page long.
std::size_t run_end(const std::vector<std::int64_t> &seqs, std::size_t from) {
  std::size_t to = from + 1;
  while (to < seqs.size() && to - from < kPage && seqs[to] == seqs[to - 1] + 1) ++to;
  return to;
}

}  // namespace

ReadEntry Reading::prepare(const store::Event &event,
                           const std::optional<store::Body> &body) const {
  ReadEntry entry{event, body, {}, {}};
  if (!entry.body) return entry;
  if (entry.body->form() != 0)
    for (std::size_t place = 0; place < entry.body->fields().size(); ++place)
      if (!entry.body->fields()[place].open) entry.erased.push_back(place);
  entry.hidden = redaction_.apply(event, *entry.body);
  return entry;
}

void Reading::each(const std::vector<std::int64_t> &seqs,
                   const std::function<void(const ReadEntry &)> &visit) {
  store::Ledger ledger(database_);
  std::vector<ReadEntry> page;
  for (std::size_t from = 0; from < seqs.size();) {
    const std::size_t to = run_end(seqs, from);
    page.clear();
    ledger.each(seqs[from], seqs[to - 1] + 1,
                [&](const store::Event &event, const std::optional<store::Body> &body) {
                  page.push_back(prepare(event, body));
                });
    if (page.size() != to - from)
      throw Failure(Status::corrupt, "the ledger is damaged; run 'heard verify'");
    for (const ReadEntry &entry : page) visit(entry);
    from = to;
  }
}

}  // namespace heard::bundle
