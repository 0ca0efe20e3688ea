#include "reports/earlier_verdict.hpp"

#include <optional>

#include "folds/codec.hpp"

namespace heard::reports {

namespace {

/// The case's entries before the moment, newest first.
std::vector<std::int64_t> entries_before(store::Database &database, const Moment &moment) {
  std::vector<std::int64_t> seqs;
  store::Query rows(
      database,
      "SELECT seq FROM event WHERE thread = ?1 AND thread <> rid AND seq < ?2 AND (kind BETWEEN 3"
      " AND 19 OR kind IN (51, 52)) ORDER BY seq DESC");
  rows.bind(1, moment.case_id).bind(2, moment.seq);
  while (rows.step()) seqs.push_back(rows.number(0));
  return seqs;
}

/// Within one entry later changes win.
std::optional<cases::Verdict> last_verdict(const store::Body &body, const cases::Clock &like) {
  std::optional<cases::Verdict> last;
  for (const store::Group &group : body.fact_groups(store::field_id::clock)) {
    const cases::Clock clock = folds::decode_clock(group).change.after;
    if (clock.name == like.name && clock.no == like.no) last = clock.verdict;
  }
  return last;
}

}  // namespace

cases::Verdict verdict_before(const commands::Source &source, const Moment &moment,
                              const cases::Clock &like) {
  for (const std::int64_t seq : entries_before(source.database, moment)) {
    const auto body = source.ledger.body(seq);
    if (!body) continue;
    if (const auto verdict = last_verdict(*body, like)) return *verdict;
  }
  return cases::Verdict::none;
}

}  // namespace heard::reports
