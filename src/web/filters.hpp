// What several pages let one choose: the school, and how far to look back.
#pragma once

#include <string>
#include <vector>

#include "web/form.hpp"

namespace heard::web {

/// A form with all schools, which keeps `kept` in its query; false when there is nothing to choose.
Data school_filter(const Request &request, std::string_view path, const std::string &chosen,
                   const Query &kept);

/// The schools to choose from in a form, behind `first` (a text) for none of them.
std::vector<Option> school_options(const Request &request, std::string_view first);

/// "7", "30", "90" or "365" days, as the query says.
std::string asked_period(const Request &request);
Millis period_begin(const Request &request, std::string_view days);
Data period_tabs(const Request &request, std::string_view path, std::string_view chosen,
                 const Query &kept);

}  // namespace heard::web
