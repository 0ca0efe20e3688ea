// Every word the pages say, by name, so that other languages can stand beside the English.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace heard::web {

struct Text {
  std::string_view key;
  std::string_view says;
};

/// The English table, sorted by key.
std::span<const Text> all_texts();

/// Throws Failure(internal) for a key that is not in the table.
std::string_view text(std::string_view key);
/// With each "{}" replaced by the next value.
std::string text_with(std::string_view key, std::initializer_list<std::string_view> values);
inline std::string text_with(std::string_view key, std::string_view value) {
  return text_with(key, {value});
}
/// `key`.one or `key`.many, with "{}" replaced by the number.
std::string counted(std::string_view key, std::int64_t number);
/// The word for a code, e.g. ("channel", "phone"); a code nobody knows stands for itself.
std::string word_for(std::string_view group, std::string_view code);

}  // namespace heard::web
