// heard erase: what is personal about a person, a case or an entry goes; the facts stay.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string person, one_case, basis, approver, requested_by, note;
  std::int64_t entry = -1;
  std::vector<std::string> fields;
};

api::Record to_fields(const Wanted &wanted) {
  api::Record fields("fields", {{"basis", wanted.basis}, {"approver", wanted.approver}});
  if (!wanted.person.empty()) fields.set({"person", wanted.person});
  if (!wanted.one_case.empty()) fields.set({"case", wanted.one_case});
  if (wanted.entry >= 0) fields.set({"entry", wanted.entry});
  if (!wanted.requested_by.empty()) fields.set({"requested_by", wanted.requested_by});
  if (!wanted.note.empty()) fields.set({"note", wanted.note});
  for (const std::string &field : wanted.fields) fields.add("fields", field);
  return fields;
}

void run_erase(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  const api::Record done = store.apply(context.actor(), "records.erase", to_fields(wanted));
  if (context.wants_json()) return print_json(to_json(done.row()));
  fmt::print("Erased: {} fields of {} entries; entry {} says so.\n",
             grouped(done.row().number("fields")), grouped(done.row().number("entries")),
             done.row().number("seq"));
  if (!done.row().flag("purged"))
    fmt::print("{}\n", paint("A reader still uses the log; 'heard pump' finishes the erasure.",
                             Ink::yellow));
}

}  // namespace

void add_erase(Command app, Context &context) {
  Command command = app.add_subcommand("erase", "Erase what is personal; facts and proofs stay");
  auto wanted = std::make_shared<Wanted>();
  Command part = command.add_option_group("part", "What to erase (one of)");
  part.add_option("--person", wanted->person, "Everything about this person (key)");
  part.add_option("--case", wanted->one_case, "This case with its contacts");
  part.add_option("--entry", wanted->entry, "This entry").type_name("SEQ");
  part.require_option(1);
  command.add_option("--field", wanted->fields, "Only these fields, e.g. text").type_name("NAME");
  command.add_option("--right", wanted->basis, "What gives the right to erase").required();
  command.add_option("--approver", wanted->approver, "Who approved it: another person (key)")
      .required();
  command.add_option("--requested-by", wanted->requested_by, "Who asked for it");
  command.add_option("--note", wanted->note, "For the record");
  command.footer("A hold that covers any of it refuses. This cannot be undone.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_erase(context, *wanted); });
}

}  // namespace heard::cli
