#include "calendar_ics/fetch.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "calendar_ics/text.hpp"
#include "transport/address.hpp"
#include "transport/http.hpp"
#include "transport/retry.hpp"

namespace heard::calendar_ics {
namespace {

namespace fs = std::filesystem;

/// Collects a body, and stops one that is too large while it arrives.
class Collected final : public transport::Body {
 public:
  void begin(const transport::Head &) override { bytes_.clear(); }
  void bytes(std::string_view block) override {
    if (bytes_.size() + block.size() > kMostBytes) refuse_size();
    bytes_ += block;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

std::string sentence(long status) {
  if (status >= 300 && status < 400)
    return fmt::format(
        "the address is redirected ({}), which is not followed; put the final "
        "address into the feed's url",
        status);
  if (status == 401 || status == 403)
    return fmt::format("the calendar is not for everybody ({}); use its public address", status);
  if (status == 404 || status == 410)
    return fmt::format("there is no calendar at this address ({}); check the feed's url", status);
  return fmt::format("the server of the calendar is out of order ({}); run the feed again later",
                     status);
}

std::string from_network(feed::Feed &feed, const std::string &url) {
  const auto cancelled = [&feed] { return feed.cancelled(); };
  transport::Limits limits;
  limits.received = limits.decompressed = 2 * kMostBytes;  // Collected stops earlier, and says so
  limits.ratio = UINT64_MAX;                               // the same for what was packed
  const transport::Account account{feed.setting("user"), feed.setting("password")};
  const bool secret = !account.password.empty() && !url.starts_with("https://");
  if (secret && !transport::is_this_machine(url))
    throw feed::Failure(HEARD_E_ARGUMENT,
                        "the feed's url must begin with https://: without it the "
                        "password could be read on the way",
                        "field", "url");
  transport::Client client(account, limits, cancelled);
  const transport::Patience patience{
      4, cancelled, [&](std::chrono::milliseconds time) { transport::wait_for(time, cancelled); }};
  Collected body;
  const transport::Head head = transport::get_patiently(
      [&](const auto &request, auto &to) { return client.get(request, to); },
      {url, {"Accept: text/calendar, */*;q=0.1"}}, body, patience);
  if (head.status != 200)
    throw feed::Failure(HEARD_E_IO, sentence(head.status), "http", std::to_string(head.status));
  return body.take();
}

std::string from_disk(const std::string &path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found)
    throw feed::Failure(HEARD_E_NOT_FOUND, fmt::format("there is no file '{}'", path), "field",
                        "url");
  if (status.type() != fs::file_type::regular)
    throw feed::Failure(HEARD_E_ARGUMENT, fmt::format("'{}' is no file", path), "field", "url");
  if (fs::file_size(path, error) > kMostBytes) refuse_size();
  std::ifstream file(path, std::ios::binary);
  std::string bytes(kMostBytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.eof() && !file.good())
    throw feed::Failure(HEARD_E_IO, fmt::format("'{}' cannot be read", path), "field", "url");
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

}  // namespace

std::string fetch(feed::Feed &feed, const std::string &url) {
  if (url.empty())
    throw feed::Failure(HEARD_E_ARGUMENT,
                        "the feed's setting 'url' is missing; it is the address of an iCalendar "
                        "file, or a path",
                        "field", "url");
  if (url.starts_with("webcal://")) return from_network(feed, "https://" + url.substr(9));
  if (url.starts_with("http://") || url.starts_with("https://")) return from_network(feed, url);
  if (url.starts_with("file://")) return from_disk(url.substr(7));
  if (url.find("://") != std::string::npos)
    throw feed::Failure(HEARD_E_ARGUMENT, "the feed's url is no http or https address and no path",
                        "field", "url");
  return from_disk(url);
}

}  // namespace heard::calendar_ics
