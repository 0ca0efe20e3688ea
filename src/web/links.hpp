// Links: made only from the templates the host hands over, for no host gives us a path prefix.
#pragma once

#include <string>
#include <string_view>

#include "base/record.hpp"
#include "web/url.hpp"

namespace heard::web {

enum class LinkKind { page, form, download, asset };

/// Fills the head's template of that kind: {path} (coded once more where it stands in a query),
/// {query} and {page} (the path's first word, "waiting" for "/"). Without a template:
/// "{path}?{query}". `path` is ours, with coded segments.
std::string link(const Record &head, LinkKind kind, std::string_view path, const Query &query = {});

/// A GET form loses the query of its action, so that query travels as hidden fields.
struct GetForm {
  std::string action;
  Query hidden;
};
GetForm get_form(const Record &head, std::string_view path);

/// The host's own fields for every form: "hidden.<name>" of the head.
Query host_fields(const Record &head);

}  // namespace heard::web
