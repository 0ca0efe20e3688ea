// Settings in, requests out.
#include "sif_xpress/service.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <charconv>
#include <cstdint>

#include "transport/address.hpp"

namespace heard::sif_xpress {
namespace {

constexpr int kLargestPage = 1000;

feed::Failure bad_setting(const char *name, const char *says) {
  return {HEARD_E_ARGUMENT, fmt::format("the feed's setting '{}' {}", name, says), "field", name};
}

std::string checked_url(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  if (url.empty()) throw bad_setting("url", "is missing; it is the address of the SIS's services");
  const bool secure = url.starts_with("https://");
  if (!secure && !url.starts_with("http://")) throw bad_setting("url", "must begin with https://");
  if (url.find_first_of("?# \t\r\n\"<>") != std::string::npos) {
    throw bad_setting("url", "must be a plain address without spaces, '?' or '#'");
  }
  if (transport::origin(url).find('@') != std::string_view::npos) {
    throw bad_setting("url", "must not contain a login; use the settings 'user' and 'password'");
  }
  if (!secure && !transport::is_this_machine(url)) {
    throw bad_setting("url",
                      "must begin with https://: without it the password and the families' "
                      "data could be read on the way");
  }
  return url;
}

int checked_page_size(const std::string &text) {
  if (text.empty()) return Service{}.page_size;
  int size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || size < 1 || size > kLargestPage) {
    throw bad_setting("page_size", "must be a whole number from 1 to 1000");
  }
  return size;
}

std::string escaped(const std::string &text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string random_uuid() {
  unsigned char bytes[16];
  if (RAND_bytes(bytes, sizeof bytes) != 1) {
    throw feed::Failure(HEARD_E_INTERNAL, "libcrypto has no random numbers");
  }
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
  std::string text;
  for (std::size_t i = 0; i < sizeof bytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", bytes[i]);
  }
  return text;
}

}  // namespace

Service read_service(feed::Feed &feed) {
  Service service;
  service.url = checked_url(feed.setting("url"));
  service.zone = feed.setting("zone");
  service.context = feed.setting("context");
  service.account = {feed.setting("user"), feed.setting("password")};
  service.page_size = checked_page_size(feed.setting("page_size"));
  return service;
}

transport::Request page_request(const Service &service, const char *collection,
                                const PageWish &wish) {
  transport::Request request;
  request.url = fmt::format("{}/{}", service.url, collection);
  if (!service.zone.empty()) request.url += ";zoneId=" + escaped(service.zone);
  if (!service.context.empty()) request.url += ";contextId=" + escaped(service.context);
  request.headers = {"Accept: application/xml",
                     "messageType: REQUEST",
                     "messageId: " + random_uuid(),
                     "requestId: " + random_uuid(),
                     "serviceType: OBJECT",
                     "requestType: IMMEDIATE",
                     "queryIntention: ALL",
                     fmt::format("navigationPage: {}", wish.page),
                     fmt::format("navigationPageSize: {}", wish.size)};
  if (!wish.navigation_id.empty()) request.headers.push_back("navigationId: " + wish.navigation_id);
  return request;
}

}  // namespace heard::sif_xpress
