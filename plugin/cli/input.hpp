// Files and dates that people name on the command line.
#pragma once

#include <string>

#include "heard/heard.hpp"
#include "times.hpp"

namespace heard::cli {

/// The whole file; "-" is standard input. A Trouble if it cannot be read.
std::string read_input(const std::string &path);

/// A period as --from and --to give it, both days included; "" leaves that end open.
struct Period {
  std::string from, to;
};
/// Sets `from` and `to` of a view's filter, in milliseconds.
void put_period(const Period &period, api::Record &filter);

}  // namespace heard::cli
