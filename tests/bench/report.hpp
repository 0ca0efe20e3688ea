// What a run prints: one line a job or one JSON object, and what the limits say about it.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "rounds.hpp"

namespace heard::bench {

void print_heading(std::ostream &out);
void print_line(std::ostream &out, const Figure &figure);
/// `seed` and the versions of what was measured come first.
void print_json(std::ostream &out, const std::vector<Figure> &figures, unsigned seed,
                const std::string &size);

/// Job -> the highest ratio allowed; for a job without floor the highest figure as it is shown.
using Limits = std::map<std::string, double>;
/// From lines "job limit"; "#" begins a comment. Throws std::runtime_error.
Limits read_limits(const std::string &path);
/// True if even the best round was over the limit.
bool is_over(const Limits &limits, const Figure &figure);

}  // namespace heard::bench
