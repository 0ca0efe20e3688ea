#include "bundle/write_text.hpp"

#include "base/text.hpp"

namespace heard::bundle {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kDigits = "0123456789abcdef";

/// Length of the UTF-8 sequence that begins `text`; 0 if it is none.
std::size_t sequence(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (length == 1) return 1;
  return text.size() >= length && is_utf8(text.substr(0, length)) ? length : 0;
}

/// `text` as it is if it is UTF-8, else a copy in `kept` that is.
std::string_view sound(std::string_view text, std::string &kept) {
  if (is_utf8(text)) return text;
  while (!text.empty()) {
    const std::size_t length = sequence(text);
    kept += length == 0 ? kReplacement : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return kept;
}

void put_escaped(std::string &out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[static_cast<unsigned char>(c) & 15];
  }
}

}  // namespace

void put_json(std::string &out, std::string_view text) {
  std::string kept;
  text = sound(text, kept);
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
    out += text.substr(from, i - from);
    put_escaped(out, text[i]);
    from = i + 1;
  }
  out += text.substr(from);
  out += '"';
}

void put_csv(std::string &out, std::string_view text) {
  std::string kept;
  text = sound(text, kept);
  if (text.empty()) return;
  const bool is_guarded = std::string_view("=+-@\t\r\n").find(text.front()) != text.npos;
  const bool is_quoted = text.find_first_of("\",\r\n;\t") != text.npos;
  if (!is_quoted) {
    if (is_guarded) out += '\'';
    out += text;
    return;
  }
  out += is_guarded ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void put_html(std::string &out, std::string_view text) {
  std::string kept;
  for (const char c : sound(text, kept)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
}

void put_hex(std::string &out, std::string_view bytes) {
  const std::size_t at = out.size();
  out.resize(at + bytes.size() * 2);
  char *to = out.data() + at;
  for (const char byte : bytes) {
    *to++ = kDigits[static_cast<unsigned char>(byte) >> 4];
    *to++ = kDigits[static_cast<unsigned char>(byte) & 15];
  }
}

void put_time(std::string &out, Millis at) {
  const Seconds second = floor_seconds(at);
  out += format_utc(second);
  out.back() = '.';
  put_digits(out, at - second * 1000, 3);
  out += 'Z';
}

std::string html(std::string_view text) {
  std::string out;
  put_html(out, text);
  return out;
}

}  // namespace heard::bundle
