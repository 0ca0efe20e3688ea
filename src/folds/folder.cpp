#include "folds/folder.hpp"

#include <algorithm>
#include <array>

namespace heard::folds {

namespace {

using store::Kind;

struct Fold {
  Kind kind;
  void (*run)(store::Database &database, const store::Event &event, const store::Body &body);
};

// A kind that is not here has nothing to be read: anchor.received, store.migrated, export.sealed.
constexpr auto kFolds = std::to_array<Fold>({
    {Kind::interaction_logged, fold_interaction},
    {Kind::case_opened, fold_case},
    {Kind::case_contacted, fold_case},
    {Kind::case_assigned, fold_case},
    {Kind::case_waiting, fold_case},
    {Kind::case_held, fold_case},
    {Kind::case_solved, fold_case},
    {Kind::case_reopened, fold_case},
    {Kind::case_clock_warned, fold_case},
    {Kind::case_clock_missed, fold_case},
    {Kind::case_clock_corrected, fold_case},
    {Kind::case_prioritized, fold_case},
    {Kind::case_moved, fold_case},
    {Kind::case_merged, fold_case},
    {Kind::case_split, fold_case},
    {Kind::case_accepted, fold_case},
    {Kind::case_policy_applied, fold_case},
    {Kind::case_closed, fold_case},
    {Kind::case_escalated, fold_case},
    {Kind::case_absorbed, fold_case},
    {Kind::policy_saved, fold_policy},
    {Kind::calendar_saved, fold_calendar},
    {Kind::interaction_marked, fold_mark},
    {Kind::department_saved, fold_department},
    {Kind::topic_saved, fold_topic},
    {Kind::absence_saved, fold_absence},
    {Kind::outbox_delivered, fold_delivered},
    {Kind::restore_sanctioned, fold_epoch},
    {Kind::settings_saved, fold_setting},
    {Kind::directory_page_applied, fold_directory},
    {Kind::directory_person_changed, fold_directory},
    {Kind::disclosure_made, fold_disclosure},
    {Kind::ledger_created, fold_key},
    {Kind::key_rotated, fold_key},
    {Kind::erasure_done, fold_erasure},
    {Kind::hold_placed, fold_hold},
    {Kind::hold_released, fold_release},
    {Kind::schedule_saved, fold_schedule},
});

}  // namespace

void fold(store::Database &database, const store::Event &event,
          const std::optional<store::Body> &body) {
  if (!body) return;  // removed by retention: nothing of it is shown any more
  const auto found = std::find_if(kFolds.begin(), kFolds.end(), [&](const Fold &one) {
    return one.kind == static_cast<Kind>(event.kind);
  });
  if (found != kFolds.end()) found->run(database, event, *body);
}

}  // namespace heard::folds
