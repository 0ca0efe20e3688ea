// Small, pure translations of single values.
#include "sif_xpress/key.hpp"

#include <algorithm>

namespace heard::sif_xpress {
namespace {

struct Language {
  std::string_view three, two;
};

/// ISO 639-2 (both of its lists) to ISO 639-1; in the order of the three-letter code.
constexpr Language kLanguages[] = {
    {"alb", "sq"}, {"amh", "am"}, {"ara", "ar"}, {"arm", "hy"}, {"ben", "bn"}, {"bos", "bs"},
    {"bul", "bg"}, {"bur", "my"}, {"ces", "cs"}, {"chi", "zh"}, {"cze", "cs"}, {"deu", "de"},
    {"dut", "nl"}, {"ell", "el"}, {"eng", "en"}, {"fas", "fa"}, {"fra", "fr"}, {"fre", "fr"},
    {"ger", "de"}, {"gre", "el"}, {"guj", "gu"}, {"hat", "ht"}, {"heb", "he"}, {"hin", "hi"},
    {"hrv", "hr"}, {"hun", "hu"}, {"hye", "hy"}, {"ita", "it"}, {"jpn", "ja"}, {"khm", "km"},
    {"kor", "ko"}, {"kur", "ku"}, {"lao", "lo"}, {"mal", "ml"}, {"mya", "my"}, {"nep", "ne"},
    {"nld", "nl"}, {"pan", "pa"}, {"per", "fa"}, {"pol", "pl"}, {"por", "pt"}, {"pus", "ps"},
    {"ron", "ro"}, {"rum", "ro"}, {"rus", "ru"}, {"som", "so"}, {"spa", "es"}, {"sqi", "sq"},
    {"srp", "sr"}, {"swa", "sw"}, {"tam", "ta"}, {"tel", "te"}, {"tgl", "tl"}, {"tha", "th"},
    {"tir", "ti"}, {"tur", "tr"}, {"ukr", "uk"}, {"urd", "ur"}, {"vie", "vi"}, {"yid", "yi"},
    {"yor", "yo"}, {"zho", "zh"}};

std::string lowered(std::string_view text) {
  std::string low(text);
  std::ranges::transform(low, low.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return low;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::string normalised_key(std::string_view id) {
  const std::string_view raw = trimmed(id);
  std::string digits = lowered(raw);
  std::erase(digits, '-');
  if (digits.size() != 32 || !std::ranges::all_of(digits, is_hex)) return std::string(raw);
  for (const std::size_t place : {8U, 13U, 18U, 23U}) digits.insert(place, 1, '-');
  return digits;
}

std::string short_language(std::string_view code) {
  const std::string low = lowered(trimmed(code));
  const auto *found = std::ranges::lower_bound(kLanguages, low, {}, &Language::three);
  const bool known = found != std::end(kLanguages) && found->three == low;
  return known ? std::string(found->two) : low;
}

std::string tri_state(std::string_view flag) {
  const std::string low = lowered(trimmed(flag));
  if (low == "true" || low == "1" || low == "yes" || low == "y") return "yes";
  if (low == "false" || low == "0" || low == "no" || low == "n") return "no";
  return {};
}

}  // namespace heard::sif_xpress
