// How an entry that names a person for the first time, or anew, changes the directory tables.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "store/body.hpp"
#include "store/database.hpp"
#include "store/event.hpp"

namespace heard::folds {

/// Whose rows an erasure makes anew from the entries that are left: these people's, and the keys
/// they had. An ordinary fold has none.
struct Anew {
  std::set<Id> people;
  std::set<std::string, std::less<>> keys;
};

/// One party of a contact (a fact of it, and what is left of its name): minted when the entry was
/// the first to name the person. Also when erasure took what that entry said: then the next one
/// that names the person says who it is.
void meet_person(store::Database &database, const store::Group &fact,
                 const std::optional<store::Group> &personal, std::int64_t seq,
                 const Anew *anew = nullptr);

/// The people and links of a directory entry: all, or those to be made anew.
void fold_records(store::Database &database, const store::Event &event, const store::Body &body,
                  const Anew *anew = nullptr);

/// Whose records a disclosure showed; whom it was asked about first.
std::vector<Id> concerned_by(const store::Body &body);

/// The people an entry concerns (party_fact, party_personal); those it names first are minted.
void fold_parties(store::Database &database, const store::Event &event, const store::Body &body,
                  Millis at);

}  // namespace heard::folds
