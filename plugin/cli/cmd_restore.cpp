// heard restore: puts a backup in the store's place, or accepts an old copy that somebody put
// there.
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

#include "checking.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

namespace fs = std::filesystem;

struct Wanted {
  std::string from, reason, approved_by;
};

/// A backup that is not intact must not take the place of anything.
void check_backup(Context &context, const std::string &path) {
  const api::Options options({{"store.path", path}, {"store.mode", "read"}});
  api::Store backup(context.runtime(), options);
  const CheckResult result = run_check(backup.verify(context.actor()), "Checking the backup");
  if (!result.is_intact()) throw Trouble(kFinding, "the backup '" + path + "' is damaged");
}

void sync_path(const fs::path &path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!done) throw Trouble(kStoreTrouble, "'" + path.string() + "' could not be made durable");
}

/// The files of the store as it was are kept under another name: they may be evidence.
fs::path set_aside(const fs::path &store) {
  const fs::path aside = store.string() + ".before-restore-" + std::to_string(system_now() / 1000);
  for (const char *part : {"-wal", "-shm", ""})
    if (fs::exists(store.string() + part)) fs::rename(store.string() + part, aside.string() + part);
  return aside;
}

/// The copy is whole and on the disk before it gets the store's name.
fs::path put_in_place(const std::string &backup, const fs::path &store) {
  const fs::path fresh = store.string() + ".restoring";
  fs::copy_file(backup, fresh, fs::copy_options::overwrite_existing);
  fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write);
  sync_path(fresh);
  const fs::path aside = set_aside(store);
  fs::rename(fresh, store);
  sync_path(store.has_parent_path() ? store.parent_path() : fs::path("."));
  return aside;
}

json sanction(Context &context, const Wanted &wanted) {
  api::Store store(context.runtime(), context.options());
  const api::Record fields("restore.sanction",
                           {{"reason", wanted.reason}, {"approved_by", wanted.approved_by}});
  const api::Record done = store.apply(context.actor(), "restore.sanction", fields);
  return to_json(done.row());
}

void run_restore(Context &context, const Wanted &wanted) {
  const std::string store = context.store_path();
  if (store.empty()) throw Trouble(kUsage, "--store is missing; name the store's file");
  fs::path aside;
  if (!wanted.from.empty()) {
    check_backup(context, wanted.from);
    aside = put_in_place(wanted.from, store);
  }
  json done = sanction(context, wanted);
  if (!aside.empty()) done["set_aside"] = aside.string();
  if (context.wants_json()) return print_json(done);
  const std::int64_t lost = done.value("last_size", 0) - done.value("restored_size", 0);
  fmt::print("The store goes on from entry {} in epoch {}.\n", done.value("restored_size", 0) - 1,
             done.value("epoch", 0));
  if (lost > 0) fmt::print("{} entries that came after it are lost; the ledger says so.\n", lost);
  if (!aside.empty()) fmt::print("What was there before is kept as {}.\n", clean(aside.string()));
}

}  // namespace

void add_restore(Command app, Context &context) {
  Command command =
      app.add_subcommand("restore", "Put a backup in the store's place, with sanction");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("--from", wanted->from, "The backup; without it, the copy that is there")
      .type_name("FILE");
  command.add_option("--reason", wanted->reason, "Why, for everybody to read").required();
  command.add_option("--approved-by", wanted->approved_by, "Who sanctions it").required();
  command.footer(
      "Stop everything that uses the store first. The ledger keeps for ever that it went on from\n"
      "an old copy, and how far it had come before.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_restore(context, *wanted); });
}

}  // namespace heard::cli
