#include "web/policy_words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "web/blocks.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

using Words = std::vector<std::string_view>;

const Words kClocks{"acknowledgement", "first_response", "next_response", "update",
                    "resolution",      "ownership",      "wait"};
const Words kUnits{"business_days", "business_minutes", "wall_minutes", "calendar_days"};
const Words kOffsetUnits{"percent", "minutes", "business_days"};
const Words kPriorities{"low", "normal", "high", "urgent"};
const Words kEnds{"closing", "midnight", "same_time"};

bool is_one_of(const Words &words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words between blanks or commas.
Words words_in(std::string_view line) {
  Words words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(" \t,", at), line.size());
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// "75 percent", "30 minutes before due", "1 business_days after start".
std::string offset_line(const Record &step) {
  const std::int64_t offset = step.number("offset");
  if (step.text("unit") == "percent") return std::to_string(offset) + " percent";
  const std::string_view side = offset < 0 ? " before " : " after ";
  return std::to_string(offset < 0 ? -offset : offset) + ' ' + step.text("unit") +
         std::string(side) + step.text("from", "due");
}

bool read_offset(std::string_view part, Record &step) {
  const Words words = words_in(part);
  if (words.size() < 2 || !is_one_of(kOffsetUnits, words[1])) return false;
  const auto amount = to_int(words[0]);
  if (!amount) return false;
  step.set("offset", *amount).set("unit", words[1]);
  if (words[1] == "percent") return words.size() == 2;
  if (words.size() != 4 || (words[2] != "before" && words[2] != "after")) return false;
  if (words[3] != "due" && words[3] != "start") return false;
  if (words[2] == "before") step.set("offset", -*amount);
  step.set("from", words[3]);
  return true;
}

bool read_extra(std::string_view part, Record &step) {
  const auto after = [&](std::string_view begin) { return trimmed(part.substr(begin.size())); };
  if (part == "urgent") step.set("urgent", 1);
  if (part == "only unassigned") step.set("only_unassigned", 1);
  if (part == "urgent" || part == "only unassigned") return true;
  if (part.starts_with("at least ") && is_one_of(kPriorities, after("at least "))) {
    step.set("at_least", after("at least "));
    return true;
  }
  if (part.starts_with("raise to ") && is_one_of(kPriorities, after("raise to "))) {
    step.set("raise_to", after("raise to "));
    return true;
  }
  return false;
}

std::string offset_words(const Record &step) {
  const std::int64_t offset = step.number("offset");
  const std::string unit = step.text("unit");
  if (unit == "percent") return text_with("step.percent", std::to_string(offset));
  const std::string from = step.text("from", "due");
  if (offset == 0) return word_for("step.at", from);
  const std::int64_t amount = offset < 0 ? -offset : offset;
  const std::string long_unit = unit == "minutes" ? "business_minutes" : unit;
  const std::string span =
      is_one_of(kUnits, long_unit) ? counted("unit." + long_unit, amount) : unit;
  return text_with(offset < 0 ? "step.before" : "step.after", {span, word_for("step.point", from)});
}

std::string notify_words(const std::string &notify) {
  if (notify.starts_with("role:")) return text_with("step.role", notify.substr(5));
  return word_for("step.notify", notify);
}

/// A school by its name, a channel or priority by its word, all else as it is.
std::string value_words(const Request &request, const std::string &trait,
                        const std::string &value) {
  if (trait == "requester_kind") return word_for("kind", value);
  if (trait != "school") return word_for(trait, value);
  for (const Record &school : request.schools())
    if (school.text("school") == value) return school.text("name", value);
  return value;
}

}  // namespace

const std::vector<std::string> &traits() {
  static const std::vector<std::string> names{"school",   "department",     "topic",
                                              "moment",   "requester_kind", "channel",
                                              "priority", "language"};
  return names;
}

std::string target_words(const Record &target) {
  const std::string unit = target.text("unit"), ends = target.text("ends", "closing");
  const std::int64_t amount = target.number("amount");
  std::string says = word_for("clock", target.text("clock")) + ": ";
  says += is_one_of(kUnits, unit) ? counted("unit." + unit, amount) : std::to_string(amount);
  if (ends != "closing") says += ' ' + word_for("ends", ends);
  if (target.has("priority")) says += " (" + word_for("priority", target.text("priority")) + ')';
  return says;
}

std::string step_words(const Record &step) {
  std::vector<std::string> parts{notify_words(step.text("notify")), offset_words(step)};
  if (step.flag("urgent")) parts.emplace_back(text("step.urgent"));
  if (step.flag("only_unassigned")) parts.emplace_back(text("step.unassigned"));
  if (step.has("at_least"))
    parts.push_back(text_with("step.at_least", word_for("priority", step.text("at_least"))));
  if (step.has("raise_to"))
    parts.push_back(text_with("step.raise_to", word_for("priority", step.text("raise_to"))));
  return text_with("step.says",
                   {step.text("name"), word_for("clock", step.text("clock")), joined(parts)});
}

std::vector<std::string> when_words(const Request &request, const Record &policy) {
  std::vector<std::string> lines;
  for (const Record &when : policy.records("when"))
    for (const std::string &trait : traits()) {
      std::vector<std::string> values;
      for (const std::string &value : when.texts(trait))
        values.push_back(value_words(request, trait, value));
      if (!values.empty())
        lines.push_back(text_with("policy.when", {word_for("trait", trait), joined(values)}));
    }
  return lines;
}

std::string target_line(const Record &target) {
  std::vector<std::string> words{target.text("clock"), std::to_string(target.number("amount")),
                                 target.text("unit"), target.text("priority")};
  if (target.text("ends", "closing") != "closing") words.push_back(target.text("ends"));
  std::erase(words, "");
  return joined(words, " ");
}

std::optional<Record> target_from(const std::string &line) {
  const Words words = words_in(line);
  if (words.size() < 3 || !is_one_of(kClocks, words[0]) || !is_one_of(kUnits, words[2]))
    return std::nullopt;
  const auto amount = to_int(words[1]);
  if (!amount) return std::nullopt;
  Record target("target");
  target.set("clock", words[0]).set("amount", *amount).set("unit", words[2]);
  for (std::size_t i = 3; i < words.size(); ++i) {
    if (is_one_of(kPriorities, words[i]))
      target.set("priority", words[i]);
    else if (is_one_of(kEnds, words[i]))
      target.set("ends", words[i]);
    else
      return std::nullopt;
  }
  return target;
}

std::string step_line(const Record &step) {
  std::vector<std::string> parts{step.text("clock"), offset_line(step),
                                 "tell " + step.text("notify")};
  if (step.flag("urgent")) parts.emplace_back("urgent");
  if (step.flag("only_unassigned")) parts.emplace_back("only unassigned");
  if (step.has("at_least")) parts.push_back("at least " + step.text("at_least"));
  if (step.has("raise_to")) parts.push_back("raise to " + step.text("raise_to"));
  return step.text("name") + ": " + joined(parts);
}

std::optional<Record> step_from(const std::string &line) {
  const std::size_t colon = line.rfind(": ");
  if (colon == std::string::npos) return std::nullopt;
  const auto parts = split(std::string_view(line).substr(colon + 2), ',');
  if (parts.size() < 3 || !is_one_of(kClocks, trimmed(parts[0]))) return std::nullopt;
  const std::string_view tell = trimmed(parts[2]);
  Record step("step");
  step.set("name", trimmed(line.substr(0, colon))).set("clock", trimmed(parts[0]));
  if (!read_offset(parts[1], step) || !tell.starts_with("tell ")) return std::nullopt;
  step.set("notify", trimmed(tell.substr(5)));
  for (std::size_t i = 3; i < parts.size(); ++i)
    if (!read_extra(trimmed(parts[i]), step)) return std::nullopt;
  return step;
}

}  // namespace heard::web
