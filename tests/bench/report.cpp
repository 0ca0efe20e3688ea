#include "report.hpp"

#include <expat.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sqlite3.h>

#include <fstream>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "heard/heard.h"

namespace heard::bench {

namespace {

/// Seconds of a round (bytes for a size) as people read them.
double shown(const Figure &figure, double measured) {
  switch (figure.shown) {
    case Shown::rate:
      return measured > 0 ? figure.count / measured : 0;
    case Shown::nanoseconds:
      return measured / figure.count * 1e9;
    case Shown::milliseconds:
      return measured / figure.count * 1e3;
    case Shown::megabytes:
      return measured / 1e6;
    case Shown::bytes:
      return measured / figure.count;
  }
  return 0;
}

const char *unit(Shown shown) {
  switch (shown) {
    case Shown::rate:
      return "/s";
    case Shown::nanoseconds:
      return "ns";
    case Shown::milliseconds:
      return "ms";
    case Shown::megabytes:
      return "MB";
    case Shown::bytes:
      return "B";
  }
  return "";
}

std::string amount(const Figure &figure, double measured) {
  const double value = shown(figure, measured);
  return fmt::format("{:.{}f} {}", value,
                     value >= 100 ? 0
                     : value >= 1 ? 2
                                  : 4,
                     unit(figure.shown));
}

std::string json_line(const Figure &figure) {
  return fmt::format(
      R"({{"job":"{}","unit":"{}","rounds":{},"product":{:.6g},"floor":{:.6g},"ratio":{:.4f},)"
      R"("lowest":{:.4f},"highest":{:.4f},"cpu_ratio":{:.4f},"noisy":{},"note":"{}"}})",
      figure.job, unit(figure.shown), figure.rounds, shown(figure, figure.product),
      figure.floor > 0 ? shown(figure, figure.floor) : 0, figure.ratio, figure.lowest,
      figure.highest, figure.cpu_ratio, figure.is_noisy(), figure.note);
}

}  // namespace

void print_heading(std::ostream &out) {
  out << fmt::format("{:<22}{:>14}{:>14}  {:<24}{:>9}\n", "job", "product", "floor",
                     "time ratio (min..max)", "CPU")
      << std::flush;
}

void print_line(std::ostream &out, const Figure &figure) {
  out << fmt::format("{:<22}{:>14}", figure.job, amount(figure, figure.product));
  if (figure.floor > 0)
    out << fmt::format(
        "{:>14}  {:<24}", amount(figure, figure.floor),
        fmt::format("{:.2f} ({:.2f}..{:.2f})", figure.ratio, figure.lowest, figure.highest));
  if (figure.cpu_ratio > 0) out << fmt::format("{:>9.2f}", figure.cpu_ratio);
  if (!figure.note.empty()) out << "  " << figure.note;
  out << (figure.is_noisy() ? "  noisy\n" : "\n") << std::flush;
}

void print_json(std::ostream &out, const std::vector<Figure> &figures, unsigned seed,
                const std::string &size) {
  out << fmt::format(R"({{"heard":"{}","seed":{},"size":"{}","cores":{},"compiler":"{}",)",
                     heard_version_string(), seed, size, std::thread::hardware_concurrency(),
                     __VERSION__)
      << fmt::format(R"("sqlite":"{}","openssl":"{}","expat":"{}","figures":[)",
                     sqlite3_libversion(), OpenSSL_version(OPENSSL_VERSION_STRING),
                     XML_ExpatVersion());
  for (std::size_t i = 0; i < figures.size(); ++i)
    out << (i == 0 ? "\n" : ",\n") << json_line(figures[i]);
  out << "\n]}\n";
}

Limits read_limits(const std::string &path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("the limits '" + path + "' cannot be read");
  Limits limits;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string job;
    double limit = 0;
    if (!(words >> job)) continue;
    if (!(words >> limit)) throw std::runtime_error("the limit of '" + job + "' is no number");
    limits[job] = limit;
  }
  return limits;
}

bool is_over(const Limits &limits, const Figure &figure) {
  const auto limit = limits.find(figure.job);
  if (limit == limits.end()) return false;
  return (figure.floor > 0 ? figure.lowest : shown(figure, figure.product)) > limit->second;
}

}  // namespace heard::bench
