#include "audit/report.hpp"

#include <fmt/format.h>

namespace heard::audit {

namespace {

constexpr std::int64_t kMostFindings = 1000;  // told; all are counted

Record row_of(const char *kind) {
  Record row(kind);
  row.set("row", kind);
  return row;
}

}  // namespace

bool Report::next(Record &row) {
  while (rows_.empty() && !done_) work();
  if (rows_.empty()) return false;
  row = std::move(rows_.front());
  rows_.pop_front();
  return true;
}

void Report::progress(std::int64_t done, std::int64_t total) {
  rows_.push_back(row_of("progress").set("done", done).set("total", total));
}

void Report::tell(Record row) { rows_.push_back(std::move(row)); }

void Report::find(std::optional<std::int64_t> seq, const std::string &says) {
  if (++findings_ > kMostFindings) return;
  Record row = row_of("finding");
  if (seq) row.set("seq", *seq);
  rows_.push_back(row.set("says", says));
}

Record &Report::verdict(std::int64_t entries, const store::TreeHead &head,
                        const std::string &says) {
  done_ = true;
  Record row = row_of("verdict");
  row.set("intact", findings_ == 0).set("entries", entries).set("findings", findings_);
  row.set("size", head.size).set("root", hex(head.root)).set("says", says);
  rows_.push_back(std::move(row));
  return rows_.back();
}

std::string Report::damage() const {
  return fmt::format("damaged: {} finding{}", findings_, findings_ == 1 ? "" : "s");
}

}  // namespace heard::audit
