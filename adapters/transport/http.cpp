// The only file that knows libcurl.
#include "transport/http.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <heard/heard.h>

#include <cctype>
#include <exception>
#include <mutex>

#include "transport/address.hpp"

namespace heard::transport {
namespace {

constexpr long kConnectSeconds = 10;
constexpr long kStallBytesPerSecond = 1024;
constexpr long kStallSeconds = 60;
constexpr std::uint64_t kRatioCountsFrom = 8ULL << 20;

bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(a[i])) !=
        std::tolower(static_cast<unsigned char>(b[i]))) {
      return false;
    }
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// One answer on its way in. An exception must not cross libcurl, so it waits here.
struct Transfer {
  CURL *curl;
  const Limits &limits;
  const std::function<bool()> &cancelled;
  Body &body;
  Head head = {};
  bool begun = false;
  std::exception_ptr failure = {};

  void begin_once() {
    if (begun) return;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &head.status);
    begun = true;
    if (head.status == 200) body.begin(head);
  }

  void take(std::string_view block) {
    begin_once();
    head.body_bytes += block.size();
    check_limits();
    if (head.status == 200) body.bytes(block);
  }

  void check_limits() const {
    curl_off_t received = 0;
    curl_easy_getinfo(curl, CURLINFO_SIZE_DOWNLOAD_T, &received);
    const auto wire = static_cast<std::uint64_t>(received);
    if (wire > limits.received || head.body_bytes > limits.decompressed) {
      throw feed::Failure(HEARD_E_LIMIT, "the answer is too large; lower the feed's page_size");
    }
    if (head.body_bytes > kRatioCountsFrom && head.body_bytes / limits.ratio > wire) {
      throw feed::Failure(HEARD_E_LIMIT,
                          "the answer unpacks to a suspicious size and was refused; ask the SIS's "
                          "administrator what it sends");
    }
  }
};

std::size_t on_header(char *data, std::size_t, std::size_t length, void *context) {
  auto &transfer = *static_cast<Transfer *>(context);
  try {
    const std::string_view line(data, length);
    if (line.substr(0, 5) == "HTTP/") transfer.head.headers.clear();
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
      transfer.head.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    }
    return length;
  } catch (...) {
    transfer.failure = std::current_exception();
    return 0;
  }
}

std::size_t on_body(char *data, std::size_t, std::size_t length, void *context) {
  auto &transfer = *static_cast<Transfer *>(context);
  try {
    transfer.take({data, length});
    return length;
  } catch (...) {
    transfer.failure = std::current_exception();
    return 0;
  }
}

int on_progress(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto &transfer = *static_cast<Transfer *>(context);
  return transfer.cancelled && transfer.cancelled() ? 1 : 0;
}

[[noreturn]] void throw_failed(CURLcode code, const std::string &url) {
  const std::string address = shown(url);
  if (code == CURLE_ABORTED_BY_CALLBACK) {
    throw feed::Failure(HEARD_E_INTERRUPTED, "the sync was stopped");
  }
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
    throw feed::Failure(HEARD_E_IO,
                        fmt::format("the certificate of {} cannot be trusted; install the "
                                    "school's certificate authority on this machine",
                                    address));
  }
  if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
    throw feed::Failure(HEARD_E_ARGUMENT, "the feed's url is no http or https address", "field",
                        "url");
  }
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  throw ConnectionFailure(HEARD_E_IO, fmt::format("the connection to {} failed ({}); check the "
                                                  "feed's url and the network",
                                                  address, curl_easy_strerror(code)));
}

struct FreeList {
  void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

HeaderList header_list(const std::vector<std::string> &headers) {
  HeaderList list;
  for (const std::string &header : headers) {
    curl_slist *longer = curl_slist_append(list.get(), header.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

}  // namespace

std::string Head::header(std::string_view name) const {
  for (auto it = headers.rbegin(); it != headers.rend(); ++it) {
    if (same_name(it->first, name)) return it->second;
  }
  return {};
}

struct Client::Handle {
  Account account;
  Limits limits;
  std::function<bool()> cancelled;
  CURL *curl = nullptr;

  void set_up() {
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kStallBytesPerSecond);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kStallSeconds);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "heard/1");
    if (account.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(curl, CURLOPT_USERNAME, account.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, account.password.c_str());
  }
};

Client::Client(Account account, Limits limits, std::function<bool()> cancelled)
    : handle_(new Handle{std::move(account), limits, std::move(cancelled)}) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  handle_->curl = curl_easy_init();
  if (handle_->curl == nullptr) throw std::bad_alloc();
  handle_->set_up();
}

Client::~Client() { curl_easy_cleanup(handle_->curl); }

Head Client::get(const Request &request, Body &body) {
  CURL *curl = handle_->curl;
  Transfer transfer{curl, handle_->limits, handle_->cancelled, body};
  const HeaderList headers = header_list(request.headers);
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, is_this_machine(request.url) ? "" : nullptr);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  const CURLcode code = curl_easy_perform(curl);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
  if (transfer.failure) std::rethrow_exception(transfer.failure);
  if (code != CURLE_OK) throw_failed(code, request.url);
  transfer.begin_once();
  curl_off_t retry_after = 0;
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
  transfer.head.retry_after_s = retry_after;
  return std::move(transfer.head);
}

}  // namespace heard::transport
