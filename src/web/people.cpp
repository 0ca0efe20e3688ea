#include "web/people.hpp"

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/page.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::int64_t kMostFound = 50;
constexpr std::string_view kFlags[] = {"communications", "custody",    "legal",
                                       "emergency",      "lives_with", "portal"};

bool warns_when_no(std::string_view flag) {
  return flag == "communications" || flag == "custody" || flag == "legal";
}

Data flag_data(const Record &link, std::string_view flag) {
  const std::string value = link.text(flag, "unknown");
  Data data;
  put(data, "label", text("link." + std::string(flag)));
  put(data, "value", word_for("flag", value));
  put(data, "kind",
      value == "unknown"                     ? "hrd-muted"
      : value == "no" && warns_when_no(flag) ? "hrd-bad"
                                             : "");
  return data;
}

void add_caution(Data &list, std::string says) {
  Data data;
  put(data, "says", says);
  list.push_back(data);
}

Data found_person(const Request &request, const Record &person, bool to_log) {
  const std::string key = person.text("person");
  const std::string log = request.page("/log", {{"person", key}});
  Data data;
  put(data, "name", person.text("name", key));
  put(data, "kind", word_for("kind", person.text("kind")));
  put(data, "about", about_person(person));
  put(data, "inactive", !person.flag("active", true));
  put(data, "href", to_log ? log : request.page(person_path(key)));
  put(data, "log_href", to_log || !request.may_write() ? "" : std::string_view(log));
  return data;
}

std::string found_words(std::int64_t found) {
  if (found == 0) return std::string(text("people.none"));
  if (found > kMostFound) return text_with("people.many", std::to_string(kMostFound));
  return counted("people.found", found);
}

Data hidden_fields(const Query &query) {
  Data list = make_list();
  for (const auto &[name, value] : query) {
    Data data;
    put(data, "name", name);
    put(data, "value", value);
    list.push_back(data);
  }
  return list;
}

}  // namespace

std::string person_path(std::string_view key) { return "/people/" + percent_encoded(key, ":"); }

std::optional<Record> find_person(const Request &request, const std::string &key) {
  if (key.empty()) return std::nullopt;
  try {
    const auto rows = request.backend().rows("people", Record("filter").set("person", key));
    if (!rows.empty()) return rows.front();
  } catch (const Failure &failure) {
    if (failure.status() != Status::not_found) throw;
  }
  return std::nullopt;
}

Record unverified_person(const std::string &key) {
  const auto parts = split(key, ':');
  const std::string type(parts.size() < 2 ? "" : parts[parts.size() - 2]);
  const bool staff = type == "staff" || type == "teacher";
  const bool family = type == "guardian" || type == "contact" || type == "parent";
  const char *other = type == "student" ? "student" : "community";
  Record person("person");
  person.set("person", key).set("name", key).set("verified", std::int64_t{0});
  return person.set("kind", staff ? "staff" : family ? "guardian" : other);
}

std::string about_person(const Record &person) {
  std::string line;
  const auto add = [&](const std::string &part) {
    if (!part.empty()) line += (line.empty() ? "" : ", ") + part;
  };
  const std::string grade = person.text("grade");
  if (!grade.empty()) add(text_with("person.grade", grade));
  add(person.text("school_name"));
  add(word_for("language", person.text("language")));
  return line;
}

std::string relation_words(const Record &link) {
  const std::string relation = link.text("relation");
  const std::string code = lowered(relation), words = word_for("relation", code);
  return words == code ? relation : words;
}

void put_links(const Request &request, const Record &person, Data &data) {
  const bool student = person.text("kind") == "student";
  Data names = make_list(), links = make_list();
  for (const std::string_view flag : kFlags)
    names.push_back(chip(text("link." + std::string(flag))));
  for (const Record &link : person.records("links")) {
    Data flags = make_list(), row;
    for (const std::string_view flag : kFlags) flags.push_back(flag_data(link, flag));
    const std::string restriction = link.text("restriction");
    put(row, "name", link.text("name", link.text("person")));
    put(row, "href", request.page(person_path(link.text("person"))));
    const std::string relation = relation_words(link);
    put(row, "relation",
        student || relation.empty() ? relation : text_with("link.relation_of", relation));
    put(row, "restricted", !restriction.empty());
    put(row, "restriction",
        restriction.empty() ? "" : text_with("caution.restriction", restriction));
    put(row, "flags", flags);
    links.push_back(row);
  }
  put(data, "links_title",
      text_with(student ? "link.of_student" : "link.of_guardian", person.text("name")));
  put(data, "flag_names", names);
  put_list(data, "links", links);
}

void put_cautions(const Record &person, Data &data) {
  Data list = make_list();
  const bool student = person.text("kind") == "student";
  for (const Record &link : person.records("links")) {
    const std::string other = link.text("name", link.text("person"));
    const std::string restriction = link.text("restriction");
    if (!restriction.empty())
      add_caution(list, text_with("caution.restriction.of", {other, restriction}));
    for (const std::string_view flag : kFlags)
      if (warns_when_no(flag) && link.text(flag) == "no")
        add_caution(list,
                    text_with("caution." + std::string(flag) + (student ? ".to" : ".of"), other));
  }
  put_list(data, "cautions", list);
}

void put_search(const Request &request, std::string_view path, bool to_log, Data &data) {
  const std::string typed(trimmed(request.query().text("search")));
  const GetForm form = get_form(request.head(), path);
  Data search, people = make_list();
  put(search, "action", form.action);
  put(search, "hidden", hidden_fields(form.hidden));
  put(search, "label", text(to_log ? "log.search" : "people.search"));
  put(search, "value", typed);
  put(search, "autofocus", typed.empty());
  put(data, "search", search);
  std::int64_t found = 0;
  if (!typed.empty()) {
    Record filter("filter");
    filter.set("search", typed).set("limit", kMostFound + 1);
    for (const Record &person : request.backend().rows("people", filter))
      if (++found <= kMostFound) people.push_back(found_person(request, person, to_log));
  }
  put(data, "searched", !typed.empty());
  put(data, "count", found_words(found));
  put_list(data, "people", people);
}

}  // namespace heard::web
