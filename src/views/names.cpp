#include "views/names.hpp"

#include "base/options.hpp"
#include "commands/command_table.hpp"
#include "directory/disclosure_basis.hpp"
#include "store/registry.hpp"

namespace heard::views {

namespace {

Record name_row(std::string_view section, std::string_view name, std::string_view since) {
  Record row("name");
  row.set("section", section).set("name", name).set("since", since);
  return row;
}

}  // namespace

std::vector<Record> known_names() {
  std::vector<Record> rows;
  for (const commands::Command &command : commands::commands()) {
    Record &row = rows.emplace_back(name_row("command", command.name, command.since));
    std::vector<std::string> fields;
    for (const commands::FieldSpec &field : command.fields) fields.emplace_back(field.name);
    row.set("fields", std::move(fields));
  }
  for (const std::string_view option : kOptionNames)
    rows.push_back(name_row("option", option, "1.0"));
  for (const std::string_view setting : commands::feed_settings())
    rows.push_back(name_row("setting", "feed.F." + std::string(setting), "1.0"));
  for (const std::string_view setting : commands::store_settings())
    rows.push_back(name_row("setting", setting, "1.0"));
  for (const directory::DisclosureBasis &basis : directory::disclosure_bases())
    rows.push_back(name_row("basis", basis.code, "1.0")
                       .set("cite", basis.cite)
                       .set("exempt", basis.exempt)
                       .set("says", basis.says));
  for (const store::KindRow &kind : store::kinds())
    rows.push_back(name_row("kind", kind.name, kind.since));
  return rows;
}

}  // namespace heard::views
