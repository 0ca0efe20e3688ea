// Filling a page template: data in, HTML out, every value escaped unless the template says {{{ }}}.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

namespace heard::web {

using Data = kainjow::mustache::data;  ///< an object unless made otherwise

inline Data make_list() { return Data(Data::type::list); }

/// Sets a field; an empty text counts as "not there", so that {{#name}} skips it. Set every field a
/// template asks about, or an outer one of the same name shines through.
void put(Data &data, const std::string &name, std::string_view text);
void put(Data &data, const std::string &name, const std::string &text);
void put(Data &data, const std::string &name, const char *text);
void put(Data &data, const std::string &name, bool yes);
void put(Data &data, const std::string &name, Data value);
/// A list, and has_`name` beside it.
void put_list(Data &data, const std::string &name, Data list);

/// Fills the template `name` (without ".mustache"). {{t.key}} is the text `key` of texts.hpp, {{>
/// x}} another template. Thread-safe.
std::string fill(const std::string &name, const Data &data);
std::string_view embedded(std::string_view name);

}  // namespace heard::web
