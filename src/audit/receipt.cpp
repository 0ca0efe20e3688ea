#include "audit/receipt.hpp"

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::audit {

namespace {

/// "origin seq/size 0123456789abcdef", as people copy it out of a letter.
std::optional<Receipt> parse_short(std::string_view text) {
  const auto parts = split(trimmed(text), ' ');
  if (parts.size() != 3) return std::nullopt;
  const auto numbers = split(parts[1], '/');
  if (numbers.size() != 2 || parts[0].empty()) return std::nullopt;
  const auto seq = to_int(numbers[0]);
  const auto size = to_int(numbers[1]);
  if (!seq || !size || *seq < 0 || *size <= *seq) return std::nullopt;
  if (parts[2].size() != 16 || !from_hex(parts[2])) return std::nullopt;
  Receipt receipt;
  receipt.seq = seq;
  receipt.head.size = *size;
  receipt.root_begins = lowered(parts[2]);
  receipt.origin = parts[0];
  return receipt;
}

}  // namespace

bool Receipt::agrees(const Hash &root) const {
  return root_begins.empty() ? root == head.root : hex(root).starts_with(root_begins);
}

Receipt parse_receipt(std::string_view text) {
  if (const auto brief = parse_short(text)) return *brief;
  const auto parts = split(text, ':');
  Receipt receipt;
  bool good = parts.size() == 2 || parts.size() == 3;
  if (good && parts.size() == 3) {
    receipt.seq = to_int(parts[0]);
    good = receipt.seq.has_value();
  }
  const auto size = good ? to_int(parts[parts.size() - 2]) : std::nullopt;
  if (!size || *size < 0 || !parse_hash(parts.back(), receipt.head.root))
    throw bad_field("receipt", "must be seq:size:root as the answer of a command gives them");
  receipt.head.size = *size;
  return receipt;
}

std::string format_receipt(const Receipt &receipt) {
  const std::string seq = receipt.seq ? std::to_string(*receipt.seq) + ":" : "";
  return seq + std::to_string(receipt.head.size) + ":" + hex(receipt.head.root);
}

}  // namespace heard::audit
