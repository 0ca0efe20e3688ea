#include "audit/receipt.hpp"

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::audit {

Receipt parse_receipt(std::string_view text) {
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
