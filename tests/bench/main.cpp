// heard_bench: how fast the product is, each figure beside the least the machine must do for it.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <random>
#include <stdexcept>

#include "jobs.hpp"
#include "report.hpp"

namespace heard::bench {

namespace {

constexpr const char *kUsage =
    "heard_bench [--size small|default|large] [--job NAME]... [--seed N] [--scratch FOLDER] "
    "[--json]\n"
    "            [--check FILE]\n";

struct Wish {
  Settings settings;
  std::vector<std::string> jobs;  ///< none: all
  std::string scratch;
  std::string limits;
  bool json = false;
};

Wish wish_of(int count, char **arguments) {
  Wish wish;
  for (int i = 1; i < count; ++i) {
    const std::string option = arguments[i];
    if (option == "--json") {
      wish.json = true;
      continue;
    }
    if (i + 1 == count) throw std::invalid_argument(option);
    const std::string value = arguments[++i];
    if (option == "--size" && (value == "small" || value == "default" || value == "large")) {
      wish.settings.is_small = value == "small";
      wish.settings.is_large = value == "large";
    } else if (option == "--job")
      wish.jobs.push_back(value);
    else if (option == "--seed")
      wish.settings.seed = static_cast<unsigned>(std::stoul(value));
    else if (option == "--scratch")
      wish.scratch = value;
    else if (option == "--check")
      wish.limits = value;
    else
      throw std::invalid_argument(option + " " + value);
  }
  return wish;
}

/// A folder of our own inside the one given, removed at the end.
class Scratch {
 public:
  explicit Scratch(const std::string &inside) {
    const auto parent =
        inside.empty() ? std::filesystem::temp_directory_path() : std::filesystem::path(inside);
    path_ = parent / ("heard-bench-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(path_);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch &) = delete;
  Scratch &operator=(const Scratch &) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// Runs the jobs that were asked for; one that is over its limit gets a second chance.
class Run {
 public:
  explicit Run(const Wish &wish) : wish_(wish) {
    if (!wish.limits.empty()) limits_ = read_limits(wish.limits);
  }

  bool all() {
    if (!wish_.json) print_heading(std::cout << "seed " << wish_.settings.seed << '\n');
    const Runner runner = [this](const std::string &name, const std::function<Figure()> &measure) {
      one(name, measure);
    };
    for (const auto family : {log_jobs, process_jobs, calendar_jobs, clock_jobs, open_jobs,
                              audit_jobs, export_jobs, roster_jobs, page_jobs})
      family(wish_.settings, runner);
    const char *size = wish_.settings.is_small   ? "small"
                       : wish_.settings.is_large ? "large"
                                                 : "default";
    if (wish_.json) print_json(std::cout, figures_, wish_.settings.seed, size);
    return good_;
  }

 private:
  void one(const std::string &name, const std::function<Figure()> &measure) {
    const auto &jobs = wish_.jobs;
    if (!jobs.empty() && std::find(jobs.begin(), jobs.end(), name) == jobs.end()) return;
    Figure figure = measure();
    if (is_over(limits_, figure)) figure = measure();
    figures_.push_back(figure);
    if (!wish_.json) print_line(std::cout, figure);
    if (!is_over(limits_, figure)) return;
    std::cerr << name << " is over its limit, twice\n";
    good_ = false;
  }

  const Wish &wish_;
  Limits limits_;
  std::vector<Figure> figures_;
  bool good_ = true;
};

}  // namespace

}  // namespace heard::bench

int main(int count, char **arguments) {
  using namespace heard::bench;
  try {
    Wish wish = wish_of(count, arguments);
    const Scratch scratch(wish.scratch);
    wish.settings.folder = scratch.path();
    return Run(wish).all() ? 0 : 1;
  } catch (const std::invalid_argument &wrong) {
    std::cerr << "heard_bench does not understand '" << wrong.what() << "'\n" << kUsage;
    return 2;
  } catch (const std::exception &failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
