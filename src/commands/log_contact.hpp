// Places one contact: finds or opens its case, records it, and lets the clocks know.
#pragma once

#include <string>

#include "commands/work.hpp"
#include "interactions/contact.hpp"

namespace heard::commands {

struct Logged {
  std::int64_t seq = 0;
  bool duplicate = false;
  Id case_id{};  ///< zero: belongs to no case
  std::int64_t case_number = 0;
};

/// What a batch remembers between its items: cases already settled at its start.
class Batch {
 public:
  bool first_touch(const Id &case_id);
  void touched(const Id &case_id) { touched_.push_back(case_id); }
  /// Settles every case of the batch once more, for facts that were typed in late.
  void settle_all(const Work &work) const;

 private:
  std::vector<Id> touched_;
};

Logged log_contact(const Work &work, const interactions::Contact &contact, Batch &batch);

}  // namespace heard::commands
