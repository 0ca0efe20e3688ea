#include "runtime/signing.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "folds/keys.hpp"
#include "runtime/engine.hpp"
#include "store/checkpoint.hpp"

namespace heard::runtime {

namespace {

namespace field_id = store::field_id;

constexpr Millis kMonth = Millis{30} * 24 * 3600 * 1000;
constexpr std::int64_t kShortWait = 50;  // ms: a checkpoint can be made another time

/// Waits only a moment for the writer lock, for as long as it lives.
class ShortWait {
 public:
  explicit ShortWait(store::Connection &connection)
      : connection_(connection), before_(connection.wait_ms) {
    connection_.wait_ms = std::min(before_, kShortWait);
  }
  ShortWait(const ShortWait &) = delete;
  ShortWait &operator=(const ShortWait &) = delete;
  ~ShortWait() { connection_.wait_ms = before_; }

 private:
  store::Connection &connection_;
  std::int64_t before_;
};

}  // namespace

Signing::Signing(Engine &engine) : engine_(engine), source_(engine.host(), engine.options()) {}

template <class Work>
void Signing::quietly(Work &&work) {
  const ShortWait wait(engine_.connection());
  try {
    work();
  } catch (const Failure &failure) {
    if (failure.status() == Status::busy || failure.status() == Status::interrupted) return;
    engine_.host().warn("checkpoint", failure.message());
  }
}

const std::string &Signing::origin() {
  if (origin_.empty()) origin_ = engine_.journal().ledger().meta("origin");
  return origin_;
}

void Signing::start() {
  if (source_.is_off() || engine_.connection().read_only()) return;
  if (source_.file() && source_.file()->is_changing()) quietly([&] { finish_change_of_keys(); });
  make_if_due();
}

std::optional<Millis> Signing::next_due() {
  if (source_.is_off() || engine_.connection().read_only()) return std::nullopt;
  store::Ledger &ledger = engine_.journal().ledger();
  const std::int64_t size = ledger.head().size;
  const auto newest = store::newest_checkpoint(engine_.connection().database());
  const std::int64_t signed_size = newest ? newest->size : 0;
  if (size <= signed_size) return std::nullopt;
  store::Query key(engine_.connection().database(), "SELECT 1 FROM fold_key LIMIT 1");
  if (!key.step()) return std::nullopt;
  if (size - signed_size >= kMostUnsigned) return engine_.host().now_ms();
  const auto last = ledger.event(size - 1);
  return last ? std::optional(last->wall_ms + kQuiet) : std::nullopt;
}

void Signing::make_if_due() {
  quietly([&] {
    const auto due = next_due();
    if (due && *due <= engine_.host().now_ms()) make();
  });
}

std::optional<store::StoredCheckpoint> Signing::make_or_warn() {
  std::optional<store::StoredCheckpoint> made;
  quietly([&] { made = make(); });
  return made;
}

std::optional<store::StoredCheckpoint> Signing::make() {
  return checkpoint_of(engine_.journal().ledger().head());
}

std::optional<store::StoredCheckpoint> Signing::make_at(const store::TreeHead &head) {
  std::optional<store::StoredCheckpoint> made;
  quietly([&] { made = checkpoint_of(head); });
  return made;
}

std::optional<store::StoredCheckpoint> Signing::checkpoint_of(const store::TreeHead &head) {
  if (source_.is_off() || engine_.connection().read_only()) return std::nullopt;
  if (engine_.connection().rolled_back()) return std::nullopt;
  if (source_.file() && source_.file()->is_changing()) finish_change_of_keys();
  store::Database &database = engine_.connection().database();
  const auto keys = folds::ledger_keys(database);
  if (keys.empty()) return std::nullopt;
  // Only what is on the disk is signed: another process may have committed and not synced yet.
  engine_.connection().ensure_synced(head.size);
  vouch_for(keys);
  auto made = store::checkpoint_from(database, head.size);
  if (!made || made->size != head.size) made = sign_head(head);
  hand_on(*made);
  return made;
}

/// Before anything is signed with a key, the one before it must have signed the entry that names
/// it.
void Signing::vouch_for(const std::vector<folds::LedgerKey> &keys) {
  if (keys.size() < 2) return;
  const std::int64_t size = keys.back().from_seq + 1;
  const auto there = store::checkpoint_from(engine_.connection().database(), size);
  if (there && there->size == size) return;
  sign_head({size, engine_.journal().ledger().root_at(size)});
}

/// A ledger that was rewritten below its last checkpoint is never signed again.
void Signing::check_continues(const store::TreeHead &head) {
  const auto before = store::checkpoint_before(engine_.connection().database(), head.size);
  if (!before) return;
  const auto earlier = store::parse_checkpoint(store::parse_note(before->note).text);
  if (engine_.journal().ledger().root_at(before->size) != earlier.head.root)
    throw Failure(Status::corrupt,
                  "the ledger does not continue its last checkpoint, so it was not signed; run "
                  "'heard verify'");
}

store::StoredCheckpoint Signing::sign_head(const store::TreeHead &head) {
  store::Database &database = engine_.connection().database();
  const auto keys = folds::ledger_keys(database);
  const auto place = folds::signer_at(keys, head.size);
  if (!place) throw Failure(Status::conflict, "the ledger had no key at this size");
  check_continues(head);
  const store::VerifierKey &key = keys[*place].key;
  store::Note note{store::format_checkpoint({origin(), head}), {}};
  note.signatures.push_back(
      store::note_signature(key, source_.signer().sign(store::format_key(key), note.text)));
  if (!store::is_signed_by(note, key))
    throw Failure(Status::host, "the signer gave a signature that does not verify");
  const store::StoredCheckpoint made{head.size, store::format_note(note), engine_.host().now_ms()};
  store::WriteTransaction transaction(engine_.connection());
  store::keep_checkpoint(database, made);
  transaction.commit();
  return made;
}

void Signing::hand_on(const store::StoredCheckpoint &checkpoint) {
  const std::string path = engine_.options().get("anchor.file");
  if (path.empty()) return;
  store::Database &database = engine_.connection().database();
  for (const store::AnchorRow &row : store::anchor_rows(database, checkpoint.size))
    if (row.delivered && row.receipt == path) return;
  store::Query known(database,
                     "SELECT 1 FROM local_anchor WHERE sink = 'file' AND state = 'delivered' AND"
                     " receipt = ?1 LIMIT 1");
  known.bind(1, path);
  const auto anchor = audit::file_anchor(path, known.step());
  known.reset();
  store::AnchorRow row{checkpoint.size, anchor->name(), true, "", engine_.host().now_ms()};
  try {
    row.receipt = anchor->deliver(checkpoint);
  } catch (const Failure &failure) {
    engine_.host().warn("anchor", failure.message());
    row.delivered = false;
    row.receipt = failure.message();
  }
  store::WriteTransaction transaction(engine_.connection());
  store::keep_anchor(database, row);
  transaction.commit();
}

/// The ledger says whether the next key has taken over; killed at any point, this ends it. The old
/// key stays until it has vouched for the new one.
void Signing::finish_change_of_keys() {
  const store::KeyFile &file = *source_.file();
  store::Database &database = engine_.connection().database();
  const auto in_force = [&] {
    const auto keys = folds::ledger_keys(database);
    const auto next = file.next();
    return next && !keys.empty() && keys.back().key.key == public_key_of(*next);
  };
  if (in_force()) vouch_for(folds::ledger_keys(database));
  store::WriteTransaction held(engine_.connection());  // for its lock: nobody else changes files
  if (in_force()) {
    const std::int64_t size = folds::ledger_keys(database).back().from_seq + 1;
    const auto vouched = store::checkpoint_from(database, size);
    if (vouched && vouched->size == size) file.adopt_next();
  } else {
    file.discard_next();
    file.destroy_old();
  }
}

/// Without a verifier key: makes the next one of the file, now that the lock keeps others away.
store::TreeHead Signing::append_key(const directory::Actor &actor, std::size_t keys_before,
                                    const std::string &verifier_key) {
  return engine_.write(actor, [&](const commands::Work &work) {
    const bool is_changing = source_.file() && source_.file()->is_changing();
    if (is_changing || folds::ledger_keys(work.database()).size() != keys_before)
      throw Failure(Status::busy, "another process is changing the key; look again in a moment");
    store::Draft draft = work.draft(store::Kind::key_rotated, work.journal.ledger().id());
    const std::string key =
        verifier_key.empty()
            ? store::format_key(store::verifier_key(origin(), source_.file()->make_next()))
            : verifier_key;
    draft.fields.text(field_id::origin, origin()).text(field_id::verifier_key, key);
    work.append(std::move(draft));
  });
}

store::TreeHead Signing::rotate(const directory::Actor &actor) {
  if (source_.is_off())
    throw bad_field("ledger.key",
                    "is empty: this ledger is not signed, so it has no key to change");
  if (source_.file() && source_.file()->is_changing()) finish_change_of_keys();
  const auto keys = folds::ledger_keys(engine_.connection().database());
  if (keys.empty()) {
    if (source_.file()) source_.file()->make();
    return append_key(actor, 0, source_.signer().verifier_key(origin()));
  }
  make();  // refuses while the old key cannot sign: it will have to vouch for the new one
  std::string next;
  if (!source_.file()) {
    next = source_.signer().verifier_key(origin());
    if (store::parse_key(next) == keys.back().key)
      throw Failure(Status::conflict,
                    "the host's signer still answers the key in force; change it there first");
  }
  const store::TreeHead head = append_key(actor, keys.size(), next);
  quietly([&] {
    if (source_.file()) finish_change_of_keys();
    make();
  });
  return head;
}

bool Signing::is_month_old() {
  store::Query newest(engine_.connection().database(),
                      "SELECT e.wall_ms FROM fold_key k JOIN event e ON e.seq = k.from_seq"
                      " ORDER BY k.from_seq DESC LIMIT 1");
  return newest.step() && engine_.host().now_ms() - newest.number(0) >= kMonth;
}

void Signing::rotate_if_due() {
  if (!source_.file() || engine_.connection().read_only() || !is_month_old()) return;
  quietly([&] { rotate(directory::system_actor()); });
}

}  // namespace heard::runtime
