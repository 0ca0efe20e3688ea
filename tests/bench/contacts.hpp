// The contacts that are logged: messages of families and their answers, the same for the same seed.
#pragma once

#include <cstdint>

#include "heard/heard.hpp"

namespace heard::bench {

/// A district's mail. Contact 2i is a family's message and opens a case; 2i+1 answers it and stops
/// its clock. Nothing refers to anything: the product finds the case by people and topic.
class Contacts {
 public:
  /// For contacts numbered below `count`.
  Contacts(unsigned seed, int count);

  /// One bulk letter to every family, so that everybody is known.
  api::Record letter() const;
  api::Record contact(int number, std::int64_t occurred_at) const;
  /// One that needs no answer and belongs to no case: a single entry.
  api::Record note(int number) const;
  /// The fields of interaction.log_many for contacts [from, to), a second apart.
  api::Record batch(int from, int to, std::int64_t occurred_at) const;

 private:
  std::string text(int number) const;

  unsigned seed_;
  int families_;
};

}  // namespace heard::bench
