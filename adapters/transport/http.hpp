// Fetches one document at a time over http or https, streaming; redirects are never followed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feed/failure.hpp"

namespace heard::transport {

struct Request {
  std::string url;
  std::vector<std::string> headers;  ///< "name: value"
};

/// An answer's status and headers.
struct Head {
  long status = 0;
  std::int64_t retry_after_s = 0;  ///< 0: not said
  std::uint64_t body_bytes = 0;    ///< after decompression; known when the answer is complete
  std::vector<std::pair<std::string, std::string>> headers;

  /// The last header of that name, whatever its case; "" if there is none.
  std::string header(std::string_view name) const;
};

/// Where the body of a 200 goes. `begin` is called again when the request is repeated: what came
/// before it is void.
class Body {
 public:
  virtual ~Body() = default;
  virtual void begin(const Head &head) = 0;
  virtual void bytes(std::string_view block) = 0;
};

/// The connection failed; the same request may work later.
class ConnectionFailure : public feed::Failure {
 public:
  using Failure::Failure;
};

/// One attempt. Replaceable, so that tests need no network.
using Get = std::function<Head(const Request &, Body &)>;

struct Account {
  std::string user, password;
};

struct Limits {
  std::uint64_t received = 256ULL << 20;  ///< bytes on the wire
  std::uint64_t decompressed = 1024ULL << 20;
  std::uint64_t ratio = 200;  ///< decompressed to received, beyond 8 MiB
};

/// One reused connection with Basic authentication. One thread at a time.
class Client {
 public:
  Client(Account account, Limits limits, std::function<bool()> cancelled);
  ~Client();
  Client(const Client &) = delete;
  Client &operator=(const Client &) = delete;

  /// Throws ConnectionFailure, or Failure for a limit, a refused certificate, a cancelled run.
  Head get(const Request &request, Body &body);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace heard::transport
