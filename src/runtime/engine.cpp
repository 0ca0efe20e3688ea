#include "runtime/engine.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "audit/proof.hpp"
#include "audit/rebuild_rows.hpp"
#include "audit/verify_store.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "commands/case_file.hpp"
#include "commands/command_table.hpp"
#include "commands/notices.hpp"
#include "folds/keys.hpp"
#include "folds/rebuild.hpp"
#include "runtime/create.hpp"
#include "runtime/web_backend.hpp"
#include "store/pool.hpp"

namespace heard::runtime {

namespace {

namespace field_id = store::field_id;

constexpr int kSlice = 200;  // cases a transaction

std::unique_ptr<store::Connection> connect(Host &host, const Options &options) {
  const std::string path = options.get("store.path");
  if (path.empty()) throw bad_field("store.path", "is missing; name the store's file");
  const std::string mode = options.get("store.mode", "write");
  if (mode == "read") return store::Connection::open(path, store::Database::Mode::read);
  if (mode != "write") throw bad_field("store.mode", "must be write or read, not '" + mode + "'");
  if (path == store::kMemoryPath) return create_in_memory(host, options);
  return options.get("store.pool", "1") == "0"
             ? store::Connection::open(path, store::Database::Mode::write)
             : store::take_connection(path);
}

std::int64_t wait_of(const Options &options) {
  const auto wait = to_int(options.get("store.wait_ms", "5000"));
  if (!wait || *wait < 0)
    throw bad_field("store.wait_ms", "must be a number of milliseconds, like 5000");
  return *wait;
}

constexpr auto kVerifyFields =
    std::to_array<commands::FieldSpec>({{"export"}, {"receipt"}, {"key"}, {"anchors"}, {"proof"}});
constexpr auto kRebuildFields =
    std::to_array<commands::FieldSpec>({{"replace", commands::FieldKind::number}});

std::optional<audit::Receipt> receipt_of(const Record &what) {
  if (!what.has("receipt")) return std::nullopt;
  return audit::parse_receipt(what.text("receipt"));
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
  const Millis now = host_.now_ms();
  store::WriteTransaction transaction(*connection_);
  journal_->ledger().begin();
  const std::int64_t before = journal_->ledger().size();
  body({*journal_, actor, now, options_.zone_folder()});
  const store::TreeHead after = journal_->ledger().finish();
  if (after.size != before) transaction.commit();
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
  const store::TreeHead head =
      write(actor, [&](const commands::Work &work) { result = command.run(work, fields); });
  host_.wake();
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
  return {&connection_->database(), actor, host_.now_ms(),
          [this, actor](const views::Disclosure &disclosure) { disclose(actor, disclosure); },
          options_.zone_folder()};
}

void Engine::disclose(const directory::Actor &actor, const views::Disclosure &disclosure) {
  if (connection_->read_only()) {
    directory::require_audit(actor);
    return;
  }
  write(actor, [&](const commands::Work &work) {
    const Id thread = disclosure.person != kNoId ? disclosure.person : disclosure.case_id;
    store::Draft draft = work.draft(store::Kind::disclosure_made, thread);
    draft.fields.text(field_id::view, disclosure.view).number(field_id::rows, disclosure.rows);
    if (disclosure.person != kNoId)
      draft.fields.bytes(field_id::about_person, view(disclosure.person));
    if (disclosure.case_id != kNoId)
      draft.fields.bytes(field_id::about_case, view(disclosure.case_id));
    work.append(std::move(draft));
  });
}

std::unique_ptr<views::Rows> Engine::query(const Record &actor, std::string_view view,
                                           const Record &filter) {
  return views::open_view(reader(directory::actor_from(actor)), view, filter);
}

Engine::Pumped Engine::pump(Millis budget) {
  using Steady = std::chrono::steady_clock;
  const auto end = Steady::now() + std::chrono::milliseconds(budget);
  const directory::Actor system = directory::system_actor();
  store::Database &database = connection_->database();
  for (;;) {
    const Seconds now = floor_seconds(host_.now_ms());
    const auto due = commands::next_due(database);
    if (!due || *due > now) {
      const auto delivery = commands::next_delivery(database, now);
      const auto next = due && delivery ? std::min(due, delivery) : due ? due : delivery;
      return when_idle(next ? *next * 1000 : 0);
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
  directory::require_audit(directory::actor_from(actor_record));
  commands::check_fields("heard_verify", kVerifyFields, what);
  if (what.has("export")) return audit::verify_export(what.text("export"), receipt_of(what));
  if (what.has("proof")) return audit::verify_proof(what.text("proof"), what.text("key"));
  return audit::verify_store(connection_->database(), receipt_of(what), witnesses_of(what));
}

/// What is known about this ledger elsewhere: its key, and the copies of its checkpoints.
audit::Witnesses Engine::witnesses_of(const Record &what) {
  audit::Witnesses witnesses;
  witnesses.key = what.text("key");
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

void Engine::write_export(const Record &actor_record, const Record &what, const audit::Sink &sink) {
  const directory::Actor actor = directory::actor_from(actor_record);
  if (audit::asks_for_proof(what)) return write_proof(actor, what, sink);
  directory::require_audit(actor);
  const audit::Selection selection = audit::selection_from(connection_->database(), what);
  disclose(actor, {"export", selection.person, selection.case_id, 0});
  signing_.make_or_warn();
  audit::write_export(connection_->database(), selection, host_.now_ms(), sink);
}

/// Hashes only: whoever may read anything may have them, and pass them on to a family.
void Engine::write_proof(const directory::Actor &actor, const Record &what,
                         const audit::Sink &sink) {
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
