// T16: the names and fields in NAMES.md are those the library says it knows, and those it answers.
#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "abi/fixture.hpp"
#include "source_dir.hpp"

using namespace abi_test;

namespace {

using Names = std::set<std::string>;

constexpr auto kCommandTitles = "### ([a-z_., ]+)";
constexpr auto kViewTitles = "### ([a-z_.]+)";
constexpr auto kOptionRows = "\n[|] `([a-z_.]+)` [|]";

/// The lines from the first one that matches `title` to the next of that heading's level.
std::string part_of_page(const std::string &level, const std::regex &title) {
  std::ifstream file(HEARD_SOURCE_DIR "/include/heard/NAMES.md");
  std::string text, line;
  for (bool inside = false; std::getline(file, line);) {
    if (line.rfind("## ", 0) == 0 || line.rfind(level, 0) == 0)
      inside = std::regex_search(line, title);
    if (inside) text += line + "\n";
  }
  return text;
}

std::string section_of_page(const std::string &title) {
  return part_of_page("## ", std::regex("^## " + title + "$"));
}

/// What stands under the command or view `name`.
std::string entry_of_page(const std::string &name) {
  return part_of_page("### ", std::regex("^###.* " + name + "(,| |$)"));
}

/// Every first group of `pattern` in `text`; where it is a list "a, b", each part.
Names found(const std::string &text, const char *pattern) {
  BOOST_TEST_REQUIRE(!text.empty(), "NAMES.md lacks a section");
  const std::regex names(pattern), part("[a-z_.F]+");
  Names result;
  for (std::sregex_iterator match(text.begin(), text.end(), names), end; match != end; ++match) {
    const std::string list = (*match)[1];
    for (std::sregex_iterator one(list.begin(), list.end(), part); one != end; ++one)
      result.insert(one->str());
  }
  return result;
}

/// The fields of the sentence that begins with `word`, without what stands in parentheses.
Names fields_after(const std::string &text, const std::string &word) {
  std::size_t place = text.find(word);
  std::string sentence;
  if (place == std::string::npos) return {};
  for (int depth = 0; place < text.size(); ++place) {
    if (text[place] == '(') ++depth;
    if (depth == 0) sentence += text[place];
    if (text[place] == ')') --depth;
    if (depth == 0 && (text.compare(place, 2, ".\n") == 0 || text.compare(place, 2, ". ") == 0))
      break;
  }
  return found(sentence, "`([a-z_0-9]+)(?:#|#ms|[?]|\\[\\]|\\{\\})?`");
}

/// What the view `names` lists under one section: names and their fields.
std::map<std::string, Names> known_to_library(const std::string &section) {
  OpenStore open;
  Cursor rows;
  const heard_record *row = nullptr;
  std::map<std::string, Names> result;
  SUCCEEDS(heard_query(open.store, open.actor, "names", nullptr, rows.out(), err));
  while (SUCCEEDS(heard_cursor_next(rows, &row, err)) == HEARD_ROW) {
    if (heard_record_text(row, "section") != section) continue;
    Names &fields = result[heard_record_text(row, "name")];
    for (std::int64_t i = 0; i < heard_record_count(row, "fields"); ++i)
      fields.insert(heard_record_text_at(row, "fields", i));
    BOOST_TEST(heard_record_text(row, "since") == std::string("1.0"));
  }
  return result;
}

void same(const std::string &what, const Names &page, const Names &library) {
  for (const std::string &name : page)
    BOOST_TEST(library.count(name) == 1u,
               what << ": " << name << " is in NAMES.md, the library does not know it");
  for (const std::string &name : library)
    BOOST_TEST(page.count(name) == 1u,
               what << ": " << name << " is known to the library, NAMES.md is silent");
}

void same_names(const std::string &what, const Names &page, const std::string &section) {
  Names library;
  for (const auto &[name, fields] : known_to_library(section)) library.insert(name);
  BOOST_TEST(!page.empty());
  same(what, page, library);
}

/// A filter with what the view cannot do without.
void fill_filter(Record &filter, const std::string &view) {
  from_json(filter, "filter", "{}");
  if (view == "case") set(filter, "case", "1");
  if (view == "timeline") set(filter, "person", "sis:guardian:9");
  if (view == "simulate") set(filter, "policy", "default");
  if (view == "calendar.eval" || view == "clocks.eval")
    set(filter, "document", R"([{"cases": [{"id": "a", "op": "none"}]}])");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(commands_are_those_of_the_page) {
  same_names("commands", found(section_of_page("Commands"), kCommandTitles), "command");
}

BOOST_AUTO_TEST_CASE(views_are_those_of_the_page) {
  same_names("views", found(section_of_page("Views"), kViewTitles), "view");
}

BOOST_AUTO_TEST_CASE(options_are_those_of_the_page) {
  same_names("options", found(section_of_page("Options"), kOptionRows), "option");
}

BOOST_AUTO_TEST_CASE(settings_are_those_of_the_page) {
  Names page = found(section_of_page("Feeds"), "`(feed[.]F[.][a-z_]+)`");
  page.erase("feed.F.password");  // a secret: it comes from the host and is no setting
  page.merge(found(entry_of_page("settings.save"), "`((?:disclosure|retention)[.][a-z_]+)`"));
  same_names("settings", page, "setting");
}

BOOST_AUTO_TEST_CASE(grounds_of_disclosure_are_those_of_the_page) {
  same_names("grounds",
             found(section_of_page("Actor"), "\n[|] `([a-z_]+)` [|][^|]*[|] (?:yes|no) [|]"),
             "basis");
}

BOOST_AUTO_TEST_CASE(fields_of_commands_are_those_of_the_page) {
  for (const auto &[name, fields] : known_to_library("command")) {
    if (name.rfind("case.", 0) == 0) continue;  // they share one paragraph
    const Names page = fields_after(entry_of_page(name), "Fields:");
    BOOST_TEST(page.empty() == fields.empty(), name);
    same(name, page, fields);
  }
}

BOOST_AUTO_TEST_CASE(fields_of_filters_are_those_of_the_page) {
  for (const auto &[name, fields] : known_to_library("view"))
    same(name, fields_after(entry_of_page(name), "Filter:"), fields);
}

BOOST_AUTO_TEST_CASE(fields_of_rows_are_on_the_page) {
  OpenStore open;
  for (const std::string &name : found(section_of_page("Views"), kViewTitles)) {
    Record filter;
    Cursor rows;
    const heard_record *row = nullptr;
    fill_filter(filter, name);
    SUCCEEDS(heard_query(open.store, open.actor, name.c_str(), filter, rows.out(), err));
    if (SUCCEEDS(heard_cursor_next(rows, &row, err)) != HEARD_ROW) continue;
    Names page = found(entry_of_page(name), "`([a-z_0-9]+)(?:#|#ms|[?]|\\[\\]|\\{\\})?`");
    if (name == "case") page.merge(fields_after(entry_of_page("cases"), "Rows:"));
    const auto json = nlohmann::json::parse(heard_record_json(row));
    for (const auto &[field, value] : json.items())
      BOOST_TEST(page.count(field) == 1u,
                 name << ": rows have the field " << field << ", NAMES.md is silent");
  }
}

BOOST_AUTO_TEST_CASE(every_option_of_the_page_can_be_set) {
  Options options;
  SUCCEEDS(heard_options_create(options.out(), err));
  for (const std::string &name : found(section_of_page("Options"), kOptionRows))
    SUCCEEDS(heard_options_set(options, name.c_str(), "1", err));
}

BOOST_AUTO_TEST_SUITE_END()
