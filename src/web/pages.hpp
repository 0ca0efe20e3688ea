// The pages, one function each; the router's table says which path and method leads to which.
#pragma once

#include "web/form.hpp"
#include "web/page.hpp"

namespace heard::web {

Page waiting_page(const Request &request);
Page case_page(const Request &request);
Page case_action(const Request &request);  ///< POST /cases/N/<reply wait solve reopen assign>
Page people_page(const Request &request);
Page person_page(const Request &request);
Page log_page(const Request &request);
Page log_action(const Request &request);  ///< POST /log
Page measures_page(const Request &request);

}  // namespace heard::web
