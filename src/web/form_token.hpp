// Form tokens: proof that a posted form came from a page we made for this session and actor.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace heard::web {

/// What a token is bound to, besides the day.
struct TokenScope {
  std::string_view key;  ///< the store's secret
  std::string_view session;
  std::string_view actor;
  std::string_view path;  ///< of the form, ours
};

enum class TokenState { good, too_old, foreign };

std::string form_token(const TokenScope &scope, Millis now);
/// Good on its day and the next; too old for a month after that (so that what was typed can be
/// shown again safely: the form was ours); foreign otherwise.
TokenState check_token(const TokenScope &scope, std::string_view token, Millis now);

}  // namespace heard::web
