// What happened to a case, read back from the ledger in the order it happened.
#pragma once

#include <optional>

#include "cases/history.hpp"
#include "store/ledger.hpp"

namespace heard::commands {

/// Where the facts are read from: the ledger and the read tables of one database.
struct Source {
  store::Database &database;
  store::Ledger &ledger;
};

/// The contacts that belong to the case now and what was done with it, without the contact `except`
/// (0: none).
cases::Telling history_of(const Source &source, const Id &case_id, std::int64_t except = 0);

/// The same with more facts, in order of time; one without a policy comes under the one in force
/// then, or under `policy` where nothing was known before.
cases::Telling with_facts(cases::Telling telling, const std::vector<cases::Fact> &facts,
                          std::shared_ptr<const cases::Policy> policy);

/// What the clocks need to know of a stored contact, as it is marked now; nothing for what has been
/// erased whole, and for internal ones and corrections, unless a case was opened with it.
std::optional<cases::Input> contact_input(const Source &source, std::int64_t seq,
                                          bool opens = false);

}  // namespace heard::commands
