// What the command line answers to the shell, and the one exception it throws itself.
#pragma once

#include <stdexcept>
#include <string>

namespace heard::cli {

constexpr int kOk = 0;
constexpr int kFinding = 1;        ///< a check ran to its end and found damage
constexpr int kUsage = 2;          ///< the command line cannot be understood
constexpr int kInput = 3;          ///< wrong value, not found, contradiction, not allowed
constexpr int kStoreTrouble = 4;   ///< store or disk
constexpr int kNetwork = 5;        ///< feed or network
constexpr int kInterrupted = 130;  ///< Ctrl-C

/// Ends the command with a sentence and an exit code.
class Trouble : public std::runtime_error {
 public:
  Trouble(int exit_code, const std::string &sentence)
      : std::runtime_error(sentence), exit_code_(exit_code) {}
  int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};

}  // namespace heard::cli
