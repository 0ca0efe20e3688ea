// What somebody with access to the disk could do to a store: change one letter of what was said.
#include "tamper.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <memory>

#include "exit_codes.hpp"

namespace heard::cli {
namespace {

/// Only calls that are safe in the child of a process with threads.
bool copy_file(const char *from, const char *to) {
  const int in = open(from, O_RDONLY | O_CLOEXEC);
  const int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (in < 0 || out < 0) return false;
  std::array<char, 65536> block;
  ssize_t taken = 0;
  while ((taken = read(in, block.data(), block.size())) > 0)
    if (write(out, block.data(), static_cast<std::size_t>(taken)) != taken) return false;
  return taken == 0;
}

struct CloseDatabase {
  void operator()(sqlite3 *database) const { sqlite3_close(database); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

[[noreturn]] void give_up(sqlite3 *database) {
  throw Trouble(kStoreTrouble,
                fmt::format("The copy cannot be changed: {}", sqlite3_errmsg(database)));
}

Statement prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK) give_up(database);
  return Statement(statement);
}

std::string read_body(sqlite3 *database, std::int64_t seq) {
  const Statement read = prepare(database, "SELECT fields FROM body WHERE seq = ?");
  sqlite3_bind_int64(read.get(), 1, seq);
  if (sqlite3_step(read.get()) != SQLITE_ROW) give_up(database);
  const auto *bytes = static_cast<const char *>(sqlite3_column_blob(read.get(), 0));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(read.get(), 0))};
}

void write_body(sqlite3 *database, std::int64_t seq, const std::string &body) {
  const Statement write = prepare(database, "UPDATE body SET fields = ? WHERE seq = ?");
  sqlite3_bind_blob(write.get(), 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
  sqlite3_bind_int64(write.get(), 2, seq);
  if (sqlite3_step(write.get()) != SQLITE_DONE) give_up(database);
}

}  // namespace

void copy_store(const std::string &from, const std::string &to) {
  const std::string from_log = from + "-wal", to_log = to + "-wal";
  const pid_t child = fork();
  if (child == 0) {
    const bool has_log = access(from_log.c_str(), F_OK) == 0;
    const bool done = copy_file(from.c_str(), to.c_str()) &&
                      (!has_log || copy_file(from_log.c_str(), to_log.c_str()));
    _exit(done ? 0 : 1);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
    throw Trouble(kStoreTrouble, fmt::format("{} cannot be copied to {}.", from, to));
}

std::string change_one_letter(const std::string &store_path, std::int64_t seq, std::string said) {
  sqlite3 *opened = nullptr;
  const int status = sqlite3_open_v2(store_path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  const Database database(opened);
  if (status != SQLITE_OK) give_up(opened);
  std::string body = read_body(opened, seq);
  const std::size_t place = body.find(said);
  const std::size_t letter = said.find_first_of("aeiou", said.size() / 2);
  if (place == std::string::npos || letter == std::string::npos)
    throw Trouble(kStoreTrouble, fmt::format("Entry {} does not say \"{}\".", seq, said));
  const char changed = said[letter] == 'o' ? 'a' : 'o';
  body[place + letter] = said[letter] = changed;
  write_body(opened, seq, body);
  return said;
}

}  // namespace heard::cli
