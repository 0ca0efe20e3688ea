// The only file that calls heard_feed_*.
#include "feed/feed.hpp"

#include <new>

namespace heard::feed {

void Feed::check(std::int32_t status) {
  if (status < 0) throw CallFailed{status};
}

std::string Feed::setting(const char *name) {
  const char *value = heard_feed_setting(feed_, name);
  return value == nullptr ? "" : value;
}

bool Feed::known(const char *type, const std::string &key, const Hash &hash) {
  const std::int32_t answer = heard_feed_known(feed_, type, key.c_str(), hash.data(), err_);
  check(answer);
  return answer == 1;
}

void Feed::put(const Record &record, const Hash &hash) {
  check(heard_feed_put(feed_, record.get(), hash.data(), err_));
}

void Feed::reject(const char *type, const std::string &key, const std::string &reason) {
  check(heard_feed_reject(feed_, type, key.c_str(), reason.c_str(), err_));
}

void Feed::page_done(const char *type) { check(heard_feed_page_done(feed_, type, nullptr, err_)); }

void Feed::set_done(const char *type) { check(heard_feed_set_done(feed_, type, err_)); }

bool Feed::cancelled() { return heard_feed_cancelled(feed_) == 1; }

int32_t run_guarded(heard_feed *feed, heard_error **err, const std::function<void(Feed &)> &run) {
  if (feed == nullptr) return HEARD_E_MISUSE;
  const auto fail = [&](std::int32_t status, const char *message) {
    return heard_feed_fail(feed, status, message, nullptr, nullptr, err);
  };
  try {
    Feed guarded(feed, err);
    run(guarded);
    return HEARD_OK;
  } catch (const CallFailed &failed) {
    return failed.status;
  } catch (const Failure &failure) {
    const bool detailed = !failure.detail_name().empty();
    return heard_feed_fail(feed, failure.status(), failure.what(),
                           detailed ? failure.detail_name().c_str() : nullptr,
                           detailed ? failure.detail_value().c_str() : nullptr, err);
  } catch (const std::bad_alloc &) {
    return fail(HEARD_E_NO_MEMORY, "memory ran out while reading the feed");
  } catch (const std::exception &problem) {
    return fail(HEARD_E_INTERNAL, problem.what());
  } catch (...) {
    return fail(HEARD_E_INTERNAL, "the adapter failed for an unknown reason");
  }
}

}  // namespace heard::feed
