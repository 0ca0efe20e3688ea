// Takes the lines of a proof from top to bottom and tells what does not hold: bodies, leaves, tree,
// and the receipt somebody was given before.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "audit/receipt.hpp"
#include "bundle/proof_lines.hpp"
#include "bundle/taken.hpp"

namespace heard::bundle {

class ProofCheck {
 public:
  using Find = std::function<void(std::optional<std::int64_t> seq, const std::string &says)>;

  ProofCheck(std::optional<audit::Receipt> receipt, Find find)
      : receipt_(std::move(receipt)), find_(std::move(find)) {}

  /// The first line. Throws Failure(corrupt | argument) when it is none.
  void begin(std::string_view line);
  const ProofHeader &header() const { return header_; }
  /// That the ledger continues an earlier head; also called for what the header says.
  void continues(const Continuation &proof);
  /// Any other line. The entry, if it is one that can be looked at.
  std::optional<ProofLine> take(std::string_view line);
  /// After the last line.
  void finish();

  Taken &taken() { return taken_; }
  std::int64_t entries() const { return entries_; }
  bool has_receipt() const { return receipt_.has_value(); }

 private:
  void check_entry(const ProofLine &line);
  void check_receipt(const store::TreeHead &proved);
  void finish_receipt();

  std::optional<audit::Receipt> receipt_;
  Find find_;
  ProofHeader header_;
  Assembly tree_;
  Taken taken_;
  std::int64_t entries_ = 0, last_seq_ = -1;
  bool receipt_is_compared_ = false, receipt_entry_found_ = false;
};

}  // namespace heard::bundle
