#include "commands/command_table.hpp"

#include <algorithm>
#include <vector>

#include "base/failure.hpp"

namespace heard::commands {

namespace {

const char *expected(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return "a text";
    case FieldKind::number:
      return "a whole number";
    case FieldKind::texts:
      return "a list of texts";
    case FieldKind::records:
      return "a list of records";
  }
  return "";
}

bool fits(FieldKind kind, const Record::Value &value) {
  switch (kind) {
    case FieldKind::text:
      return std::holds_alternative<std::string>(value);
    case FieldKind::number:
      return std::holds_alternative<std::int64_t>(value);
    case FieldKind::texts:
      return std::holds_alternative<std::string>(value) ||
             std::holds_alternative<std::vector<std::string>>(value);
    case FieldKind::records:
      return std::holds_alternative<std::vector<Record>>(value);
  }
  return false;
}

/// An empty JSON list says nothing about what it is a list of.
bool is_empty_list(FieldKind kind, const Record::Value &value) {
  const auto *texts = std::get_if<std::vector<std::string>>(&value);
  return kind == FieldKind::records && texts != nullptr && texts->empty();
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> kAll = [] {
    std::vector<Command> all;
    for (const auto family :
         {interaction_commands(), case_commands(), case_move_commands(), clock_commands(),
          calendar_commands(), policy_commands(), desk_commands(), settings_commands(),
          person_commands(), restore_commands(), signing_commands(), erase_commands(),
          hold_commands(), retention_commands()})
      all.insert(all.end(), family.begin(), family.end());
    return all;
  }();
  return kAll;
}

const Command &command(std::string_view name) {
  for (const Command &known : commands())
    if (known.name == name) return known;
  throw Failure(Status::unknown_name,
                "command '" + std::string(name) + "' is not known to Heard 1.0.0",
                {{"name", std::string(name)}});
}

void check_fields(std::string_view where, std::span<const FieldSpec> specs, const Record &fields) {
  for (const auto &[name, value] : fields.fields()) {
    const auto spec =
        std::find_if(specs.begin(), specs.end(),
                     [&, &wanted = name](const FieldSpec &s) { return s.name == wanted; });
    if (spec == specs.end())
      throw Failure(Status::unknown_name,
                    "field '" + name + "' is not known to " + std::string(where) +
                        " of Heard 1.0.0; check the spelling",
                    {{"name", name}, {"field", name}});
    if (!fits(spec->kind, value) && !is_empty_list(spec->kind, value))
      throw bad_field(name, std::string("must be ") + expected(spec->kind));
  }
  for (const FieldSpec &spec : specs)
    if (spec.required && !fields.has(spec.name)) throw bad_field(spec.name, "is missing");
}

}  // namespace heard::commands
