// The text of proof files: inclusion (c2sp.org/tlog-proof) and consistency. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/note.hpp"
#include "store/tree.hpp"

namespace heard::audit {

struct InclusionFile {
  std::string leaf;  ///< the bytes that are hashed, as "extra"
  std::int64_t seq = 0;
  std::vector<Hash> proof;
  store::Note checkpoint;
};

struct ConsistencyFile {
  std::vector<Hash> proof;
  store::Note earlier;
  store::Note later;
};

bool is_consistency_file(std::string_view text);
std::string format_proof(const InclusionFile &file);
std::string format_proof(const ConsistencyFile &file);
/// Throw Failure(corrupt) with one sentence for anything else.
InclusionFile parse_inclusion(std::string_view text);
ConsistencyFile parse_consistency(std::string_view text);

}  // namespace heard::audit
