// department.saved, topic.saved, absence.saved, outbox.delivered: who is asked, and who was told.
#include "folds/folder.hpp"

namespace heard::folds {

namespace field_id = store::field_id;
using store::Query;

void fold_department(store::Database &database, const store::Event &event,
                     const store::Body &body) {
  Query row(database,
            "INSERT OR REPLACE INTO fold_department(id, name, school, lead, active, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  row.bind(1, body.text(field_id::department_id)).bind(2, body.text(field_id::name));
  row.bind(3, body.text(field_id::school)).id_or_null(4, body.id_of(field_id::lead));
  row.bind(5, body.number(field_id::active, 1)).bind(6, event.seq).run();
}

void fold_topic(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "INSERT OR REPLACE INTO fold_topic(id, name, department, active, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5)");
  row.bind(1, body.text(field_id::topic_id)).bind(2, body.text(field_id::name));
  row.bind(3, body.text(field_id::department)).bind(4, body.number(field_id::active, 1));
  row.bind(5, event.seq).run();
}

void fold_absence(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "INSERT OR REPLACE INTO fold_absence(person, absent_from, absent_to, stand_in, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5)");
  row.bind(1, event.thread).bind(2, body.number(field_id::absent_from));
  row.bind(3, body.number(field_id::absent_to)).id_or_null(4, body.id_of(field_id::stand_in));
  row.bind(5, event.seq).run();
}

void fold_delivered(store::Database &database, const store::Event &, const store::Body &body) {
  for (const std::string &key : body.texts(field_id::notice_key)) {
    Query row(database,
              "UPDATE fold_notice SET delivered_at = ?2 WHERE key = ?1 AND delivered_at IS NULL");
    row.bind(1, key).bind(2, body.number(field_id::at)).run();
  }
}

}  // namespace heard::folds
