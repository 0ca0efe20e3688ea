// The vendor's side of the demo: a small host that logs through the loaded library by JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "vendor_library.hpp"

namespace heard::cli {

/// Owns one runtime and one store of the loaded library. One thread at a time.
class DemoHost {
 public:
  /// `host` offers the demo's clock.
  DemoHost(const VendorLibrary &library, const heard_host &host, const std::string &store_path);
  ~DemoHost();
  DemoHost(const DemoHost &) = delete;
  DemoHost &operator=(const DemoHost &) = delete;

  nlohmann::json apply(const nlohmann::json &actor, const char *command,
                       const nlohmann::json &fields);
  /// Does all that is due now.
  void pump();

 private:
  heard_record *to_record(const char *kind, const nlohmann::json &fields);
  void check(int32_t status, heard_error *const &error) const;
  VendorLibrary library_;
  heard_runtime *runtime_ = nullptr;
  heard_store *store_ = nullptr;
};

}  // namespace heard::cli
