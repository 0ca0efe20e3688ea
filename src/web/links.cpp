#include "web/links.hpp"

#include "base/text.hpp"

namespace heard::web {

namespace {

constexpr std::string_view kHiddenPrefix = "hidden.";

std::string_view field_of(LinkKind kind) {
  switch (kind) {
    case LinkKind::page:
      return "link.page";
    case LinkKind::form:
      return "link.form";
    case LinkKind::download:
      return "link.download";
    case LinkKind::asset:
      return "link.asset";
  }
  return "link.page";
}

std::string page_word(std::string_view path) {
  const auto parts = split(path, '/');
  return parts.size() < 2 || parts[1].empty() ? "waiting" : std::string(parts[1]);
}

}  // namespace

std::string link(const Record &head, LinkKind kind, std::string_view path, const Query &query) {
  const std::string pattern = head.text(field_of(kind), "{path}?{query}");
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::string_view rest = std::string_view(pattern).substr(i);
    const bool in_query = out.find('?') != std::string::npos;
    if (rest.starts_with("{path}")) {
      out += in_query ? percent_encoded(path, "/") : std::string(path);
      i += 6;
    } else if (rest.starts_with("{query}")) {
      out += query_text(query);
      i += 7;
    } else if (rest.starts_with("{page}")) {
      out += page_word(path);
      i += 6;
    } else {
      out += pattern[i++];
    }
  }
  while (!out.empty() && (out.back() == '?' || out.back() == '&')) out.pop_back();
  return out;
}

GetForm get_form(const Record &head, std::string_view path) {
  const std::string whole = link(head, LinkKind::page, path);
  const std::size_t at = whole.find('?');
  if (at == std::string::npos) return {whole, {}};
  return {whole.substr(0, at), query_pairs(std::string_view(whole).substr(at + 1))};
}

Query host_fields(const Record &head) {
  Query fields;
  for (const auto &[name, value] : head.fields()) {
    const auto *text = std::get_if<std::string>(&value);
    if (text != nullptr && name.starts_with(kHiddenPrefix))
      fields.emplace_back(name.substr(kHiddenPrefix.size()), *text);
  }
  return fields;
}

}  // namespace heard::web
