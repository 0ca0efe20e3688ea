#include "runtime/exporting.hpp"

#include <fmt/format.h>

#include <array>

#include "audit/anchor.hpp"
#include "base/failure.hpp"
#include "bundle/preview.hpp"
#include "bundle/write_bundle.hpp"
#include "bundle/write_lines.hpp"
#include "bundle/zip_writer.hpp"
#include "commands/command_table.hpp"
#include "folds/codec.hpp"
#include "folds/keys.hpp"
#include "runtime/disclosing.hpp"

namespace heard::runtime {

namespace {

namespace field_id = store::field_id;
namespace sub = folds::sub;
using commands::FieldKind;

constexpr auto kFields = std::to_array<commands::FieldSpec>({{"person"},
                                                             {"case"},
                                                             {"school"},
                                                             {"all", FieldKind::text},
                                                             {"from", FieldKind::number},
                                                             {"to", FieldKind::number},
                                                             {"receipts", FieldKind::texts},
                                                             {"format"},
                                                             {"folder"},
                                                             {"redact", FieldKind::records},
                                                             {"recipient"},
                                                             {"preview", FieldKind::number}});

/// `all` may be any value: hosts have always passed a text or a number.
void check_what(const Record &what) {
  Record rest = what;
  rest.erase("all");
  commands::check_fields("heard_export", kFields, rest);
  const std::string format = what.text("format", "lines");
  if (format != "lines" && format != "bundle")
    throw bad_field("format", "must be lines or bundle, not '" + format + "'");
  if (what.has("folder") && format != "bundle")
    throw bad_field("folder", "only a bundle is written into a folder; set format to bundle");
}

struct Wanted {
  audit::Selection selection;
  audit::Redaction redaction;
  std::string format, folder, recipient;
};

Wanted wanted_from(store::Database &database, const Record &what) {
  return {audit::selection_from(database, what), audit::Redaction::from(database, what),
          what.text("format", "lines"), what.text("folder"), what.text("recipient")};
}

std::string field_names(const audit::RedactionRule &rule) {
  std::string names;
  for (const std::uint16_t id : rule.fields) {
    if (!names.empty()) names += ' ';
    names += store::field(id)->name;
  }
  return names;
}

void put_rules(const audit::Redaction &redaction, store::FieldList &fields) {
  for (const audit::RedactionRule &rule : redaction.rules()) {
    store::Group fact;
    fact.text(sub::redaction_fields, field_names(rule));
    if (rule.person != kNoId) fact.id(sub::redaction_person, rule.person);
    if (rule.entry >= 0) fact.number(sub::redaction_entry, rule.entry);
    fact.text(sub::redaction_reason, rule.reason).text(sub::redaction_statute, rule.statute);
    fields.group(field_id::redaction_fact, fact);
    fields.group(field_id::redaction_personal,
                 store::Group().text(sub::redaction_reviewer, rule.reviewer));
  }
}

/// A disclosure like any other, and what was asked for.
std::int64_t record_order(const commands::Work &work, const Wanted &wanted) {
  const audit::Selection &selection = wanted.selection;
  audit::Selected selected = audit::selected(work.database(), selection);
  const auto count = static_cast<std::int64_t>(selected.seqs.size());
  store::Draft draft = disclosure_draft(work, {"export",
                                               selection.person,
                                               selection.case_id,
                                               count,
                                               {},
                                               std::move(selected.seqs),
                                               std::move(selected.people)});
  store::FieldList &fields = draft.fields;
  fields.text(field_id::export_format, wanted.format);
  fields.text(field_id::export_part, selection.what);
  fields.text(field_id::export_name, selection.name);
  if (selection.from) fields.number(field_id::export_from, *selection.from);
  if (selection.to) fields.number(field_id::export_to, *selection.to);
  fields.text(field_id::recipient, wanted.recipient);
  put_rules(wanted.redaction, fields);
  return work.append(std::move(draft));
}

/// What is shipped: the tree with the order in it.
struct Ordered {
  store::TreeHead head;
  std::int64_t seq = -1;  ///< of the order; -1 where nothing can be written
  Millis at = 0;
};

Ordered order(Engine &engine, const directory::Actor &actor, const Wanted &wanted) {
  Ordered ordered;
  store::Ledger ledger(engine.connection().database());
  require_purpose(engine.connection().database(), actor);
  if (engine.connection().read_only() || engine.connection().rolled_back()) {
    ordered.head = ledger.head();
    const auto last = ledger.event(ordered.head.size - 1);
    ordered.at = last ? last->wall_ms : 0;
    return ordered;
  }
  ordered.head = engine.write(
      actor, [&](const commands::Work &work) { ordered.seq = record_order(work, wanted); });
  ordered.at = ledger.event(ordered.seq).value().wall_ms;
  return ordered;
}

void record_seal(Engine &engine, const directory::Actor &actor, const Ordered &ordered,
                 const bundle::Sealed &sealed) {
  if (ordered.seq < 0) return;
  const Id thread = store::Ledger(engine.connection().database()).event(ordered.seq)->thread;
  engine.write(actor, [&](const commands::Work &work) {
    store::Draft draft = work.draft(store::Kind::export_sealed, thread);
    draft.ref = ordered.seq;
    draft.fields.bytes(field_id::seal, view(sealed.seal));
    draft.fields.number(field_id::rows, sealed.entries);
    draft.fields.number(field_id::hidden_fields, sealed.hidden);
    work.append(std::move(draft));
  });
}

std::optional<audit::AnchorLine> last_anchor(Engine &engine, std::int64_t size) {
  const std::string path = engine.options().get("anchor.file");
  if (path.empty()) return std::nullopt;
  std::optional<audit::AnchorLine> last;
  try {
    for (const audit::AnchorLine &line : audit::read_anchor_file(path).lines)
      if (line.checkpoint.head.size <= size && line.checkpoint.origin == engine.signing().origin())
        last = line;
  } catch (const Failure &failure) {
    engine.host().warn("anchor", failure.message());
  }
  return last;
}

/// The head that is shipped, signed if there is a key, and the last copy of a head that somebody
/// else holds; the bundle proves that it continues that one.
bundle::Vouchers vouchers(Engine &engine, const store::TreeHead &head,
                          audit::Selection &selection) {
  store::Database &database = engine.connection().database();
  bundle::Vouchers vouchers;
  if (const auto made = engine.signing().make_at(head)) {
    vouchers.checkpoint = made->note;
    for (const folds::LedgerKey &key : folds::ledger_keys(database))
      vouchers.keys += store::format_key(key.key) + "\n";
  } else {
    vouchers.checkpoint = bundle::unsigned_checkpoint(store::Ledger(database).id(), head);
  }
  const auto anchor = last_anchor(engine, head.size);
  if (!anchor) return vouchers;
  selection.earlier_sizes.push_back(anchor->checkpoint.head.size);
  vouchers.anchors.emplace_back("file.txt", fmt::format("{} {}\n", anchor->checkpoint.head.size,
                                                        hex(anchor->checkpoint.head.root)));
  return vouchers;
}

bundle::Order order_of(Engine &engine, const Wanted &wanted, const Ordered &ordered) {
  return {wanted.selection,
          wanted.redaction,
          ordered.head,
          ordered.at,
          ordered.seq,
          {},
          [&engine](std::int64_t done, std::int64_t total) {
            engine.host().inform("export", fmt::format("{} of {}", done, total));
          }};
}

void write_bundle(Engine &engine, const directory::Actor &actor, const Wanted &wanted,
                  const Sink &sink) {
  store::Database &database = engine.connection().database();
  // A folder that exists already is refused before anything is recorded.
  std::unique_ptr<bundle::Target> target;
  if (!wanted.folder.empty()) target = std::make_unique<bundle::FolderTarget>(wanted.folder);
  const Ordered ordered = order(engine, actor, wanted);
  bundle::Order order = order_of(engine, wanted, ordered);
  order.vouchers = vouchers(engine, ordered.head, order.selection);
  if (!target)
    target = std::make_unique<bundle::ZipWriter>(sink, bundle::folder_name(database, order),
                                                 floor_seconds(ordered.at));
  const bundle::Sealed sealed = bundle::write_bundle(database, order, *target);
  record_seal(engine, actor, ordered, sealed);
  if (!wanted.folder.empty()) sink(hex(sealed.seal) + "\n");
}

}  // namespace

void run_export(Engine &engine, const directory::Actor &actor, const Record &what,
                const Sink &sink) {
  check_what(what);
  store::Database &database = engine.connection().database();
  const Wanted wanted = wanted_from(database, what);
  if (what.flag("preview")) {
    sink(to_json(bundle::preview(database, wanted.selection, wanted.redaction)) + "\n");
    return;
  }
  if (wanted.format == "bundle") return write_bundle(engine, actor, wanted, sink);
  const Ordered ordered = order(engine, actor, wanted);
  engine.signing().make_at(ordered.head);
  bundle::write_lines(database, order_of(engine, wanted, ordered), sink);
}

}  // namespace heard::runtime
