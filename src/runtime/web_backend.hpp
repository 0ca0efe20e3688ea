// Lets the pages reach the engine as one actor.
#pragma once

#include <string>

#include "base/failure.hpp"
#include "runtime/engine.hpp"
#include "web/backend.hpp"

namespace heard::runtime {

class WebBackend : public web::Backend {
 public:
  WebBackend(Engine &engine, const Record &actor)
      : engine_(engine), actor_(actor), form_key_(engine.journal().ledger().meta("form_key")) {}

  std::vector<Record> rows(std::string_view view, const Record &filter) override {
    std::vector<Record> all;
    const auto rows = engine_.query(actor_, view, filter);
    for (Record row; rows->next(row);) all.push_back(std::move(row));
    return all;
  }
  Record apply(std::string_view command, const Record &fields) override {
    return engine_.apply(actor_, command, fields);
  }
  std::vector<Record> verify(const Record &what) override {
    std::vector<Record> all;
    const auto rows = engine_.verify(actor_, what);
    for (Record row; rows->next(row);)
      if (row.text("row") != "progress") all.push_back(std::move(row));
    return all;
  }
  std::string export_bytes(const Record &what, std::size_t most) override {
    std::string bytes;
    engine_.write_export(actor_, what, [&](std::string_view part) {
      if (bytes.size() + part.size() > most)
        throw Failure(Status::limit,
                      "the export is too large for a page; choose a shorter period or fewer "
                      "entries, or write it with 'heard export'");
      bytes += part;
    });
    return bytes;
  }
  Millis now() const override { return engine_.host().now_ms(); }
  std::string_view form_key() const override { return form_key_; }
  std::string zone_folder() const override { return engine_.options().zone_folder(); }

 private:
  Engine &engine_;
  Record actor_;
  std::string form_key_;
};

}  // namespace heard::runtime
