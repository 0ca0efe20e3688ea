#include "web/entries.hpp"

#include <algorithm>

#include "web/form.hpp"
#include "web/page.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

Data entry_chips(const Request &request, const Record &entry, const EntryStyle &style) {
  Data chips = make_list();
  const std::string delivery = entry.text("delivery");
  if (entry.flag("needs_response")) chips.push_back(chip(text("entry.needs_response"), "hrd-busy"));
  if (!entry.flag("human", true)) chips.push_back(chip(text("entry.automatic")));
  if (entry.flag("bulk")) chips.push_back(chip(text("entry.bulk")));
  if (!entry.flag("public", true)) chips.push_back(chip(text("entry.not_public")));
  if (!delivery.empty())
    chips.push_back(chip(word_for("delivery", delivery), delivery == "failed" ? "hrd-late" : ""));
  if (entry.flag("late_typed"))
    chips.push_back(
        chip(text_with("entry.late_typed", request.when(entry.number("recorded_at"), style.school)),
             "hrd-warn"));
  if (entry.number("corrects") > 0)
    chips.push_back(
        chip(text_with("entry.corrects", std::to_string(entry.number("corrects"))), "hrd-warn"));
  if (entry.flag("erased")) chips.push_back(chip(text("entry.erased")));
  return chips;
}

std::string_view side_of(const std::string &direction) {
  if (direction == "outbound") return "hrd-out";
  return direction == "internal" ? "hrd-note" : "hrd-in";
}

/// "Maria Lopez" or "Anna Berg to Maria Lopez".
std::string who_of(const Record &entry) {
  const std::string from = entry.text("from_name"), to = entry.text("to_name");
  if (from.empty() && to.empty()) return std::string(text("entry.nobody"));
  if (from.empty() || to.empty()) return from + to;
  return text_with("entry.from_to", {from, to});
}

/// The small form that says whether a message of the family needs an answer after all.
Data mark_data(const Request &request, const Record &entry, const EntryStyle &style) {
  const bool asked = entry.text("direction") == "inbound" && !entry.flag("erased");
  if (style.mark_path.empty() || !asked) return Data(false);
  const bool needs = entry.flag("needs_response");
  const std::string seq = std::to_string(entry.number("seq"));
  Data data;
  put(data, "action", link(request.head(), LinkKind::form, style.mark_path));
  put(data, "hidden",
      hidden_fields(request, style.mark_path,
                    {{"seq", seq}, {"needs_response", needs ? "0" : "1"}}));
  put(data, "button", text(needs ? "button.mark.no" : "button.mark.yes"));
  return data;
}

Data entry_data(const Request &request, const Record &entry, const EntryStyle &style) {
  const std::string direction = entry.text("direction");
  const Millis at = entry.number("occurred_at");
  const bool erased = entry.flag("erased");
  const std::int64_t number = style.with_case ? entry.number("number") : 0;
  const std::string number_text = std::to_string(number);
  Data data;
  put(data, "seq", std::to_string(entry.number("seq")));
  put(data, "side", side_of(direction));
  put(data, "who", who_of(entry));
  put(data, "how",
      word_for("channel", entry.text("channel")) + ", " + word_for("direction", direction));
  put(data, "when", request.when(at, style.school));
  put(data, "iso", format_utc(floor_seconds(at)));
  put(data, "chips", entry_chips(request, entry, style));
  put(data, "subject", erased ? "" : entry.text("subject"));
  put(data, "text", erased ? std::string(text("entry.erased_text")) : entry.text("text"));
  put(data, "mark", mark_data(request, entry, style));
  put(data, "case_href", number > 0 ? request.page("/cases/" + number_text) : "");
  put(data, "case_label", text_with("entry.case", number_text));
  return data;
}

}  // namespace

void put_entries(const Request &request, const std::vector<Record> &entries,
                 const EntryStyle &style, Data &data) {
  Data list = make_list();
  const std::size_t shown = std::min(entries.size(), style.most);
  for (std::size_t i = 0; i < shown; ++i) list.push_back(entry_data(request, entries[i], style));
  put(data, "more_entries",
      entries.size() > shown ? text_with("entries.more", std::to_string(shown)) : "");
  put_list(data, "entries", list);
}

}  // namespace heard::web
