// The pages, one function each; the router's table says which path and method leads to which.
#pragma once

#include "web/form.hpp"
#include "web/page.hpp"

namespace heard::web {

Page waiting_page(const Request &request);
Page case_page(const Request &request);
Page case_action(const Request &request);  ///< POST /cases/N/<name of a form>
Page case_mark(const Request &request);    ///< POST /cases/N/mark
Page people_page(const Request &request);
Page person_page(const Request &request);
Page log_page(const Request &request);
Page log_action(const Request &request);  ///< POST /log
Page measures_page(const Request &request);

Page settings_page(const Request &request);
Page snow_day_page(const Request &request);
Page snow_day_action(const Request &request);
Page calendar_page(const Request &request);
Page calendar_action(const Request &request);
Page policy_page(const Request &request);
Page policy_action(const Request &request);
Page reapply_action(const Request &request);
Page departments_page(const Request &request);  ///< GET and POST, as the next ones
Page topics_page(const Request &request);
Page simulate_page(const Request &request);
Page integrity_page(const Request &request);

Page audit_page(const Request &request);
Page audit_check_page(const Request &request);  ///< POST /audit/check
Page audit_checkpoint_action(const Request &request);
Page export_page(const Request &request);  ///< GET and POST, as disclosures, holds, retention
Page export_file(const Request &request);  ///< POST /audit/export/file
Page disclosures_page(const Request &request);
Page erasures_page(const Request &request);
Page holds_page(const Request &request);
Page retention_page(const Request &request);
Page checkpoints_page(const Request &request);

}  // namespace heard::web
