// Cuts addresses; checks nothing.
#include "transport/address.hpp"

namespace heard::transport {

std::string_view origin(std::string_view url) {
  const std::size_t host = url.find("://") + 3;
  return url.substr(0, url.find('/', host));
}

bool is_this_machine(std::string_view url) {
  std::string_view host = origin(url).substr(url.find("://") + 3);
  host = host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

std::string shown(std::string_view url) {
  return std::string(url.substr(0, url.find_first_of("?#;")));
}

}  // namespace heard::transport
