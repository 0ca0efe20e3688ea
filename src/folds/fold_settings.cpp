// policy.saved, settings.saved: whole versions, newest last.
#include "folds/definition_bytes.hpp"
#include "folds/folder.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Query;

}  // namespace

void fold_policy(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "INSERT INTO fold_policy(id, version, name, definition, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5)");
  row.bind(1, body.text(field_id::policy_id)).bind(2, body.number(field_id::version));
  row.bind(3, body.text(field_id::name)).blob(4, definition_bytes(body));
  row.bind(5, event.seq).run();
  database.renew_epoch();
}

void fold_setting(store::Database &database, const store::Event &event, const store::Body &body) {
  const std::string name = body.text(field_id::setting);
  if (!body.has(field_id::value)) {
    Query remove(database, "DELETE FROM fold_setting WHERE name = ?1");
    remove.bind(1, name).run();
    return;
  }
  Query row(database, "INSERT OR REPLACE INTO fold_setting(name, value, seq) VALUES(?1, ?2, ?3)");
  row.bind(1, name).bind(2, body.text(field_id::value)).bind(3, event.seq).run();
}

}  // namespace heard::folds
