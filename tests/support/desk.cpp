#include "support/desk.hpp"

namespace heard::support {

const char *const kAdmin = R"({"id": "staff:1", "display": "The Head", "roles": ["admin"]})";
const char *const kOffice =
    R"({"id": "staff:7", "display": "A. Clerk", "roles": ["office"], "schools": ["north"]})";
const char *const kAuditor = R"({"id": "audit:1", "roles": ["auditor"]})";

namespace {

Options options_for(const std::string &zone, const std::string &path) {
  Options options;
  options.set("store.path", path);
  options.set("calendar.timezone", zone);
  return options;
}

Options options_from(const std::map<std::string, std::string> &values) {
  Options options;
  options.set("calendar.timezone", "UTC");
  for (const auto &[name, value] : values) options.set(name, value);
  return options;
}

Options migrated(Host &host, Options options) {
  runtime::migrate(host, options);
  return options;
}

StandingClock monday_morning(Signer *signer = nullptr) {
  StandingClock clock;
  clock.own_signer = signer;
  clock.now = at("2026-11-23T09:00Z");
  return clock;
}

}  // namespace

Millis at(std::string_view utc) { return parse_utc(utc).value() * 1000; }

std::string Refusal::detail(std::string_view name) const {
  for (const auto &[key, value] : failure_.details())
    if (key == name) return value;
  return "";
}

Desk::Desk(const std::string &zone, const std::string &path)
    : host(monday_morning()), engine(host, migrated(host, options_for(zone, path))) {}

Desk::Desk(const std::map<std::string, std::string> &options, Signer *signer)
    : host(monday_morning(signer)), engine(host, migrated(host, options_from(options))) {}

Desk &Desk::now(std::string_view utc) {
  host.now = at(utc);
  return *this;
}

Record Desk::apply(std::string_view command, std::string_view json, const char *actor) {
  return engine.apply(record_from_json("actor", actor), command, record_from_json("fields", json));
}

std::vector<Record> Desk::rows(std::string_view view, std::string_view filter, const char *actor) {
  return drain(
      *engine.query(record_from_json("actor", actor), view, record_from_json("filter", filter)));
}

Record Desk::row(std::string_view view, std::string_view filter) {
  const auto all = rows(view, filter);
  BOOST_TEST_REQUIRE(all.size() == 1u, view << " " << filter);
  return all.front();
}

Refusal Desk::refused(const std::function<void()> &call) {
  const store::TreeHead before = engine.journal().ledger().head();
  try {
    call();
  } catch (const Failure &failure) {
    BOOST_TEST((engine.journal().ledger().head() == before), "a refused call wrote something");
    BOOST_TEST(failure.message().find('\n') == std::string::npos);
    BOOST_TEST(!failure.message().empty());
    return Refusal(failure);
  }
  BOOST_TEST_REQUIRE(false, "the call was not refused");
  return Refusal({Status::internal, ""});
}

Refusal Desk::apply_refused(std::string_view command, std::string_view json, const char *actor) {
  return refused([&] { apply(command, json, actor); });
}

Millis Desk::pump() {
  for (;;) {
    const auto pumped = engine.pump(1000);
    if (!pumped.more) return pumped.next_due;
  }
}

std::int64_t Desk::count(std::string_view kind) {
  Record filter("filter");
  filter.set("kind", kind);
  const Record admin = record_from_json("actor", kAdmin);
  return static_cast<std::int64_t>(drain(*engine.query(admin, "ledger", filter)).size());
}

void Desk::check_whole() {
  const Record admin = record_from_json("actor", kAdmin);
  for (const bool is_rebuild : {false, true}) {
    const auto rows = is_rebuild ? engine.rebuild(admin, Record()) : engine.verify(admin, Record());
    for (const Record &row : drain(*rows)) {
      BOOST_TEST(row.text("row") != "finding", row.text("says"));
      if (row.text("row") == "verdict") BOOST_TEST(row.flag("intact"), row.text("says"));
    }
  }
}

Record Desk::clock(std::string_view case_name, std::string_view clock, std::int64_t no) {
  Record filter("filter");
  filter.set("case", case_name);
  const Record file = drain(*engine.query(record_from_json("actor", kAdmin), "case", filter)).at(0);
  for (const Record &row : file.records("clocks"))
    if (row.text("clock") == clock && row.number("no") == no) return row;
  return Record("none");
}

std::vector<Record> drain(views::Rows &rows) {
  std::vector<Record> all;
  for (Record row; rows.next(row);) all.push_back(row);
  return all;
}

std::vector<std::string> texts(const std::vector<Record> &rows, std::string_view field) {
  std::vector<std::string> all;
  for (const Record &row : rows) all.push_back(row.text(field));
  return all;
}

std::vector<std::int64_t> numbers(const std::vector<Record> &rows, std::string_view field) {
  std::vector<std::int64_t> all;
  for (const Record &row : rows) all.push_back(row.number(field));
  return all;
}

}  // namespace heard::support
