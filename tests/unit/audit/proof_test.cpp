// Proofs that stand alone, and every other text in their place.
#include <fstream>
#include <random>

#include "audit/proof_file.hpp"
#include "base/base64.hpp"
#include "support/desk.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace heard;
using support::Desk;
using support::TemporaryFolder;

struct Signed {
  Signed() {
    log_some(20);
    earlier = desk.apply("checkpoint.make", "{}").number("size");
    log_some(300);
    later = desk.apply("checkpoint.make", "{}").number("size");
    key = desk.row("keys").text("key");
  }
  void log_some(int count) {
    for (int i = 0; i < count; ++i)
      desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
          "subject": "Late bus", "needs_response": 0})");
  }
  std::string proof(const Record &what, const char *actor = support::kOffice) {
    std::string text;
    desk.engine.write_export(record_from_json("actor", actor), what,
                             [&](std::string_view bytes) { text += bytes; });
    return text;
  }
  /// What the check of this text says, "" when it is a proof.
  std::string refused(const std::string &text, const std::string &with_key = "") {
    const std::string path = folder / "file.tlog-proof";
    std::ofstream(path, std::ios::binary) << text;
    const Record what = Record().set("proof", path).set("key", with_key.empty() ? key : with_key);
    std::string says;
    bool intact = false;
    const auto rows = desk.engine.verify(record_from_json("actor", support::kAuditor), what);
    for (const Record &row : support::drain(*rows)) {
      if (row.text("row") == "finding") says += row.text("says") + "\n";
      if (row.text("row") == "verdict") intact = row.flag("intact");
    }
    BOOST_TEST(intact == says.empty());
    return says;
  }

  TemporaryFolder folder;
  Desk desk{"UTC", folder / "a.heard"};
  std::int64_t earlier = 0, later = 0;
  std::string key;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(proof)

BOOST_FIXTURE_TEST_CASE(each_entry_can_be_proved_with_the_key_alone, Signed) {
  for (const std::int64_t seq : {std::int64_t{0}, std::int64_t{5}, earlier, later - 1}) {
    const std::string text = proof(Record().set("proof", seq));
    BOOST_TEST(text.starts_with("c2sp.org/tlog-proof@v1\nextra "));
    BOOST_TEST(text.find("\nindex " + std::to_string(seq) + "\n") != std::string::npos);
    BOOST_TEST(refused(text) == "");
    const auto file = audit::parse_inclusion(text);
    BOOST_TEST(audit::format_proof(file) == text);
    BOOST_TEST((file.leaf == store::leaf_bytes(desk.engine.journal().ledger().event(seq).value())));
  }
  BOOST_TEST(refused(proof(Record().set("proof", 3).set("size", earlier))) == "");
}

BOOST_FIXTURE_TEST_CASE(an_entry_that_is_not_signed_yet_is_signed_for_its_proof, Signed) {
  log_some(2);
  BOOST_TEST(refused(proof(Record().set("proof", later + 1))) == "");
  BOOST_TEST(desk.rows("checkpoints").back().number("size") == desk.size());
}

BOOST_FIXTURE_TEST_CASE(one_checkpoint_is_proved_to_continue_another, Signed) {
  const std::string text = proof(Record().set("consistency", earlier).set("size", later));
  BOOST_TEST(refused(text) == "");
  BOOST_TEST(audit::format_proof(audit::parse_consistency(text)) == text);
  BOOST_TEST(proof(Record().set("consistency", earlier)) == text);
  // The same two the other way round.
  auto file = audit::parse_consistency(text);
  std::swap(file.earlier, file.later);
  BOOST_TEST(refused(audit::format_proof(file)) != "");
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_proved_is_refused, Signed) {
  const auto refusal = [&](const Record &what) {
    return desk.refused([&] { proof(what); }).status();
  };
  BOOST_TEST((refusal(Record().set("proof", 9999)) == Status::not_found));
  BOOST_TEST((refusal(Record().set("proof", -1)) == Status::argument));
  BOOST_TEST((refusal(Record().set("proof", "1")) == Status::argument));
  BOOST_TEST((refusal(Record().set("proof", 3).set("consistency", 4)) == Status::argument));
  BOOST_TEST((refusal(Record().set("proof", 3).set("size", earlier + 1)) == Status::not_found));
  BOOST_TEST((refusal(Record().set("proof", earlier).set("size", earlier)) == Status::not_found));
  BOOST_TEST((refusal(Record().set("consistency", earlier + 1)) == Status::not_found));
  BOOST_TEST((refusal(Record().set("proof", 3).set("person", "x")) == Status::unknown_name));
}

BOOST_FIXTURE_TEST_CASE(another_key_entry_leaf_or_ledger_is_no_proof, Signed) {
  const std::string text = proof(Record().set("proof", 5));
  const SigningSeed seed{7};
  const std::string other =
      store::format_key(store::verifier_key(store::parse_key(key).name, public_key_of(seed)));
  BOOST_TEST(refused(text, other) != "");
  auto file = audit::parse_inclusion(text);
  file.seq = 6;
  BOOST_TEST(refused(audit::format_proof(file)) != "");
  file = audit::parse_inclusion(text);
  file.leaf[20] = static_cast<char>(file.leaf[20] ^ 1);
  BOOST_TEST(refused(audit::format_proof(file)) != "");
  file = audit::parse_inclusion(text);
  file.leaf.clear();
  BOOST_TEST(refused(audit::format_proof(file)) != "");
  file = audit::parse_inclusion(text);
  file.checkpoint =
      audit::parse_inclusion(proof(Record().set("proof", 5).set("size", earlier))).checkpoint;
  BOOST_TEST(refused(audit::format_proof(file)) != "");
  const Record no_key = Record().set("proof", folder / "file.tlog-proof");
  BOOST_TEST(desk.refused([&] {
                   desk.engine.verify(record_from_json("actor", support::kAuditor), no_key);
                 })
                 .detail("field") == "key");
}

BOOST_FIXTURE_TEST_CASE(damaged_proofs_are_refused, Signed) {
  std::mt19937 random(11);
  for (const std::string &good :
       {proof(Record().set("proof", 5)), proof(Record().set("consistency", earlier))})
    for (int round = 0; round < 400; ++round) {
      std::string bytes = good;
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
          break;
        case 1:
          bytes.erase(at, 1 + random() % 50);
          break;
        case 2:
          bytes.resize(at);
          break;
        default:
          bytes.insert(at, 1 + random() % 3, static_cast<char>(random()));
      }
      BOOST_TEST((bytes == good || refused(bytes) != ""), bytes);
    }
}

BOOST_AUTO_TEST_SUITE_END()
