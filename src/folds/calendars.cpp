#include "folds/calendars.hpp"

#include <algorithm>
#include <map>

#include "base/failure.hpp"
#include "folds/codec.hpp"
#include "store/body.hpp"

namespace heard::folds {

namespace {

using store::Query;

/// Decoded values by the bytes they were decoded from: content never goes stale. One for each
/// thread, so there is no lock that a fork could inherit.
template <class Value>
class ByContent {
 public:
  template <class Make>
  std::shared_ptr<const Value> get(const std::string &key, Make make) {
    const auto found = values_.find(key);
    if (found != values_.end()) return found->second;
    if (values_.size() >= 128) values_.clear();
    return values_[key] = make();
  }

 private:
  std::map<std::string, std::shared_ptr<const Value>, std::less<>> values_;
};

std::shared_ptr<const CalendarVersion> make_calendar(const Query &row) {
  auto made = std::make_shared<CalendarVersion>();
  made->id = row.text(0);
  made->version = row.number(1);
  made->name = row.text(2);
  made->definition = decode_calendar(store::Body::decode(1, "", row.bytes(3)));
  made->compiled = std::make_shared<const calendar::Calendar>(made->definition);
  return made;
}

std::shared_ptr<const PolicyVersion> make_policy(const Query &row) {
  auto made = std::make_shared<PolicyVersion>();
  made->id = row.text(0);
  made->version = row.number(1);
  made->name = row.text(2);
  made->policy = decode_policy(store::Body::decode(1, "", row.bytes(3)));
  return made;
}

std::string content_key(const Query &row) {
  return row.text(0) + '\0' + std::to_string(row.number(1)) + '\0' + row.text(2) + '\0' +
         row.text(3);
}

std::shared_ptr<const CalendarVersion> read_calendar(store::Database &database,
                                                     const std::string &id,
                                                     std::int64_t version = 0) {
  thread_local ByContent<CalendarVersion> cache;
  Query row(database,
            "SELECT id, version, name, definition FROM fold_calendar WHERE id = ?1"
            " AND (?2 = 0 OR version = ?2) ORDER BY version DESC LIMIT 1");
  row.bind(1, id).bind(2, version);
  if (!row.step()) return nullptr;
  return cache.get(content_key(row), [&] { return make_calendar(row); });
}

std::shared_ptr<const PolicyVersion> read_policy(store::Database &database, const std::string &id,
                                                 std::int64_t version) {
  thread_local ByContent<PolicyVersion> cache;
  Query row(database,
            "SELECT id, version, name, definition FROM fold_policy WHERE id = ?1"
            " AND (?2 = 0 OR version = ?2) ORDER BY version DESC LIMIT 1");
  row.bind(1, id).bind(2, version);
  if (!row.step()) throw Failure(Status::not_found, "there is no policy '" + id + "'");
  return cache.get(content_key(row), [&] { return make_policy(row); });
}

/// What this thread has read in the epoch of one write transaction: a batch asks for the same
/// calendar thousands of times.
struct Memo {
  std::uint64_t epoch = 0;
  std::map<std::string, std::shared_ptr<const CalendarVersion>> calendars;
  std::map<std::pair<std::string, std::int64_t>, std::shared_ptr<const PolicyVersion>> policies;
  std::vector<std::shared_ptr<const PolicyVersion>> in_order;
};

Memo &memo_of(const store::Database &database) {
  thread_local Memo memo;
  if (memo.epoch != database.epoch()) memo = {database.epoch(), {}, {}, {}};
  return memo;
}

}  // namespace

std::shared_ptr<const CalendarVersion> calendar_now(store::Database &database,
                                                    const std::string &id) {
  if (database.epoch() == 0) return read_calendar(database, id);
  auto &known = memo_of(database).calendars[id];
  if (!known) known = read_calendar(database, id);
  return known;
}

std::shared_ptr<const CalendarVersion> calendar_at(store::Database &database, const std::string &id,
                                                   std::int64_t version) {
  return read_calendar(database, id, version);
}

std::shared_ptr<const CalendarVersion> calendar_of_school(store::Database &database,
                                                          const std::string &school) {
  Query row(database, "SELECT calendar FROM fold_calendar_school WHERE school = ?1");
  row.bind(1, school);
  auto found = calendar_now(database, row.step() ? row.text(0) : std::string(kDefault));
  if (!found) throw Failure(Status::not_found, "the store has no calendar; save one first");
  return found;
}

std::vector<std::shared_ptr<const PolicyVersion>> policies_in_order(store::Database &database) {
  const bool remembers = database.epoch() != 0;
  if (remembers && !memo_of(database).in_order.empty()) return memo_of(database).in_order;
  std::vector<std::string> ids;
  {
    Query rows(database, "SELECT DISTINCT id FROM fold_policy ORDER BY id");
    while (rows.step()) ids.push_back(rows.text(0));
  }
  std::vector<std::shared_ptr<const PolicyVersion>> policies;
  for (const std::string &id : ids)
    if (const auto policy = policy_at(database, id); policy->policy.active || id == kDefault)
      policies.push_back(policy);
  std::stable_sort(policies.begin(), policies.end(), [](const auto &a, const auto &b) {
    if ((a->id == kDefault) != (b->id == kDefault)) return b->id == kDefault;
    return a->policy.rank < b->policy.rank;
  });
  if (remembers) memo_of(database).in_order = policies;
  return policies;
}

std::shared_ptr<const PolicyVersion> policy_at(store::Database &database, const std::string &id,
                                               std::int64_t version) {
  if (database.epoch() == 0) return read_policy(database, id, version);
  auto &known = memo_of(database).policies[{id, version}];
  if (!known) known = read_policy(database, id, version);
  return known;
}

}  // namespace heard::folds
