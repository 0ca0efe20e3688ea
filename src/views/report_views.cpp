// integrity, simulate: what the figures are worth, and what they would be.
#include <array>

#include "base/failure.hpp"
#include "reports/integrity.hpp"
#include "reports/simulation.hpp"
#include "views/looking.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

constexpr Millis kEver = INT64_MAX, kNever = INT64_MIN;

std::unique_ptr<Rows> open_integrity(const Reader &reader, const Record &filter) {
  directory::require_audit(reader.actor);
  const reports::Period period{filter.number("from", kNever), filter.number("to", kEver),
                               filter.text("school")};
  // Shared, because what rows are asked of may be copied.
  const auto report = std::make_shared<reports::Integrity>(reader.db(), period);
  return paged_rows([report](std::vector<Record> &page) { return report->next_page(page); });
}

/// What a simulation needs as long as it runs.
struct Trial {
  Trial(const Reader &reader, const Record &filter)
      : looking(reader),
        simulation(looking.work,
                   reports::proposal_from(looking.work, filter,
                                          floor_seconds(filter.number("from", kNever / 2))),
                   {filter.number("from", kNever), filter.number("to", kEver),
                    filter.text("school"), filter.number("limit", 1000)}) {}
  Looking looking;
  reports::Simulation simulation;
};

std::unique_ptr<Rows> open_simulate(const Reader &reader, const Record &filter) {
  directory::require_admin(reader.actor);
  const auto trial = std::make_shared<Trial>(reader, filter);  // shared as above
  return paged_rows([trial](std::vector<Record> &page) {
    page = trial->simulation.rows();
    return false;
  });
}

constexpr auto kIntegrityFilter =
    std::to_array<FilterField>({{"school"}, {"from", true}, {"to", true}});
constexpr auto kSimulateFilter = std::to_array<FilterField>({{"policy"},
                                                             {"policy_json"},
                                                             {"calendar_json"},
                                                             {"from", true},
                                                             {"to", true},
                                                             {"school"},
                                                             {"limit", true}});

constexpr auto kViews = std::to_array<View>({
    {"integrity", "1.0", kIntegrityFilter, open_integrity},
    {"simulate", "1.0", kSimulateFilter, open_simulate},
});

}  // namespace

std::span<const View> report_views() { return kViews; }

}  // namespace heard::views
