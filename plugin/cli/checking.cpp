// Walks through the rows of a verification or a rebuild and keeps what they say.
#include "checking.hpp"

#include <fmt/core.h>

#include "progress.hpp"

namespace heard::cli {
namespace {

constexpr std::size_t kMostShown = 20;

}  // namespace

CheckResult run_check(api::Rows rows, const std::string &title) {
  Progress progress(title);
  CheckResult result;
  for (api::Row row : rows) {
    if (row.has("intact"))
      result.verdict = to_json(row);
    else if (row.has("total"))
      progress.show(row.number("done"), row.number("total"));
    else if (row.text("row") == "coverage")
      result.coverage.push_back(to_json(row));
    else
      result.findings.push_back(to_json(row));
  }
  return result;
}

void print_check(const CheckResult &result) {
  const json &verdict = result.verdict;
  fmt::print("{} {}\n", result.is_intact() ? paint("✓", Ink::green) : paint("✗", Ink::red),
             clean(verdict.value("says", "")));
  if (verdict.contains("entries"))
    fmt::print("  {} entries, root {}\n", grouped(verdict.value("entries", 0)),
               clean(verdict.value("root", "")));
  for (const json &range : result.coverage)
    fmt::print("  {} entries {} to {}: {}\n", clean(range.value("by", "")),
               grouped(range.value("from", 0)), grouped(range.value("to", 0)),
               clean(range.value("says", "")));
  std::size_t shown = 0;
  for (const json &finding : result.findings) {
    if (shown++ == kMostShown) break;
    fmt::print("  {} {}\n", paint("✗", Ink::red), clean(finding.value("says", "")));
  }
  if (result.findings.size() > kMostShown)
    fmt::print("  ... and {} more; --json lists all.\n", result.findings.size() - kMostShown);
}

}  // namespace heard::cli
