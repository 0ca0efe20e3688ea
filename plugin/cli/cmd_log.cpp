// heard log: logs one contact from options, or many from JSON.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "input.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

constexpr std::size_t kBatch = 1'000;

struct TextOption {
  const char *option, *field, *says;
};
constexpr std::array<TextOption, 20> kTexts = {{
    {"--channel", "channel", "email phone sms chat portal letter meeting visit video social other"},
    {"--direction", "direction", "inbound (default), outbound or internal"},
    {"--from", "from", "Who it is from, e.g. sis:contact:9f31"},
    {"--from-name", "from_name", "Their name, if the directory does not know them"},
    {"--requester", "requester", "The family member concerned, if not --from"},
    {"--school", "school", "The school's key"},
    {"--department", "department", "Who should deal with it"},
    {"--topic", "topic", "A word for sorting: bus, grades, lunch ..."},
    {"--moment", "moment", "The moment of truth: enrolment, concern, conference ..."},
    {"--priority", "priority", "low, normal, high or urgent"},
    {"--subject", "subject", "One line"},
    {"--text", "text", "What was said; - reads it from standard input"},
    {"--language", "language", "Language it is in: en, es, vi ..."},
    {"--source", "source", "The system it comes from (with --ref)"},
    {"--ref", "host_ref", "Its reference there: the same one is never logged twice"},
    {"--delivery", "delivery", "attempted, sent, failed or read"},
    {"--case", "case", "The case it belongs to"},
    {"--at", "occurred_at", "When, in the schools' zone: 2026-11-20 15:04, or 15:04 (default now)"},
    {"--reply-to", "reply_to", "The entry it answers (its number in the ledger)"},
    {"--corrects", "corrects", "The entry it corrects"},
}};

struct Wanted {
  std::map<std::string, std::string> texts;  // by field, as far as given
  std::vector<std::string> to, about;
  bool is_answered = false, needs_no_answer = false;
  std::string json_input;
};

std::int64_t ledger_position(const std::string &text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos || text.size() > 18)
    throw Trouble(kInput, fmt::format("\"{}\" is no entry's number.", text));
  return std::stoll(text);
}

api::Record to_fields(const Wanted &wanted) {
  api::Record fields("fields");
  for (const auto &[field, value] : wanted.texts) {
    if (value.empty()) continue;
    const char *name = field.c_str();
    if (field == "occurred_at")
      fields.set({name, read_moment(value)});
    else if (field == "reply_to" || field == "corrects")
      fields.set({name, ledger_position(value)});
    else
      fields.set({name, field == "text" && value == "-" ? read_input("-") : value});
  }
  for (const std::string &key : wanted.to) fields.add("to", key);
  for (const std::string &key : wanted.about) fields.add("about", key);
  if (wanted.is_answered) fields.set({"answered", 1});
  if (wanted.needs_no_answer) fields.set({"needs_response", 0});
  return fields;
}

void print_logged(api::Row result) {
  fmt::print("{} as entry {}", result.flag("duplicate") ? "Already there" : "Logged",
             result.number("seq"));
  if (result.has("number")) fmt::print(" of case {}", result.number("number"));
  fmt::print(".\n");
  if (result.has("promise"))
    fmt::print("Tell the family: an answer comes {}.\n", clean(result.text("promise")));
  fmt::print("Receipt: {}:{}:{}\n", result.number("seq"), result.number("size"),
             clean(result.text("root")));
}

void log_one(Context &context, api::Store &store, const api::Record &fields) {
  const api::Record result = store.apply(context.actor(), "interaction.log", fields);
  if (context.wants_json()) return print_json(to_json(result.row()));
  print_logged(result.row());
}

/// Batches of 1,000: each is in the ledger as a whole, or not at all.
void log_many(Context &context, api::Store &store, const json &items) {
  Progress progress("Logging");
  std::int64_t duplicates = 0;
  json answers = json::array();
  for (std::size_t done = 0; done < items.size(); done += kBatch) {
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(done);
    const auto count = std::min(kBatch, items.size() - done);
    json fields{{"items", json::array()}};
    std::copy_n(first, count, std::back_inserter(fields["items"]));
    const api::Record result = store.apply(context.actor(), "interaction.log_many",
                                           api::Record::from_json("fields", fields.dump()));
    for (api::Row item : result.row().rows("items")) duplicates += item.number("duplicate");
    if (context.wants_json()) answers.push_back(to_json(result.row()));
    progress.show(static_cast<std::int64_t>(done + count), std::ssize(items));
  }
  if (context.wants_json()) return print_json(answers);
  fmt::print("{} contacts: {} logged, {} already there.\n", grouped(std::ssize(items)),
             grouped(std::ssize(items) - duplicates), grouped(duplicates));
}

void run_log(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  if (wanted.json_input.empty()) return log_one(context, store, to_fields(wanted));
  const json input = json::parse(read_input(wanted.json_input), nullptr, false);
  if (input.is_object())
    return log_one(context, store, api::Record::from_json("fields", input.dump()));
  if (!input.is_array())
    throw Trouble(kInput, "The input is neither a JSON object nor an array of them.");
  log_many(context, store, input);
}

}  // namespace

void add_log(Command app, Context &context) {
  Command command = app.add_subcommand("log", "Log a contact, or many from JSON");
  auto wanted = std::make_shared<Wanted>();
  for (const TextOption &option : kTexts)
    command.add_option(option.option, wanted->texts[option.field], option.says);
  command.add_option("--to", wanted->to, "Who it is for; may be repeated");
  command.add_option("--about", wanted->about, "The student it is about; may be repeated");
  command.add_flag("--answered", wanted->is_answered, "A call that was answered at once");
  command.add_flag("--no-answer-needed", wanted->needs_no_answer, "A thank-you, for your notice");
  command.add_option("--json-input", wanted->json_input,
                     "A JSON object or array with the fields of interaction.log; - reads them "
                     "from standard input");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_log(context, *wanted); });
}

}  // namespace heard::cli
