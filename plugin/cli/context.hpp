// What every command shares: the options all of them take, and the way from these to a store.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command_line.hpp"
#include "heard/heard.hpp"

namespace heard::cli {

class Context {
 public:
  /// Adds --store, --key-file, --anchor-file, --json, --adapters, and who acts and why (--as,
  /// --role, --purpose ...).
  void add_options_to(Command command);

  bool wants_json() const { return wants_json_; }
  int exit_code() const { return exit_code_; }
  /// What is called when the library tells what goes on in long work; nothing by default.
  void on_told(std::function<void(std::string_view)> told) { told_ = std::move(told); }
  void tell(std::string_view what) const {
    if (told_) told_(what);
  }
  /// Trouble with input and output may come from the network then.
  void set_uses_network() { uses_network_ = true; }
  bool uses_network() const { return uses_network_; }
  void set_exit_code(int exit_code) { exit_code_ = exit_code; }
  const std::string &store_path() const { return store_path_; }
  /// Where the adapters module is; empty: where the library looks by itself.
  const std::string &adapters() const { return adapters_; }
  /// Settings for opening the store; a Trouble if --store is missing.
  api::Options options() const;
  /// The process's runtime, made when first asked for.
  api::Runtime &runtime();
  /// Opens the store and shows times in its zone from now on.
  api::Store open();
  /// An empty store in memory, for what needs none.
  api::Store open_in_memory();
  /// The person at the keyboard, or whom --as and --role name.
  api::Record actor() const;

 private:
  std::string store_path_, user_, role_ = "admin", adapters_;
  std::optional<std::string> key_file_;  // empty: nothing is signed
  std::string anchor_file_;
  std::string purpose_ = "command line", basis_, threat_;
  std::vector<std::string> recipients_;
  bool wants_json_ = false, uses_network_ = false;
  int exit_code_ = 0;
  std::function<void(std::string_view)> told_;
  std::optional<api::Runtime> runtime_;
};

/// The id of the user who runs this process, e.g. "os:staff:maria".
std::string system_user();

/// Shows times in the zone of the store's schools from now on; UTC if it has none.
void use_zone_of(api::Store &store, const api::Record &actor);

}  // namespace heard::cli
