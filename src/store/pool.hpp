// Connections kept warm per process, so that open and close for each web request cost microseconds.
#pragma once

#include <memory>
#include <string>

#include "store/connection.hpp"

namespace heard::store {

/// An idle connection to this very file, or a new one. Any thread.
std::unique_ptr<Connection> take_connection(const std::string &path);
/// The same with the store's mark at `mark`.
std::unique_ptr<Connection> take_connection(const std::string &path, const std::string &mark);

/// Keeps the connection for the next take (at most 4 idle a file), or closes it.
void give_back(std::unique_ptr<Connection> connection);

/// Closes all idle connections; happens by itself before a fork.
void drain_pool();

}  // namespace heard::store
