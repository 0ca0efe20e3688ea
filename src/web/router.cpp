#include "web/router.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/page.hpp"
#include "web/pages.hpp"
#include "web/problem.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

struct Route {
  std::string_view method;
  std::string_view pattern;  ///< "*" stands for one word
  Page (*page)(const Request &);
};

constexpr Route kRoutes[] = {
    {"GET", "/", waiting_page},
    {"GET", "/waiting", waiting_page},
    {"GET", "/cases/*", case_page},
    {"POST", "/cases/*/reply", case_action},
    {"POST", "/cases/*/wait", case_action},
    {"POST", "/cases/*/solve", case_action},
    {"POST", "/cases/*/reopen", case_action},
    {"POST", "/cases/*/assign", case_action},
    {"POST", "/cases/*/accept", case_action},
    {"POST", "/cases/*/prioritize", case_action},
    {"POST", "/cases/*/close", case_action},
    {"POST", "/cases/*/move", case_action},
    {"POST", "/cases/*/merge", case_action},
    {"POST", "/cases/*/mark", case_mark},
    {"GET", "/people", people_page},
    {"GET", "/people/*", person_page},
    {"GET", "/log", log_page},
    {"POST", "/log", log_action},
    {"GET", "/measures", measures_page},
    {"GET", "/settings", settings_page},
    {"GET", "/settings/snow-day", snow_day_page},
    {"POST", "/settings/snow-day", snow_day_action},
    {"GET", "/settings/calendars/*", calendar_page},
    {"POST", "/settings/calendars/*", calendar_action},
    {"GET", "/settings/policies/*", policy_page},
    {"POST", "/settings/policies/*", policy_action},
    {"POST", "/settings/policies/*/reapply", reapply_action},
    {"GET", "/settings/departments", departments_page},
    {"POST", "/settings/departments", departments_page},
    {"GET", "/settings/topics", topics_page},
    {"POST", "/settings/topics", topics_page},
    {"GET", "/integrity", integrity_page},
    {"GET", "/simulate", simulate_page},
    {"POST", "/simulate", simulate_page},
    {"GET", "/audit", audit_page},
    {"POST", "/audit/check", audit_check_page},
    {"POST", "/audit/checkpoint", audit_checkpoint_action},
    {"GET", "/audit/export", export_page},
    {"POST", "/audit/export", export_page},
    {"POST", "/audit/export/file", export_file},
    {"GET", "/audit/disclosures", disclosures_page},
    {"POST", "/audit/disclosures", disclosures_page},
    {"GET", "/audit/erasures", erasures_page},
    {"GET", "/audit/holds", holds_page},
    {"POST", "/audit/holds", holds_page},
    {"GET", "/audit/retention", retention_page},
    {"POST", "/audit/retention", retention_page},
    {"GET", "/audit/checkpoints", checkpoints_page},
};

bool fits(std::string_view pattern, const std::vector<std::string> &path) {
  const auto words = split(pattern.substr(1), '/');
  if (words.size() == 1 && words[0].empty()) return path.empty();
  return std::equal(words.begin(), words.end(), path.begin(), path.end(),
                    [](auto wanted, const auto &word) { return wanted == "*" || wanted == word; });
}

const Route &route_for(const Request &request, std::string &allowed) {
  const std::string method = request.method() == "HEAD" ? "GET" : request.method();
  for (const Route &route : kRoutes) {
    if (!fits(route.pattern, request.path())) continue;
    if (route.method == method) return route;
    allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
  }
  if (allowed.empty()) throw Failure(Status::not_found, std::string(text("problem.no_page")));
  throw Failure(Status::argument, std::string(text("problem.method")), {{"http", "405"}});
}

}  // namespace

Response answer(Backend &backend, const Record &actor, const Record &head, std::string_view body) {
  Request request(backend, actor, head);
  std::string allowed;
  Page page;
  try {
    request.read(body);
    const Route &route = route_for(request, allowed);
    if (request.is_post()) request.check_form();
    page = route.page(request);
  } catch (const Failure &failure) {
    page = problem_page(request, failure);
  }
  Response response = draw(request, std::move(page));
  if (response.status == 405) response.headers.emplace_back("allow", allowed);
  if (request.method() == "HEAD") response.body.clear();
  return response;
}

}  // namespace heard::web
