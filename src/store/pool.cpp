#include "store/pool.hpp"

#include <pthread.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <vector>

namespace heard::store {

namespace {

constexpr std::size_t kMaxIdle = 4;

struct Pool {
  pid_t pid = ::getpid();
  std::mutex mutex;
  std::map<FileIdentity, std::vector<std::unique_ptr<Connection>>> idle;
};

/// SQLite remembers open files for the whole process, and a forked child would inherit that memory
/// without the locks behind it: so nothing idle stays open across a fork.
void drain_before_fork() {
  static const int registered = ::pthread_atfork([] { drain_pool(); }, nullptr, nullptr);
  (void)registered;
}

/// Never destroyed: at process end, and in a forked child, closing would be wrong or pointless.
/// The pid is compared before the mutex is touched: the child may have inherited it locked.
Pool &pool() {
  static Pool *current = new Pool;
  if (current->pid != ::getpid()) current = new Pool;
  return *current;
}

}  // namespace

std::unique_ptr<Connection> take_connection(const std::string &path) {
  return take_connection(path, mark_beside(path));
}

std::unique_ptr<Connection> take_connection(const std::string &path, const std::string &mark) {
  const auto identity = path == kMemoryPath ? std::nullopt : identity_of(path);
  if (identity) {
    Pool &shared = pool();
    const std::lock_guard guard(shared.mutex);
    auto &idle = shared.idle[*identity];
    if (!idle.empty() && idle.back()->path() == path && idle.back()->mark_path() == mark) {
      std::unique_ptr<Connection> connection = std::move(idle.back());
      idle.pop_back();
      connection->compare_with_mark();  // a copy may have been written over the file meanwhile
      return connection;
    }
  }
  return Connection::open(path, Database::Mode::write, mark);
}

void give_back(std::unique_ptr<Connection> connection) {
  if (!connection || connection->in_memory() || connection->read_only()) return;
  if (connection->forked() || connection->suspect() || !connection->same_file()) return;
  if (connection->rolled_back()) return;  // a restore may have been sanctioned by the next time
  connection->clear_interrupt();
  drain_before_fork();
  Pool &shared = pool();
  const std::lock_guard guard(shared.mutex);
  auto &idle = shared.idle[connection->identity()];
  if (idle.size() < kMaxIdle) idle.push_back(std::move(connection));
}

void drain_pool() {
  Pool &shared = pool();
  const std::lock_guard guard(shared.mutex);
  shared.idle.clear();
}

}  // namespace heard::store
