#include "web/filters.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "web/blocks.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::string_view kPeriods[] = {"7", "30", "90", "365"};
constexpr std::string_view kDefaultPeriod = "30";
constexpr Millis kDay = 86'400'000;

Data hidden_list(const Query &fields) {
  Data hidden = make_list();
  for (const auto &[name, value] : fields) {
    if (value.empty()) continue;
    Data field;
    put(field, "name", name);
    put(field, "value", value);
    hidden.push_back(field);
  }
  return hidden;
}

}  // namespace

Data school_filter(const Request &request, std::string_view path, const std::string &chosen,
                   const Query &kept) {
  if (request.schools().size() < 2) return Data(false);
  GetForm form = get_form(request.head(), path);
  form.hidden.insert(form.hidden.end(), kept.begin(), kept.end());
  Data data, schools = make_list();
  for (const Option &option : school_options(request, "waiting.all_schools")) {
    Data school;
    school.set("value", Data(option.value));
    put(school, "label", option.label);
    put(school, "chosen", option.value == chosen);
    schools.push_back(school);
  }
  put(data, "action", form.action);
  put(data, "hidden", hidden_list(form.hidden));
  put(data, "schools", schools);
  return data;
}

std::vector<Option> school_options(const Request &request, std::string_view first) {
  std::vector<Option> options{{"", std::string(text(first))}};
  for (const Record &row : request.schools())
    options.push_back({row.text("school"), row.text("name", row.text("school"))});
  return options;
}

std::string asked_period(const Request &request) {
  const std::string asked = request.query().text("days");
  const bool known =
      std::find(std::begin(kPeriods), std::end(kPeriods), asked) != std::end(kPeriods);
  return known ? asked : std::string(kDefaultPeriod);
}

Millis period_begin(const Request &request, std::string_view days) {
  return request.now() - to_int(days).value_or(0) * kDay;
}

Data period_tabs(const Request &request, std::string_view path, std::string_view chosen,
                 const Query &kept) {
  Data periods = make_list();
  for (const auto days : kPeriods) {
    Query query{{"days", std::string(days)}};
    query.insert(query.end(), kept.begin(), kept.end());
    periods.push_back(
        tab(request, path, query, text("measures.days." + std::string(days)), days == chosen));
  }
  return periods;
}

}  // namespace heard::web
