// Parts of an http address, as far as we need them.
#pragma once

#include <string>
#include <string_view>

namespace heard::transport {

/// "https://host:port"; the address must have "://".
std::string_view origin(std::string_view url);

/// True for localhost and the loopback addresses: nothing leaves this machine.
bool is_this_machine(std::string_view url);

/// What may be shown of an address in a message: no query, no parameters.
std::string shown(std::string_view url);

}  // namespace heard::transport
