// Size of the library, time to load it and to open a store, in a fresh process each.
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "bare.hpp"
#include "history.hpp"
#include "jobs.hpp"

namespace heard::bench {

namespace {

using Steps = std::array<double, 3>;  // loading, first open, warm open; seconds

Steps steps_of(const std::string &side, const std::string &library, const std::string &store) {
  const std::string command =
      "'" HEARD_BENCH_OPEN "' " + side + " '" + library + "' '" + store + "'";
  const std::unique_ptr<FILE, int (*)(FILE *)> child(::popen(command.c_str(), "r"), ::pclose);
  std::array<char, 200> line{};
  if (!child || std::fgets(line.data(), line.size(), child.get()) == nullptr)
    throw std::runtime_error("the child process that opens a store said nothing");
  std::istringstream words(line.data());
  Steps steps{};
  for (double &step : steps) words >> step;
  return steps;
}

/// Both sides by turns; each open of the floor finds the file as the product left it.
struct Samples {
  explicit Samples(const Settings &settings) {
    const std::string store = settings.folder + "/open.heard";
    copy_store(history(settings).path, store);
    for (int round = 0; round < 8; ++round) {
      const Steps bare = steps_of("floor", HEARD_BARE_LIBRARIES, store);
      const Steps ours = steps_of("product", HEARD_LIBRARY, store);
      if (round == 0) continue;  // warm-up
      for (std::size_t i = 0; i < ours.size(); ++i) {
        product[i].push_back({ours[i], 0});
        floor[i].push_back({bare[i], 0});
      }
    }
  }
  std::array<std::vector<Spent>, 3> product, floor;
};

}  // namespace

void open_jobs(const Settings &settings, const Runner &run) {
  run("library_size", [] {
    const auto bytes = static_cast<double>(std::filesystem::file_size(HEARD_STRIPPED));
    return figure_of("library_size", Shown::megabytes, 1, {{bytes, 0}}, {});
  });
  std::unique_ptr<Samples> samples;
  const std::array names = {"load", "first_open", "warm_open"};
  for (std::size_t i = 0; i < names.size(); ++i)
    run(names[i], [&] {
      if (!samples || i == 0) samples = std::make_unique<Samples>(settings);
      return figure_of(names[i], Shown::milliseconds, 1, samples->product[i], samples->floor[i]);
    });
}

}  // namespace heard::bench
