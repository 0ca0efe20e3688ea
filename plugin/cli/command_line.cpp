#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <utility>

namespace heard::cli {

Option Option::required() const { return Option(option_->required()); }
Option Option::type_name(const std::string &name) const { return Option(option_->type_name(name)); }
Option Option::envname(const std::string &name) const { return Option(option_->envname(name)); }
Option Option::capture_default_str() const { return Option(option_->capture_default_str()); }
Option Option::expected(int count) const { return Option(option_->expected(count)); }
Option Option::excludes(const Option &other) const {
  return Option(option_->excludes(other.option_));
}
Option Option::between(int least, int most) const {
  return Option(option_->check(CLI::Range(least, most)));
}
Option Option::one_of(const std::vector<std::string> &values) const {
  return Option(option_->check(CLI::IsMember(values)));
}

Command Command::add_subcommand(const std::string &name, const std::string &about) const {
  return Command(app_->add_subcommand(name, about));
}
Command Command::add_option_group(const std::string &name, const std::string &about) const {
  return Command(app_->add_option_group(name, about));
}

template <class Value>
Option Command::add_option(const std::string &names, Value &variable,
                           const std::string &about) const {
  return Option(app_->add_option(names, variable, about));
}
template Option Command::add_option(const std::string &, std::string &, const std::string &) const;
template Option Command::add_option(const std::string &, std::optional<std::string> &,
                                    const std::string &) const;
template Option Command::add_option(const std::string &, std::vector<std::string> &,
                                    const std::string &) const;
template Option Command::add_option(const std::string &, std::vector<std::int64_t> &,
                                    const std::string &) const;
template Option Command::add_option(const std::string &, std::optional<std::int64_t> &,
                                    const std::string &) const;
template Option Command::add_option(const std::string &, int &, const std::string &) const;
template Option Command::add_option(const std::string &, std::int64_t &, const std::string &) const;

Option Command::add_flag(const std::string &names, bool &variable, const std::string &about) const {
  return Option(app_->add_flag(names, variable, about));
}
void Command::require_subcommand(int count) const { app_->require_subcommand(count); }
void Command::require_option(int count) const { app_->require_option(count); }
void Command::require_option(int least, int most) const {
  app_->require_option(static_cast<std::size_t>(least), static_cast<std::size_t>(most));
}
void Command::callback(std::function<void()> run) const { app_->callback(std::move(run)); }
void Command::description(const std::string &text) const { app_->description(text); }
void Command::footer(const std::string &text) const { app_->footer(text); }

}  // namespace heard::cli
