// How long a test campaign is: seconds in packaging/test, as long as packaging/soak says otherwise.
#pragma once

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

namespace heard::support {

inline int number_from(const char *variable, int otherwise) {
  const char *text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atoi(text);
}

/// The number of trials: `short_run`, times HEARD_CAMPAIGN_SIZE (1).
inline int trials(int short_run) { return short_run * number_from("HEARD_CAMPAIGN_SIZE", 1); }

/// The seed of all that is random in a campaign: HEARD_CAMPAIGN_SEED (1).
inline unsigned campaign_seed() {
  return static_cast<unsigned>(number_from("HEARD_CAMPAIGN_SEED", 1));
}

/// One line of the table that packaging/soak prints.
inline void report(const std::string &campaign, long trials, long lost) {
  BOOST_TEST_MESSAGE("campaign: " << campaign << ": " << trials << " trials, " << lost
                                  << " lost (seed " << campaign_seed() << ")");
}

}  // namespace heard::support
