// T12: two threads in one store, calls from a callback, use after fork and interruption are
// detected.
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <future>
#include <thread>

#include "abi/fixture.hpp"

using namespace abi_test;

namespace {

/// A host whose clock callback does something while a call is inside the library.
struct NosyHost {
  NosyHost() {
    table.struct_size = sizeof table;
    table.abi = HEARD_ABI;
    table.host_data = this;
    table.now_ms = [](void *self) { return static_cast<NosyHost *>(self)->now(); };
    table.wake = [](void *self) { ++static_cast<NosyHost *>(self)->woken; };
    table.release = [](void *self) { ++static_cast<NosyHost *>(self)->released; };
  }
  std::int64_t now() {
    // Taken out first: what it does may ask for the time again.
    if (const auto action = std::exchange(meanwhile, nullptr)) action();
    return 1'763'769'600'000;  // Saturday 2025-11-22 00:00 UTC
  }

  heard_host table{};
  std::function<void()> meanwhile;
  int woken = 0;
  int released = 0;
};

/// Runs `child` in a forked process; true if it answered true there.
template <class Child>
bool in_child(Child child) {
  const pid_t pid = fork();
  if (pid == 0) _exit(child() ? 0 : 1);
  int status = -1;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(misuse)

BOOST_AUTO_TEST_CASE(a_callback_may_not_call_back_into_the_same_store) {
  NosyHost host;
  OpenStore open(&host.table);
  std::int32_t inner = HEARD_OK;
  host.meanwhile = [&] { inner = heard_pump(open.store, 10, nullptr, nullptr); };
  SUCCEEDS(heard_apply(open.store, open.actor, "interaction.log", open.contact, nullptr, err));
  BOOST_TEST(inner == HEARD_E_MISUSE);
  SUCCEEDS(heard_pump(open.store, 10, nullptr, err));
}

BOOST_AUTO_TEST_CASE(a_second_thread_in_the_same_store_is_refused) {
  NosyHost host;
  OpenStore open(&host.table);
  Cursor rows;
  SUCCEEDS(heard_query(open.store, open.actor, "waiting", nullptr, rows.out(), err));
  std::promise<void> inside, leave;
  host.meanwhile = [&] {
    inside.set_value();
    leave.get_future().wait();
  };
  std::thread first([&] { heard_pump(open.store, 10, nullptr, nullptr); });
  inside.get_future().wait();
  const heard_record *row = nullptr;
  const std::int32_t pumped = heard_pump(open.store, 10, nullptr, nullptr);
  const std::int32_t stepped = heard_cursor_next(rows, &row, nullptr);
  leave.set_value();
  first.join();
  BOOST_TEST(pumped == HEARD_E_MISUSE);
  BOOST_TEST(stepped == HEARD_E_MISUSE);
  SUCCEEDS(heard_cursor_next(rows, &row, err));
}

BOOST_AUTO_TEST_CASE(two_stores_on_one_file_work_side_by_side) {
  OpenStore open;
  Store second;
  SUCCEEDS(heard_store_open(open.runtime, open.options, second.out(), err));
  std::thread other([&] {
    for (int round = 0; round < 10; ++round)
      heard_apply(second, open.actor, "interaction.log", open.contact, nullptr, nullptr);
  });
  for (int round = 0; round < 10; ++round)
    heard_apply(open.store, open.actor, "interaction.log", open.contact, nullptr, nullptr);
  other.join();
  Cursor rows;
  const heard_record *row = nullptr;
  std::int64_t contacts = 0;
  SUCCEEDS(heard_query(open.store, open.actor, "ledger", nullptr, rows.out(), err));
  while (SUCCEEDS(heard_cursor_next(rows, &row, err)) == HEARD_ROW)
    contacts += heard_record_text(row, "kind") == std::string("interaction.logged");
  BOOST_TEST(contacts == 21);
}

BOOST_AUTO_TEST_CASE(a_forked_child_is_refused) {
  OpenStore open;
  Cursor rows;
  SUCCEEDS(heard_query(open.store, open.actor, "waiting", nullptr, rows.out(), err));
  BOOST_TEST(in_child([&] {
    const heard_record *row = nullptr;
    heard_cursor *more = nullptr;
    return heard_pump(open.store, 10, nullptr, nullptr) == HEARD_E_FORKED &&
           heard_apply(open.store, open.actor, "interaction.log", open.contact, nullptr, nullptr) ==
               HEARD_E_FORKED &&
           heard_query(open.store, open.actor, "waiting", nullptr, &more, nullptr) ==
               HEARD_E_FORKED &&
           heard_cursor_next(rows, &row, nullptr) == HEARD_E_FORKED;
  }));
  SUCCEEDS(heard_pump(open.store, 10, nullptr, err));
}

BOOST_AUTO_TEST_CASE(a_forked_child_opens_a_store_of_its_own) {
  OpenStore open;
  const std::int64_t before = open.size();
  BOOST_TEST(in_child([&] {
    heard_store *own = nullptr;
    const bool opened = heard_store_open(open.runtime, open.options, &own, nullptr) == HEARD_OK;
    const bool logged = opened && heard_apply(own, open.actor, "interaction.log", open.contact,
                                              nullptr, nullptr) == HEARD_OK;
    heard_store_close(own);
    heard_store_close(open.store);
    return logged;
  }));
  BOOST_TEST(open.size() > before);
}

BOOST_AUTO_TEST_CASE(an_interrupted_command_changes_nothing) {
  NosyHost host;
  OpenStore open(&host.table);
  const std::int64_t before = open.size();
  const auto apply_and_interrupt = [&](heard_error **err) {
    host.meanwhile = [&] { std::thread([&] { heard_store_interrupt(open.store); }).join(); };
    return heard_apply(open.store, open.actor, "interaction.log", open.contact, nullptr, err);
  };
  REFUSES(HEARD_E_INTERRUPTED, apply_and_interrupt(err));
  BOOST_TEST(open.size() == before);
}

BOOST_AUTO_TEST_CASE(an_interrupt_of_an_idle_store_does_not_stop_the_next_call) {
  OpenStore open;
  heard_store_interrupt(open.store);
  SUCCEEDS(heard_apply(open.store, open.actor, "interaction.log", open.contact, nullptr, err));
}

BOOST_AUTO_TEST_CASE(the_host_is_woken_once_for_each_command) {
  NosyHost host;
  OpenStore open(&host.table);
  const int before = host.woken;
  SUCCEEDS(heard_apply(open.store, open.actor, "interaction.log", open.contact, nullptr, err));
  BOOST_TEST(host.woken == before + 1);
  BOOST_TEST(heard_apply(open.store, open.actor, "no.such", open.contact, nullptr, nullptr) < 0);
  BOOST_TEST(host.woken == before + 1);
}

BOOST_AUTO_TEST_CASE(the_host_is_released_once_when_the_runtime_goes) {
  NosyHost host;
  { OpenStore open(&host.table); }
  BOOST_TEST(host.released == 1);
}

BOOST_AUTO_TEST_SUITE_END()
