// A form as a browser has it: opened, filled and posted, in tests of the pages.
#pragma once

#include <string>

#include "web/fake_backend.hpp"
#include "web/router.hpp"
#include "web/url.hpp"

namespace heard::web {

class Browser {
 public:
  explicit Browser(FakeBackend &office, Record who = clerk())
      : actor(std::move(who)), office_(office) {}

  Record actor;
  std::string session = "session-of-anna";
  std::string content_type = "application/x-www-form-urlencoded; charset=UTF-8";
  std::string token;

  std::string open(const std::string &path, const std::string &query = {}) {
    const Record head = request_head("GET", path, query).set("session", session);
    return answer(office_, actor, head, "").body;
  }
  /// The token of the form that posts to `path` on `page`.
  void take_token(const std::string &page, const std::string &path) {
    const std::size_t form = page.find("action=\"" + path + '"');
    token = form == std::string::npos ? "" : field_of(page.substr(form), "hrd_token");
  }
  Response post(const std::string &path, Query fields) {
    fields.emplace_back("hrd_token", token);
    Record head = request_head("POST", path).set("session", session);
    head.set("content_type", content_type);
    return answer(office_, actor, head, query_text(fields));
  }
  /// Opens `page`, fills its form that posts to `path`, and sends it.
  Response send(const std::string &page, const std::string &path, Query fields) {
    take_token(open(page), path);
    return post(path, std::move(fields));
  }

 private:
  static std::string field_of(const std::string &html, const std::string &name) {
    const std::string before = "name=\"" + name + "\" value=\"";
    const std::size_t at = html.find(before);
    return html.substr(at + before.size(), 64);
  }

  FakeBackend &office_;
};

inline std::string header(const Response &response, std::string_view name) {
  for (const auto &[key, value] : response.headers)
    if (key == name) return value;
  return "";
}

}  // namespace heard::web
