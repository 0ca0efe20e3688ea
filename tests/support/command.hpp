// Runs the real `heard` command, as a person or a script does.
#pragma once

#include <sys/wait.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

namespace heard::support {

struct Ran {
  int code = -1;
  std::string printed;  ///< standard output

  nlohmann::json object() const { return nlohmann::json::parse(printed); }
};

/// Runs `heard` with these arguments; what it says on standard error goes to `complaints`.
inline Ran run(const std::string &arguments, const std::string &complaints = "/dev/null") {
  const std::string line = std::string(HEARD_COMMAND) + " " + arguments + " 2>" + complaints;
  Ran ran;
  std::FILE *pipe = ::popen(line.c_str(), "r");
  BOOST_TEST_REQUIRE(pipe != nullptr);
  std::array<char, 4096> block;
  for (std::size_t got; (got = std::fread(block.data(), 1, block.size(), pipe)) > 0;)
    ran.printed.append(block.data(), got);
  ran.code = WEXITSTATUS(::pclose(pipe));
  return ran;
}

inline std::string whole_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace heard::support
