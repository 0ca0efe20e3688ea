// Serves Heard's pages on loopback, as a host would inside its own site.
#include "page_server.hpp"

#include <fmt/core.h>
#include <httplib.h>
#include <strings.h>

#include <array>
#include <nlohmann/json.hpp>
#include <random>

#include "exit_codes.hpp"

namespace heard::cli {
namespace {

using nlohmann::json;

constexpr const char *kLoopback = "127.0.0.1";
constexpr std::size_t kLargestBody = 1 << 20;

/// Binds form tokens to this run of the server.
std::string random_session() {
  std::random_device device;
  std::string session;
  for (int i = 0; i < 8; ++i) session += fmt::format("{:08x}", device());
  return session;
}

std::string head_of(const httplib::Request &request, const std::string &session) {
  const std::size_t question = request.target.find('?');
  json head{{"method", request.method},
            {"path", request.target.substr(0, question)},
            {"query", question == std::string::npos ? "" : request.target.substr(question + 1)},
            {"content_type", request.get_header_value("Content-Type")},
            {"accept_language", request.get_header_value("Accept-Language")},
            {"session", session},
            {"surface", "document"},
            {"heading_level", 1}};
  return head.dump(-1, ' ', false, json::error_handler_t::replace);
}

void put(httplib::Response &to, const api::Response &from) {
  std::string type = "text/html; charset=utf-8";
  for (const auto &[name, value] : from.headers()) {
    if (strcasecmp(name.c_str(), "content-type") == 0)
      type = value;
    else
      to.set_header(name, value);
  }
  to.status = from.status();
  to.set_content(std::string(from.body()), type);
}

}  // namespace

struct PageServer::State {
  State(PageHost page_host, int at_port) : host(std::move(page_host)), port(at_port) {}

  /// Names that a browser on this machine uses; another one means that a foreign page is asking.
  bool is_our_name(const std::string &name) const {
    return name == fmt::format("{}:{}", kLoopback, port) ||
           name == fmt::format("localhost:{}", port);
  }

  void answer(const httplib::Request &request, const std::string &body,
              httplib::Response &response) {
    try {
      api::Store store(host.runtime, api::Options({{"store.path", host.store_path}}));
      const api::Record actor = api::Record::from_json("actor", host.actor);
      const api::Record head = api::Record::from_json("request", head_of(request, session));
      put(response, store.handle(actor, head, body));
    } catch (const api::Error &error) {
      response.status = error.status() == HEARD_E_BUSY ? 503 : 500;
      response.set_content(error.what(), "text/plain; charset=utf-8");
    }
  }

  const PageHost host;
  const int port;
  const std::string session = random_session();
  httplib::Server server;
};

PageServer::PageServer(PageHost host, int port)
    : state_(std::make_unique<State>(std::move(host), port)) {
  httplib::Server &server = state_->server;
  server.set_payload_max_length(kLargestBody);
  server.set_keep_alive_timeout(1);  // seconds; a stop waits for idle connections
  server.set_pre_routing_handler([this](const auto &request, auto &response) {
    if (state_->is_our_name(request.get_header_value("Host")))
      return httplib::Server::HandlerResponse::Unhandled;
    response.status = 421;
    response.set_content("This server answers for this machine only.", "text/plain");
    return httplib::Server::HandlerResponse::Handled;
  });
  server.Get(
      ".*", [this](const auto &request, auto &response) { state_->answer(request, "", response); });
  server.Post(".*", [this](const httplib::Request &request, httplib::Response &response,
                           const httplib::ContentReader &read) {
    std::string body;
    read([&body](const char *bytes, std::size_t length) {
      body.append(bytes, length);
      return true;
    });
    state_->answer(request, body, response);
  });
  if (!server.bind_to_port(kLoopback, port))
    throw Trouble(kNetwork, fmt::format("Port {} is taken; choose another with --port.", port));
}

PageServer::~PageServer() = default;

std::string PageServer::url() const {
  return fmt::format("http://{}:{}/", kLoopback, state_->port);
}

void PageServer::run() { state_->server.listen_after_bind(); }

void PageServer::stop() { state_->server.stop(); }

}  // namespace heard::cli
