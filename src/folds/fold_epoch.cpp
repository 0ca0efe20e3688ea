// restore.sanctioned: where an old copy was put back on purpose, and what is lost by it.
#include "folds/folder.hpp"

namespace heard::folds {

namespace field_id = store::field_id;
using store::Query;

void fold_epoch(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "INSERT INTO fold_epoch(epoch, last_size, last_root, restored_size, restored_root, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  row.bind(1, body.number(field_id::epoch)).bind(2, body.number(field_id::last_size));
  row.blob(3, body.text(field_id::last_root)).bind(4, body.number(field_id::restored_size));
  row.blob(5, body.text(field_id::restored_root)).bind(6, event.seq).run();
}

}  // namespace heard::folds
