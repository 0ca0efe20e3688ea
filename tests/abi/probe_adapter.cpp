// An adapters module for the tests: one adapter that tries what an adapter may and may not do.
#include <cstring>
#include <string>

#pragma GCC visibility push(default)
#include "heard/heard.h"
#pragma GCC visibility pop

namespace {

/// Ends the run with an error that quotes the expectation.
#define EXPECT(expectation) \
  if (!(expectation))       \
  return heard_feed_fail(feed, HEARD_E_INTERNAL, "not so: " #expectation, "field", "probe", err)

const char kHash[16] = {1, 2, 3};

std::int32_t refuses_garbage(heard_feed *feed, heard_record *record, heard_error **err) {
  EXPECT(heard_feed_setting(feed, nullptr) == nullptr);
  EXPECT(heard_feed_setting(feed, "nothing") == nullptr);
  EXPECT(heard_feed_known(feed, nullptr, "1", kHash, nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_known(feed, "student", nullptr, kHash, nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_known(feed, "student", "1", nullptr, nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_known(feed, "student", "\xff", kHash, nullptr) == HEARD_E_ARGUMENT);
  EXPECT(heard_feed_put(feed, nullptr, kHash, nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_put(feed, record, nullptr, nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_reject(feed, nullptr, "1", "why", nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_reject(feed, "student", "\xff", "why", nullptr) == HEARD_E_ARGUMENT);
  EXPECT(heard_feed_reject(feed, "student", "1", nullptr, nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_reject(feed, "student", "1", "\xff", nullptr) == HEARD_E_ARGUMENT);
  EXPECT(heard_feed_page_done(feed, nullptr, nullptr, nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_set_done(feed, nullptr, nullptr) == HEARD_E_MISUSE);
  EXPECT(heard_feed_fail(feed, HEARD_E_IO, nullptr, nullptr, nullptr, nullptr) < 0);
  EXPECT(heard_feed_cancelled(feed) == 0);
  return HEARD_OK;
}

/// Hands over one student, marker and all; a second run finds it known.
std::int32_t hands_over(heard_feed *feed, heard_record *record, heard_error **err) {
  const char *marker = heard_feed_setting(feed, "marker.student");
  const std::int32_t known = heard_feed_known(feed, "student", "1", kHash, err);
  EXPECT(known == (marker ? 1 : 0));
  EXPECT(!marker || std::strcmp(marker, "page 1") == 0);
  if (!known && heard_feed_put(feed, record, kHash, err) < 0) return HEARD_E_INTERNAL;
  if (heard_feed_reject(feed, "student", "2", "has no name", err) < 0) return HEARD_E_INTERNAL;
  if (heard_feed_page_done(feed, "student", "page 1", err) < 0) return HEARD_E_INTERNAL;
  return heard_feed_set_done(feed, "student", err);
}

std::int32_t run(heard_feed *feed, heard_error **err) {
  const char *url = heard_feed_setting(feed, "url");
  EXPECT(url != nullptr);
  if (std::strcmp(url, "https://down.example/") == 0)
    return heard_feed_fail(feed, HEARD_E_IO, "the server is down", "http", "503", err);
  if (std::strcmp(url, "https://secret.example/") == 0) {
    const char *password = heard_feed_setting(feed, "password");
    EXPECT(password != nullptr);
    EXPECT(std::strcmp(password, "hush") == 0);
    return HEARD_OK;
  }
  heard_record *record = nullptr;
  const char *json = R"({"key": "1", "given": "Ada", "family": "Byron"})";
  std::int32_t status = heard_record_from_json("student", json, -1, &record, err);
  if (status == HEARD_OK) status = refuses_garbage(feed, record, err);
  if (status == HEARD_OK) status = hands_over(feed, record, err);
  heard_record_destroy(record);
  return status;
}

const heard_adapter kProbe = {sizeof(heard_adapter), HEARD_ABI, "test.probe",
                              R"({"title": "Probe", "settings": []})", run};

}  // namespace

std::int32_t heard_adapter_entry(std::uint32_t, std::int32_t index, const heard_adapter **out,
                                 heard_error **) {
  *out = index == 0 ? &kProbe : nullptr;
  return index == 0 ? HEARD_OK : HEARD_E_NOT_FOUND;
}
