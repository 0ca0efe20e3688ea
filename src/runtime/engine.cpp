#include "runtime/engine.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "audit/backup.hpp"
#include "audit/proof.hpp"
#include "audit/rebuild_rows.hpp"
#include "audit/verify_store.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "bundle/source.hpp"
#include "bundle/verify_bundle.hpp"
#include "bundle/verify_lines.hpp"
#include "commands/case_file.hpp"
#include "commands/command_table.hpp"
#include "commands/notices.hpp"
#include "commands/retention.hpp"
#include "folds/keys.hpp"
#include "folds/rebuild.hpp"
#include "runtime/create.hpp"
#include "runtime/disclosing.hpp"
#include "runtime/exporting.hpp"
#include "runtime/web_backend.hpp"
#include "store/pool.hpp"
#include "store/purge.hpp"

namespace heard::runtime {

namespace {

constexpr int kSlice = 200;  // cases a transaction

std::unique_ptr<store::Connection> connect(Host &host, const Options &options) {
  const std::string path = options.get("store.path");
  if (path.empty()) throw bad_field("store.path", "is missing; name the store's file");
  const std::string mode = options.get("store.mode", "write");
  const std::string mark = options.get("store.mark", store::mark_beside(path));
  if (mode == "read") return store::Connection::open(path, store::Database::Mode::read, mark);
  if (mode != "write") throw bad_field("store.mode", "must be write or read, not '" + mode + "'");
  if (path == store::kMemoryPath) return create_in_memory(host, options);
  return options.get("store.pool", "1") == "0"
             ? store::Connection::open(path, store::Database::Mode::write, mark)
             : store::take_connection(path, mark);
}

std::int64_t wait_of(const Options &options) {
  const auto wait = to_int(options.get("store.wait_ms", "5000"));
  if (!wait || *wait < -1)
    throw bad_field("store.wait_ms", "must be a number of milliseconds, like 5000, or -1");
  return *wait;
}

constexpr auto kVerifyFields = std::to_array<commands::FieldSpec>(
    {{"export"}, {"receipt"}, {"key"}, {"anchors"}, {"proof"}, {"seal"}});
constexpr auto kBackupFields =
    std::to_array<commands::FieldSpec>({{"path", commands::FieldKind::text, true}});
constexpr auto kRebuildFields =
    std::to_array<commands::FieldSpec>({{"replace", commands::FieldKind::number}});

std::optional<audit::Receipt> receipt_of(const Record &what) {
  if (!what.has("receipt")) return std::nullopt;
  return audit::parse_receipt(what.text("receipt"));
}

std::optional<Millis> in_millis(const std::optional<Seconds> &at) {
  return at ? std::optional<Millis>(*at * 1000) : std::nullopt;
}

/// 0: nothing at all.
Millis earliest(std::initializer_list<std::optional<Millis>> instants) {
  std::optional<Millis> first;
  for (const auto &instant : instants)
    if (instant && (!first || *instant < *first)) first = instant;
  return first.value_or(0);
}

}  // namespace

Engine::Engine(Host &host, Options options)
    : host_(host),
      options_(std::move(options)),
      connection_(connect(host, options_)),
      journal_(std::make_unique<folds::Journal>(connection_->database())),
      signing_(*this) {
  connection_->wait_ms = wait_of(options_);
  if (!connection_->is_settled) signing_.start();
  connection_->is_settled = true;
}

Engine::~Engine() {
  journal_.reset();
  if (options_.get("store.pool", "1") != "0") store::give_back(std::move(connection_));
}

store::TreeHead Engine::write(const directory::Actor &actor,
                              const std::function<void(const commands::Work &)> &body) {
  return write(actor, body, Writing{});
}

store::TreeHead Engine::write(const directory::Actor &actor,
                              const std::function<void(const commands::Work &)> &body,
                              const Writing &writing) {
  const Millis now = host_.now_ms();
  const bool restores = writing.purpose == store::WriteTransaction::Purpose::sanctioned_restore;
  std::optional<commands::Outside> outside;
  if (restores) outside = {connection_->mark(), signing_.key_if_new()};
  store::TreeHead after;
  {
    store::WriteTransaction transaction(*connection_, writing.purpose);
    journal_->ledger().begin();
    const std::int64_t before = journal_->ledger().size();
    if (!restores) connection_->refuse_shorter(before);
    body({*journal_, actor, now, options_.zone_folder(), std::move(outside)});
    after = journal_->ledger().finish();
    if (after.size != before) {
      transaction.commit(writing.durability);
      if (restores) connection_->accept_restore(after);
      if (writing.durability == store::Durability::synced) connection_->raise_mark(after);
      return after;
    }
  }
  // What the answer speaks of may be another process's, and not on the disk yet.
  connection_->ensure_synced(after.size);
  return after;
}

Record Engine::apply(const Record &actor_record, std::string_view name, const Record &fields) {
  const directory::Actor actor = directory::actor_from(actor_record);
  const commands::Command &command = commands::command(name);
  command.require(actor);
  commands::check_fields(command.name, command.fields, fields);
  if (command.name == commands::kKeyRotate) return change_key(actor);
  if (command.name == commands::kCheckpointMake) return make_checkpoint();
  Record result;
  Writing writing;
  if (command.name == commands::kSanctionRestore)
    writing.purpose = store::WriteTransaction::Purpose::sanctioned_restore;
  const store::TreeHead head = write(
      actor, [&](const commands::Work &work) { result = command.run(work, fields); }, writing);
  host_.wake();
  if (command.erases) result.set("purged", store::finish_purge(*connection_));
  if (head.size / Signing::kMostUnsigned != result.number("seq") / Signing::kMostUnsigned)
    signing_.make_if_due();
  return with_receipt(std::move(result), head);
}

Record Engine::with_receipt(Record result, const store::TreeHead &head) {
  result.set("size", head.size).set("root", hex(head.root));
  const std::int64_t seq = result.number("seq", -1);
  if (seq >= 0) result.set("receipt", store::short_receipt(signing_.origin(), seq, head));
  return result;
}

Record Engine::change_key(const directory::Actor &actor) {
  const store::TreeHead head = signing_.rotate(actor);
  host_.wake();
  Record result;
  result.set("seq", head.size - 1).set("duplicate", 0);
  result.set("key", store::format_key(folds::ledger_keys(connection_->database()).back().key));
  return with_receipt(std::move(result), head);
}

Record Engine::make_checkpoint() {
  if (connection_->read_only())
    throw Failure(Status::denied, "the store was opened for reading only; nothing was signed");
  const std::int64_t before = journal_->ledger().head().size;
  const auto newest = store::newest_checkpoint(connection_->database());
  const auto made = signing_.make();
  if (!made)
    throw Failure(Status::conflict,
                  "this ledger has no key, so nothing is signed; 'key.rotate' gives it one");
  Record result;
  result.set("seq", before - 1).set("duplicate", newest && newest->size == made->size);
  const store::Checkpoint checkpoint = store::parse_checkpoint(store::parse_note(made->note).text);
  return with_receipt(std::move(result.set("note", made->note)), checkpoint.head);
}

views::Reader Engine::reader(const directory::Actor &actor) {
  return {&connection_->database(),
          actor,
          host_.now_ms(),
          [this, actor](const views::Disclosure &disclosure) { disclose(actor, disclosure); },
          options_.zone_folder(),
          [this](std::int64_t size) { connection_->ensure_synced(size); }};
}

void Engine::disclose(const directory::Actor &actor, const views::Disclosure &disclosure) {
  require_purpose(connection_->database(), actor);
  if (connection_->read_only() || connection_->rolled_back()) {
    directory::require_audit(actor);
    return;
  }
  const auto record = [&](const commands::Work &work) {
    work.append(disclosure_draft(work, disclosure));
  };
  write(actor, record, {store::Durability::relaxed, {}});
}

std::unique_ptr<views::Rows> Engine::query(const Record &actor, std::string_view view,
                                           const Record &filter) {
  return views::open_view(reader(directory::actor_from(actor)), view, filter);
}

void Engine::run_retention(const directory::Actor &system) {
  const auto due = commands::next_retention(connection_->database());
  if (!due || *due > host_.now_ms()) return;
  write(system, [&](const commands::Work &work) {
    const auto still = commands::next_retention(work.database());
    if (still && *still <= work.now) commands::command("retention.run").run(work, Record());
  });
}

Engine::Pumped Engine::pump(Millis budget) {
  using Steady = std::chrono::steady_clock;
  const auto end = Steady::now() + std::chrono::milliseconds(budget);
  const directory::Actor system = directory::system_actor();
  store::Database &database = connection_->database();
  run_retention(system);
  store::finish_purge(*connection_);
  for (;;) {
    const Seconds now = floor_seconds(host_.now_ms());
    const auto due = commands::next_due(database);
    if (!due || *due > now) {
      return when_idle(earliest({in_millis(due), in_millis(commands::next_delivery(database, now)),
                                 commands::next_retention(database)}));
    }
    int settled = 0;
    write(system,
          [&](const commands::Work &work) { settled = commands::settle_due(work, kSlice); });
    if (settled == 0) return {false, *due * 1000};  // another process was quicker
    host_.wake();                                   // there may be notices to hand on
    if (Steady::now() >= end) return {true, *due * 1000};
  }
}

/// Housekeeping, now that nobody is kept waiting.
Engine::Pumped Engine::when_idle(Millis next_due) {
  signing_.rotate_if_due();
  signing_.make_if_due();
  const auto planned = signing_.next_due();
  if (!planned) return {false, next_due};
  // Overdue still: the key cannot be had. Again in a while, not at once.
  const Millis now = host_.now_ms();
  const Millis signing = *planned > now ? *planned : now + Signing::kQuiet;
  return {false, next_due == 0 ? signing : std::min(next_due, signing)};
}

std::unique_ptr<views::Rows> Engine::verify(const Record &actor_record, const Record &what) {
  const directory::Actor actor = directory::actor_from(actor_record);
  directory::require_audit(actor);
  commands::check_fields("heard_verify", kVerifyFields, what);
  const std::string path = what.text("export");
  if (!path.empty() && bundle::Source::is_bundle(path))
    return bundle::verify_bundle(path, {receipt_of(what), what.text("seal"), what.text("key")});
  if (what.has("export")) return bundle::verify_lines(path, receipt_of(what));
  if (what.has("proof")) return audit::verify_proof(what.text("proof"), what.text("key"));
  auto rows = audit::verify_store(connection_->database(), receipt_of(what), witnesses_of(what));
  if (connection_->read_only()) return rows;
  return witnessed(std::move(rows), [this, actor](std::int64_t entries) {
    try {
      disclose(actor, {"verify", {}, {}, entries});
    } catch (const Failure &failure) {
      // A check shows nobody's records: it never waits in vain for a writer, nor for room.
      if (failure.status() != Status::busy && failure.status() != Status::io) throw;
    }
  });
}

/// What is known about this ledger elsewhere: its key, and the copies of its checkpoints.
audit::Witnesses Engine::witnesses_of(const Record &what) {
  audit::Witnesses witnesses;
  witnesses.key = what.text("key");
  witnesses.mark = connection_->mark();
  if (what.has("anchors")) witnesses.anchors.push_back(what.text("anchors"));
  if (options_.get("anchor.file") != what.text("anchors"))
    witnesses.own_anchors = options_.get("anchor.file");
  const auto &file = signing_.source().file();
  if (!file) return witnesses;
  try {
    witnesses.own_key = file->public_key();
  } catch (const Failure &) {
    // An auditor need not be able to read the private key.
  }
  return witnesses;
}

std::unique_ptr<views::Rows> Engine::rebuild(const Record &actor_record, const Record &what) {
  const directory::Actor actor = directory::actor_from(actor_record);
  commands::check_fields("heard_rebuild", kRebuildFields, what);
  if (!what.flag("replace")) {
    directory::require_audit(actor);
    return audit::rebuild_rows(connection_->database(), {});
  }
  directory::require_admin(actor);
  return audit::rebuild_rows(connection_->database(), [this] {
    store::WriteTransaction transaction(*connection_);
    folds::refold(connection_->database(), journal_->ledger().head().size);
    transaction.commit();
  });
}

std::unique_ptr<views::Rows> Engine::backup(const Record &actor_record, const Record &what) {
  const directory::Actor actor = directory::actor_from(actor_record);
  directory::require_admin(actor);
  commands::check_fields("heard_backup", kBackupFields, what);
  auto rows = audit::backup_rows(connection_->database(), what.text("path"));
  disclose(actor, {"backup", {}, {}, journal_->ledger().head().size});
  connection_->ensure_synced(journal_->ledger().head().size);
  return rows;
}

void Engine::write_export(const Record &actor_record, const Record &what, const Sink &sink) {
  const directory::Actor actor = directory::actor_from(actor_record);
  if (audit::asks_for_proof(what)) return write_proof(actor, what, sink);
  directory::require_audit(actor);
  run_export(*this, actor, what, sink);
}

/// Hashes only: whoever may read anything may have them, and pass them on to a family.
void Engine::write_proof(const directory::Actor &actor, const Record &what, const Sink &sink) {
  directory::require_read(actor);
  store::Database &database = connection_->database();
  if (audit::wants_newer_checkpoint(database, what)) signing_.make();
  audit::write_proof(database, what, sink);
}

web::Response Engine::handle(const Record &actor, const Record &head, std::string_view body) {
  WebBackend backend(*this, actor);
  return web::answer(backend, actor, head, body);
}

}  // namespace heard::runtime
