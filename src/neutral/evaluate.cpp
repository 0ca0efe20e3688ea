#include "neutral/evaluate.hpp"

#include "base/failure.hpp"
#include "neutral/clocks.hpp"
#include "neutral/operations.hpp"
#include "neutral/scripts.hpp"

namespace heard::neutral {

namespace {

Json parse(std::string_view document) {
  Json json = Json::parse(document, nullptr, false);
  if (json.is_discarded()) throw bad_field("document", "is no JSON text");
  if (json.is_object()) json = Json::array({std::move(json)});
  if (!json.is_array()) throw bad_field("document", "must be a list of objects");
  return json;
}

/// Collects the answers of one file.
class Evaluation {
 public:
  explicit Evaluation(const std::string &zone_folder) : zone_folder_(zone_folder) {}

  void add_group(const Json &json, std::size_t place) {
    if (!json.is_object())
      return add_error(Json(place), "this part of the file is no object with rows");
    Group group{json, zone_folder_, std::nullopt, "its group has no calendar"};
    try {
      if (has(json, "calendar")) group.calendars.emplace(json.at("calendar"), zone_folder_);
    } catch (const Failure &failure) {
      group.why_no_calendar = "its calendar is wrong: " + failure.message();
    }
    add_rows(group, "cases", answer_operation);
    add_rows(group, "clocks", answer_clock);
    if (has(json, "events")) add_script(group, id_of(json, place));
  }

  std::vector<Answer> take() { return std::move(answers_); }

 private:
  static Json id_of(const Json &row, std::size_t place) {
    return has(row, "id") ? field(row, "id") : Json(place);
  }

  void add_error(Json id, const std::string &sentence) {
    answers_.push_back({std::move(id), std::nullopt, nullptr, sentence});
  }

  void add_rows(Group &group, std::string_view name, Json (*answer)(const Json &, Group &)) {
    const Json &rows = field(group.json, name);
    if (!rows.is_null() && !rows.is_array())
      return add_error(nullptr, "'" + std::string(name) + "' must be a list of rows");
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Json id = id_of(rows[i], i);
      try {
        if (!rows[i].is_object()) throw Failure(Status::argument, "the row is no object");
        answers_.push_back({id, std::nullopt, answer(rows[i], group), {}});
      } catch (const Failure &failure) {
        add_error(std::move(id), failure.message());
      }
    }
  }

  void add_script(Group &group, const Json &id) {
    try {
      std::int64_t event = 0;
      for (AfterEvent &after : answer_script(group))
        answers_.push_back({id, event++, std::move(after.figures), std::move(after.error)});
    } catch (const Failure &failure) {
      add_error(id, failure.message());
    }
  }

  const std::string &zone_folder_;
  std::vector<Answer> answers_;
};

}  // namespace

std::vector<Answer> evaluate(std::string_view document, const std::string &zone_folder) {
  const Json groups = parse(document);
  Evaluation evaluation(zone_folder);
  for (std::size_t i = 0; i < groups.size(); ++i) evaluation.add_group(groups[i], i);
  return evaluation.take();
}

}  // namespace heard::neutral
