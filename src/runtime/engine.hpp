// One open store at work: commands, views, the pump, proofs and pages behind one door.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "audit/coverage.hpp"
#include "base/options.hpp"
#include "base/ports.hpp"
#include "commands/work.hpp"
#include "runtime/signing.hpp"
#include "store/connection.hpp"
#include "views/view_table.hpp"
#include "web/router.hpp"

namespace heard::runtime {

/// Creates the store the options name, or brings it up to date.
void migrate(Host &host, const Options &options);

/// Used by one thread at a time, except `interrupt`. `host` must outlive it.
class Engine {
 public:
  Engine(Host &host, Options options);
  ~Engine();
  Engine(const Engine &) = delete;
  Engine &operator=(const Engine &) = delete;

  Record apply(const Record &actor, std::string_view command, const Record &fields);
  std::unique_ptr<views::Rows> query(const Record &actor, std::string_view view,
                                     const Record &filter);

  struct Pumped {
    bool more = false;
    Millis next_due = 0;  ///< 0: nothing at all
  };
  Pumped pump(Millis budget);

  std::unique_ptr<views::Rows> verify(const Record &actor, const Record &what);
  std::unique_ptr<views::Rows> rebuild(const Record &actor, const Record &what);
  std::unique_ptr<views::Rows> backup(const Record &actor, const Record &what);
  void write_export(const Record &actor, const Record &what, const Sink &sink);
  web::Response handle(const Record &actor, const Record &head, std::string_view body);

  struct Writing {
    store::Durability durability = store::Durability::synced;
    store::WriteTransaction::Purpose purpose = store::WriteTransaction::Purpose::append;
  };
  /// Runs `write` in one transaction as `actor`; answers the receipt, which is on the disk by then
  /// unless relaxed. Nothing is kept if it throws or appends no entry.
  store::TreeHead write(const directory::Actor &actor,
                        const std::function<void(const commands::Work &)> &write,
                        const Writing &writing);
  store::TreeHead write(const directory::Actor &actor,
                        const std::function<void(const commands::Work &)> &write);

  store::Connection &connection() { return *connection_; }
  folds::Journal &journal() { return *journal_; }
  Host &host() { return host_; }
  Signing &signing() { return signing_; }
  const Options &options() const { return options_; }
  bool forked() const { return connection_->forked(); }
  void interrupt() { connection_->interrupt(); }

 private:
  views::Reader reader(const directory::Actor &actor);
  /// Records that something is about to be shown; the only place that does. Throws when it cannot,
  /// or when the actor must say why and does not.
  void disclose(const directory::Actor &actor, const views::Disclosure &disclosure);
  Record change_key(const directory::Actor &actor);
  Record make_checkpoint();
  /// Adds what somebody may keep: the place of the entry, and the head of the tree.
  Record with_receipt(Record result, const store::TreeHead &head);
  Pumped when_idle(Millis next_due);
  audit::Witnesses witnesses_of(const Record &what);
  void write_proof(const directory::Actor &actor, const Record &what, const Sink &sink);
  /// Lets go of what is over its time, if that is switched on and due.
  void run_retention(const directory::Actor &system);

  Host &host_;
  Options options_;
  std::unique_ptr<store::Connection> connection_;
  std::unique_ptr<folds::Journal> journal_;
  Signing signing_;
};

}  // namespace heard::runtime
