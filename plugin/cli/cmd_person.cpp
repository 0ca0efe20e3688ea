// heard person: who somebody is, what must be known before writing, and every contact with them.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "conversation.hpp"
#include "exit_codes.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

constexpr std::int64_t kMostFound = 50;

/// What the directory says about a link; a flag nobody set stays unsaid.
std::string flags_of(api::Row link) {
  std::string flags;
  for (const char *name : {"custody", "legal", "communications", "emergency", "lives_with"})
    if (const std::string says = link.text(name); !says.empty() && says != "unknown")
      flags += fmt::format(", {} {}", name, says);
  return clean(flags);
}

void print_person(api::Row person) {
  fmt::print("{}  {}\n", paint(clean(person.text("name")), Ink::bold),
             paint(clean(person.text("person")), Ink::dim));
  fmt::print("  {}", clean(person.text("kind")));
  for (const char *field : {"school_name", "grade", "language", "email", "phone"})
    if (!person.text(field).empty()) fmt::print(", {}", clean(person.text(field)));
  if (person.has("verified") && !person.flag("verified"))
    fmt::print(", {}", paint("not in any feed yet", Ink::yellow));
  if (person.has("active") && !person.flag("active"))
    fmt::print(", {}", paint("left", Ink::yellow));
  fmt::print("\n");
  for (api::Row link : person.rows("links")) {
    fmt::print("  {} {}{}\n", clean(link.text("relation")), clean(link.text("name")),
               flags_of(link));
    if (!link.text("restriction").empty())
      fmt::print("    {}\n", paint("RESTRICTION: " + clean(link.text("restriction")), Ink::red));
  }
}

void print_found(const json &people) {
  Table table({{"key", Table::Align::left, Table::Width::kept},
               {"name"},
               {"kind"},
               {"school", Table::Align::left, Table::Width::spare}});
  for (const json &person : people)
    table.add({{person.value("person", "")},
               {person.value("name", "")},
               {person.value("kind", "")},
               {person.value("school_name", "")}});
  table.print();
  fmt::print("\nSay which one: heard person KEY\n");
}

json find_people(api::Store &store, const api::Record &actor, const std::string &wanted) {
  const bool is_key = wanted.find(':') != std::string::npos;
  api::Record filter("filter", {{is_key ? "person" : "search", wanted}, {"limit", kMostFound}});
  return to_json(store.query(actor, "people", filter));
}

void run_person(Context &context, const std::string &wanted) {
  api::Store store = context.open();
  const api::Record actor = context.actor();
  const json people = find_people(store, actor, wanted);
  if (people.empty()) throw Trouble(kInput, fmt::format("Nobody is known as \"{}\".", wanted));
  if (people.size() > 1)
    return context.wants_json() ? print_json({{"people", people}}) : print_found(people);
  const json &person = people.front();
  const api::Record filter("filter", {{"person", person.value("person", wanted)}});
  api::Rows entries = store.query(actor, "timeline", filter);
  if (context.wants_json())
    return print_json({{"person", person}, {"timeline", to_json(std::move(entries))}});
  print_person(api::Record::from_json("person", person.dump()).row());
  fmt::print("\n");
  for (api::Row entry : entries) fmt::print("{}", tell_entry(entry));
}

}  // namespace

void add_person(Command app, Context &context) {
  Command command = app.add_subcommand("person", "One person: links, flags, all contacts");
  auto wanted = std::make_shared<std::string>();
  command.add_option("person", *wanted, "A key like sis:student:9f31, or a part of a name")
      .required();
  command.footer("Reading a person's timeline is recorded in the ledger (a disclosure).");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_person(context, *wanted); });
}

}  // namespace heard::cli
