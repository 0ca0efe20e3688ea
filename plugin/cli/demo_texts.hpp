// What families and schools write to each other in the demo.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "demo_sis/chance.hpp"

namespace heard::cli {

/// One conversation; "{child}" stands for the student's given name.
struct Message {
  const char *language;  ///< "en", "es" ...
  const char *topic, *moment, *priority;
  const char *subject, *text, *reply;
};

std::span<const Message> messages();

/// A message in this home language (three letters), in English where we have none.
const Message &pick_message(const std::string &home_language, demo::Chance &chance);

/// A thank-you after an answer, by language ("en", "es" ...).
std::string_view thanks_in(std::string_view language);

/// Good news a teacher shares, as subject and text in English.
struct GoodNews {
  const char *subject, *text;
};
std::span<const GoodNews> good_news();

/// With the child's name put in.
std::string filled(std::string_view text, std::string_view child);

}  // namespace heard::cli
