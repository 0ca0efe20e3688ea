// People as pages show them: one line about them, their links with every flag, and the warnings
// that must be read before anybody writes.
#pragma once

#include <optional>
#include <string>

#include "web/request.hpp"
#include "web/template.hpp"

namespace heard::web {

std::string person_path(std::string_view key);

/// The row of the view `people` for one key; nothing if there is none.
std::optional<Record> find_person(const Request &request, const std::string &key);

/// Stands for a key nobody has announced yet; its type says the kind.
Record unverified_person(const std::string &key);

/// "Grade 4, Lincoln Elementary, Spanish".
std::string about_person(const Record &person);

/// "Mother"; a relation without a word of ours stays as the school wrote it.
std::string relation_words(const Record &link);

/// Puts links_title, flag_names and links: who belongs to whom, with custody and the other flags.
void put_links(const Request &request, const Record &person, Data &data);

/// Puts the cautions of a person: restrictions, no messages, no custody, no legal rights.
void put_cautions(const Record &person, Data &data);

/// The search form (posting to `path` by GET) and, when something was searched, what was found.
/// With `to_log` a name leads to the log form, else to the person's page.
void put_search(const Request &request, std::string_view path, bool to_log, Data &data);

}  // namespace heard::web
