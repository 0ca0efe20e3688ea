// What there is to erase: the places of personal fields in the entries of a person, a case, an
// entry.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "commands/holds.hpp"
#include "store/ledger.hpp"

namespace heard::commands {

/// One entry of which something is to go.
struct Erasable {
  store::Event event;
  store::Body body;
  std::set<std::size_t> places;  ///< open personal fields
};

/// By seq, so that a tombstone lists them in order.
using Erasables = std::map<std::int64_t, Erasable>;

/// Collects; the rule of each scope stands in README.md, "What an erasure takes".
class Collector {
 public:
  explicit Collector(store::Database &database) : database_(database), ledger_(database) {}

  void add_person(const Id &person);
  void add_case(const Id &case_id);
  void add_entry(std::int64_t seq);
  /// Only fields with these names are kept. Throws bad_field for a name that is no personal field.
  void keep_only(const std::vector<std::string> &fields);

  Erasables &found() { return found_; }

 private:
  struct PersonFile;
  Erasable *load(std::int64_t seq);
  void close(Erasable &entry, std::uint16_t field_id);
  void close_all(Erasable &entry);
  void close_copies(const Erasable &contact);
  PersonFile open_file(const Id &person);
  std::set<std::int64_t> entries_of(const PersonFile &file);
  static void learn(PersonFile &file, const store::Body &body);
  void add_named(const PersonFile &file, std::int64_t seq);
  void close_directory(const PersonFile &file, Erasable &entry);
  void close_parties(const PersonFile &file, Erasable &entry);
  void close_case_entry(const PersonFile &file, Erasable &entry);
  void close_disclosure(const PersonFile &file, Erasable &entry);
  void close_own(const PersonFile &file, Erasable &entry);
  void add_searches(const PersonFile &file);

  store::Database &database_;
  store::Ledger ledger_;
  Erasables found_;
};

/// Places of the fields with one id, in the order of the body.
std::vector<std::size_t> places_of(const store::Body &body, std::uint16_t id);

/// What an entry is about, as far as these places of it go, for holds.
HoldSubject hold_subject(store::Database &database, const Erasable &entry);

/// The case and every case it is bound to by merging and splitting.
std::set<Id> bound_cases(store::Database &database, const Id &case_id);

}  // namespace heard::commands
