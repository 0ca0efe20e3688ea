// The families of jobs; each measures its pairs and adds its lines.
#pragma once

#include <functional>
#include <string>

#include "rounds.hpp"

namespace heard::bench {

struct Settings {
  std::string folder;  ///< scratch
  bool is_small = false;
  bool is_large = false;
  unsigned seed = 1;
};

/// Measures and reports one job, unless it was not asked for.
using Runner = std::function<void(const std::string &name, const std::function<Figure()> &run)>;

void log_jobs(const Settings &settings, const Runner &run);
void process_jobs(const Settings &settings, const Runner &run);
void calendar_jobs(const Settings &settings, const Runner &run);
void clock_jobs(const Settings &settings, const Runner &run);
void open_jobs(const Settings &settings, const Runner &run);
void audit_jobs(const Settings &settings, const Runner &run);
void export_jobs(const Settings &settings, const Runner &run);
void roster_jobs(const Settings &settings, const Runner &run);
void page_jobs(const Settings &settings, const Runner &run);

}  // namespace heard::bench
