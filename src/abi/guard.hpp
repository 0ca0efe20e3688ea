// The only place where an exception becomes a status.
#pragma once

#include <cstdint>
#include <exception>
#include <new>

#include "abi/handles.hpp"

namespace heard::abi {

/// Fills `err` (if any) and answers the status.
std::int32_t report(heard_error **err, const Failure &failure) noexcept;
/// The one error that exists before it is needed.
heard_error *out_of_memory() noexcept;
/// Hands it out: allocates nothing.
std::int32_t report_out_of_memory(heard_error **err) noexcept;

/// Runs the body of an exported function. Nothing is thrown past it.
template <class Body>
std::int32_t guard(heard_error **err, Body &&body) noexcept {
  if (err) *err = nullptr;
  try {
    return body();
  } catch (const Failure &failure) {
    return report(err, failure);
  } catch (const std::bad_alloc &) {
    return report_out_of_memory(err);
  } catch (const std::exception &e) {
    return report(err, Failure(Status::internal, std::string("a defect in Heard: ") + e.what()));
  } catch (...) {
    return report(err, Failure(Status::internal, "a defect in Heard: unknown failure"));
  }
}

/// Throws misuse naming the argument when it is null.
void require(const void *argument, const char *name);
/// A text argument: not null, valid UTF-8.
std::string_view text_argument(const char *text, const char *name);
/// Bytes of a given length; -1 means NUL-terminated only where the header says so.
std::string_view bytes_argument(const void *bytes, std::int64_t length, const char *name);

/// One call on a store: refuses null, a forked child, and a second call at the same time.
class Entered {
 public:
  explicit Entered(heard_store *store);
  ~Entered();
  Entered(const Entered &) = delete;
  Entered &operator=(const Entered &) = delete;

 private:
  heard_store *store_;
};

}  // namespace heard::abi
