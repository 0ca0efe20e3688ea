#include "evaluation.hpp"

#include <fmt/core.h>

#include <memory>

#include "exit_codes.hpp"
#include "input.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

std::string read_document(const std::string &file) {
  std::string document = read_input(file);
  if (document.empty()) throw Trouble(kInput, "There is nothing to read in " + clean(file) + ".");
  return document;
}

/// One line, in the order people read it: whose answer, after what, the answer.
std::string to_line(api::Row row) {
  nlohmann::ordered_json line;
  const json fields = to_json(row);
  line["id"] = fields.at("id");
  if (fields.contains("after_event")) line["after_event"] = fields.at("after_event");
  if (fields.contains("got"))
    line["got"] = json::parse(row.text("got"));
  else
    line["error"] = fields.at("error");
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

void run_eval(Context &context, const char *view, const std::string &file) {
  const std::string document = read_document(file);
  api::Store store = context.open_in_memory();
  const api::Record filter("filter", {{"document", document}});
  for (api::Row row : store.query(context.actor(), view, filter)) fmt::print("{}\n", to_line(row));
}

}  // namespace

void add_eval(Command command, Context &context, const char *view) {
  Command eval = command.add_subcommand("eval", "Answer every row of a neutral table");
  auto file = std::make_shared<std::string>();
  eval.add_option("FILE", *file, "The table, JSON; - is standard input").required();
  eval.callback([&context, view, file] { run_eval(context, view, *file); });
}

}  // namespace heard::cli
