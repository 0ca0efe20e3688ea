// A school office made up for tests and the preview: rows by view, and a list of what was applied.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/failure.hpp"
#include "base/zone_file.hpp"
#include "web/backend.hpp"

namespace heard::web {

/// Answers every view from `views`, whatever the filter; keeps filters and commands for asking.
class FakeBackend : public Backend {
 public:
  FakeBackend();  ///< filled with an ordinary Wednesday

  std::vector<Record> rows(std::string_view view, const Record &filter) override;
  Record apply(std::string_view command, const Record &fields) override;
  std::vector<Record> verify(const Record &what) override;
  std::string export_bytes(const Record &what, std::size_t most) override;
  Millis now() const override { return now_ms; }
  std::string_view form_key() const override { return key; }
  std::string zone_folder() const override { return zones; }

  Millis now_ms = 1'795'623'120'000;  ///< 2026-11-25 16:12 UTC, 10:12 in Chicago
  std::string key = std::string(32, 'k');
  std::string zones = kSystemZones;
  std::map<std::string, std::vector<Record>, std::less<>> views;
  std::vector<std::pair<std::string, Record>> asked;
  std::vector<Record> applied;
  std::vector<Record> exported;    ///< what exports were asked for, previews included
  std::optional<Failure> refuses;  ///< thrown by the next apply
  Record result{"result"};
};

/// A clerk, an administrator, and a request for `path` as our own server would send it.
Record clerk();
Record admin();
Record request_head(std::string method, std::string path, std::string query = {});

}  // namespace heard::web
