#include "bundle/tables.hpp"

#include <algorithm>
#include <array>

#include "bundle/readable.hpp"
#include "bundle/write_text.hpp"

namespace heard::bundle {

namespace {

using store::Kind;

constexpr std::string_view kMark = "\xEF\xBB\xBF";

constexpr std::array kDisclosures{Kind::disclosure_made, Kind::export_sealed};
constexpr std::array kTombstones{Kind::erasure_done};
constexpr std::array kHolds{Kind::hold_placed, Kind::hold_released};
constexpr KindTable kTables[] = {{"data/disclosures.csv", kDisclosures},
                                 {"data/tombstones.csv", kTombstones},
                                 {"data/holds.csv", kHolds}};

void put_optional_time(std::string &out, std::optional<Seconds> at) {
  out += ',';
  if (at) put_time(out, *at * 1000);
}

}  // namespace

std::string redactions_header() {
  return std::string(kMark) + "seq,field,place,reason,statute,reviewer\r\n";
}

void put_redactions(std::string &out, const ReadEntry &entry, const audit::Redaction &redaction) {
  for (const audit::Hidden &hidden : entry.hidden) {
    const audit::RedactionRule &rule = redaction.rules()[hidden.rule];
    out += std::to_string(entry.event.seq) + "," + field_name(hidden.field) + "," +
           std::to_string(hidden.place) + ",";
    put_csv(out, rule.reason);
    out += ',';
    put_csv(out, rule.statute);
    out += ',';
    put_csv(out, rule.reviewer);
    out += "\r\n";
  }
}

std::string erasures_header() { return std::string(kMark) + "seq,field,place\r\n"; }

void put_erasures(std::string &out, const ReadEntry &entry) {
  for (const std::size_t place : entry.erased)
    out += std::to_string(entry.event.seq) + "," + field_name(entry.body->fields()[place].id) +
           "," + std::to_string(place) + "\r\n";
}

std::span<const KindTable> kind_tables() { return kTables; }

bool is_in(const KindTable &table, const store::Event &event) {
  return std::find(table.kinds.begin(), table.kinds.end(), static_cast<Kind>(event.kind)) !=
         table.kinds.end();
}

std::string kind_header(const Columns &columns) {
  std::string line = std::string(kMark) + "seq,recorded_at,kind,ref";
  for (const std::uint16_t column : columns) line += "," + field_name(column);
  return line + "\r\n";
}

void put_kind_row(std::string &out, const Columns &columns, const ReadEntry &entry) {
  out += std::to_string(entry.event.seq) + ",";
  put_time(out, entry.event.wall_ms);
  out += ',';
  out += store::to_text(static_cast<Kind>(entry.event.kind));
  out += ',';
  if (entry.event.ref != 0) out += std::to_string(entry.event.ref);
  for (const std::uint16_t column : columns) {
    out += ',';
    if (entry.body) put_csv(out, shown_field(*entry.body, column));
  }
  out += "\r\n";
}

void ThreadClocks::add(const ReadEntry &entry) {
  if (!entry.body) return;
  for (const store::Group &group : entry.body->fact_groups(store::field_id::clock)) {
    const folds::RecordedClock recorded = folds::decode_clock(group);
    const cases::Clock &clock = recorded.change.after;
    last_.insert_or_assign({clock.name, clock.no}, Last{entry.event, recorded});
  }
}

std::vector<ThreadClocks::Row> ThreadClocks::rows() {
  std::vector<Row> rows;
  for (const auto &[key, last] : last_) {
    auto judged = explanations_.judge(last.event, last.recorded);
    if (!judged) judged.emplace().clock = last.recorded.change.after;
    rows.push_back({last.event.seq, std::move(*judged)});
  }
  return rows;
}

std::string clocks_header() {
  return std::string(kMark) +
         "thread,clock,no,state,verdict,started_at,due_at,missed_at,stopped_at,target,unit,seq,"
         "explain\r\n";
}

void put_clock_row(std::string &out, const Id &thread, const ThreadClocks::Row &row) {
  const cases::Clock &clock = row.judged.clock;
  put_hex(out, view(thread));
  out += ',';
  out += cases::to_text(clock.name);
  out += "," + std::to_string(clock.no) + ",";
  out += cases::to_text(clock.state);
  out += ',';
  out += cases::to_text(clock.verdict);
  put_optional_time(out, clock.started_at);
  put_optional_time(out, row.judged.due_at);
  put_optional_time(out, clock.missed_at);
  put_optional_time(out, clock.stopped_at);
  out += "," + std::to_string(clock.target.amount) + ",";
  out += cases::to_text(clock.target.unit);
  out += "," + std::to_string(row.seq) + ",";
  put_csv(out, row.judged.text);
  out += "\r\n";
}

}  // namespace heard::bundle
