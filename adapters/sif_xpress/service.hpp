// Where the SIS is and how to ask it: the feed's settings, checked, and the requests made from
// them.
#pragma once

#include <string>

#include "feed/feed.hpp"
#include "transport/http.hpp"

namespace heard::sif_xpress {

struct Service {
  std::string url;  ///< without a slash at the end
  std::string zone, context;
  transport::Account account;
  int page_size = 200;
};

/// Throws Failure with detail "field" for a setting that cannot be used.
Service read_service(feed::Feed &feed);

struct PageWish {
  int page = 1;
  int size = 200;
  std::string navigation_id;  ///< from the first page's answer; "" before
};

transport::Request page_request(const Service &service, const char *collection,
                                const PageWish &wish);

}  // namespace heard::sif_xpress
