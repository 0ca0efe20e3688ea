// What every command shares: the options all of them take, and the way from these to a store.
#include "context.hpp"

#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdio>

#include "exit_codes.hpp"
#include "output.hpp"
#include "secret.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

void log_to_stderr(void *context, std::int32_t level, const char *component, const char *message) {
  if (level > HEARD_LOG_WARNING) return static_cast<const Context *>(context)->tell(message);
  fmt::print(stderr, "heard: {}: {}\n", clean(component), clean(message));
}

heard_host make_host(Context *context) {
  heard_host host{};
  host.host_data = context;
  host.struct_size = sizeof host;
  host.abi = HEARD_ABI;
  host.log = log_to_stderr;
  host.secret = give_secret;
  return host;
}

}  // namespace

void Context::add_options_to(Command command) {
  command.add_option("--store", store_path_, "The store's file (or set HEARD_STORE)")
      .type_name("FILE")
      .envname("HEARD_STORE");
  command.add_option("--key-file", key_file_, "The ledger's private key, instead of FILE.key")
      .type_name("PATH")
      .envname("HEARD_KEY_FILE");
  command.add_option("--anchor-file", anchor_file_, "Append copies of checkpoints to this file")
      .type_name("PATH")
      .envname("HEARD_ANCHOR_FILE");
  command.add_flag("--json", wants_json_, "Print one JSON document and nothing else");
  command.add_option("--as", user_, "Act as this person, e.g. staff:7").type_name("KEY");
  command.add_option("--role", role_, "The role to act in")
      .one_of({"admin", "office", "teacher", "auditor", "system"})
      .type_name("ROLE")
      .capture_default_str();
  command.add_option("--purpose", purpose_, "Why records are looked at").type_name("WORDS");
  command.add_option("--basis", basis_, "On what ground, e.g. subpoena (heard names lists them)")
      .type_name("CODE");
  command.add_option("--recipient", recipients_, "Who outside gets to see them").type_name("NAME");
  command.add_option("--threat", threat_, "Of an emergency: what threatens").type_name("WORDS");
  command.add_option("--adapters", adapters_, "Folder of the adapters module").type_name("PATH");
}

api::Options Context::options() const {
  if (store_path_.empty())
    throw Trouble(kUsage, "Which store? Give --store FILE, or set HEARD_STORE.");
  api::Options options({{"store.path", store_path_}});
  if (key_file_) options.set("ledger.key", *key_file_);
  if (!anchor_file_.empty()) options.set("anchor.file", anchor_file_);
  if (!adapters_.empty()) options.set("adapters.path", adapters_);
  return options;
}

api::Runtime &Context::runtime() {
  if (!runtime_) {
    const heard_host host = make_host(this);
    runtime_.emplace(&host);
  }
  return *runtime_;
}

api::Store Context::open() {
  api::Store store(runtime(), options());
  use_zone_of(store, actor());
  return store;
}

api::Store Context::open_in_memory() {
  const api::Options options({{"store.path", ":memory:"}, {"calendar.timezone", "UTC"}});
  api::Store::migrate(runtime(), options);
  return api::Store(runtime(), options);
}

api::Record Context::actor() const {
  const std::string id = user_.empty() ? system_user() : user_;
  api::Record actor("actor", {{"id", id}, {"purpose", purpose_}});
  if (!basis_.empty()) actor.set({"basis", basis_});
  if (!threat_.empty()) actor.set({"threat", threat_});
  for (const std::string &recipient : recipients_) actor.add("recipients", recipient);
  actor.set({"display", id.substr(id.rfind(':') + 1)});
  return std::move(actor.add("roles", role_));
}

std::string system_user() {
  const passwd *entry = getpwuid(geteuid());
  return fmt::format("os:staff:{}", entry ? entry->pw_name : std::to_string(geteuid()));
}

void use_zone_of(api::Store &store, const api::Record &actor) {
  std::string zone;
  for (api::Row school : store.query(actor, "schools"))
    if (zone.empty()) zone = school.text("zone");
  for (api::Row setting : store.query(actor, "settings"))
    if (zone.empty() && setting.text("section") == "calendar") zone = setting.text("zone");
  use_zone(zone.empty() ? "UTC" : zone);
}

}  // namespace heard::cli
