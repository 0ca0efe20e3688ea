// The style sheet: small, scoped to our root, readable by everybody; and the texts behind the
// pages.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <string>

#include "base/text.hpp"
#include "web/embedded.hpp"
#include "web/template.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

std::string colour(const std::string &name) {
  const std::string css(embedded("heard.css"));
  const std::string before = "--hrd-" + name + ":#";
  const std::size_t at = css.find(before);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, name);
  return css.substr(at + before.size(), 6);
}

/// Relative luminance as WCAG 2.2 defines it.
double luminance(const std::string &hex) {
  const std::string bytes = *from_hex(hex);
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    const double part = static_cast<unsigned char>(bytes[i]) / 255.0;
    sum += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double contrast(const std::string &a, const std::string &b) {
  const double first = luminance(colour(a)), second = luminance(colour(b));
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(style)

BOOST_AUTO_TEST_CASE(text_stands_out_from_its_ground_by_at_least_4_5_to_1) {
  const std::pair<const char *, const char *> kPairs[] = {
      {"ink", "paper"},     {"ink", "soft"},           {"ink", "accent-soft"},
      {"muted", "paper"},   {"muted", "soft"},         {"accent", "paper"},
      {"accent", "soft"},   {"accent", "accent-soft"}, {"on-accent", "accent"},
      {"late", "paper"},    {"late", "soft"},          {"late", "late-soft"},
      {"warn", "paper"},    {"warn", "warn-soft"},     {"warn", "soft"},
      {"good", "good-soft"}};
  for (const auto &[text, ground] : kPairs)
    BOOST_TEST(contrast(text, ground) >= 4.5, text << " on " << ground);
}

BOOST_AUTO_TEST_CASE(edges_of_fields_and_the_focus_stand_out_by_at_least_3_to_1) {
  for (const char *name : {"edge", "focus"})
    for (const char *ground : {"paper", "soft"}) BOOST_TEST(contrast(name, ground) >= 3.0, name);
}

BOOST_AUTO_TEST_CASE(the_style_is_at_most_12_kilobytes_and_leaves_the_host_alone) {
  const std::string_view css = embedded("heard.css");
  BOOST_TEST(css.size() <= 12'000u);
  BOOST_TEST(css.find("</") == std::string_view::npos);
  BOOST_TEST(css.find("url(") == std::string_view::npos);
  std::size_t from = 0;
  for (std::size_t at = css.find('{'); at != std::string_view::npos; at = css.find('{', from)) {
    const std::string_view rule = trimmed(css.substr(from, at - from));
    if (!rule.starts_with("@media"))
      for (const std::string_view selector : split(rule, ','))
        BOOST_TEST(trimmed(selector).starts_with(".hrd-"), selector);
    from = rule.starts_with("@media") ? at + 1 : css.find('}', at) + 1;
    while (from < css.size() && (css[from] == '}' || css[from] == '\n')) ++from;
  }
}

BOOST_AUTO_TEST_CASE(templates_know_only_texts_that_exist_and_print_raw_only_our_own_parts) {
  for (const EmbeddedFile &file : embedded_files()) {
    std::string_view rest = file.content;
    for (std::size_t at = rest.find("{{"); at != std::string_view::npos; at = rest.find("{{")) {
      rest.remove_prefix(at + 2);
      const std::string_view tag = rest.substr(0, rest.find('}'));
      if (tag.starts_with("t.")) BOOST_CHECK_NO_THROW(text(tag.substr(2)));
      if (tag.starts_with('{') || tag.starts_with('&'))
        BOOST_TEST((tag == "{css" || tag == "{content" || tag == "{fragment"), file.name << tag);
    }
  }
}

BOOST_AUTO_TEST_CASE(no_page_runs_a_script) {
  for (const EmbeddedFile &file : embedded_files()) {
    BOOST_TEST(file.content.find("<script") == std::string_view::npos, file.name);
    BOOST_TEST(file.content.find(" on") == std::string_view::npos, file.name);
    BOOST_TEST(file.content.find("style=") == std::string_view::npos, file.name);
  }
}

BOOST_AUTO_TEST_CASE(texts_count_and_fill_in) {
  BOOST_TEST(counted("people.found", 1) == "1 person found");
  BOOST_TEST(counted("people.found", 12) == "12 people found");
  BOOST_TEST(text_with("entry.from_to", {"{}", "B"}) == "{} to B");
  BOOST_TEST(word_for("channel", "carrier pigeon") == "carrier pigeon");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
