#include "runtime/disclosing.hpp"

#include "base/failure.hpp"
#include "commands/retention.hpp"
#include "store/seq_list.hpp"

namespace heard::runtime {

namespace {

namespace field_id = store::field_id;

class WitnessedRows : public views::Rows {
 public:
  WitnessedRows(std::unique_ptr<views::Rows> rows,
                std::function<void(std::int64_t entries)> witness)
      : rows_(std::move(rows)), witness_(std::move(witness)) {}

  bool next(Record &row) override {
    if (!rows_->next(row)) return false;
    if (row.text("row") == "verdict" && row.flag("intact")) witness_(row.number("entries"));
    return true;
  }

 private:
  std::unique_ptr<views::Rows> rows_;
  std::function<void(std::int64_t entries)> witness_;
};

std::string bytes_of(const std::vector<Id> &ids) {
  std::string bytes;
  for (const Id &id : ids) bytes += view(id);
  return bytes;
}

}  // namespace

void require_purpose(store::Database &database, const directory::Actor &actor) {
  if (!actor.purpose.empty()) return;
  if (commands::setting_value(database, "disclosure.require_purpose") != "1") return;
  throw Failure(Status::denied,
                "'" + actor.id + "' does not say why; here every read needs a purpose",
                {{"field", "purpose"}});
}

store::Draft disclosure_draft(const commands::Work &work, const views::Disclosure &disclosure) {
  const Id thread = disclosure.person != kNoId ? disclosure.person : disclosure.case_id;
  store::Draft draft = work.draft(store::Kind::disclosure_made, thread);
  store::FieldList &fields = draft.fields;
  fields.text(field_id::view, disclosure.view).number(field_id::rows, disclosure.rows);
  if (disclosure.person != kNoId) fields.bytes(field_id::about_person, view(disclosure.person));
  if (disclosure.case_id != kNoId) fields.bytes(field_id::about_case, view(disclosure.case_id));
  fields.text(field_id::basis, work.actor.basis).text(field_id::threat, work.actor.threat);
  for (const std::string &recipient : work.actor.recipients)
    fields.text(field_id::recipient, recipient);
  fields.text(field_id::terms, disclosure.terms);
  fields.text(field_id::touched, store::encode_runs(disclosure.touched));
  fields.text(field_id::concerned, bytes_of(disclosure.concerned));
  return draft;
}

std::unique_ptr<views::Rows> witnessed(std::unique_ptr<views::Rows> rows,
                                       std::function<void(std::int64_t entries)> witness) {
  return std::make_unique<WitnessedRows>(std::move(rows), std::move(witness));
}

}  // namespace heard::runtime
