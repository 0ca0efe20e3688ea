// What stands behind the opaque types of heard.h.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/failure.hpp"
#include "base/options.hpp"
#include "base/ports.hpp"
#include "base/record.hpp"
#include "runtime/engine.hpp"
#include "runtime/feed_run.hpp"

#include "heard/heard.h"

struct heard_error {
  heard::Failure failure;
  mutable std::string json;  // made when asked for
};

struct heard_options {
  heard::Options options;
};

/// The host's table behind the port. Shared between threads: holds nothing of its own.
class TableHost : public heard::Host {
 public:
  explicit TableHost(const heard_host &table);
  ~TableHost() override;
  heard::Millis now_ms() override;
  std::optional<std::string> secret(const std::string &name) override;
  void warn(std::string_view component, const std::string &message) override;
  void wake() override;
  heard::Signer *signer() override;
  void inform(std::string_view component, const std::string &message) override;

 private:
  heard_host table_;
  std::unique_ptr<heard::Signer> signer_;  // looked for once, when the runtime is made
};

struct heard_runtime {
  std::uint32_t wanted_abi;
  std::unique_ptr<TableHost> host;
};

struct heard_store {
  std::unique_ptr<heard::runtime::Engine> engine;
  std::unique_ptr<heard_runtime> own_runtime;  // made by the plugin table's start
  std::atomic<bool> busy = false;
};

struct heard_record {
  heard::Record record;
  // Made when asked for, gone with the next change; neither is part of the record's value.
  mutable std::string json;
  mutable std::map<std::pair<std::string, std::int64_t>, std::unique_ptr<heard_record>> items;

  void forget() {
    json.clear();
    items.clear();
  }
};

struct heard_cursor {
  heard_store *store;
  std::unique_ptr<heard::views::Rows> rows;
  heard_record row;
};

struct heard_response {
  heard::web::Response response;
};

struct heard_sink {
  int fd = -1;  // -1: memory
  std::string bytes;
  std::string path;
  bool failed = false;
};

struct heard_feed {
  heard::runtime::FeedRun *run;
};
