// One contact as a row of communications.csv and .jsonl. Made from the proved entry alone, so that
// whoever checks a bundle can make it again and compare.
#pragma once

#include <string>
#include <string_view>

#include "store/body.hpp"
#include "store/event.hpp"

namespace heard::bundle {

/// The header of the table, with the mark that tells spreadsheets about UTF-8.
std::string contact_csv_header();
/// One row with its line end.
void put_contact_csv(std::string &out, const store::Event &event, const store::Body &body);
void put_contact_json(std::string &out, const store::Event &event, const store::Body &body);

/// True for what these tables hold: contacts whose body is there.
bool is_contact(const store::Event &event);

/// Names of the parties with one role, as they are shown; "[withheld]" for a closed one.
std::string names_in_role(const store::Body &body, std::string_view role);
/// Whom a contact came from.
std::string sender_of(const store::Body &body);
/// Names of the closed fields, each once, with blanks between.
std::string closed_fields(const store::Body &body);

/// data/fields.csv: what each column means.
std::string field_dictionary();

constexpr std::string_view kWithheld = "[withheld]";

}  // namespace heard::bundle
