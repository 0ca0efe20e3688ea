#include "bundle/tables.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bundle/write_text.hpp"
#include "store/bytes.hpp"

namespace heard::bundle {

namespace {

namespace field_id = store::field_id;
using store::FieldType;
using store::Kind;

constexpr std::string_view kMark = "\xEF\xBB\xBF";

constexpr std::array kDisclosures{Kind::disclosure_made, Kind::export_sealed};
constexpr std::array kTombstones{Kind::erasure_done};
constexpr std::array kHolds{Kind::hold_placed, Kind::hold_released};
constexpr KindTable kTables[] = {{"data/disclosures.csv", kDisclosures},
                                 {"data/tombstones.csv", kTombstones},
                                 {"data/holds.csv", kHolds}};

std::string name_of(std::uint16_t field) {
  const store::FieldRow *row = store::field(field);
  return row ? std::string(row->name) : "field_" + std::to_string(field);
}

bool is_text(std::string_view bytes) {
  return is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(),
                                        [](char c) { return static_cast<unsigned char>(c) < 32; });
}

/// An item of a group: its type is known only to the code that wrote it.
std::string shown_item(std::string_view bytes) {
  if (is_text(bytes)) return std::string(bytes);
  if (bytes.size() == 8) return std::to_string(static_cast<std::int64_t>(store::get_number(bytes)));
  return to_hex(bytes);
}

std::string shown_group(std::string_view bytes) {
  std::string text;
  const store::Group group = store::Group::decode(bytes);
  for (const auto &[item, value] : group.items()) {
    if (!text.empty()) text += "; ";
    text += std::to_string(item) + "=" + shown_item(value);
  }
  return text;
}

std::string shown_value(const store::SaltedField &field) {
  const store::FieldRow *row = store::field(field.id);
  if (row == nullptr) return to_hex(field.value);
  std::string text;
  switch (row->type) {
    case FieldType::text:
      return field.value;
    case FieldType::bytes:
      return to_hex(field.value);
    case FieldType::group:
      return shown_group(field.value);
    case FieldType::number:
      break;
  }
  const auto number = static_cast<std::int64_t>(store::get_number(field.value));
  if (field.id != field_id::at) return std::to_string(number);
  put_time(text, number);
  return text;
}

/// All values of one field, the closed ones as such.
std::string shown_field(const store::Body &body, std::uint16_t id) {
  std::string text;
  for (const store::SaltedField &field : body.fields()) {
    if (field.id != id) continue;
    if (!text.empty()) text += " | ";
    text += field.open ? shown_value(field) : "[withheld]";
  }
  return text;
}

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
    out += std::to_string(entry.event.seq) + "," + name_of(hidden.field) + "," +
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
    out += std::to_string(entry.event.seq) + "," + name_of(entry.body->fields()[place].id) + "," +
           std::to_string(place) + "\r\n";
}

std::span<const KindTable> kind_tables() { return kTables; }

bool is_in(const KindTable &table, const store::Event &event) {
  return std::find(table.kinds.begin(), table.kinds.end(), static_cast<Kind>(event.kind)) !=
         table.kinds.end();
}

std::string kind_header(const Columns &columns) {
  std::string line = std::string(kMark) + "seq,recorded_at,kind,ref";
  for (const std::uint16_t column : columns) line += "," + name_of(column);
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
  for (const store::Group &group : entry.body->fact_groups(field_id::clock)) {
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
