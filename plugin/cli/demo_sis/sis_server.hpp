// A small school information system on 127.0.0.1: pages of xPress objects behind Basic auth. It can
// be told to misbehave, for tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "demo_sis/district.hpp"
#include "demo_sis/xpress.hpp"

namespace heard::demo {

enum class Trouble {
  none,
  unauthorized,      ///< 401
  forbidden,         ///< 403
  not_found,         ///< 404
  redirect,          ///< 302 to another address
  busy,              ///< 503 with Retry-After
  later,             ///< 202: the answer would come on a queue
  too_large,         ///< 413 for pages of more than 50 records
  html,              ///< a login page with status 200
  json,              ///< another content type with status 200
  empty,             ///< no body with status 200
  not_xml,           ///< text that is not XML, labelled as XML
  wrong_collection,  ///< a well-formed document of another kind
  truncated,         ///< the document ends in the middle of a record
  broken_off,        ///< the connection closes before the announced length
  entity,            ///< a DOCTYPE that declares an entity and uses it in a name
  no_id,             ///< the page's second record has no refId
  miscount,          ///< navigationCount says one more than there is
};

/// When to misbehave: in one collection ("" for all), from one page on, for so many requests.
struct Mishap {
  Trouble trouble = Trouble::none;
  std::string collection = {};
  int page = 1;
  int times = 1'000'000;
};

/// One request as it arrived, without the password.
struct Request {
  std::string target, user, navigation_page, navigation_page_size, navigation_id, query_intention;
};

/// Thread-safe: it answers on threads of its own between start and stop.
class SisServer {
 public:
  explicit SisServer(const District &district);
  explicit SisServer(std::vector<Collection> collections);
  ~SisServer();
  SisServer(const SisServer &) = delete;
  SisServer &operator=(const SisServer &) = delete;

  /// Listens on a free port; throws std::runtime_error if there is none.
  void start();
  void stop();

  /// The address of its services, e.g. "http://127.0.0.1:40123/requests"; "" before start.
  std::string url() const;
  static const char *user() { return "heard"; }
  static const char *password() { return "correct horse"; }

  void serve(const District &district);
  void serve(std::vector<Collection> collections);
  void misbehave(Mishap mishap);
  /// Off: one page has everything and no paging headers are sent.
  void set_paging(bool on);
  /// The biggest page it gives, whatever is asked for.
  void set_largest_page(int records);

  std::vector<Request> requests() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heard::demo
