// Owns one heard_record while an adapter fills it.
#pragma once

#include <heard/heard.h>

#include <cstdint>
#include <memory>
#include <string>

namespace heard::feed {

/// Empty texts are left out: in a feed they mean "unknown". Throws Failure when a value is refused.
class Record {
 public:
  explicit Record(const char *kind);

  Record &set(const char *name, const std::string &text);
  Record &set(const char *name, std::int64_t number);
  Record &add(const char *name, const std::string &text);
  Record &add(const char *name, const Record &record);

  const heard_record *get() const { return record_.get(); }

 private:
  struct Destroy {
    void operator()(heard_record *record) const { heard_record_destroy(record); }
  };
  std::unique_ptr<heard_record, Destroy> record_;
};

}  // namespace heard::feed
