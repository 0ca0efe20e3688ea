#include "store/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::store {

namespace {

Failure no_checkpoint(const char *what) {
  return {Status::corrupt, std::string("this is not a checkpoint: ") + what};
}

/// The next line without its end; throws when there is none.
std::string_view take_line(std::string_view &text) {
  const std::size_t end = text.find('\n');
  if (end == text.npos || end == 0) throw no_checkpoint("a line is missing");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string format_checkpoint(const Checkpoint &checkpoint) {
  return fmt::format("{}\n{}\n{}\n{}", checkpoint.origin, checkpoint.head.size,
                     to_base64(view(checkpoint.head.root)), checkpoint.extensions);
}

Checkpoint parse_checkpoint(std::string_view text) {
  Checkpoint checkpoint;
  checkpoint.origin = take_line(text);
  const std::string_view size = take_line(text);
  const auto number = to_int(size);
  if (!number || *number < 0 || std::to_string(*number) != size)
    throw no_checkpoint("its size is no number");
  const auto root = from_base64(take_line(text));
  if (!root || root->size() != 32) throw no_checkpoint("its root is no hash");
  checkpoint.head.size = *number;
  std::copy(root->begin(), root->end(), checkpoint.head.root.begin());
  checkpoint.extensions = text;
  while (!text.empty()) take_line(text);
  return checkpoint;
}

std::string short_receipt(const std::string &origin, std::int64_t seq, const TreeHead &head) {
  return fmt::format("{} {}/{} {}", origin, seq, head.size, hex(head.root).substr(0, 16));
}

}  // namespace heard::store
