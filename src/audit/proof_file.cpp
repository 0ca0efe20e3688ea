#include "audit/proof_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::audit {

namespace {

constexpr std::string_view kInclusion = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kConsistency = "heard-consistency/1";
constexpr std::size_t kMostHashes = 64;  // more than any tree of 63-bit size needs

Failure no_proof(const char *what) {
  return {Status::corrupt, std::string("this is not a proof: ") + what};
}

/// The next line without its end. Throws when there is none.
std::string_view take_line(std::string_view &text) {
  const std::size_t end = text.find('\n');
  if (end == text.npos) throw no_proof("it ends too early");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

/// Hashes, one a line, up to the empty line.
std::vector<Hash> take_hashes(std::string_view &text) {
  std::vector<Hash> hashes;
  for (std::string_view line = take_line(text); !line.empty(); line = take_line(text)) {
    const auto bytes = from_base64(line);
    if (!bytes || bytes->size() != 32) throw no_proof("a line of it is no hash");
    if (hashes.size() == kMostHashes) throw no_proof("it is too long");
    std::copy(bytes->begin(), bytes->end(), hashes.emplace_back().begin());
  }
  return hashes;
}

std::string lines_of(const std::vector<Hash> &hashes) {
  std::string out;
  for (const Hash &hash : hashes) out += to_base64(view(hash)) + "\n";
  return out + "\n";
}

/// The first of two notes that follow each other: up to the empty line below its signatures.
std::string_view take_note(std::string_view &text) {
  const std::size_t signatures = text.find("\n\n");
  const std::size_t end = signatures == text.npos ? text.npos : text.find("\n\n", signatures + 2);
  if (end == text.npos) throw no_proof("it needs two checkpoints");
  const std::string_view note = text.substr(0, end + 1);
  text.remove_prefix(end + 2);
  return note;
}

}  // namespace

bool is_consistency_file(std::string_view text) { return text.starts_with(kConsistency); }

std::string format_proof(const InclusionFile &file) {
  return fmt::format("{}\nextra {}\nindex {}\n{}{}", kInclusion, to_base64(file.leaf), file.seq,
                     lines_of(file.proof), store::format_note(file.checkpoint));
}

std::string format_proof(const ConsistencyFile &file) {
  return fmt::format("{}\n{}{}\n{}", kConsistency, lines_of(file.proof),
                     store::format_note(file.earlier), store::format_note(file.later));
}

InclusionFile parse_inclusion(std::string_view text) {
  if (take_line(text) != kInclusion) throw no_proof("its first line is another");
  InclusionFile file;
  std::string_view line = take_line(text);
  if (line.starts_with("extra ")) {
    const auto leaf = from_base64(line.substr(6));
    if (!leaf) throw no_proof("its extra data cannot be read");
    file.leaf = *leaf;
    line = take_line(text);
  }
  const auto seq = line.starts_with("index ") ? to_int(line.substr(6)) : std::nullopt;
  if (!seq || *seq < 0 || line.substr(6) != std::to_string(*seq))
    throw no_proof("it names no entry");
  file.seq = *seq;
  file.proof = take_hashes(text);
  file.checkpoint = store::parse_note(text);
  return file;
}

ConsistencyFile parse_consistency(std::string_view text) {
  if (take_line(text) != kConsistency) throw no_proof("its first line is another");
  ConsistencyFile file;
  file.proof = take_hashes(text);
  file.earlier = store::parse_note(take_note(text));
  file.later = store::parse_note(text);
  return file;
}

}  // namespace heard::audit
