#include "bundle/reading.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "store/connection.hpp"

namespace heard::bundle {

namespace {

/// The end of the run of seqs without a gap that begins at `from`, at most `end`.
std::size_t run_end(const std::vector<std::int64_t> &seqs, std::size_t from, std::size_t end) {
  std::size_t to = from + 1;
  while (to < end && seqs[to] == seqs[to - 1] + 1) ++to;
  return to;
}

}  // namespace

ReadEntry Reading::prepare(const store::Event &event, std::optional<store::Body> body) const {
  ReadEntry entry{event, std::move(body), {}, {}};
  if (!entry.body) return entry;
  if (entry.body->form() != 0)
    for (std::size_t place = 0; place < entry.body->fields().size(); ++place)
      if (!entry.body->fields()[place].open) entry.erased.push_back(place);
  entry.hidden = redaction_.apply(event, *entry.body);
  return entry;
}

void Reading::each(const std::vector<std::int64_t> &seqs, const Visit &visit,
                   const std::function<void()> &pause, const Wanted &wanted) {
  for (std::size_t from = 0; from < seqs.size();) {
    const std::size_t end = std::min(seqs.size(), from + std::size_t{kPage});
    {
      const store::ReadTransaction together(database_);
      while (from < end) from = read_run(seqs, from, end, visit, wanted);
    }
    if (pause) pause();
  }
}

void Reading::read(const std::vector<std::int64_t> &seqs, const Visit &visit) {
  for (std::size_t from = 0; from < seqs.size();)
    from = read_run(seqs, from, seqs.size(), visit, {});
}

std::size_t Reading::read_run(const std::vector<std::int64_t> &seqs, std::size_t from,
                              std::size_t end, const Visit &visit, const Wanted &wanted) {
  const std::size_t to = run_end(seqs, from, end);
  std::size_t count = 0;
  store::Ledger(database_).each(
      seqs[from], seqs[to - 1] + 1,
      [&](const store::Event &event, std::optional<store::Body> body) {
        visit(prepare(event, std::move(body)));
      },
      [&](const store::Event &event) {
        ++count;
        return !wanted || wanted(event);
      });
  if (count != to - from)
    throw Failure(Status::corrupt, "the ledger is damaged; run 'heard verify'");
  return to;
}

}  // namespace heard::bundle
