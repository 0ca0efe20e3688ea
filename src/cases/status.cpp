// Names of case states, and back.
#include "cases/machine.hpp"

namespace heard::cases {

std::string_view to_text(CaseStatus status) {
  switch (status) {
    case CaseStatus::new_:
      return "new";
    case CaseStatus::open:
      return "open";
    case CaseStatus::waiting:
      return "waiting";
    case CaseStatus::held:
      return "held";
    case CaseStatus::solved:
      return "solved";
    case CaseStatus::closed:
      return "closed";
  }
  return {};
}

std::optional<CaseStatus> case_status(std::string_view text) {
  for (const CaseStatus status : {CaseStatus::new_, CaseStatus::open, CaseStatus::waiting,
                                  CaseStatus::held, CaseStatus::solved, CaseStatus::closed})
    if (to_text(status) == text) return status;
  return std::nullopt;
}

}  // namespace heard::cases
