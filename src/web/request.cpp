#include "web/request.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/form_token.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::size_t kMaxBody = std::size_t{1} << 20;

std::string upper(std::string text) {
  for (char &c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

/// True for an urlencoded form in UTF-8; an absent type is taken for one.
bool is_our_form(std::string_view content_type) {
  const auto parts = split(content_type, ';');
  const std::string type = lowered(trimmed(parts[0]));
  if (!type.empty() && type != "application/x-www-form-urlencoded") return false;
  for (const std::string_view part : parts) {
    const std::string parameter = lowered(trimmed(part));
    if (parameter.starts_with("charset=") && parameter != "charset=utf-8" &&
        parameter != "charset=\"utf-8\"")
      return false;
  }
  return true;
}

std::vector<std::string> words_of(std::string_view path) {
  std::vector<std::string> words;
  for (const std::string_view part : split(path.substr(0, path.find('?')), '/')) {
    if (part.empty()) continue;
    words.push_back(percent_decoded(part, false));
    if (!is_utf8(words.back()))
      throw Failure(Status::not_found, std::string(text("problem.no_page")));
  }
  return words;
}

}  // namespace

std::string path_of(const std::vector<std::string> &words) {
  std::string path;
  for (const std::string &word : words) path += '/' + percent_encoded(word, ":");
  return path.empty() ? "/" : path;
}

Request::Request(Backend &backend, const Record &actor, const Record &head)
    : backend_(backend),
      actor_(actor),
      head_(head),
      now_(backend.now()),
      method_(upper(head.text("method", "GET"))) {}

bool Request::may_write() const {
  const auto roles = actor_.texts("roles");
  return std::any_of(roles.begin(), roles.end(),
                     [](const auto &role) { return role != "auditor"; });
}

bool Request::is_admin() const {
  const auto roles = actor_.texts("roles");
  return std::any_of(roles.begin(), roles.end(),
                     [](const auto &role) { return role == "admin" || role == "system"; });
}

bool Request::may_see_settings() const {
  const auto roles = actor_.texts("roles");
  return is_admin() || std::find(roles.begin(), roles.end(), "auditor") != roles.end();
}

void Request::read(std::string_view body) {
  path_ = words_of(head_.text("path", "/"));
  query_ = parse_query(head_.text("query"));
  if (!is_post()) return;
  if (body.size() > kMaxBody) throw Failure(Status::limit, std::string(text("problem.too_large")));
  if (!is_our_form(head_.text("content_type")))
    throw Failure(Status::argument, std::string(text("problem.type")), {{"http", "415"}});
  form_ = parse_query(body);
}

void Request::check_form() {
  const std::string session = head_.text("session");
  if (session.empty()) throw Failure(Status::denied, std::string(text("problem.no_session")));
  const std::string actor = actor_.text("id");
  const std::string path = path_of(path_);
  const TokenScope scope{backend_.form_key(), session, actor, path};
  const TokenState state = check_token(scope, form_.text("hrd_token"), now_);
  if (state == TokenState::foreign)
    throw Failure(Status::denied, std::string(text("problem.foreign")));
  form_too_old_ = state == TokenState::too_old;
}

std::string Request::token_for(std::string_view form_path) const {
  const std::string session = head_.text("session");
  if (session.empty()) return {};
  const std::string actor = actor_.text("id");
  return form_token({backend_.form_key(), session, actor, form_path}, now_);
}

std::string Request::page(std::string_view path, const Query &query) const {
  return link(head_, LinkKind::page, path, query);
}

const std::vector<Record> &Request::schools() const {
  if (!schools_) schools_ = backend_.rows("schools", Record("filter"));
  return *schools_;
}

std::string Request::zone_of(std::string_view school) const {
  const std::string wished = head_.text("zone");
  if (!wished.empty()) return wished;
  for (const Record &row : schools())
    if (row.text("school") == school) return row.text("zone");
  return default_zone();
}

const std::string &Request::default_zone() const {
  if (default_zone_) return *default_zone_;
  default_zone_.emplace();
  for (const Record &row : backend_.rows("settings", Record("filter")))
    if (row.text("section") == "calendar" && row.text("name") == "default")
      *default_zone_ = row.text("zone");
  return *default_zone_;
}

const LocalTime &Request::time(std::string_view school) const {
  const std::string zone = zone_of(school);
  return zones_.try_emplace(zone, zone, backend_.zone_folder()).first->second;
}

std::string Request::when(Millis at, std::string_view school) const {
  return time(school).words(at, now_);
}

}  // namespace heard::web
