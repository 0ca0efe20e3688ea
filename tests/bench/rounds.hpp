// Rounds of a job, product and floor taking turns, and what comes out of them.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace heard::bench {

struct Spent {
  double wall = 0;  ///< seconds
  double cpu = 0;   ///< seconds of this process, all threads
};

/// Measures one call.
Spent spent_in(const std::function<void()> &work);

enum class Shown { rate, nanoseconds, milliseconds, megabytes, bytes };

/// One line of the report.
struct Figure {
  std::string job;
  Shown shown = Shown::rate;
  double count = 1;    ///< things done in a round; times are shown for one of them
  double product = 0;  ///< median seconds of a round (or bytes)
  double floor = 0;    ///< 0: there is none
  double ratio = 0;    ///< median of the rounds' product / floor, in time
  double lowest = 0;   ///< of the rounds' ratios
  double highest = 0;
  double cpu_ratio = 0;  ///< median; 0: not known
  int rounds = 0;
  std::string note{};  ///< what else is to be said about it; may be empty
  bool is_noisy() const { return floor > 0 && highest - lowest > 0.25 * ratio; }
};

struct Job {
  std::string name;
  Shown shown;
  double count;
  std::function<Spent()> product;
  std::function<Spent()> floor;  ///< may be empty
};

/// One warm-up, then 7 rounds (3 when one takes more than 5 s); who begins changes every round.
Figure measure(const Job &job);

/// A figure of samples taken elsewhere (in child processes), pair by pair.
Figure figure_of(const std::string &name, Shown shown, double count,
                 const std::vector<Spent> &product, const std::vector<Spent> &floor);

}  // namespace heard::bench
