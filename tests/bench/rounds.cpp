#include "rounds.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace heard::bench {

namespace {

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::vector<double> walls(const std::vector<Spent> &rounds) {
  std::vector<double> all;
  for (const Spent &round : rounds) all.push_back(round.wall);
  return all;
}

}  // namespace

Spent spent_in(const std::function<void()> &work) {
  using Clock = std::chrono::steady_clock;
  const double cpu = cpu_seconds();
  const auto begin = Clock::now();
  work();
  const std::chrono::duration<double> wall = Clock::now() - begin;
  return {wall.count(), cpu_seconds() - cpu};
}

Figure measure(const Job &job) {
  const auto floor = [&] { return job.floor ? job.floor() : Spent{}; };
  const Spent first = job.product();
  const Spent bare = floor();
  const int rounds = first.wall + bare.wall > 5 ? 3 : 7;
  std::vector<Spent> product_rounds, floor_rounds;
  for (int round = 0; round < rounds; ++round) {
    if (round % 2 == 0) floor_rounds.push_back(floor());
    product_rounds.push_back(job.product());
    if (round % 2 != 0) floor_rounds.push_back(floor());
  }
  if (!job.floor) floor_rounds.clear();
  return figure_of(job.name, job.shown, job.count, product_rounds, floor_rounds);
}

Figure figure_of(const std::string &name, Shown shown, double count,
                 const std::vector<Spent> &product, const std::vector<Spent> &floor) {
  Figure figure{.job = name, .shown = shown, .count = count};
  figure.product = median(walls(product));
  figure.floor = median(walls(floor));
  figure.rounds = static_cast<int>(product.size());
  std::vector<double> ratios, cpu_ratios;
  for (std::size_t i = 0; i < floor.size(); ++i) {
    ratios.push_back(product[i].wall / floor[i].wall);
    if (floor[i].cpu > 0) cpu_ratios.push_back(product[i].cpu / floor[i].cpu);
  }
  if (ratios.empty()) return figure;
  figure.ratio = median(ratios);
  figure.lowest = *std::min_element(ratios.begin(), ratios.end());
  figure.highest = *std::max_element(ratios.begin(), ratios.end());
  figure.cpu_ratio = median(cpu_ratios);
  return figure;
}

}  // namespace heard::bench
