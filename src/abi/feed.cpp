// Feeds: runs an adapter of the adapters module, and the calls the adapter makes meanwhile.
#include "abi/guard.hpp"
#include "runtime/adapter_loader.hpp"

using heard::Failure;
using heard::Status;
using heard::abi::Entered;
using heard::abi::guard;
using heard::abi::require;
using heard::abi::text_argument;

namespace {

using Entry = int32_t (*)(uint32_t, int32_t, const heard_adapter **, heard_error **);

/// Turns an error object into the exception it stands for, and frees it.
[[noreturn]] void rethrow(int32_t status, heard_error *error, const char *fallback) {
  const std::unique_ptr<heard_error> owned(error);
  if (owned) throw owned->failure;
  throw Failure(static_cast<Status>(status), fallback);
}

const heard_adapter *find_adapter(Entry entry, const std::string &wanted) {
  for (int32_t index = 0;; ++index) {
    const heard_adapter *adapter = nullptr;
    heard_error *error = nullptr;
    const int32_t status = entry(HEARD_ABI, index, &adapter, &error);
    if (status == HEARD_E_NOT_FOUND) {
      heard_error_free(error);
      throw Failure(Status::not_found,
                    "there is no adapter '" + wanted + "' in the adapters module",
                    {{"name", wanted}});
    }
    if (status < 0) rethrow(status, error, "the adapters module refused");
    if (adapter->struct_size != sizeof(heard_adapter))
      throw Failure(Status::version, "the adapters module is of another version of Heard");
    if (wanted == adapter->adapter_id) return adapter;
  }
}

heard::runtime::FeedRun &run_of(heard_feed *feed) {
  require(feed, "feed");
  return *feed->run;
}

std::string_view hash_argument(const void *hash) {
  require(hash, "hash");
  return {static_cast<const char *>(hash), 16};
}

}  // namespace

int32_t heard_feed_run(heard_store *store, const heard_record *actor, const char *feed,
                       heard_record **result, heard_error **err) {
  if (result) *result = nullptr;
  return guard(err, [&] {
    const Entered entered(store);
    require(actor, "actor");
    heard::directory::require_admin(heard::directory::actor_from(actor->record));
    heard::runtime::FeedRun run(*store->engine, std::string(text_argument(feed, "feed")));
    const auto entry = reinterpret_cast<Entry>(heard::runtime::adapter_symbol(
        store->engine->options().get("adapters.path"), "heard_adapter_entry"));
    const heard_adapter *adapter = find_adapter(entry, run.setting("adapter"));
    heard_feed handle{&run};
    heard_error *error = nullptr;
    const int32_t status = adapter->run(&handle, &error);
    if (status < 0) rethrow(status, error, "the feed failed without saying why");
    auto answer = std::make_unique<heard_record>();
    answer->record = run.result();
    if (result) *result = answer.release();
    return HEARD_OK;
  });
}

const char *heard_feed_setting(heard_feed *feed, const char *name) {
  const char *value = nullptr;
  guard(nullptr, [&] {
    value = run_of(feed).setting(std::string(text_argument(name, "name")));
    return HEARD_OK;
  });
  return value;
}

int32_t heard_feed_known(heard_feed *feed, const char *type, const char *key, const void *hash,
                         heard_error **err) {
  return guard(err, [&]() -> int32_t {
    return run_of(feed).known(std::string(text_argument(type, "type")),
                              std::string(text_argument(key, "key")), hash_argument(hash))
               ? 1
               : 0;
  });
}

int32_t heard_feed_put(heard_feed *feed, const heard_record *record, const void *hash,
                       heard_error **err) {
  return guard(err, [&] {
    require(record, "record");
    run_of(feed).put(record->record, hash_argument(hash));
    return HEARD_OK;
  });
}

int32_t heard_feed_reject(heard_feed *feed, const char *type, const char *key, const char *reason,
                          heard_error **err) {
  return guard(err, [&] {
    run_of(feed).reject(std::string(text_argument(type, "type")),
                        key ? std::string(text_argument(key, "key")) : "",
                        std::string(text_argument(reason, "reason")));
    return HEARD_OK;
  });
}

int32_t heard_feed_page_done(heard_feed *feed, const char *type, const char *marker,
                             heard_error **err) {
  return guard(err, [&] {
    run_of(feed).page_done(std::string(text_argument(type, "type")),
                           marker ? std::string(text_argument(marker, "marker")) : "");
    return HEARD_OK;
  });
}

int32_t heard_feed_set_done(heard_feed *feed, const char *type, heard_error **err) {
  return guard(err, [&] {
    run_of(feed).set_done(std::string(text_argument(type, "type")));
    return HEARD_OK;
  });
}

int32_t heard_feed_cancelled(heard_feed *feed) { return feed && feed->run->cancelled() ? 1 : 0; }

int32_t heard_feed_fail(heard_feed *feed, int32_t status, const char *message,
                        const char *detail_name, const char *detail_value, heard_error **err) {
  return guard(err, [&]() -> int32_t {
    run_of(feed);
    heard::Details details;
    if (detail_name && detail_value)
      details.emplace_back(text_argument(detail_name, "detail_name"),
                           text_argument(detail_value, "detail_value"));
    throw Failure(static_cast<Status>(status < 0 ? status : HEARD_E_INTERNAL),
                  std::string(text_argument(message, "message")), std::move(details));
  });
}
