// The product's side of every job: a store reached through heard.h, with a clock of our own.
#pragma once

#include <cstdint>
#include <string>

#include "heard/heard.hpp"

namespace heard::bench {

/// What the product takes for now, in milliseconds. Begins on Tuesday 2026-03-03 at 14:00 UTC.
constexpr std::int64_t kBeginning = 1772546400000;

/// An open store. The clock stands still unless it is set.
class Product {
 public:
  /// Makes the store if there is none.
  explicit Product(const std::string &path);

  std::int64_t now = kBeginning;
  api::Store &store() { return store_; }
  const api::Record &actor() const { return actor_; }
  api::Record apply(const char *command, const api::Record &fields) {
    return store_.apply(actor_, command, fields);
  }

 private:
  heard_host table_;
  api::Runtime runtime_;
  api::Store store_;
  api::Record actor_;
};

}  // namespace heard::bench
