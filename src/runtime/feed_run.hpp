// One run of one feed: what the adapter hands over becomes directory events, a page at a time.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "commands/directory_page.hpp"
#include "runtime/engine.hpp"
#include "runtime/feed_closures.hpp"

namespace heard::runtime {

/// Has a store handle of its own. Used by one thread; `stop` may be set from another.
class FeedRun {
 public:
  /// Throws Failure(not_found) when no settings "feed.<id>.*" exist.
  FeedRun(Engine &parent, const std::string &feed);

  /// A setting, a marker ("marker.<type>"), a secret, or what the run itself knows: `now` (ms UTC)
  /// and `calendar_zone`. Null when there is none.
  const char *setting(const std::string &name);
  bool known(const std::string &type, const std::string &key, std::string_view hash);
  void put(const Record &record, std::string_view hash);
  void reject(const std::string &type, const std::string &key, const std::string &reason);
  void page_done(const std::string &type, const std::string &marker);
  void set_done(const std::string &type);
  bool cancelled() const { return parent_.connection().stop().load(); }

  Record result() const;

 private:
  struct Known {
    Id content{};
    bool active = true;
    bool seen = false;
    std::string subject;  ///< person id, or a school's or section's key
  };
  using KnownByKey = std::map<Id, Known>;
  struct Pending {
    Record record;
    Id key;
    Id content;
  };

  KnownByKey &memory(const std::string &type);
  Id key_of(const std::string &type, const std::string &key) const;
  Id content_of(std::string_view hash) const;
  std::string subject_of(const commands::DirectoryPage &page, const Record &record) const;
  void remember(const std::string &type, const Id &key, const Known &known);
  void save_marker(const std::string &type, const std::string &marker);
  void append_page(const commands::Work &work, commands::DirectoryPage &page,
                   const std::string &type, const std::string &marker);
  std::optional<std::string> circumstance(const std::string &name);
  std::int64_t brake_percent();
  bool brake(const std::string &type, std::size_t gone, std::size_t active);
  void apply_closures();

  Engine &parent_;
  std::string feed_;
  directory::Actor actor_;
  Engine engine_;
  std::string secret_key_;
  std::string source_;
  std::map<std::string, std::string> values_;  // what `setting` has handed out
  std::map<std::string, KnownByKey> memory_;
  std::vector<Pending> page_;
  FeedClosures closures_;
  std::vector<Record> rejects_;
  std::int64_t pages_ = 0, records_ = 0, written_ = 0, unchanged_ = 0, rejected_ = 0;
  std::int64_t page_unchanged_ = 0, page_rejected_ = 0, vanished_ = 0;
};

}  // namespace heard::runtime
