#include "web/html.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace heard::web {

namespace {

constexpr std::string_view kTags[] = {
    "a",      "body",  "button",  "caption", "dd",     "details", "div",     "dl",
    "dt",     "form",  "h1",      "h2",      "h3",     "h4",      "h5",      "h6",
    "head",   "html",  "input",   "label",   "legend", "li",      "main",    "meta",
    "nav",    "ol",    "option",  "p",       "rect",   "section", "select",  "span",
    "strong", "style", "summary", "svg",     "table",  "tbody",   "td",      "textarea",
    "th",     "thead", "time",    "title",   "tr",     "ul",      "fieldset"};
constexpr std::string_view kEmptyTags[] = {"input", "meta", "rect"};
constexpr std::string_view kAttributes[] = {"accept-charset",
                                            "action",
                                            "aria-current",
                                            "aria-describedby",
                                            "aria-hidden",
                                            "aria-invalid",
                                            "aria-label",
                                            "aria-labelledby",
                                            "autocomplete",
                                            "autofocus",
                                            "charset",
                                            "checked",
                                            "class",
                                            "content",
                                            "data-hrd",
                                            "datetime",
                                            "dir",
                                            "focusable",
                                            "for",
                                            "height",
                                            "href",
                                            "id",
                                            "lang",
                                            "method",
                                            "name",
                                            "open",
                                            "role",
                                            "rows",
                                            "rx",
                                            "scope",
                                            "selected",
                                            "tabindex",
                                            "type",
                                            "value",
                                            "viewBox",
                                            "width"};

template <typename List>
bool contains(const List &list, std::string_view wanted) {
  return std::find(std::begin(list), std::end(list), wanted) != std::end(list);
}

std::string decoded(std::string_view text) {
  static const std::pair<std::string_view, char> kEntities[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}};
  std::string out;
  while (!text.empty()) {
    const auto *entity = std::find_if(std::begin(kEntities), std::end(kEntities),
                                      [&](const auto &one) { return text.starts_with(one.first); });
    if (entity != std::end(kEntities)) {
      out += entity->second;
      text.remove_prefix(entity->first.size());
    } else if (text.front() == '&') {
      throw std::runtime_error("bare & before: " + std::string(text.substr(0, 40)));
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view html) : rest_(html) {}

  std::vector<Tag> tags;
  std::string text;

  void read() {
    skip("<!doctype html>\n");
    while (!rest_.empty()) {
      if (rest_.front() == '<')
        rest_.starts_with("</") ? close() : open();
      else
        read_text();
    }
    if (!open_.empty()) fail("not closed: " + open_.back());
  }

 private:
  [[noreturn]] void fail(const std::string &says) const {
    throw std::runtime_error(says + " at: " + std::string(rest_.substr(0, 60)));
  }
  bool skip(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  std::string_view take_until(std::string_view ends) {
    const std::size_t at = rest_.find_first_of(ends);
    if (at == std::string_view::npos) fail("the page ends early");
    const std::string_view taken = rest_.substr(0, at);
    rest_.remove_prefix(at);
    return taken;
  }

  void read_text() {
    const std::string_view raw = rest_.substr(0, rest_.find('<'));
    rest_.remove_prefix(raw.size());
    if (!open_.empty() && open_.back() == "style") return;
    if (raw.find_first_of("\">") != std::string_view::npos)
      fail("unescaped text: " + std::string(raw));
    text += decoded(raw) + ' ';
  }
  void close() {
    rest_.remove_prefix(2);
    const std::string name(take_until(">"));
    rest_.remove_prefix(1);
    if (open_.empty() || open_.back() != name) fail("closes what is not open: " + name);
    open_.pop_back();
  }
  void open() {
    rest_.remove_prefix(1);
    Tag tag;
    tag.name = take_until(" >/");
    if (!contains(kTags, tag.name)) fail("unknown tag " + tag.name);
    while (skip(" ")) read_attribute(tag);
    const bool closed = skip("/");
    if (!skip(">")) fail("a broken tag " + tag.name);
    if (!closed && !contains(kEmptyTags, tag.name)) open_.push_back(tag.name);
    tags.push_back(std::move(tag));
  }
  void read_attribute(Tag &tag) {
    const std::string name(take_until("= >"));
    if (!contains(kAttributes, name)) fail("unknown attribute " + name);
    std::string_view value;
    if (skip("=")) {
      if (!skip("\"")) fail("an unquoted value of " + name);
      value = take_until("\"");
      rest_.remove_prefix(1);
    }
    if (value.find_first_of("<>") != std::string_view::npos) fail("unescaped value of " + name);
    if (!tag.attributes.emplace(name, decoded(value)).second) fail("twice: " + name);
  }

  std::string_view rest_;
  std::vector<std::string> open_;
};

}  // namespace

std::vector<Tag> read_html(std::string_view html) {
  Reader reader(html);
  reader.read();
  return reader.tags;
}

std::vector<Tag> tags_named(const std::vector<Tag> &tags, std::string_view name) {
  std::vector<Tag> found;
  for (const Tag &tag : tags)
    if (tag.name == name) found.push_back(tag);
  return found;
}

std::string text_of(std::string_view html) {
  Reader reader(html);
  reader.read();
  return reader.text;
}

std::string field_value(std::string_view html, std::string_view name) {
  for (const Tag &tag : read_html(html)) {
    const auto found = tag.attributes.find("name");
    if (found == tag.attributes.end() || found->second != name) continue;
    const auto value = tag.attributes.find("value");
    return value == tag.attributes.end() ? "" : value->second;
  }
  return "";
}

}  // namespace heard::web
