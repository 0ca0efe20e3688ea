// Proof lines: the entries of the selection as they are hashed, and between them the hashes of what
// is not in it. Read from top to bottom they are the whole tree. In a bundle
// data/proof/proof.jsonl.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/body.hpp"
#include "store/event.hpp"
#include "store/tree.hpp"

namespace heard::bundle {

/// That the tree continues an earlier one, by RFC 6962.
struct Continuation {
  store::TreeHead earlier;
  std::vector<Hash> hashes;
};

/// What the first line says.
struct ProofHeader {
  Id ledger{};
  store::TreeHead head;
  std::int64_t entries = 0;
  std::string part;  ///< "all", "person", "case", "school" or "period"
  std::vector<Continuation> continuations;
};

/// A complete subtree of 2^level leaves, number `index`, of which no entry is shown.
struct Skipped {
  int level = 0;
  std::int64_t index = 0;
  Hash hash{};
};

/// One line after the first: an entry (body nothing when it was removed), or what is skipped.
struct ProofLine {
  std::optional<Skipped> skipped;
  store::Event event;
  std::optional<store::Body> body;
};

std::string header_line(const ProofHeader &header);
/// `more`: further members, each with a comma before it; a proof does not need them.
void put_entry(std::string &out, const store::Event &event, const std::optional<store::Body> &body,
               std::string_view more = {});
void put_skipped(std::string &out, const Skipped &skipped);

/// Throw Failure(corrupt | argument) for what is not such a line.
ProofHeader read_header(std::string_view line);
ProofLine read_line(std::string_view line);

/// The complete subtrees that cover the leaves from `from` to before `to`, in order.
std::vector<Skipped> cover(std::int64_t from, std::int64_t to);

/// A tree put together from its leaves and complete subtrees, left to right.
class Assembly {
 public:
  /// False if the piece does not begin where the last one ended.
  bool add(int level, std::int64_t index, const Hash &hash);
  std::int64_t size() const { return size_; }
  Hash root() const;

 private:
  struct Piece {
    int level;
    Hash hash;
  };
  std::vector<Piece> pieces_;
  std::int64_t size_ = 0;
};

}  // namespace heard::bundle
