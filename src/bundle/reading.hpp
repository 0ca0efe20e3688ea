// The entries of a selection, in order, with what is to be hidden closed: every file is made by one
// walk through them. A page at a time, each in a read transaction; none is open while bytes leave.
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

  static constexpr std::int64_t kPage = 256;  ///< entries read in one transaction

  using Visit = std::function<void(const ReadEntry &)>;
  using Wanted = std::function<bool(const store::Event &)>;

  /// Calls `visit` for each entry, or those that are wanted, and `pause` after each page, which may
  /// take its time. Throws Failure(corrupt) for an entry that is missing.
  void each(const std::vector<std::int64_t> &seqs, const Visit &visit,
            const std::function<void()> &pause = {}, const Wanted &wanted = {});
  /// The same for few entries, in the transaction of the caller.
  void read(const std::vector<std::int64_t> &seqs, const Visit &visit);

 private:
  /// Reads on from place `from` as far as no seq is left out; the place behind.
  std::size_t read_run(const std::vector<std::int64_t> &seqs, std::size_t from, std::size_t end,
                       const Visit &visit, const Wanted &wanted);
  ReadEntry prepare(const store::Event &event, std::optional<store::Body> body) const;

  store::Database &database_;
  const audit::Redaction &redaction_;
};

}  // namespace heard::bundle
