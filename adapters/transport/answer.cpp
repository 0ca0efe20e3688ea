// The sentences say what happened, which status, and what to do; never anything the server wrote.
#include "transport/answer.hpp"

#include <fmt/format.h>
#include <heard/heard.h>

#include <algorithm>

namespace heard::transport {
namespace {

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

std::string sentence(long status) {
  if (status == 202) {
    return "the SIS wants to answer later through a queue (202), which Heard does not use; ask its "
           "administrator for immediate answers";
  }
  if (status >= 300 && status < 400) {
    return fmt::format(
        "the address is redirected ({}), which is not followed; put the final "
        "address into the feed's url",
        status);
  }
  switch (status) {
    case 401:
      return "the SIS does not accept the login (401); check the feed's user and password";
    case 403:
      return "the SIS refuses this user (403); check the feed's user and password and the rights "
             "the SIS gives that user";
    case 404:
      return "the SIS has no such service (404); check the feed's url, zone and context";
    case 413:
      return "the SIS finds even the smallest page too large (413); ask its administrator";
    default:
      break;
  }
  if (status == 408 || status == 429 || status >= 500) {
    return fmt::format("the SIS is busy or out of order ({}); run the feed again later", status);
  }
  return fmt::format("the SIS gives an answer Heard does not understand ({}); check the feed's url",
                     status);
}

}  // namespace

feed::Failure refusal(const Head &head) {
  return {HEARD_E_IO, sentence(head.status), "http", std::to_string(head.status)};
}

feed::Failure web_page_instead() {
  return {HEARD_E_IO,
          "the SIS answers with a web page (HTML) instead of data, usually its login page; check "
          "the feed's url, user and password",
          "http", "200"};
}

feed::Failure empty_answer() {
  return {HEARD_E_IO,
          "the SIS answers 200 but sends nothing; nothing was changed, check the feed's url or ask "
          "the SIS's administrator",
          "http", "200"};
}

void check_is_xml(const Head &head) {
  const std::string type = lowered(head.header("Content-Type"));
  if (type.empty() || type.find("xml") != std::string::npos) {
    if (type.find("xhtml") == std::string::npos) return;
    throw web_page_instead();
  }
  if (type.find("html") != std::string::npos) throw web_page_instead();
  throw feed::Failure(HEARD_E_IO,
                      "the SIS answers with another kind of content than XML; check the feed's url "
                      "and that the SIS offers XML",
                      "http", "200");
}

std::string charset(const Head &head) {
  const std::string type = lowered(head.header("Content-Type"));
  const std::size_t at = type.find("charset=");
  if (at == std::string::npos) return {};
  const std::string rest = type.substr(at + 8);
  const std::size_t first = rest.find_first_not_of("\" ");
  if (first == std::string::npos) return {};
  return rest.substr(first, rest.find_first_of("\"; ", first) - first);
}

}  // namespace heard::transport
