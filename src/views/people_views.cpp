// people and timeline.
#include <array>

#include "base/failure.hpp"
#include "directory/person.hpp"
#include "directory/visibility.hpp"
#include "folds/codec.hpp"
#include "views/entries.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

std::vector<std::string> lines(const std::string &text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    out.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

/// Both directions: a student's contacts, a contact's students.
std::vector<Record> links_of(const Reader &reader, const Id &person) {
  store::Query rows(reader.db(),
                    "SELECT p.key, p.name, l.relation, l.custody, l.legal, l.communications,"
                    " l.emergency, l.lives_with, l.portal, l.restriction, l.sequence, p.kind, p.id"
                    " FROM fold_link l JOIN fold_person p ON p.id = CASE WHEN l.student = ?1"
                    " THEN l.contact ELSE l.student END"
                    " WHERE (l.student = ?1 OR l.contact = ?1) AND l.active = 1"
                    " ORDER BY l.sequence, p.name, p.key");
  rows.bind(1, person);
  std::vector<Record> links;
  constexpr std::array kFlags{"custody",   "legal",      "communications",
                              "emergency", "lives_with", "portal"};
  while (rows.step()) {
    if (!directory::may_see_person(reader.db(), reader.actor, rows.id(12))) continue;
    Record &link = links.emplace_back("link");
    link.set("person", rows.text(0)).set("name", rows.text(1)).set("relation", rows.text(2));
    for (std::size_t i = 0; i < kFlags.size(); ++i)
      link.set(kFlags[i],
               folds::to_text(static_cast<folds::Flag>(rows.number(3 + static_cast<int>(i)))));
    link.set("restriction", rows.text(9)).set("sequence", rows.number(10));
    link.set("kind", rows.text(11));
  }
  return links;
}

Record person_row(const Reader &reader, const store::Query &columns) {
  Record row("person");
  row.set("person", columns.text(1)).set("id", hex(columns.id(0))).set("name", columns.text(2));
  row.set("given", columns.text(3)).set("family", columns.text(4)).set("kind", columns.text(5));
  row.set("school", columns.text(6));
  row.set("school_name", directory::school_name(reader.db(), columns.text(6)));
  row.set("grade", columns.text(7)).set("language", columns.text(8));
  row.set("email", columns.text(9)).set("phone", columns.text(10));
  row.set("active", columns.number(11)).set("verified", columns.number(12));
  row.set("other_emails", lines(columns.text(13))).set("other_phones", lines(columns.text(14)));
  row.set("links", links_of(reader, columns.id(0)));
  return row;
}

/// Letters that LIKE would read as wildcards are matched as themselves.
std::string like_pattern(const std::string &text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

/// What a search was for; the filter of an ordinary list is none.
std::string terms_of(const Record &filter) {
  std::string terms;
  for (const char *name : {"search", "person", "kind", "school"})
    if (filter.has(name))
      terms += (terms.empty() ? "" : "\n") + (name + (": " + filter.text(name)));
  return terms;
}

/// A search is recorded whatever it finds; a look at one person when it is no colleague.
void disclose_people(const Reader &reader, const Record &filter, const std::vector<Record> &page) {
  std::vector<Id> people;
  for (const Record &row : page) {
    Id id{};
    if (row.text("kind") != "staff" && parse_id(row.text("id"), id)) people.push_back(id);
  }
  const auto rows = static_cast<std::int64_t>(page.size());
  if (filter.has("search"))
    reader.disclose({"people", {}, {}, rows, terms_of(filter), {}, std::move(people)});
  else if (filter.has("person") && !people.empty())
    reader.disclose({"people", people.front(), {}, rows});
}

/// Where a walk through the people stands.
struct PeopleWalk {
  Id only{};
  std::string pattern, last_name;
  Id last_id{};
  bool first = true;
  std::int64_t left = 0;
};

/// The next page; false when there was none.
bool read_people(const Reader &reader, const Record &filter, PeopleWalk &walk,
                 std::vector<Record> &page) {
  store::Query rows(reader.db(),
                    "SELECT id, key, name, given, family, kind, school, grade, language, email,"
                    " phone, active, verified, other_emails, other_phones FROM fold_person"
                    " WHERE (?1 IS NULL OR id = ?1) AND (?2 = '' OR name LIKE ?2 ESCAPE '\\')"
                    " AND (?3 = '' OR kind = ?3) AND (?4 = '' OR school = ?4)"
                    " AND (?5 OR (name, id) > (?6, ?7)) ORDER BY name, id LIMIT ?8");
  rows.id_or_null(1, walk.only).bind(2, walk.pattern).bind(3, filter.text("kind"));
  rows.bind(4, filter.text("school")).bind(5, walk.first ? 1 : 0).bind(6, walk.last_name);
  rows.bind(7, walk.last_id).bind(8, std::min(walk.left, kPage));
  bool any = false;
  while (rows.step()) {
    any = true;
    walk.last_id = rows.id(0);
    walk.last_name = rows.text(2);
    if (!directory::may_see_person(reader.db(), reader.actor, rows.id(0))) continue;
    --walk.left;
    page.push_back(person_row(reader, rows));
  }
  return any;
}

std::unique_ptr<Rows> open_people(const Reader &reader, const Record &filter) {
  PeopleWalk start;
  start.left = filter.number("limit", INT64_MAX);
  if (filter.has("search")) start.pattern = like_pattern(filter.text("search"));
  if (filter.has("person")) {
    const auto known = directory::find_person(reader.db(), filter.text("person"));
    if (!known && filter.has("search")) disclose_people(reader, filter, {});
    if (!known) return all_rows({});
    start.only = known->id;
  }
  return paged_rows([reader, filter, walk = start](std::vector<Record> &page) mutable {
    const bool any = read_people(reader, filter, walk, page);
    if (walk.first || any) disclose_people(reader, filter, page);
    walk.first = false;
    return any && walk.left > 0;
  });
}

std::string role_in(const Reader &reader, const Id &person, std::int64_t seq) {
  store::Query row(
      reader.db(),
      "SELECT role FROM fold_body_person WHERE person = ?1 AND seq = ?2 ORDER BY part");
  row.bind(1, person).bind(2, seq);
  return row.step() ? row.text(0) : "";
}

std::unique_ptr<Rows> open_timeline(const Reader &reader, const Record &filter) {
  const auto person = directory::find_person(reader.db(), filter.text("person"));
  if (!person)
    throw Failure(Status::not_found, "nobody is known as '" + filter.text("person") + "'",
                  {{"field", "person"}});
  directory::require_person(reader.db(), reader.actor, person->id);
  return paged_rows([reader, id = person->id, last_at = std::int64_t{INT64_MAX}, first = true,
                     last_seq = std::int64_t{INT64_MAX}](std::vector<Record> &page) mutable {
    std::vector<std::int64_t> seqs;
    bool any = false;
    {
      store::Query rows(reader.db(),
                        "SELECT DISTINCT b.seq, b.at, i.school FROM fold_body_person b"
                        " JOIN fold_interaction i ON i.seq = b.seq WHERE b.person = ?1"
                        " AND (b.at, b.seq) < (?2, ?3) ORDER BY b.at DESC, b.seq DESC LIMIT ?4");
      rows.bind(1, id).bind(2, last_at).bind(3, last_seq).bind(4, kPage);
      while (rows.step()) {
        any = true;
        if (reader.actor.may_see_school(rows.text(2))) seqs.push_back(rows.number(0));
        last_seq = rows.number(0);
        last_at = rows.number(1);
      }
    }
    if (seqs.empty() && !first) return any;  // else: that there is nothing is an answer too
    first = false;
    ShownEntries shown = entry_rows(reader, seqs);
    page = std::move(shown.rows);
    for (Record &row : page) row.set("role", role_in(reader, id, row.number("seq")));
    const auto count = static_cast<std::int64_t>(page.size());
    reader.disclose({"timeline", id, {}, count, {}, seqs, std::move(shown.people)});
    return any;
  });
}

constexpr auto kPeopleFilter =
    std::to_array<FilterField>({{"search"}, {"person"}, {"kind"}, {"school"}, {"limit", true}});
constexpr auto kTimelineFilter = std::to_array<FilterField>({{"person", false, true}});

constexpr auto kViews = std::to_array<View>({
    {"people", "1.0", kPeopleFilter, open_people},
    {"timeline", "1.0", kTimelineFilter, open_timeline},
});

}  // namespace

std::span<const View> people_views() { return kViews; }

}  // namespace heard::views
