#include "folds/keys.hpp"

#include "base/failure.hpp"
#include "folds/folder.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Query;

}  // namespace

void fold_key(store::Database &database, const store::Event &event, const store::Body &body) {
  const std::string text = body.text(field_id::verifier_key);
  if (text.empty()) return;
  const std::string kid = store::key_id(store::parse_key(text));
  Query end(database, "UPDATE fold_key SET to_seq = ?1 WHERE to_seq IS NULL");
  end.bind(1, event.seq).run();
  Query row(database, "INSERT INTO fold_key(from_seq, kid, vkey, to_seq) VALUES(?1, ?2, ?3, NULL)");
  row.bind(1, event.seq).bind(2, kid).bind(3, text).run();
}

std::vector<LedgerKey> ledger_keys(store::Database &database) {
  std::vector<LedgerKey> keys;
  Query rows(database, "SELECT vkey, from_seq, to_seq FROM fold_key ORDER BY from_seq");
  while (rows.step()) {
    LedgerKey &key = keys.emplace_back();
    try {
      key.key = store::parse_key(rows.bytes(0));
    } catch (const Failure &) {
      throw Failure(Status::corrupt, "a key of the ledger cannot be read; run 'heard verify'");
    }
    key.from_seq = rows.number(1);
    if (!rows.is_null(2)) key.to_seq = rows.number(2);
  }
  return keys;
}

std::optional<std::size_t> signer_at(const std::vector<LedgerKey> &keys, std::int64_t size) {
  std::optional<std::size_t> found;
  for (std::size_t place = 0; place < keys.size(); ++place)
    if (keys[place].from_seq + (place == 0 ? 0 : 1) < size) found = place;
  return found;
}

}  // namespace heard::folds
