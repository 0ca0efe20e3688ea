// Checkpoints and proofs from the shell, checked by tools that share no code with Heard: the
// openssl command, and a page of Python.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "source_dir.hpp"
#include "support/command.hpp"
#include "support/temporary_folder.hpp"

namespace {

using heard::support::Ran;
using heard::support::run;
using heard::support::TemporaryFolder;
using heard::support::whole_file;

int shell(const std::string &line) {
  const int status = std::system((line + " >/dev/null 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string base64_decoded(const std::string &text, const std::string &scratch) {
  std::ofstream(scratch) << text;
  BOOST_TEST_REQUIRE(shell("openssl base64 -d -A -in " + scratch + " -out " + scratch + ".out") ==
                     0);
  return whole_file(scratch + ".out");
}

/// A store with a few contacts, as a school has it.
struct School {
  School() {
    BOOST_TEST_REQUIRE(run("init --zone UTC --origin north.example/log" + at).code == 0);
    for (int i = 0; i < 5; ++i)
      run("log --channel phone --from host:guardian:12 --subject Bus" + at);
  }
  std::string key() { return run("checkpoint --keys" + at).printed; }

  TemporaryFolder folder;
  std::string at = " --store " + (folder / "school.heard");
};

}  // namespace

BOOST_AUTO_TEST_SUITE(signing)

BOOST_FIXTURE_TEST_CASE(the_openssl_command_verifies_a_checkpoint, School) {
  const Ran made = run("checkpoint --make" + at);
  BOOST_TEST_REQUIRE(made.code == 0);
  BOOST_TEST(run("checkpoint" + at).printed == made.printed);
  const std::size_t end = made.printed.find("\n\n");
  const std::string line = made.printed.substr(end + 2);
  const std::string signature =
      base64_decoded(line.substr(line.rfind(' ') + 1), folder / "scratch").substr(4);
  const std::string printed_key = key();
  const std::string raw =
      base64_decoded(printed_key.substr(printed_key.find('+', printed_key.find('+') + 1) + 1),
                     folder / "scratch")
          .substr(1);
  std::ofstream(folder / "text", std::ios::binary) << made.printed.substr(0, end + 1);
  std::ofstream(folder / "signature", std::ios::binary) << signature;
  // SubjectPublicKeyInfo of an Ed25519 key: 12 bytes, then the key.
  std::ofstream(folder / "key.der", std::ios::binary)
      << std::string("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12) << raw;
  const std::string check = "openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey " +
                            (folder / "key.der") + " -sigfile " + (folder / "signature") + " -in " +
                            (folder / "text");
  BOOST_TEST(shell(check) == 0);
  std::ofstream(folder / "text", std::ios::app) << "more\n";
  BOOST_TEST(shell(check) != 0);
  BOOST_TEST(shell("openssl pkey -noout -in " + (folder / "school.heard.key")) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_page_of_python_verifies_a_proof, School) {
  const std::string proof = folder / "entry.tlog-proof";
  const Ran written = run("proof 4 --json --out " + proof + at);
  BOOST_TEST_REQUIRE(written.code == 0);
  const std::string vkey = written.object()["key"];
  BOOST_TEST(run("verify --proof " + proof + " --key '" + vkey + "'").code == 0);
  const std::string python =
      "python3 -B " HEARD_SOURCE_DIR "/tests/scenario/check_proof.py " + proof + " '" + vkey + "'";
  BOOST_TEST(shell(python) == 0);
  std::string text = whole_file(proof);
  text[text.find("index 4") + 6] = '3';
  std::ofstream(proof, std::ios::binary) << text;
  BOOST_TEST(shell(python) != 0);
  BOOST_TEST(run("verify --proof " + proof + " --key '" + vkey + "'").code == 1);
}

BOOST_FIXTURE_TEST_CASE(an_auditor_sees_what_is_covered, School) {
  const std::string copies = " --anchor-file " + (folder / "copies.txt");
  run("checkpoint --make" + at + copies);
  const Ran logged = run("log --json --channel phone --from host:guardian:12" + at);
  const std::string receipt = logged.object()["receipt"];
  BOOST_TEST(receipt.starts_with("north.example/log "));
  run("checkpoint --rotate-key" + at + copies);
  run("log --channel phone --from host:guardian:13" + at);
  const Ran verified = run("verify --json" + at + copies);
  BOOST_TEST(verified.code == 0);
  std::string by;
  const nlohmann::json told = verified.object();
  for (const auto &range : told["coverage"]) by += range["by"].get<std::string>() + " ";
  BOOST_TEST(by == "anchored unsigned ");
  BOOST_TEST(run("verify --receipt '" + receipt + "'" + at).code == 0);
  BOOST_TEST(
      run("verify --receipt '" + receipt.substr(0, receipt.size() - 4) + "0000'" + at).code == 1);
  BOOST_TEST(run("verify --anchors " + (folder / "nothing.txt") + at).code == 1);
  BOOST_TEST(run("verify --key 'north.example/log+00000000+AAAA'" + at).code == 3);
  BOOST_TEST(run("checkpoint --list" + at).printed.find("file") != std::string::npos);
  const std::string proof = folder / "later";
  const auto sizes = run("checkpoint --list --json" + at).object();
  BOOST_TEST_REQUIRE(sizes.size() >= 2u);
  BOOST_TEST(run("proof --consistency " + sizes[0]["size"].dump() + " " + sizes[1]["size"].dump() +
                 " --out " + proof + at)
                 .code == 0);
  const std::string keys = key();
  BOOST_TEST(
      run("verify --proof " + proof + " --key '" + keys.substr(0, keys.find('\n')) + "'").code ==
      0);
}

BOOST_AUTO_TEST_SUITE_END()
