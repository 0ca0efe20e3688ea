// Reads compiled time zone files (TZif, RFC 8536), including the footer that rules after the last
// transition. Touches the disk, so it stays outside the pure floors.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.hpp"

namespace heard {

/// Where the system keeps them.
constexpr const char *kSystemZones = "/usr/share/zoneinfo";

struct ZoneOffset {
  Seconds from;          ///< UTC instant from which the offset holds
  std::int32_t seconds;  ///< local time minus UTC
  bool operator==(const ZoneOffset &) const = default;
};

/// Offsets of the IANA zone `name` over [from, to): the first holds at `from` (its instant is
/// `from`), then every change. Throws bad_field("zone") for a name that is no zone (also one with
/// ".." or a leading slash) and Failure(corrupt) for a damaged file.
std::vector<ZoneOffset> zone_offsets(const std::string &folder, const std::string &name,
                                     Seconds from, Seconds to);

}  // namespace heard
