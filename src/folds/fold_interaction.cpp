// interaction.logged and interaction.marked: who an entry concerns, and where it belongs.
#include "folds/codec.hpp"
#include "folds/folder.hpp"
#include "folds/people.hpp"

namespace heard::folds {

namespace field_id = store::field_id;
using store::Query;

void fold_parties(store::Database &database, const store::Event &event, const store::Body &body,
                  Millis at) {
  const auto facts = body.fact_groups(field_id::party_fact);
  const auto personal = body.groups(field_id::party_personal);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const store::Group &fact = facts[i];
    const Id person = fact.id(sub::person);
    meet_person(database, fact, i < personal.size() ? personal[i] : std::nullopt, event.seq);
    Query concerns(database,
                   "INSERT OR IGNORE INTO fold_body_person(person, seq, part, role, at)"
                   " VALUES(?1, ?2, ?3, ?4, ?5)");
    concerns.bind(1, person).bind(2, event.seq).bind(3, static_cast<std::int64_t>(i));
    concerns.bind(4, fact.text(sub::role)).bind(5, at).run();
  }
}

void fold_interaction(store::Database &database, const store::Event &event,
                      const store::Body &body) {
  const Millis occurred_at = body.number(field_id::occurred_at);
  fold_parties(database, event, body, occurred_at);
  Query row(database,
            "INSERT INTO fold_interaction(seq, case_id, school, channel, direction, occurred_at,"
            " needs_response, answers, corrects) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  // An entry outside any case is a thread of its own.
  row.bind(1, event.seq).id_or_null(2, event.thread == event.rid ? kNoId : event.thread);
  row.bind(3, body.text(field_id::school)).bind(4, body.text(field_id::channel));
  row.bind(5, body.text(field_id::direction)).bind(6, occurred_at);
  row.bind(7, body.number(field_id::needs_response)).bind(8, body.number(field_id::answers));
  if (event.ref != 0)
    row.bind(9, event.ref).run();
  else
    row.null(9).run();
}

/// What somebody found out later about a contact: whether it needs an answer, or is one.
void fold_mark(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "UPDATE fold_interaction SET needs_response = ?2, answers = ?3 WHERE seq = ?1");
  row.bind(1, event.ref).bind(2, body.number(field_id::needs_response));
  row.bind(3, body.number(field_id::answers)).run();
}

}  // namespace heard::folds
