#include "bundle/preview.hpp"

#include "bundle/reading.hpp"

namespace heard::bundle {

namespace {

struct Count {
  std::int64_t entries = 0, fields = 0, last = -1;

  void add(std::int64_t seq) {
    ++fields;
    entries += last != seq;
    last = seq;
  }
};

}  // namespace

Record preview(store::Database &database, const audit::Selection &selection,
               const audit::Redaction &redaction) {
  const auto seqs = audit::seqs_of(database, selection, store::Ledger(database).head().size);
  Count all;
  std::vector<Count> by_rule(redaction.rules().size());
  Reading(database, redaction).each(seqs, [&](const ReadEntry &entry) {
    for (const audit::Hidden &hidden : entry.hidden) {
      all.add(entry.event.seq);
      by_rule[hidden.rule].add(entry.event.seq);
    }
  });
  Record row("preview");
  row.set("entries", static_cast<std::int64_t>(seqs.size()));
  row.set("entries_hidden", all.entries).set("fields_hidden", all.fields);
  for (std::size_t i = 0; i < by_rule.size(); ++i)
    row.add("by_rule", Record("rule")
                           .set("reason", redaction.rules()[i].reason)
                           .set("entries_hidden", by_rule[i].entries)
                           .set("fields_hidden", by_rule[i].fields));
  return row;
}

}  // namespace heard::bundle
