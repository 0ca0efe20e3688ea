// interaction.log and interaction.log_many.
#include <array>

#include "base/failure.hpp"
#include "cases/explain.hpp"
#include "commands/command_table.hpp"
#include "commands/log_contact.hpp"

namespace heard::commands {

namespace {

constexpr std::size_t kLargestBatch = 10000;

constexpr auto kContactFields = std::to_array<FieldSpec>({
    {"channel", FieldKind::text, true},
    {"direction"},
    {"from"},
    {"from_name"},
    {"to", FieldKind::texts},
    {"about", FieldKind::texts},
    {"school"},
    {"department"},
    {"topic"},
    {"moment"},
    {"priority"},
    {"subject"},
    {"text"},
    {"language"},
    {"occurred_at", FieldKind::number},
    {"source"},
    {"host_ref"},
    {"human", FieldKind::number},
    {"public", FieldKind::number},
    {"bulk", FieldKind::number},
    {"needs_response", FieldKind::number},
    {"answered", FieldKind::number},
    {"answers", FieldKind::number},
    {"delivery"},
    {"case"},
    {"reply_to", FieldKind::number},
    {"corrects", FieldKind::number},
    {"open_case", FieldKind::number},
    {"requester"},
});
constexpr auto kManyFields = std::to_array<FieldSpec>({{"items", FieldKind::records, true}});

void put_logged(const Logged &logged, Record &result) {
  result.set("seq", logged.seq).set("duplicate", std::int64_t{logged.duplicate});
  if (logged.case_id == kNoId) return;
  result.set("case", hex(logged.case_id)).set("number", logged.case_number);
}

/// By when the family has been promised an answer, in words for them.
void put_promise(const Work &work, const CaseFile *file, Record &result) {
  const calendar::Calendar *hours = file ? file->calendar().compiled.get() : nullptr;
  const auto due = file ? cases::promised_by(file->state(), *hours) : std::nullopt;
  if (!due) return;
  result.set("promised_by", *due * 1000);
  result.set("promise", cases::promise(*due, work.now_seconds(), *hours));
}

Record log_one(const Work &work, const Record &fields) {
  Batch batch;
  Record result;
  const Logged logged = log_contact(work, interactions::contact_from(fields, work.now), batch);
  put_logged(logged, result);
  batch.settle_all(work);
  put_promise(work, batch.find(logged.case_id), result);
  return result;
}

Logged log_item(const Work &work, const Record &item, Batch &batch, std::size_t index) {
  try {
    check_fields("interaction.log", kContactFields, item);
    return log_contact(work, interactions::contact_from(item, work.now), batch);
  } catch (const Failure &failure) {
    const std::string place = std::to_string(index);
    throw Failure(failure.status(), "item " + place + ": " + failure.message(),
                  failure.with("index", place).details(), failure.retry_ms());
  }
}

Record log_many(const Work &work, const Record &fields) {
  const std::vector<Record> &items = fields.records("items");
  if (items.empty()) throw bad_field("items", "is empty; give at least one contact");
  if (items.size() > kLargestBatch)
    throw Failure(Status::limit, "a batch holds at most 10,000 contacts; send several",
                  {{"limit", "10000"}, {"provided", std::to_string(items.size())}});
  Batch batch;
  Record result;
  std::vector<Record> rows;
  bool all_duplicates = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Logged logged = log_item(work, items[i], batch, i);
    all_duplicates = all_duplicates && logged.duplicate;
    Record &row = rows.emplace_back("item");
    row.set("index", static_cast<std::int64_t>(i));
    put_logged(logged, row);
  }
  batch.settle_all(work);
  result.set("seq", rows.front().number("seq"));
  result.set("duplicate", std::int64_t{all_duplicates}).set("items", std::move(rows));
  return result;
}

constexpr auto kCommands = std::to_array<Command>({
    {"interaction.log", "1.0", kContactFields, directory::require_write, log_one},
    {"interaction.log_many", "1.0", kManyFields, directory::require_write, log_many},
});

}  // namespace

std::span<const Command> interaction_commands() { return kCommands; }

}  // namespace heard::commands
