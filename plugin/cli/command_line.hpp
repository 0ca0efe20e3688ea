// What a command is called and takes, told to CLI11. Few sources see CLI11 itself: each that does
// compiles all of it. Names and meanings are CLI11's.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace heard::cli {

/// One option; every call adds to what is said of it.
class Option {
 public:
  explicit Option(CLI::Option *option) : option_(option) {}

  Option required() const;
  Option type_name(const std::string &name) const;
  Option envname(const std::string &name) const;
  Option capture_default_str() const;
  Option expected(int count) const;
  Option excludes(const Option &other) const;
  Option between(int least, int most) const;
  Option one_of(const std::vector<std::string> &values) const;

 private:
  CLI::Option *option_;
};

/// A command, or a group of options of one. A copy is the same command.
class Command {
 public:
  explicit Command(CLI::App *app) : app_(app) {}

  Command add_subcommand(const std::string &name, const std::string &about = "") const;
  Command add_option_group(const std::string &name, const std::string &about) const;
  /// `variable` gets what is given and must live as long as the command. What it may be (text,
  /// whole numbers, lists and optional ones) is listed in the source; another type does not link.
  template <class Value>
  Option add_option(const std::string &names, Value &variable, const std::string &about = "") const;
  Option add_flag(const std::string &names, bool &variable, const std::string &about) const;
  void require_subcommand(int count) const;
  void require_option(int count) const;
  void require_option(int least, int most) const;
  void callback(std::function<void()> run) const;
  void description(const std::string &text) const;
  void footer(const std::string &text) const;

 private:
  CLI::App *app_;
};

}  // namespace heard::cli
