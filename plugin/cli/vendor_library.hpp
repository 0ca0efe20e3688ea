// libheard loaded the way a vendor's plugin loader does it: dlopen, a table of functions, no link.
#pragma once

#include <string>

#include "heard/heard.h"

namespace heard::cli {

/// The functions a host needs to log contacts and to keep clocks running.
struct VendorLibrary {
  decltype(&heard_version_string) version_string;
  decltype(&heard_runtime_create) runtime_create;
  decltype(&heard_runtime_destroy) runtime_destroy;
  decltype(&heard_options_create) options_create;
  decltype(&heard_options_set) options_set;
  decltype(&heard_options_destroy) options_destroy;
  decltype(&heard_store_open) store_open;
  decltype(&heard_store_close) store_close;
  decltype(&heard_record_from_json) record_from_json;
  decltype(&heard_record_json) record_json;
  decltype(&heard_record_destroy) record_destroy;
  decltype(&heard_apply) apply;
  decltype(&heard_pump) pump;
  decltype(&heard_error_message) error_message;
  decltype(&heard_error_free) error_free;
};

/// Loads libheard.so.1 privately (RTLD_LOCAL); it stays loaded. A Trouble if it is not found.
VendorLibrary load_vendor_library(const std::string &path = "libheard.so.1");

}  // namespace heard::cli
