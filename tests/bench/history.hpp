// The store every job begins with: a school that has been using the product for a while.
#pragma once

#include <string>

#include "contacts.hpp"
#include "jobs.hpp"

namespace heard::bench {

struct History {
  std::string path;  ///< a closed store; copy it, do not write to it
  int contacts;      ///< logged in it; the next one has this number
  Contacts mail;
};

/// Made when it is first asked for.
const History &history(const Settings &settings);

/// Contacts a round of single commits and one of batches logs on top.
int single_contacts(const Settings &settings);
int batch_contacts(const Settings &settings);

}  // namespace heard::bench
