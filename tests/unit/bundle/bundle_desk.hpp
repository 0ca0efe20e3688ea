// A store with a story in it, bundles of it, and the two programs that check them.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "bundle/write_bundle.hpp"
#include "source_dir.hpp"
#include "support/desk.hpp"
#include "support/temporary_folder.hpp"

namespace heard::bundle_test {

using support::Desk;

constexpr const char *kMarker = "Quillfeather";  ///< stands in what is to be hidden, nowhere else

inline Record auditor() { return Record().set("id", "a:1").set("roles", "auditor"); }

/// Two families, a case with its clocks, a note; the marker in names, subject, text and note.
inline void tell_story(Desk &desk) {
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:guardian:1",
      "from_name": "Ada Lee", "about": ["sis:student:9"], "school": "north", "topic": "bus",
      "subject": "=Late bus, \"again\"", "text": "It was late.\nTwice; <b>really</b> & truly"})");
  desk.apply("case.reply", R"({"case": "1", "text": "Sorry.\tIt comes at 7:40 now.\u0007\u007f"})");
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:2",
      "from_name": "Zoe Quillfeather", "school": "south", "subject": "About Quillfeather",
      "text": "Quillfeather called"})");
  desk.apply("case.assign", R"({"case": "2", "to": "sis:staff:4", "to_name": "Mr Quillfeather",
      "note": "for Quillfeather"})");
  desk.now("2026-11-26T09:00Z").pump();
  desk.apply("case.solve", R"({"case": "1"})");
}

/// Rules that hide the marker wherever it stands.
inline Record hiding() {
  Record what;
  const auto rule = [](std::vector<std::string> fields) {
    Record row("rule");
    row.set("fields", std::move(fields)).set("reason", "privacy").set("statute", "ORC 149.43");
    return row.set("reviewer", "Records, Officer");
  };
  what.add("redact", rule({"names", "subject", "note"}).set("person", "sis:guardian:2"));
  what.add("redact", rule({"text", "note"}));
  return what.add("redact", rule({"assignee_name", "party_personal"}));
}

/// Everything but the marker, as of `head`.
inline bundle::Order order_at(Desk &desk, const store::TreeHead &head) {
  auto &database = desk.engine.connection().database();
  return {audit::selection_from(database, Record().set("all", 1)),
          audit::Redaction::from(database, hiding()),
          head,
          support::at("2026-11-26T09:00Z"),
          -1,
          {},
          {}};
}

inline std::string zip_of(Desk &desk, Record what) {
  std::string bytes;
  desk.engine.write_export(auditor(), what.set("format", "bundle"),
                           [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

/// The seal.
inline std::string folder_of(Desk &desk, Record what, const std::string &folder) {
  std::string seal;
  what.set("format", "bundle").set("folder", folder);
  desk.engine.write_export(auditor(), what, [&](std::string_view piece) { seal += piece; });
  return seal.substr(0, 64);
}

inline std::string read_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline void write_file(const std::string &path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

struct Verdict {
  bool intact = false;
  std::string says;  ///< all findings
};

/// As the library sees it. What cannot be read at all is not intact.
inline Verdict by_library(Desk &desk, const std::string &path, const std::string &seal = {},
                          const std::string &receipt = {}) {
  Verdict verdict;
  Record what;
  what.set("export", path);
  if (!seal.empty()) what.set("seal", seal);
  if (!receipt.empty()) what.set("receipt", receipt);
  try {
    for (const Record &row : support::drain(*desk.engine.verify(auditor(), what))) {
      if (row.text("row") == "finding") verdict.says += row.text("says") + "\n";
      if (row.text("row") == "verdict") verdict.intact = row.flag("intact");
    }
  } catch (const Failure &failure) {
    verdict.intact = false;
    verdict.says = failure.message();
  }
  return verdict;
}

/// As our Python program sees it, taken from the sources, not from the bundle it checks.
inline Verdict by_python(const std::string &path, const std::string &options = {}) {
  const std::string out = path + ".told";
  const std::string line = "python3 -B " HEARD_SOURCE_DIR "/src/bundle/verify.py " + path + " " +
                           options + " > " + out + " 2>&1";
  const int code = WEXITSTATUS(std::system(line.c_str()));
  Verdict verdict{code == 0, read_file(out)};
  std::filesystem::remove(out);
  return verdict;
}

}  // namespace heard::bundle_test
