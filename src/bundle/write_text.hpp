// Text of a bundle's files, appended piece by piece: JSON, CSV, HTML and instants.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace heard::bundle {

/// A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
void put_json(std::string &out, std::string_view text);
/// A cell, quoted where it must be. A spreadsheet would take a text that begins with = + - @, a tab
/// or a line break for a formula: it gets an apostrophe in front.
void put_csv(std::string &out, std::string_view text);
/// Text between tags or in a quoted attribute.
void put_html(std::string &out, std::string_view text);
void put_hex(std::string &out, std::string_view bytes);
/// "2026-11-23T09:00:00.000Z".
void put_time(std::string &out, Millis at);

std::string html(std::string_view text);

}  // namespace heard::bundle
