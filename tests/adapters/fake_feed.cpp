// Just enough of heard.h for the adapters, without a store.
#include "adapters/fake_feed.hpp"

#include <algorithm>
#include <cstring>

#include "sif_xpress/adapter.hpp"
#include "sif_xpress/service.hpp"
#include "transport/http.hpp"

std::string heard_record::text(const std::string &name) const {
  const auto found = texts.find(name);
  return found == texts.end() ? "" : found->second;
}

std::size_t heard_feed::count(const std::string &type) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(stored, [&](const auto &item) { return item.first.first == type; }));
}

bool heard_feed::is_done(const std::string &type) const {
  return std::ranges::find(done, type) != done.end();
}

const heard_record &heard_feed::record(const std::string &type, const std::string &key) const {
  return stored.at({type, key}).first;
}

void heard_feed::begin_run() {
  page.clear();
  rejects.clear();
  pages.clear();
  done.clear();
  seen.clear();
  puts = known = vanished = 0;
}

namespace heard::tests {

heard_feed feed_for(const std::string &url) {
  heard_feed feed;
  feed.settings = {{"url", url}, {"user", "heard"}, {"password", "correct horse"}};
  return feed;
}

Outcome sync(heard_feed &fake) {
  fake.begin_run();
  Outcome outcome;
  heard_error *error = nullptr;
  outcome.status = feed::run_guarded(&fake, &error, [&](feed::Feed &feed) {
    const auto cancelled = [&feed] { return feed.cancelled(); };
    transport::Client client(sif_xpress::read_service(feed).account, {}, cancelled);
    const transport::Get get = [&](const auto &request, auto &body) {
      return client.get(request, body);
    };
    sif_xpress::run_with(feed, get, {4, cancelled, [&](std::chrono::milliseconds time) {
                                       outcome.waits.push_back(time);
                                     }});
  });
  fake.page.clear();
  if (error != nullptr) {
    outcome.message = error->message;
    outcome.detail_name = error->detail_name;
    outcome.detail_value = error->detail_value;
    heard_error_free(error);
  }
  return outcome;
}

}  // namespace heard::tests

extern "C" {

int32_t heard_record_create(const char *kind, heard_record **out, heard_error **) {
  *out = new heard_record{kind, {}, {}, {}, {}};
  return HEARD_OK;
}
void heard_record_destroy(heard_record *record) { delete record; }
int32_t heard_record_set_text(heard_record *record, const char *name, const char *value,
                              heard_error **) {
  record->texts[name] = value;
  return HEARD_OK;
}
int32_t heard_record_set_int(heard_record *record, const char *name, int64_t value,
                             heard_error **) {
  record->numbers[name] = value;
  return HEARD_OK;
}
int32_t heard_record_add_text(heard_record *record, const char *name, const char *value,
                              heard_error **) {
  record->lists[name].emplace_back(value);
  return HEARD_OK;
}
int32_t heard_record_add_record(heard_record *record, const char *name, const heard_record *value,
                                heard_error **) {
  record->records[name].push_back(*value);
  return HEARD_OK;
}
void heard_error_free(heard_error *error) { delete error; }

const char *heard_feed_setting(heard_feed *feed, const char *name) {
  const auto found = feed->settings.find(name);
  return found == feed->settings.end() ? nullptr : found->second.c_str();
}
int32_t heard_feed_known(heard_feed *feed, const char *type, const char *key, const void *hash,
                         heard_error **) {
  ++feed->known;
  feed->seen.insert({type, key});
  const auto found = feed->stored.find({type, key});
  return found != feed->stored.end() && std::memcmp(found->second.second.data(), hash, 16) == 0;
}
int32_t heard_feed_put(heard_feed *feed, const heard_record *record, const void *hash,
                       heard_error **) {
  ++feed->puts;
  FakeHash copy;
  std::memcpy(copy.data(), hash, copy.size());
  feed->page.emplace_back(*record, copy);
  return HEARD_OK;
}
int32_t heard_feed_reject(heard_feed *feed, const char *type, const char *key, const char *reason,
                          heard_error **) {
  feed->rejects.push_back({type, key, reason});
  return HEARD_OK;
}
int32_t heard_feed_page_done(heard_feed *feed, const char *type, const char *, heard_error **) {
  for (auto &item : feed->page) {
    feed->stored[{item.first.kind, item.first.text("key")}] = std::move(item);
  }
  feed->page.clear();
  feed->pages.emplace_back(type);
  return HEARD_OK;
}
int32_t heard_feed_set_done(heard_feed *feed, const char *type, heard_error **) {
  feed->done.emplace_back(type);
  feed->vanished += static_cast<int>(std::erase_if(feed->stored, [&](const auto &item) {
    return item.first.first == type && !feed->seen.contains(item.first);
  }));
  return HEARD_OK;
}
int32_t heard_feed_cancelled(heard_feed *feed) {
  return feed->cancel_after >= 0 && feed->known >= feed->cancel_after ? 1 : 0;
}
int32_t heard_feed_fail(heard_feed *, int32_t status, const char *message, const char *detail_name,
                        const char *detail_value, heard_error **err) {
  const auto text = [](const char *value) { return std::string(value == nullptr ? "" : value); };
  if (err != nullptr) {
    *err = new heard_error{status, text(message), text(detail_name), text(detail_value)};
  }
  return status;
}
}
