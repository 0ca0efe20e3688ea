// Passwords of feeds: from the environment or typed without echo, never from the command line.
#include "secret.hpp"

#include <fmt/core.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

namespace heard::cli {
namespace {

std::string ask_without_echo(std::string_view question) {
  termios before{};
  tcgetattr(STDIN_FILENO, &before);
  termios quiet = before;
  quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  fmt::print(stderr, "{} ", question);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  std::string answer;
  std::getline(std::cin, answer);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  fmt::print(stderr, "\n");
  return answer;
}

}  // namespace

std::int32_t give_secret(void *, const char *name, heard_sink *out) {
  if (!std::string_view(name).ends_with(".password")) return HEARD_E_NOT_FOUND;
  if (const char *password = std::getenv("HEARD_FEED_PASSWORD"))
    return heard_sink_put(out, password,
                          static_cast<std::int64_t>(std::string_view(password).size()));
  if (!isatty(STDIN_FILENO)) return HEARD_E_NOT_FOUND;
  // Asked once: a feed of many pages must not ask again.
  static const std::string typed = ask_without_echo("Password of the feed's user:");
  return heard_sink_put(out, typed.data(), static_cast<std::int64_t>(typed.size()));
}

}  // namespace heard::cli
