// A fresh process that loads a library and opens a store, and prints how long each step took:
//   heard_bench_open product LIBRARY STORE
//   heard_bench_open floor SQLITE,CRYPTO STORE
#include <dlfcn.h>
#include <sqlite3.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>

#include "heard/heard.h"

namespace {

constexpr int kWarmOpens = 200;

double seconds_of(const std::function<void()> &work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void require(bool good, const char *what) {
  if (!good) throw std::runtime_error(what);
}

void *load(const std::string &library) {
  void *module = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) throw std::runtime_error(::dlerror());
  return module;
}

/// The library's own function of the type that the header declares.
#define SYMBOL(module, name) reinterpret_cast<decltype(&name)>(::dlsym(module, #name))

/// Loading, the first open and the mean of the warm ones, in seconds.
void print(double loading, const std::function<void()> &open_and_close) {
  const double first = seconds_of(open_and_close);
  const double warm = seconds_of([&] {
    for (int i = 0; i < kWarmOpens; ++i) open_and_close();
  });
  std::cout << loading << ' ' << first << ' ' << warm / kWarmOpens << '\n';
}

void product(const std::string &library, const char *path) {
  void *module = nullptr;
  heard_runtime *runtime = nullptr;
  heard_options *options = nullptr;
  const double loading = seconds_of([&] {
    module = load(library);
    require(SYMBOL(module, heard_runtime_create)(0x00010000, nullptr, &runtime, nullptr) == 0,
            "no runtime");
  });
  require(SYMBOL(module, heard_options_create)(&options, nullptr) == 0, "no options");
  SYMBOL(module, heard_options_set)(options, "store.path", path, nullptr);
  const auto open = SYMBOL(module, heard_store_open);
  const auto close = SYMBOL(module, heard_store_close);
  print(loading, [&] {
    heard_store *store = nullptr;
    require(open(runtime, options, &store, nullptr) == 0, "the store does not open");
    close(store);
  });
}

void floor(const std::string &libraries, const char *path) {
  void *module = nullptr;
  const std::size_t comma = libraries.find(',');
  const double loading = seconds_of([&] {
    module = load(libraries.substr(0, comma));
    load(libraries.substr(comma + 1));
  });
  const auto open = SYMBOL(module, sqlite3_open_v2);
  const auto exec = SYMBOL(module, sqlite3_exec);
  const auto close = SYMBOL(module, sqlite3_close);
  print(loading, [&] {
    sqlite3 *handle = nullptr;
    require(open(path, &handle, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK, "no database");
    require(exec(handle, "PRAGMA user_version", nullptr, nullptr, nullptr) == SQLITE_OK, "no read");
    close(handle);
  });
}

}  // namespace

int main(int count, char **arguments) {
  if (count != 4) return 2;
  try {
    std::string(arguments[1]) == "product" ? product(arguments[2], arguments[3])
                                           : floor(arguments[2], arguments[3]);
    return 0;
  } catch (const std::exception &failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
