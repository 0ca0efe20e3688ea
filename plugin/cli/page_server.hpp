// Serves Heard's pages on loopback, as a host would inside its own site.
#pragma once

#include <memory>
#include <string>

#include "heard/heard.hpp"

namespace heard::cli {

/// What the pages are served from, and to whom.
struct PageHost {
  api::Runtime &runtime;
  std::string store_path;
  std::string actor;  ///< the signed-in person as JSON
};

/// Answers on threads of its own while run() waits; each request opens a store of its own.
class PageServer {
 public:
  /// Takes the port; a Trouble if somebody else has it.
  PageServer(PageHost host, int port);
  ~PageServer();
  PageServer(const PageServer &) = delete;
  PageServer &operator=(const PageServer &) = delete;

  std::string url() const;
  /// Serves until stop() is called, by any thread.
  void run();
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heard::cli
