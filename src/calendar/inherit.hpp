// A school's calendar below its district's: what it takes over, and what is its own. Pure.
#pragma once

#include "calendar/definition.hpp"

namespace heard::calendar {

/// The own parts of a definition: without all that is inherited. Its eras stay only if they are
/// own.
Definition own_parts(const Definition &whole);

/// `own` with what it takes from `parent`: its eras (unless it has own ones), closures less the
/// days in own.not_closed, yearly days, terms, special days and breaks (an own one replaces the
/// parent's of that day). Offsets are left to the caller, who knows the zones.
Definition inherit(const Definition &own, const Definition &parent);

}  // namespace heard::calendar
