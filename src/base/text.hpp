// Text without a locale: UTF-8 checks, trimming, hexadecimal, whole numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heard {

/// True if `text` is well-formed UTF-8 without U+0000, surrogates or overlong forms.
bool is_utf8(std::string_view text);

/// Without leading and trailing blanks, tabs and line breaks.
std::string_view trimmed(std::string_view text);

std::string to_hex(std::string_view bytes);
/// Bytes of an even-length hexadecimal text, either case; nothing if it is not one.
std::optional<std::string> from_hex(std::string_view hex);

/// A whole decimal number that uses all of `text`, with an optional minus sign.
std::optional<std::int64_t> to_int(std::string_view text);

/// Parts between `separator`s; "" gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Appends the last `width` decimal digits of `value`, which is not negative.
void put_digits(std::string &out, std::int64_t value, std::size_t width);

/// ASCII letters lowered, all else as it is.
std::string lowered(std::string_view text);

}  // namespace heard
