#include "folds/folder.hpp"

namespace heard::folds {

void fold(store::Database &database, const store::Event &event,
          const std::optional<store::Body> &body) {
  if (!body) return;  // removed by retention: nothing of it is shown any more
  using store::Kind;
  switch (static_cast<Kind>(event.kind)) {
    case Kind::interaction_logged:
      return fold_interaction(database, event, *body);
    case Kind::case_opened:
    case Kind::case_contacted:
    case Kind::case_assigned:
    case Kind::case_waiting:
    case Kind::case_held:
    case Kind::case_solved:
    case Kind::case_reopened:
    case Kind::case_clock_warned:
    case Kind::case_clock_missed:
    case Kind::case_clock_corrected:
    case Kind::case_prioritized:
    case Kind::case_moved:
    case Kind::case_merged:
    case Kind::case_split:
    case Kind::case_accepted:
    case Kind::case_policy_applied:
    case Kind::case_closed:
    case Kind::case_escalated:
    case Kind::case_absorbed:
      return fold_case(database, event, *body);
    case Kind::policy_saved:
      return fold_policy(database, event, *body);
    case Kind::calendar_saved:
      return fold_calendar(database, event, *body);
    case Kind::interaction_marked:
      return fold_mark(database, event, *body);
    case Kind::department_saved:
      return fold_department(database, event, *body);
    case Kind::topic_saved:
      return fold_topic(database, event, *body);
    case Kind::absence_saved:
      return fold_absence(database, event, *body);
    case Kind::outbox_delivered:
      return fold_delivered(database, event, *body);
    case Kind::restore_sanctioned:
      return fold_epoch(database, event, *body);
    case Kind::settings_saved:
      return fold_setting(database, event, *body);
    case Kind::directory_page_applied:
    case Kind::directory_person_changed:
      return fold_directory(database, event, *body);
    case Kind::disclosure_made:
      return fold_disclosure(database, event, *body);
    case Kind::ledger_created:
    case Kind::key_rotated:
      return fold_key(database, event, *body);
    case Kind::erasure_done:
      return fold_erasure(database, event, *body);
    case Kind::hold_placed:
      return fold_hold(database, event, *body);
    case Kind::hold_released:
      return fold_release(database, event, *body);
    case Kind::schedule_saved:
      return fold_schedule(database, event, *body);
    case Kind::anchor_received:
    case Kind::store_migrated:
    case Kind::export_sealed:
      return;  // nothing to read from these yet
  }
}

}  // namespace heard::folds
