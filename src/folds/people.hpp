// How an entry that names a person for the first time, or anew, changes the directory tables.
#pragma once

#include <optional>
#include <string>

#include "base/instant.hpp"
#include "store/body.hpp"
#include "store/database.hpp"
#include "store/event.hpp"

namespace heard::folds {

/// An unverified person known only from an entry: a key and perhaps a name (nothing after erasure).
void mint_person(store::Database &database, const Id &person, const std::string &kind,
                 const std::optional<store::Group> &personal, std::int64_t seq);

/// The whole person as a feed or a clerk states it; replaces what was there.
void save_person(store::Database &database, const store::Group &fact,
                 const std::optional<store::Group> &personal, std::int64_t seq);

/// The people an entry concerns (party_fact, party_personal); those it names first are minted.
void fold_parties(store::Database &database, const store::Event &event, const store::Body &body,
                  Millis at);

}  // namespace heard::folds
