#include "web/problem.hpp"

#include "base/text.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

std::string_view title_of(int status) {
  switch (status) {
    case 403:
      return text("problem.denied");
    case 404:
      return text("problem.not_found");
    case 409:
      return text("problem.conflict");
    case 503:
      return text("problem.busy");
    case 500:
      return text("problem.internal");
    default:
      return text("problem.argument");
  }
}

}  // namespace

int http_status(const Failure &failure) {
  for (const auto &[name, value] : failure.details())
    if (name == "http") return static_cast<int>(to_int(value).value_or(500));
  switch (failure.status()) {
    case Status::argument:
    case Status::unknown_name:
      return 422;
    case Status::not_found:
      return 404;
    case Status::conflict:
      return 409;
    case Status::denied:
      return 403;
    case Status::busy:
      return 503;
    case Status::limit:
      return 413;
    case Status::internal:
    case Status::version:
    case Status::io:
    case Status::corrupt:
    case Status::host:
    case Status::misuse:
    case Status::no_memory:
    case Status::interrupted:
    case Status::forked:
      return 500;
  }
  return 500;
}

Page problem_page(const Request &request, const Failure &failure) {
  const Status status = failure.status();
  if (status == Status::misuse || status == Status::no_memory || status == Status::interrupted ||
      status == Status::forked)
    throw failure;
  Page page;
  page.status = http_status(failure);
  page.title = title_of(page.status);
  page.template_name = "problem";
  put(page.data, "title", page.title);
  put(page.data, "says", failure.message());
  put(page.data, "home", request.page("/"));
  return page;
}

}  // namespace heard::web
