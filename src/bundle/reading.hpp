// The entries of a selection, in order, with what is to be hidden closed: every file is made by one
// walk through them. A page at a time; no statement stays open while a file is written.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "audit/redaction.hpp"
#include "store/ledger.hpp"

namespace heard::bundle {

struct ReadEntry {
  store::Event event;
  std::optional<store::Body> body;    ///< nothing when it was removed
  std::vector<audit::Hidden> hidden;  ///< closed for this export
  std::vector<std::size_t> erased;    ///< places that were closed before
};

class Reading {
 public:
  Reading(store::Database &database, const audit::Redaction &redaction)
      : database_(database), redaction_(redaction) {}

  /// Throws Failure(corrupt) for an entry that is missing.
  void each(const std::vector<std::int64_t> &seqs,
            const std::function<void(const ReadEntry &)> &visit);

 private:
  ReadEntry prepare(const store::Event &event, const std::optional<store::Body> &body) const;

  store::Database &database_;
  const audit::Redaction &redaction_;
};

}  // namespace heard::bundle
