// The people of one entry: keys become person ids, unknown ones are minted by the entry itself.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "directory/person.hpp"
#include "interactions/contact.hpp"
#include "store/body.hpp"
#include "store/database.hpp"

namespace heard::commands {

class Parties {
 public:
  explicit Parties(store::Database &database) : database_(database) {}

  /// The person with this key, found or minted. `role`: from, to, about, requester.
  directory::Person add(const std::string &key, const std::string &role,
                        const std::string &name = {});

  /// The same, but somebody who is in the entry already is not listed twice.
  directory::Person known_or_add(const std::string &key, const std::string &role);

  /// Writes the parallel groups party_fact and party_personal.
  void encode(store::FieldList &fields) const;

 private:
  struct Party {
    directory::Person person;
    std::string role;
    bool minted;
  };
  directory::Person resolve(const std::string &key, const std::string &name, bool &minted) const;

  const Party *find(const std::string &key) const;

  store::Database &database_;
  std::vector<Party> parties_;
  std::unordered_map<std::string, std::size_t> places_;  ///< by key: a letter may go to a district
};

/// The first of from, to and about in which a stored entry names other people than `contact`; "" if
/// none, or if erasure made it undecidable.
std::string differing_party(const interactions::Contact &contact, const store::Body &stored);

}  // namespace heard::commands
