// Counts SQLite's calls to the files of one store and makes one of them, or all from it on, go
// wrong.
#pragma once

#include <unistd.h>

#include <string>
#include <vector>

#include "support/shim_vfs.hpp"

namespace heard::crash {

enum class Fault { io_error, full, busy, half_write, kill };

struct FaultKind {
  Fault fault;
  bool lasting;  ///< every later call of the kind fails too
  const char *name;
};

inline const std::vector<FaultKind> &fault_kinds() {
  static const std::vector<FaultKind> kAll = {
      {Fault::io_error, false, "input/output error"},
      {Fault::io_error, true, "dead disk"},
      {Fault::full, true, "full disk"},
      {Fault::busy, false, "lock refused"},
      {Fault::half_write, false, "half a write"},
      {Fault::kill, false, "killed"},
  };
  return kAll;
}

class Faults {
 public:
  explicit Faults(support::ShimVfs &shim) {
    shim.before = [this](const support::FileCall &call) { return see(call); };
  }
  /// The `number`th call from now on, counted from 0, among those the fault can happen to.
  void arm(int number, const FaultKind &kind) {
    kind_ = &kind;
    left_ = number;
    last_ = "";
  }
  void disarm() { kind_ = nullptr; }
  /// Which call went wrong; "" when the number was not reached.
  const std::string &last() const { return last_; }

 private:
  using What = support::FileCall::What;

  static bool can_happen(Fault fault, const support::FileCall &call) {
    switch (fault) {
      case Fault::full:
        return call.what == What::write || call.what == What::shared_map;
      case Fault::half_write:
        return call.what == What::write;
      case Fault::busy:
        return call.what == What::lock || call.what == What::shared_lock;
      case Fault::kill:
      case Fault::io_error:
        return call.what != What::changed;
    }
    return false;
  }

  /// Nothing here is about power, so no sync is really made.
  static std::optional<int> go_on(const support::FileCall &call) {
    return call.what == What::sync ? std::optional(SQLITE_OK) : std::nullopt;
  }

  std::optional<int> see(const support::FileCall &call) {
    if (kind_ == nullptr || !can_happen(kind_->fault, call)) return go_on(call);
    if (left_ > 0 || (left_ < 0 && !kind_->lasting)) {
      --left_;
      return go_on(call);
    }
    if (left_ == 0) last_ = std::string(name_of(call.what)) + (call.is_log() ? " of the log" : "");
    left_ = -1;
    return answer(call);
  }

  std::optional<int> answer(const support::FileCall &call) const {
    switch (kind_->fault) {
      case Fault::full:
        return call.what == What::write ? SQLITE_FULL : SQLITE_IOERR_SHMSIZE;
      case Fault::half_write:
        support::write_through(call, call.bytes.size() / 2);
        return SQLITE_IOERR_WRITE;
      case Fault::busy:
        return SQLITE_BUSY;
      case Fault::kill:
        ::_exit(9);
      case Fault::io_error:
        break;
    }
    return io_error(call.what);
  }

  static int io_error(What what) {
    switch (what) {
      case What::open:
        return SQLITE_CANTOPEN;
      case What::remove:
        return SQLITE_IOERR_DELETE;
      case What::read:
        return SQLITE_IOERR_READ;
      case What::write:
        return SQLITE_IOERR_WRITE;
      case What::truncate:
        return SQLITE_IOERR_TRUNCATE;
      case What::sync:
        return SQLITE_IOERR_FSYNC;
      case What::size:
        return SQLITE_IOERR_FSTAT;
      case What::lock:
        return SQLITE_IOERR_LOCK;
      case What::shared_map:
        return SQLITE_IOERR_SHMMAP;
      case What::shared_lock:
        return SQLITE_IOERR_SHMLOCK;
      case What::changed:
        break;
    }
    return SQLITE_IOERR;
  }

  const FaultKind *kind_ = nullptr;
  int left_ = 0;
  std::string last_;
};

}  // namespace heard::crash
