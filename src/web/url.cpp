#include "web/url.hpp"

#include <algorithm>
#include <optional>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::web {

namespace {

constexpr std::size_t kMaxNames = 200;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::string checked(std::string_view coded) {
  std::string text = percent_decoded(coded, true);
  if (!is_utf8(text))
    throw Failure(Status::argument, "the form is not valid UTF-8; send it as UTF-8");
  std::erase(text, '\r');
  return text;
}

}  // namespace

std::string percent_encoded(std::string_view text, std::string_view keep) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(c) || keep.find(c) != std::string_view::npos)
      out += c;
    else
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
  }
  return out;
}

std::string percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' ? from_hex(text.substr(i + 1, 2)) : std::nullopt;
    if (byte && byte->size() == 1) {
      out += *byte;
      i += 2;
    } else {
      out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string query_text(const Query &query) {
  std::string out;
  for (const auto &[name, value] : query) {
    if (value.empty()) continue;
    if (!out.empty()) out += '&';
    out += percent_encoded(name) + '=' + percent_encoded(value);
  }
  return out;
}

Query query_pairs(std::string_view text) {
  Query pairs;
  for (const std::string_view part : split(text, '&')) {
    if (part.empty()) continue;
    if (pairs.size() == kMaxNames) throw Failure(Status::limit, "the form has over 200 fields");
    const std::size_t at = std::min(part.find('='), part.size());
    pairs.emplace_back(checked(part.substr(0, at)),
                       checked(part.substr(std::min(at + 1, part.size()))));
  }
  return pairs;
}

Record parse_query(std::string_view text) {
  Record record("form");
  for (const auto &[name, value] : query_pairs(text))
    if (!record.has(name)) record.set(name, value);
  return record;
}

}  // namespace heard::web
