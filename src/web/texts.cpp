#include "web/texts.hpp"

#include <algorithm>

#include "base/failure.hpp"

namespace heard::web {

namespace {

const Text *find(std::string_view key) {
  const auto texts = all_texts();
  const auto at = std::lower_bound(texts.begin(), texts.end(), key,
                                   [](const Text &text, auto wanted) { return text.key < wanted; });
  return at != texts.end() && at->key == key ? &*at : nullptr;
}

}  // namespace

std::string_view text(std::string_view key) {
  const Text *found = find(key);
  if (found == nullptr) throw Failure(Status::internal, "no text named '" + std::string(key) + "'");
  return found->says;
}

std::string text_with(std::string_view key, std::initializer_list<std::string_view> values) {
  std::string says(text(key));
  std::size_t from = 0;
  for (const std::string_view value : values) {
    const std::size_t at = says.find("{}", from);
    if (at == std::string::npos) break;
    says.replace(at, 2, value);
    from = at + value.size();
  }
  return says;
}

std::string counted(std::string_view key, std::int64_t number) {
  const std::string full = std::string(key) + (number == 1 ? ".one" : ".many");
  return text_with(full, std::to_string(number));
}

std::string word_for(std::string_view group, std::string_view code) {
  const Text *found = find(std::string(group) + '.' + std::string(code));
  return std::string(found != nullptr ? found->says : code);
}

}  // namespace heard::web
