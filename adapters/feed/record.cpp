// Translates each setter into its heard_record_* call.
#include "feed/record.hpp"

#include "feed/failure.hpp"

namespace heard::feed {
namespace {

void check(std::int32_t status, const char *name) {
  if (status != HEARD_OK) {
    throw Failure(status, std::string("the value of '") + name + "' cannot be stored");
  }
}

}  // namespace

Record::Record(const char *kind) {
  heard_record *record = nullptr;
  check(heard_record_create(kind, &record, nullptr), kind);
  record_.reset(record);
}

Record &Record::set(const char *name, const std::string &text) {
  if (!text.empty()) {
    check(heard_record_set_text(record_.get(), name, text.c_str(), nullptr), name);
  }
  return *this;
}

Record &Record::set(const char *name, std::int64_t number) {
  check(heard_record_set_int(record_.get(), name, number, nullptr), name);
  return *this;
}

Record &Record::add(const char *name, const std::string &text) {
  if (!text.empty()) {
    check(heard_record_add_text(record_.get(), name, text.c_str(), nullptr), name);
  }
  return *this;
}

Record &Record::add(const char *name, const Record &record) {
  check(heard_record_add_record(record_.get(), name, record.get(), nullptr), name);
  return *this;
}

}  // namespace heard::feed
