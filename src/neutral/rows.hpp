// Fields of neutral rows, read so that every mistake is one sentence that names the field.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/definition.hpp"

namespace heard::neutral {

using Json = nlohmann::json;

// Each throws bad_field naming the field when it is missing or of another kind.

/// The field itself, or null where it is absent.
const Json &field(const Json &row, std::string_view name);
bool has(const Json &row, std::string_view name);  ///< there, and not null
std::string text(const Json &row, std::string_view name);
std::string text(const Json &row, std::string_view name, std::string_view fallback);
std::int64_t number(const Json &row, std::string_view name);
std::optional<std::int64_t> optional_number(const Json &row, std::string_view name);
bool flag(const Json &row, std::string_view name, bool fallback);
/// An instant such as 2026-11-22T09:00:00Z; fractions of a second are cut off.
Seconds instant(const Json &row, std::string_view name);
calendar::Day date(const Json &row, std::string_view name);
/// A list; empty where the field is absent or null.
const Json &list(const Json &row, std::string_view name);
/// An object; empty where the field is absent or null.
const Json &object(const Json &row, std::string_view name);

// The same for a value that has no name of its own; `name` is what the sentence calls it.
std::int64_t to_number(const Json &value, std::string_view name);
Seconds to_instant(const Json &value, std::string_view name);
calendar::Day to_date(const Json &value, std::string_view name);

/// Instants and dates as texts, without complaint; nothing for anything else.
std::optional<Seconds> instant_in(const Json &value);
std::optional<calendar::Day> date_in(const Json &value);

/// "2026-11-22T09:00:00Z", or null.
Json to_json(std::optional<Seconds> instant);

}  // namespace heard::neutral
