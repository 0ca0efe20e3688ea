// Places one contact: finds or opens its case, records it, and lets the clocks know.
#pragma once

#include <deque>
#include <map>

#include "commands/case_file.hpp"
#include "interactions/contact.hpp"

namespace heard::commands {

struct Logged {
  std::int64_t seq = 0;
  bool duplicate = false;
  Id case_id{};  ///< zero: belongs to no case
  std::int64_t case_number = 0;
};

/// The cases a command works on, each read and settled once, when it is first asked for.
class Batch {
 public:
  CaseFile &file(const Work &work, const Id &case_id);
  /// The case as it stands at the end of the command; null for one it never met.
  const CaseFile *find(const Id &case_id) const;
  /// A case that this command has opened.
  void opened(CaseFile file);
  /// Settles every case of the batch once more, for facts that were typed in late.
  void settle_all(const Work &work);

 private:
  std::deque<CaseFile> files_;  // in order of first use; its elements stay where they are
  std::map<Id, CaseFile *> by_id_;
};

Logged log_contact(const Work &work, const interactions::Contact &contact, Batch &batch);

}  // namespace heard::commands
