#include "runtime/feed_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::runtime {

namespace {

namespace field_id = store::field_id;
using store::Query;

/// A better mapping takes effect on records that have not changed: raise this with every change of
/// what is taken from a record.
constexpr char kMapping[] = "heard-mapping-1";

constexpr std::size_t kMostRejects = 50;
constexpr std::size_t kBrakeFloor = 20;

Id person_of(const std::string &subject) {
  Id person{};
  if (subject.size() != person.size())
    throw Failure(Status::corrupt, "the feed's memory is damaged: a person's id has a wrong size");
  std::copy(subject.begin(), subject.end(), person.begin());
  return person;
}

constexpr std::string_view kClosure = "closure";

bool is_person(const std::string &type) {
  return type == "student" || type == "contact" || type == "staff";
}

}  // namespace

FeedRun::FeedRun(Engine &parent, const std::string &feed)
    : parent_(parent),
      feed_(feed),
      actor_{"system:feed:" + feed, "Feed " + feed, {"system"}, {}, true, "sync"},
      engine_(parent.host(), parent.options()),
      secret_key_(engine_.journal().ledger().meta("feed_key")) {
  if (setting("adapter") == nullptr)
    throw Failure(Status::not_found,
                  "there is no feed '" + feed + "'; save the setting feed." + feed + ".adapter",
                  {{"name", "feed." + feed + ".adapter"}});
  const char *source = setting("source");
  source_ = source ? source : "sis";
}

std::optional<std::string> FeedRun::circumstance(const std::string &name) {
  if (name == "now") return std::to_string(engine_.host().now_ms());
  if (name != "calendar_zone") return std::nullopt;
  const char *calendar = setting("calendar");
  const auto known = folds::calendar_now(engine_.connection().database(),
                                         calendar ? calendar : std::string(folds::kDefault));
  return known ? std::optional(known->definition.eras.back().zone) : std::nullopt;
}

const char *FeedRun::setting(const std::string &name) {
  const auto found = values_.find(name);
  if (found != values_.end()) return found->second.c_str();
  std::optional<std::string> value = circumstance(name);
  store::Database &database = engine_.connection().database();
  if (name.starts_with("marker.")) {
    Query row(database, "SELECT marker FROM local_feed_marker WHERE feed = ?1 AND type = ?2");
    row.bind(1, feed_).bind(2, name.substr(7));
    if (row.step()) value = row.text(0);
  } else {
    Query row(database, "SELECT value FROM fold_setting WHERE name = ?1");
    row.bind(1, "feed." + feed_ + "." + name);
    if (row.step()) value = row.text(0);
  }
  if (!value && (name == "password" || name == "secret" || name == "token"))
    value = engine_.host().secret("feed." + feed_ + "." + name);
  return value ? values_.emplace(name, *value).first->second.c_str() : nullptr;
}

Id FeedRun::key_of(const std::string &type, const std::string &key) const {
  return keyed_id(secret_key_, type + '\0' + key);
}

Id FeedRun::content_of(std::string_view hash) const {
  return keyed_id(secret_key_, kMapping + std::string(hash));
}

FeedRun::KnownByKey &FeedRun::memory(const std::string &type) {
  const auto [place, is_new] = memory_.try_emplace(type);
  if (!is_new) return place->second;
  Query rows(engine_.connection().database(),
             "SELECT key, content, active, subject FROM local_feed_record"
             " WHERE feed = ?1 AND type = ?2");
  rows.bind(1, feed_).bind(2, type);
  while (rows.step())
    place->second[rows.id(0)] = {rows.id(1), rows.number(2) != 0, false, rows.text(3)};
  return place->second;
}

bool FeedRun::known(const std::string &type, const std::string &key, std::string_view hash) {
  ++records_;
  if (type == kClosure) return false;  // a set of them is compared with the calendar, whole
  KnownByKey &all = memory(type);
  const auto found = all.find(key_of(type, key));
  if (found == all.end()) return false;
  found->second.seen = true;
  if (!found->second.active || found->second.content != content_of(hash)) return false;
  ++unchanged_;
  ++page_unchanged_;
  return true;
}

void FeedRun::put(const Record &record, std::string_view hash) {
  if (record.kind() == kClosure) return closures_.add(record);
  page_.push_back({record, key_of(record.kind(), record.text("key")), content_of(hash)});
}

void FeedRun::reject(const std::string &type, const std::string &key, const std::string &reason) {
  ++rejected_;
  ++page_rejected_;
  if (rejects_.size() >= kMostRejects) return;
  rejects_.push_back(Record("reject").set("type", type).set("key", key).set("reason", reason));
}

std::string FeedRun::subject_of(const commands::DirectoryPage &page, const Record &record) const {
  const std::string key = page.full_key(record.kind(), record.text("key"));
  return is_person(record.kind()) ? std::string(view(page.person_id(key))) : key;
}

void FeedRun::remember(const std::string &type, const Id &key, const Known &known) {
  Query row(engine_.connection().database(),
            "INSERT OR REPLACE INTO local_feed_record(feed, type, key, content, subject, active)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  row.bind(1, feed_).bind(2, type).bind(3, key).bind(4, known.content);
  row.blob(5, known.subject).bind(6, known.active ? 1 : 0).run();
  memory(type)[key] = known;
}

void FeedRun::save_marker(const std::string &type, const std::string &marker) {
  if (marker.empty()) return;
  Query row(engine_.connection().database(),
            "INSERT OR REPLACE INTO local_feed_marker(feed, type, marker) VALUES(?1, ?2, ?3)");
  row.bind(1, feed_).bind(2, type).bind(3, marker).run();
}

void FeedRun::append_page(const commands::Work &work, commands::DirectoryPage &page,
                          const std::string &type, const std::string &marker) {
  store::Draft draft =
      work.draft(store::Kind::directory_page_applied, keyed_id("heard/feed", feed_));
  draft.fields.text(field_id::feed, feed_).text(field_id::object_type, type);
  draft.fields.text(field_id::source, source_).text(field_id::marker, marker);
  draft.fields.number(field_id::unchanged, page_unchanged_);
  draft.fields.number(field_id::rejected, page_rejected_);
  draft.fields.append(page.take());
  work.append(std::move(draft));
}

void FeedRun::page_done(const std::string &type, const std::string &marker) {
  ++pages_;
  if (page_.empty()) {
    if (!marker.empty()) {
      store::WriteTransaction transaction(engine_.connection());
      save_marker(type, marker);
      transaction.commit();
    }
  } else {
    engine_.write(actor_, [&](const commands::Work &work) {
      commands::DirectoryPage page(work.database(), source_);
      for (const Pending &pending : page_) {
        try {
          page.add(pending.record);
        } catch (const Failure &failure) {
          reject(type, pending.record.text("key"), failure.message());
          continue;
        }
        ++written_;
        remember(pending.record.kind(), pending.key,
                 {pending.content, true, true, subject_of(page, pending.record)});
      }
      save_marker(type, marker);
      if (!page.empty()) append_page(work, page, type, marker);
    });
  }
  page_.clear();
  page_unchanged_ = page_rejected_ = 0;
}

std::int64_t FeedRun::brake_percent() {
  const char *text = setting("brake_percent");
  return std::clamp<std::int64_t>(to_int(text ? text : "10").value_or(10), 0, 100);
}

bool FeedRun::brake(const std::string &type, std::size_t gone, std::size_t active) {
  const auto percent = static_cast<std::size_t>(brake_percent());
  const std::size_t limit = std::max(kBrakeFloor, active * percent / 100);
  if (gone <= limit) return false;
  reject(type, "",
         fmt::format("{} of {} are no longer in the feed: too many to believe, so none "
                     "was made inactive; if it is right, raise feed.{}.brake_percent",
                     gone, active, feed_));
  return true;
}

void FeedRun::apply_closures() {
  const char *calendar = setting("calendar");
  const FeedClosures::Rules rules{feed_, source_, calendar ? calendar : "", brake_percent()};
  FeedClosures::Outcome outcome;
  engine_.write(actor_,
                [&](const commands::Work &work) { outcome = closures_.apply(work, rules); });
  written_ += outcome.written;
  unchanged_ += outcome.unchanged;
  for (const auto &[key, reason] : outcome.rejected) reject(std::string(kClosure), key, reason);
}

void FeedRun::set_done(const std::string &type) {
  if (type == kClosure) return apply_closures();
  std::vector<Id> gone;
  std::size_t active = 0;
  for (const auto &[key, known] : memory(type)) {
    if (!known.active) continue;
    ++active;
    if (!known.seen) gone.push_back(key);
  }
  if (gone.empty() || brake(type, gone.size(), active)) return;
  engine_.write(actor_, [&](const commands::Work &work) {
    commands::DirectoryPage page(work.database(), source_);
    for (const Id &key : gone) {
      Known known = memory(type).at(key);
      known.active = false;
      if (is_person(type)) {
        page.deactivate_person(person_of(known.subject));
      } else {
        page.deactivate_place(type, known.subject);
      }
      remember(type, key, known);
    }
    if (!page.empty()) append_page(work, page, type, "");
  });
  vanished_ += static_cast<std::int64_t>(gone.size());
}

Record FeedRun::result() const {
  Record result;
  result.set("pages", pages_).set("records", records_).set("written", written_);
  result.set("unchanged", unchanged_).set("rejected", rejected_).set("vanished", vanished_);
  if (!rejects_.empty()) result.set("rejects", rejects_);
  return result;
}

}  // namespace heard::runtime
