// heard promise: what a family that writes now may be told, in one sentence.
#include <fmt/core.h>

#include <map>
#include <memory>

#include "commands.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

using Traits = std::map<std::string, std::string>;  // by field, as far as given

std::string sentence(api::Row row) {
  std::string text;
  if (!row.flag("open_now") && row.has("next_open"))
    text = "The school is closed now and opens " + show_moment(row.number("next_open")) + ". ";
  if (row.text("promise").empty()) return text + "No time can be promised for an answer.";
  return text + "You get an answer " + clean(row.text("promise")) + ".";
}

void run_promise(Context &context, const Traits &traits) {
  api::Store store = context.open();
  api::Record filter("filter");
  for (const auto &[trait, value] : traits)
    if (!value.empty()) filter.set({trait.c_str(), value});
  for (api::Row row : store.query(context.actor(), "promise", filter)) {
    if (context.wants_json()) return print_json(to_json(row));
    fmt::print("{}\n", sentence(row));
  }
}

}  // namespace

void add_promise(Command app, Context &context) {
  Command command = app.add_subcommand("promise", "By when a family that writes now is answered");
  auto traits = std::make_shared<Traits>();
  for (const char *trait :
       {"school", "department", "topic", "moment", "channel", "priority", "language"})
    command.add_option("--" + std::string(trait), (*traits)[trait]);
  command.add_option("--requester-kind", (*traits)["requester_kind"], "guardian, student ...");
  context.add_options_to(command);
  command.callback([&context, traits] { run_promise(context, *traits); });
}

}  // namespace heard::cli
