#include "web/form_token.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"

namespace heard::web {

namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kGoodDays = 2;
constexpr std::int64_t kKnownDays = 30;

std::int64_t day_of(Millis now) { return floor_seconds(now) / kDaySeconds; }

std::string token_of_day(const TokenScope &scope, std::int64_t day) {
  std::string signed_text = "heard-form";
  for (const std::string_view part : {scope.session, scope.actor, scope.path})
    signed_text.append("\n").append(to_hex(part));
  signed_text.append("\n").append(std::to_string(day));
  return hex(hmac_sha256(scope.key, signed_text));
}

}  // namespace

std::string form_token(const TokenScope &scope, Millis now) {
  return token_of_day(scope, day_of(now));
}

TokenState check_token(const TokenScope &scope, std::string_view token, Millis now) {
  for (std::int64_t age = 0; age < kKnownDays; ++age)
    if (same_secret(token_of_day(scope, day_of(now) - age), token))
      return age < kGoodDays ? TokenState::good : TokenState::too_old;
  return TokenState::foreign;
}

}  // namespace heard::web
