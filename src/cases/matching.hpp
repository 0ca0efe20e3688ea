// Which policy a case gets: the first in order whose conditions it meets.
#pragma once

#include <map>
#include <span>
#include <string>

#include "cases/policy.hpp"

namespace heard::cases {

/// What a case is like, by trait; an absent trait is "".
using Traits = std::map<Trait, std::string>;

bool matches(const Policy &policy, const Traits &traits);

/// True if every case that `later` fits is one that `earlier` fits: then `later` is never reached.
bool covers(const Policy &earlier, const Policy &later);
/// True if some case fits both.
bool overlaps(const Policy &one, const Policy &other);

}  // namespace heard::cases
