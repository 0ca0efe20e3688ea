// Child processes that log through the C interface and tell their parent what was acknowledged.
#pragma once

#include <map>
#include <random>
#include <sstream>
#include <string>

#include "support/abi.hpp"
#include "support/child.hpp"

namespace heard::crash {

/// Acknowledged host references and the seq each was given.
using Acknowledged = std::map<std::string, std::int64_t>;

inline std::string contact_json(const std::string &reference) {
  return R"({"channel": "sms", "from": "sis:guardian:)" + std::to_string(reference.size() % 7) +
         R"(", "text": "message )" + reference + R"(", "source": "gateway", "host_ref": ")" +
         reference + "\"}";
}

/// Some turns of work for the processor: the moment of the kill is any moment.
inline void dither(unsigned turns) {
  volatile unsigned spent = 0;
  while (spent < turns) spent = spent + 1;
}

/// Calls again as long as somebody else holds the store; any other failure is passed on.
template <class Call>
auto patiently(Call call) {
  for (;;) try {
      return call();
    } catch (const api::Error &error) {
      if (error.status() != HEARD_E_BUSY || error.retry_ms() <= 0) throw;
    }
}

/// Logs `count` contacts (-1: for ever), singly and in batches of up to `largest`, and writes
/// "reference seq" lines for each acknowledged one. References begin with `name`.
inline int write_contacts(const std::string &path, const std::string &name, int count,
                          const support::Pipe &acknowledged, int largest = 5) {
  support::OpenStore open(path);
  std::mt19937 random(static_cast<unsigned>(std::hash<std::string>{}(name)));
  for (int i = 0; count < 0 || i < count;) {
    const int size =
        random() % 4 == 0 ? 1 + static_cast<int>(random() % static_cast<unsigned>(largest)) : 1;
    api::Record batch("batch");
    std::string lines;
    for (int k = 0; k < size; ++k)
      batch.add("items",
                api::Record::from_json("item", contact_json(name + "-" + std::to_string(i + k))));
    const api::Record done =
        patiently([&] { return open.store.apply(open.admin, "interaction.log_many", batch); });
    int k = 0;
    for (const api::Row item : done.row().rows("items"))
      lines +=
          name + "-" + std::to_string(i + k++) + " " + std::to_string(item.number("seq")) + "\n";
    if (!acknowledged.write(lines)) return 1;
    i += size;
  }
  return 0;
}

/// Whole lines only: a torn last line was never acknowledged.
inline Acknowledged read_lines(const std::string &text) {
  Acknowledged all;
  std::istringstream in(text.substr(0, text.rfind('\n') + 1));
  std::string reference;
  for (std::int64_t seq = 0; in >> reference >> seq;) all[reference] = seq;
  return all;
}

/// "" when every acknowledged contact is stored where it was said to be; else what is wrong.
inline std::string missing(support::OpenStore &open, const Acknowledged &all) {
  for (const auto &[reference, seq] : all) {
    const api::Record again = open.apply("interaction.log", contact_json(reference));
    if (!again.row().flag("duplicate")) return reference + " was acknowledged and lost";
    if (again.row().number("seq") != seq) return reference + " stands somewhere else";
  }
  return "";
}

}  // namespace heard::crash
