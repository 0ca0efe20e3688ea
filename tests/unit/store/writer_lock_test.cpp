// The writer lock: one at a time, woken by whoever unlocks, and never kept longer than the
// deadline.
#include "store/writer_lock.hpp"

#include <sys/resource.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <future>
#include <thread>
#include <vector>

#include "base/failure.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using store::WriterLock;

namespace {

constexpr std::int64_t kLong = 60'000;
const std::atomic<bool> kGoOn = false;

void check_one_at_a_time(const std::string &path) {
  std::atomic<int> inside = 0;
  std::atomic<bool> crowded = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      WriterLock lock(path);
      for (int k = 0; k < 200; ++k) {
        lock.lock(kLong, kGoOn);
        if (++inside != 1) crowded = true;
        --inside;
        lock.unlock();
      }
    });
  for (std::thread &thread : threads) thread.join();
  BOOST_TEST(!crowded);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(writer_lock)

BOOST_AUTO_TEST_CASE(many_take_turns) {
  const support::TemporaryFolder folder;
  check_one_at_a_time(folder / "a");
}

// A lock file of an earlier build is empty, and somebody may have written into one.
BOOST_AUTO_TEST_CASE(whatever_is_in_the_lock_file_they_take_turns) {
  const support::TemporaryFolder folder;
  std::ofstream(folder / "a.lock") << "something else";
  check_one_at_a_time(folder / "a");
  std::ofstream(folder / "b.lock").flush();
  check_one_at_a_time(folder / "b");
}

BOOST_AUTO_TEST_CASE(a_lock_file_that_is_cut_while_others_wait_harms_nobody) {
  const support::TemporaryFolder folder;
  WriterLock mine(folder / "a");
  mine.lock(kLong, kGoOn);
  auto other = std::async(std::launch::async, [&] {
    WriterLock lock(folder / "a");
    lock.lock(kLong, kGoOn);
    lock.unlock();
  });
  std::ofstream(folder / "a.lock", std::ios::trunc).flush();
  mine.unlock();
  other.get();
  mine.lock(kLong, kGoOn);
  mine.unlock();
}

BOOST_AUTO_TEST_CASE(after_the_deadline_it_is_busy_and_a_stop_is_heard) {
  const support::TemporaryFolder folder;
  WriterLock mine(folder / "a"), other(folder / "a");
  mine.lock(kLong, kGoOn);
  const auto with = [](Status status) {
    return [status](const Failure &failure) { return failure.status() == status; };
  };
  BOOST_CHECK_EXCEPTION(other.lock(0, kGoOn), Failure, with(Status::busy));
  BOOST_CHECK_EXCEPTION(other.lock(20, kGoOn), Failure, with(Status::busy));
  std::atomic<bool> stop = false;
  auto waiting = std::async(std::launch::async, [&] { other.lock(kLong, stop); });
  stop = true;
  BOOST_CHECK_EXCEPTION(waiting.get(), Failure, with(Status::interrupted));
}

// Asking again and again costs the processor that the writer needs.
BOOST_AUTO_TEST_CASE(who_waits_sleeps) {
  const support::TemporaryFolder folder;
  WriterLock mine(folder / "a");
  mine.lock(kLong, kGoOn);
  rusage spent{};
  std::thread other([&] {
    WriterLock lock(folder / "a");
    try {
      lock.lock(300, kGoOn);
    } catch (const Failure &) {
      ::getrusage(RUSAGE_THREAD, &spent);
    }
  });
  other.join();
  BOOST_TEST(spent.ru_nvcsw > 0);
  BOOST_TEST(spent.ru_nvcsw < 100);
}

BOOST_AUTO_TEST_SUITE_END()
