// Somebody who can write the store file and knows how it is made: edits it, repairs the tree over
// the edit, and signs again with what keys he has.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/signature.hpp"
#include "store/ledger.hpp"

namespace heard::support {

class Forger {
 public:
  explicit Forger(const std::string &path);

  void run(const std::string &sql) { database_.exec(sql.c_str()); }
  std::int64_t size();
  /// Gives one field of a body another value, with fresh salts, and the entry its commitment.
  void reseal(std::int64_t seq, std::uint16_t field, const std::string &value);
  /// Takes an entry out; later ones move down.
  void take_out(std::int64_t seq);
  /// Puts a copy of entry `like` in at `seq`; later ones move up.
  void put_in(std::int64_t seq, std::int64_t like);
  void swap(std::int64_t seq);
  /// Tiles and head from the entries as they are now.
  void repair_tree();
  /// Signs every checkpoint again whose key is among `seeds`; those beyond the end go.
  void sign_again(const std::vector<SigningSeed> &seeds);
  /// Makes all keys of the ledger `seed`'s, from the first entry on.
  void take_over(const SigningSeed &seed);

 private:
  store::Database database_;
};

}  // namespace heard::support
