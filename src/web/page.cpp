#include "web/page.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/failure.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

struct MenuEntry {
  std::string_view path;
  std::string_view label;
};
constexpr MenuEntry kMenu[] = {{"/", "nav.waiting"},          {"/log", "nav.log"},
                               {"/people", "nav.people"},     {"/measures", "nav.measures"},
                               {"/settings", "nav.settings"}, {"/audit", "nav.audit"}};

/// Only our own style sheet, named by its hash; no script, no other origin, ever.
const std::string &content_policy() {
  static const std::string policy =
      "default-src 'none'; style-src 'sha256-" + to_base64(view(sha256(embedded("heard.css")))) +
      "'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
  return policy;
}

Data menu(const Request &request, std::string_view current) {
  Data entries = make_list();
  for (const MenuEntry &entry : kMenu) {
    if (entry.path == "/log" && !request.may_write()) continue;
    const bool is_for_few = entry.path == "/settings" || entry.path == "/audit";
    if (is_for_few && !request.may_see_settings()) continue;
    Data item;
    put(item, "href", request.page(entry.path));
    put(item, "label", text(entry.label));
    put(item, "current", entry.path == current);
    entries.push_back(item);
  }
  return entries;
}

void put_headings(const Request &request, Data &data) {
  const std::int64_t fallback = request.is_document() ? 1 : 2;
  const std::int64_t asked = request.head().number("heading_level", fallback);
  const std::int64_t top = std::clamp<std::int64_t>(asked, 1, 4);
  put(data, "h1", std::to_string(top));
  put(data, "h2", std::to_string(top + 1));
  put(data, "h3", std::to_string(top + 2));
}

/// A header's value: line breaks and other control characters would end it.
std::string one_line(std::string_view text) {
  std::string line(text);
  for (char &c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return line;
}

/// The sentence for "?done=...", if there is one by that name.
std::string done_sentence(const Request &request) {
  const std::string what = request.query().text("done");
  const std::string says = what.empty() || request.is_post() ? "" : word_for("done", what);
  return says == what ? "" : says;
}

Response redirect(const Request &request, const Page &page) {
  const std::string query = query_text(page.redirect_query);
  Response response;
  response.status = 303;
  response.headers = {{"location", one_line(request.page(page.redirect, page.redirect_query))},
                      {"heard-path", one_line(page.redirect + (query.empty() ? "" : '?' + query))},
                      {"cache-control", "no-store"},
                      {"referrer-policy", "same-origin"},
                      {"x-content-type-options", "nosniff"}};
  return response;
}

Response download(File file) {
  Response response;
  response.body = std::move(file.bytes);
  response.headers = {{"content-type", file.type},
                      {"content-disposition", "attachment; filename=\"" + file.name + '"'},
                      {"cache-control", "no-store"},
                      {"x-content-type-options", "nosniff"}};
  return response;
}

}  // namespace

Response draw(const Request &request, Page page) {
  if (!page.redirect.empty()) return redirect(request, page);
  if (!page.file.name.empty()) return download(std::move(page.file));
  put_headings(request, page.data);
  Data frame;
  put(frame, "content", fill(page.template_name, page.data));
  put(frame, "css", embedded("heard.css"));
  put(frame, "lang", "en");
  put(frame, "dir", "ltr");
  put(frame, "main", request.is_document() ? "main" : "div");
  put(frame, "title", page.title);
  put(frame, "done", page.done.empty() ? done_sentence(request) : page.done);
  put(frame, "nav", menu(request, page.menu));
  Response response;
  response.status = page.status;
  response.body = fill("fragment", frame);
  response.headers = {{"content-type", "text/html; charset=utf-8"},
                      {"cache-control", "no-store"},
                      {"referrer-policy", "same-origin"},
                      {"x-content-type-options", "nosniff"},
                      {"heard-title", one_line(page.title)}};
  if (request.is_document()) {
    put(frame, "fragment", response.body);
    response.body = fill("document", frame);
    response.headers.emplace_back("content-security-policy", content_policy());
  }
  return response;
}

Page go_on(std::string path, std::string_view what) {
  Page page;
  page.redirect = std::move(path);
  page.redirect_query = {{"done", std::string(what)}};
  return page;
}

void check_settings_access(const Request &request) {
  if (request.is_post() ? request.is_admin() : request.may_see_settings()) return;
  throw Failure(Status::denied, std::string(text("problem.settings")));
}

Data chip(std::string_view label, std::string_view look) {
  Data data;
  put(data, "label", label);
  put(data, "kind", look);
  return data;
}

Data fact(std::string_view label, std::string_view value, std::string_view href) {
  Data one;
  put(one, "value", value);
  put(one, "href", href);
  put(one, "comma", false);
  Data values = make_list();
  values.push_back(one);
  Data data;
  put(data, "label", label);
  put(data, "values", values);
  return data;
}

}  // namespace heard::web
