// A page before it is drawn, and the frame drawn around every one: menu, style, document, headers.
#pragma once

#include <string>
#include <string_view>

#include "web/request.hpp"
#include "web/router.hpp"
#include "web/template.hpp"

namespace heard::web {

/// A file to be saved.
struct File {
  std::string name;
  std::string type;  ///< of its content
  std::string bytes;
};

struct Page {
  int status = 200;
  std::string title;
  std::string template_name;
  Data data;
  std::string_view menu = {};  ///< the path of the menu entry it belongs to
  std::string redirect = {};   ///< our path to go on to (303) instead of drawing anything
  Query redirect_query = {};
  File file = {};         ///< with a name: handed over instead of drawing anything
  std::string done = {};  ///< said at the top, instead of the sentence that "?done=" names
};

Response draw(const Request &request, Page page);

/// Goes on to `path`, where the sentence "done.`what`" is shown once.
Page go_on(std::string path, std::string_view what);

/// Throws Failure(denied) unless the actor may see settings or, for a POST, change them.
void check_settings_access(const Request &request);

/// A small label with a look: "hrd-late", "hrd-warn", "hrd-good", "hrd-busy" or none.
Data chip(std::string_view label, std::string_view look = {});

/// One fact of a list of facts, and one more value of it; values may be links.
Data fact(std::string_view label, std::string_view value, std::string_view href = {});

}  // namespace heard::web
