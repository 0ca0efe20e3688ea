#include "neutral/rows.hpp"

#include <cmath>

#include "base/failure.hpp"

namespace heard::neutral {

namespace {

const Json kNothing;
const Json kNoList = Json::array();
const Json kNoObject = Json::object();

Failure wrong(std::string_view name, const std::string &says) { return bad_field(name, says); }

/// What a sentence may quote of a value: short, on one line.
std::string quoted(const Json &value) {
  const std::string all = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  return all.size() > 60 ? all.substr(0, 57) + "..." : all;
}

const Json &needed(const Json &row, std::string_view name) {
  const Json &value = field(row, name);
  if (value.is_null()) throw wrong(name, "is missing");
  return value;
}

/// "…:05.250Z" without the fraction.
std::string without_fraction(std::string text) {
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return text;
  const std::size_t end = text.find_first_not_of("0123456789", point + 1);
  if (end == point + 1 || end == std::string::npos) return text;
  return text.erase(point, end - point);
}

}  // namespace

const Json &field(const Json &row, std::string_view name) {
  if (!row.is_object()) return kNothing;
  const auto found = row.find(name);
  return found == row.end() ? kNothing : *found;
}

bool has(const Json &row, std::string_view name) { return !field(row, name).is_null(); }

std::string text(const Json &row, std::string_view name) {
  const Json &value = needed(row, name);
  if (!value.is_string()) throw wrong(name, "must be a text, not " + quoted(value));
  return value.get<std::string>();
}

std::string text(const Json &row, std::string_view name, std::string_view fallback) {
  return has(row, name) ? text(row, name) : std::string(fallback);
}

std::int64_t number(const Json &row, std::string_view name) {
  return to_number(needed(row, name), name);
}

std::optional<std::int64_t> optional_number(const Json &row, std::string_view name) {
  return has(row, name) ? std::optional(number(row, name)) : std::nullopt;
}

bool flag(const Json &row, std::string_view name, bool fallback) {
  if (!has(row, name)) return fallback;
  const Json &value = field(row, name);
  if (!value.is_boolean()) throw wrong(name, "must be true or false, not " + quoted(value));
  return value.get<bool>();
}

Seconds instant(const Json &row, std::string_view name) {
  return to_instant(needed(row, name), name);
}

calendar::Day date(const Json &row, std::string_view name) {
  return to_date(needed(row, name), name);
}

const Json &list(const Json &row, std::string_view name) {
  if (!has(row, name)) return kNoList;
  const Json &value = field(row, name);
  if (!value.is_array()) throw wrong(name, "must be a list, not " + quoted(value));
  return value;
}

const Json &object(const Json &row, std::string_view name) {
  if (!has(row, name)) return kNoObject;
  const Json &value = field(row, name);
  if (!value.is_object()) throw wrong(name, "must be an object, not " + quoted(value));
  return value;
}

std::int64_t to_number(const Json &value, std::string_view name) {
  constexpr double kMost = 1e15;  // whole numbers up to here are exact, and sums of them fit
  const double whole = value.is_number() ? value.get<double>() : std::nan("");
  if (std::isfinite(whole) && std::floor(whole) == whole && std::abs(whole) <= kMost)
    return static_cast<std::int64_t>(whole);
  throw wrong(name, "must be a whole number, not " + quoted(value));
}

Seconds to_instant(const Json &value, std::string_view name) {
  const auto instant = instant_in(value);
  if (!instant) throw wrong(name, quoted(value) + " is no instant like 2026-11-22T09:00:00Z");
  return *instant;
}

calendar::Day to_date(const Json &value, std::string_view name) {
  const auto date = date_in(value);
  if (!date) throw wrong(name, quoted(value) + " is no date like 2026-11-22");
  return *date;
}

std::optional<Seconds> instant_in(const Json &value) {
  if (!value.is_string()) return std::nullopt;
  return parse_utc(without_fraction(value.get<std::string>()));
}

std::optional<calendar::Day> date_in(const Json &value) {
  return value.is_string() ? parse_date(value.get<std::string>()) : std::nullopt;
}

Json to_json(std::optional<Seconds> instant) {
  return instant ? Json(format_utc(*instant)) : Json();
}

}  // namespace heard::neutral
