// disclosure.made: who looked at what, and whose records these were.
#include <algorithm>

#include "folds/folder.hpp"
#include "folds/people.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Query;

void save_row(store::Database &database, const store::Event &event, const store::Body &body,
              bool is_broad) {
  Query row(database,
            "INSERT INTO fold_disclosure(seq, view, person, case_id, actor, role, basis, at, rows,"
            " searched, broad) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
  row.bind(1, event.seq).bind(2, body.text(field_id::view));
  row.id_or_null(3, body.id_of(field_id::about_person));
  row.id_or_null(4, body.id_of(field_id::about_case));
  row.bind(5, body.text(field_id::actor)).bind(6, body.text(field_id::actor_role));
  row.bind(7, body.text(field_id::basis)).bind(8, body.number(field_id::at));
  row.bind(9, body.number(field_id::rows));
  row.bind(10, body.has(field_id::terms) || body.is_closed(field_id::terms) ? 1 : 0);
  row.bind(11, is_broad ? 1 : 0).run();
}

std::vector<Id> ids_in(std::string_view bytes) {
  std::vector<Id> ids;
  for (; bytes.size() >= 16; bytes.remove_prefix(16))
    std::copy_n(bytes.begin(), 16, ids.emplace_back().begin());
  return ids;
}

}  // namespace

std::vector<Id> concerned_by(const store::Body &body) {
  std::vector<Id> people = ids_in(body.text(field_id::concerned));
  const Id person = body.id_of(field_id::about_person);
  if (person != kNoId && std::find(people.begin(), people.end(), person) == people.end())
    people.insert(people.begin(), person);
  return people;
}

void fold_disclosure(store::Database &database, const store::Event &event,
                     const store::Body &body) {
  const std::vector<Id> people = concerned_by(body);
  save_row(database, event, body, people.empty() && body.has(field_id::touched));
  for (std::size_t i = 0; i < people.size(); ++i) {
    Query concerns(database,
                   "INSERT OR IGNORE INTO fold_body_person(person, seq, part, role, at)"
                   " VALUES(?1, ?2, ?3, 'disclosed', ?4)");
    concerns.bind(1, people[i]).bind(2, event.seq).bind(3, static_cast<std::int64_t>(i));
    concerns.bind(4, body.number(field_id::at)).run();
  }
}

}  // namespace heard::folds
