#include "calendar_ics/text.hpp"

#include <fmt/format.h>
#include <heard/heard.h>

#include "feed/failure.hpp"

namespace heard::calendar_ics {
namespace {

constexpr std::size_t kDeepest = 8;  // components in components; a real file has 3
constexpr std::size_t kMostComponents = 50000;
constexpr std::size_t kLongestName = 200;

constexpr char kNoCalendar[] =
    "this is no iCalendar file (it does not begin with BEGIN:VCALENDAR); check the feed's url";

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// Length of the well-formed character at `at`; 0 if there is none.
std::size_t character_at(std::string_view text, std::size_t at) {
  const unsigned char first = byte_at(text, at);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte_at(text, at + i) & 0xC0) != 0x80) return 0;
  const unsigned char second = byte_at(text, at + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : length;
}

/// Folded lines may be broken inside a character, so this is asked of unfolded text only.
bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_at(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

/// Old programs write Latin-1: each byte is the character of that number.
std::string from_latin1(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | (byte >> 6));
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return out;
}

std::string unfolded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end =
        text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? at + 1 : at;
    const bool folds = text[end] == '\n' && end + 1 < text.size() &&
                       (text[end + 1] == ' ' || text[end + 1] == '\t');
    if (!folds) {
      out += text[at];
      continue;
    }
    at = end + 1;
  }
  return out;
}

bool begins_with(std::string_view line, std::string_view word) {
  if (line.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = line[i];
    if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c) != word[i]) return false;
  }
  return true;
}

/// Counts components while it walks over the lines.
class Shape {
 public:
  void line(std::string_view line) {
    if (begins_with(line, "BEGIN:")) {
      ++depth_;
      ++components_;
      if (begins_with(line, "BEGIN:VEVENT")) ++events_;
    } else if (begins_with(line, "END:")) {
      if (depth_ == 0) fail("the file closes a part it never began; ask where it comes from");
      --depth_;
    }
    if (depth_ > kDeepest || components_ > kMostComponents)
      fail("the file has more or deeper parts than a calendar has; it was not read");
    if (events_ > kMostEvents)
      throw feed::Failure(
          HEARD_E_LIMIT,
          fmt::format("the file has more than {} events; use one with holidays only", kMostEvents));
  }
  void end() const {
    if (depth_ != 0) fail("the file ends in the middle, so it was not used; fetch it again");
  }

 private:
  [[noreturn]] static void fail(const char *says) { throw feed::Failure(HEARD_E_IO, says); }

  std::size_t depth_ = 0, components_ = 0, events_ = 0;
};

}  // namespace

void refuse_size() {
  throw feed::Failure(
      HEARD_E_LIMIT, fmt::format("the file is larger than {} MB; a school calendar is smaller, use "
                                 "one with holidays only",
                                 kMostBytes >> 20));
}

std::string checked_text(std::string bytes) {
  if (bytes.size() > kMostBytes) refuse_size();
  if (bytes.find('\0') != std::string::npos) throw feed::Failure(HEARD_E_IO, kNoCalendar);
  std::string_view raw = bytes;
  if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
  std::string text = unfolded(raw);
  if (!is_utf8(text)) text = from_latin1(text);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos ||
      !begins_with(std::string_view(text).substr(first), "BEGIN:VCALENDAR"))
    throw feed::Failure(HEARD_E_IO, kNoCalendar);
  Shape shape;
  for (std::size_t at = first; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    shape.line(std::string_view(text).substr(at, end - at));
    at = end + 1;
  }
  shape.end();
  return text;
}

std::string day_name(std::string_view summary) {
  std::string name;
  for (std::size_t at = 0; at < summary.size();) {
    const std::size_t length = character_at(summary, at);
    const bool blank = length == 0 || byte_at(summary, at) <= ' ' || byte_at(summary, at) == 0x7F;
    if (name.size() + length > kLongestName) break;
    if (!blank) name += summary.substr(at, length);
    if (blank && !name.empty() && name.back() != ' ') name += ' ';
    at += length == 0 ? 1 : length;
  }
  while (name.ends_with(' ')) name.pop_back();
  return name;
}

}  // namespace heard::calendar_ics
