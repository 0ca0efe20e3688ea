// The HTTP side of the demo SIS.
#include "demo_sis/sis_server.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "demo_sis/answers.hpp"

namespace heard::demo {
namespace {

int to_number(const std::string &text, int fallback) {
  return text.empty() || text.size() > 6 ? fallback : std::atoi(text.c_str());
}

std::string expected_login() {
  return httplib::make_basic_authentication_header(SisServer::user(), SisServer::password()).second;
}

void copy(const Answer &answer, httplib::Response &response) {
  response.status = answer.status;
  for (const auto &[name, value] : answer.headers) response.set_header(name, value);
  if (answer.announced == 0) {
    if (!answer.type.empty()) response.set_content(answer.body, answer.type);
    return;
  }
  const auto send = [body = answer.body](std::size_t at, std::size_t, httplib::DataSink &sink) {
    return at < body.size() && sink.write(body.data() + at, body.size() - at);
  };
  response.set_content_provider(answer.announced, answer.type, send);
}

}  // namespace

struct SisServer::State {
  mutable std::mutex mutex;
  std::vector<Collection> collections;
  Mishap mishap;
  Paging paging;
  std::vector<Request> requests;

  httplib::Server server;
  std::thread thread;
  int port = 0;

  void handle(const httplib::Request &request, httplib::Response &response) {
    const std::lock_guard lock(mutex);
    requests.push_back({request.path, SisServer::user(), request.get_header_value("navigationPage"),
                        request.get_header_value("navigationPageSize"),
                        request.get_header_value("navigationId"),
                        request.get_header_value("queryIntention")});
    if (request.get_header_value("Authorization") != login) {
      requests.back().user.clear();
      response.status = 401;
      return;
    }
    copy(answer(request), response);
  }

  Answer answer(const httplib::Request &request) {
    const std::string name = request.matches[1];
    const PageWish wish{to_number(request.get_header_value("navigationPage"), 1),
                        to_number(request.get_header_value("navigationPageSize"), 0)};
    for (const Collection &collection : collections) {
      if (collection.name == name) {
        return answer_page(collection, wish, paging, trouble_for(name, wish.page));
      }
    }
    return {.status = 404, .type = ""};
  }

  Trouble trouble_for(const std::string &collection, int page) {
    const bool meant = mishap.collection.empty() || mishap.collection == collection;
    if (!meant || page < mishap.page || mishap.times <= 0) return Trouble::none;
    --mishap.times;
    return mishap.trouble;
  }

  const std::string login = expected_login();
};

SisServer::SisServer(std::vector<Collection> collections) : state_(std::make_unique<State>()) {
  state_->collections = std::move(collections);
  state_->server.set_keep_alive_max_count(10'000);
  state_->server.set_tcp_nodelay(true);
  state_->server.new_task_queue = [] { return new httplib::ThreadPool(4); };
  state_->server.Get(
      R"(/requests/(\w+)(;.*)?)",
      [state = state_.get()](const httplib::Request &request, httplib::Response &response) {
        state->handle(request, response);
      });
}

SisServer::SisServer(const District &district) : SisServer(demo::collections(district)) {}

SisServer::~SisServer() { stop(); }

void SisServer::start() {
  state_->port = state_->server.bind_to_any_port("127.0.0.1");
  if (state_->port <= 0) throw std::runtime_error("the demo SIS found no free port on 127.0.0.1");
  state_->thread = std::thread([state = state_.get()] { state->server.listen_after_bind(); });
  while (!state_->server.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void SisServer::stop() {
  if (!state_->thread.joinable()) return;
  state_->server.stop();
  state_->thread.join();
}

std::string SisServer::url() const {
  return state_->port == 0 ? "" : fmt::format("http://127.0.0.1:{}/requests", state_->port);
}

void SisServer::serve(const District &district) { serve(demo::collections(district)); }

void SisServer::serve(std::vector<Collection> collections) {
  const std::lock_guard lock(state_->mutex);
  state_->collections = std::move(collections);
}

void SisServer::misbehave(Mishap mishap) {
  const std::lock_guard lock(state_->mutex);
  state_->mishap = std::move(mishap);
}

void SisServer::set_paging(bool on) {
  const std::lock_guard lock(state_->mutex);
  state_->paging.on = on;
}

void SisServer::set_largest_page(int records) {
  const std::lock_guard lock(state_->mutex);
  state_->paging.largest = records;
}

std::vector<Request> SisServer::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

}  // namespace heard::demo
