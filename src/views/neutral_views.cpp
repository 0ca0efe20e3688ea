// calendar.eval and clocks.eval: a file of neutral rows answered; nothing of the store is read.
#include <array>

#include "neutral/evaluate.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

Record to_row(neutral::Answer answer) {
  Record row("answer");
  if (answer.id.is_number_integer())
    row.set("id", answer.id.get<std::int64_t>());
  else
    row.set("id", answer.id.is_string() ? answer.id.get<std::string>() : answer.id.dump());
  if (answer.after_event) row.set("after_event", *answer.after_event);
  if (answer.error.empty())
    row.set("got", answer.got.dump());
  else
    row.set("error", answer.error);
  return row;
}

std::unique_ptr<Rows> open_evaluation(const Reader &reader, const Record &filter) {
  std::vector<Record> rows;
  for (neutral::Answer &answer : neutral::evaluate(filter.text("document"), reader.zone_folder))
    rows.push_back(to_row(std::move(answer)));
  return all_rows(std::move(rows));
}

constexpr auto kDocument = std::to_array<FilterField>({{.name = "document", .required = true}});

constexpr auto kViews = std::to_array<View>({
    {"calendar.eval", "1.0", kDocument, open_evaluation},
    {"clocks.eval", "1.0", kDocument, open_evaluation},
});

}  // namespace

std::span<const View> neutral_views() { return kViews; }

}  // namespace heard::views
