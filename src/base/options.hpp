// The options of a store, by name, as NAMES.md lists them.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "base/failure.hpp"
#include "base/zone_file.hpp"

namespace heard {

constexpr std::array<std::string_view, 11> kOptionNames{
    "store.path",        "store.mode",    "store.wait_ms", "store.pool", "store.mark", "zone.path",
    "calendar.timezone", "adapters.path", "ledger.origin", "ledger.key", "anchor.file"};

/// Texts by name. Unknown names are refused when they are set.
class Options {
 public:
  void set(std::string_view name, std::string_view value) {
    for (const std::string_view known : kOptionNames) {
      if (known != name) continue;
      values_[std::string(name)] = value;
      return;
    }
    throw Failure(Status::unknown_name,
                  "option '" + std::string(name) + "' is not known to Heard 1.0.0",
                  {{"name", std::string(name)}});
  }
  std::string get(const std::string &name, const std::string &fallback = {}) const {
    const auto found = values_.find(name);
    return found == values_.end() ? fallback : found->second;
  }

  bool has(const std::string &name) const { return values_.count(name) != 0; }

  /// Where the compiled zone files lie.
  std::string zone_folder() const { return get("zone.path", kSystemZones); }

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace heard
