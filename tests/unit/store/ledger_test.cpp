// Appending, reading back, tiles, and proofs over a ledger that is larger than one tile of tiles.
#include <boost/test/unit_test.hpp>
#include <random>

#include "support/temporary_folder.hpp"
#include "unit/store/fresh_ledger.hpp"
#include "unit/store/golden.hpp"
#include "unit/store/naive_tree.hpp"

using namespace heard;
using namespace heard::store;
using support::append_notes;
using support::fresh_ledger;

namespace {

naive::Leaves leaf_hashes(Ledger &ledger) {
  naive::Leaves leaves;
  ledger.each(0, ledger.head().size, [&](const Event &event, const std::optional<Body> &) {
    leaves.push_back(leaf_hash(event));
  });
  return leaves;
}

std::string tile_bytes(Database &database, int level, std::int64_t index) {
  Query row(database, "SELECT hashes FROM tile WHERE level = ?1 AND idx = ?2");
  row.bind(1, level).bind(2, index);
  return row.step() ? row.text(0) : "";
}

std::string joined(const naive::Leaves &leaves, std::size_t from, std::size_t to) {
  std::string all;
  for (std::size_t i = from; i < to; ++i) all += view(leaves[i]);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ledger)

BOOST_AUTO_TEST_CASE(what_is_appended_is_read_back_with_its_place_and_time) {
  const auto connection = fresh_ledger(":memory:");
  Ledger ledger(connection->database());
  const Id thread = random_id();
  WriteTransaction transaction(*connection);
  ledger.begin();
  ledger.append(support::note(1), 5);
  Draft draft = support::note(42);
  draft.thread = thread;
  draft.rid = keyed_id("key", "name");
  draft.ref = 0;
  const Entry entry = ledger.append(std::move(draft), -3);
  const TreeHead head = ledger.finish();
  transaction.commit();
  BOOST_TEST(head.size == 2);
  BOOST_TEST((ledger.head() == head));
  const auto event = ledger.event(1);
  BOOST_TEST((event.value() == entry.event));
  BOOST_TEST(event->wall_ms == -3);
  BOOST_TEST((event->thread == thread));
  BOOST_TEST((ledger.body(1)->commitment() == event->commitment));
  BOOST_TEST(ledger.body(1)->number(field_id::at) == 42);
  BOOST_TEST(ledger.find(keyed_id("key", "name")).value() == 1);
  BOOST_TEST(!ledger.find(keyed_id("key", "other")).has_value());
  BOOST_TEST(!ledger.event(2).has_value());
  BOOST_TEST(!ledger.body(2).has_value());
}

BOOST_AUTO_TEST_CASE(entries_and_tiles_can_neither_be_changed_nor_deleted) {
  const auto connection = fresh_ledger(":memory:");
  Ledger ledger(connection->database());
  append_notes(*connection, ledger, 300);
  for (const char *sql : {"UPDATE event SET wall_ms = 0 WHERE seq = 1", "DELETE FROM event",
                          "UPDATE tile SET hashes = x'00'", "DELETE FROM tile"})
    BOOST_CHECK_THROW(connection->database().exec(sql), Failure);
  BOOST_TEST(ledger.head().size == 300);
}

BOOST_AUTO_TEST_CASE(the_same_name_cannot_be_given_twice) {
  const auto connection = fresh_ledger(":memory:");
  Ledger ledger(connection->database());
  WriteTransaction transaction(*connection);
  ledger.begin();
  for (const bool is_second : {false, true}) {
    Draft draft = support::note(1);
    draft.rid = keyed_id("key", "name");
    if (is_second)
      BOOST_CHECK_THROW(ledger.append(std::move(draft), 1), Failure);
    else
      ledger.append(std::move(draft), 1);
  }
}

BOOST_AUTO_TEST_CASE(a_transaction_rolled_back_leaves_no_trace_in_later_hashes) {
  const auto connection = fresh_ledger(":memory:");
  Ledger ledger(connection->database());
  append_notes(*connection, ledger, 200);
  const TreeHead before = ledger.head();
  for (const std::int64_t lost : {5, 100, 600}) {
    WriteTransaction transaction(*connection);
    ledger.begin();
    for (std::int64_t i = 0; i < lost; ++i) ledger.append(support::note(i), 1);
    ledger.finish();
  }
  BOOST_TEST((ledger.head() == before));
  append_notes(*connection, ledger, 400);
  const naive::Leaves leaves = leaf_hashes(ledger);
  BOOST_TEST((ledger.head().root == naive::root(leaves, 0, 600)));
  BOOST_TEST((ledger.root_at(600) == ledger.head().root));
  BOOST_TEST((tile_bytes(connection->database(), 0, 0) == joined(leaves, 0, 256)));
  BOOST_TEST((tile_bytes(connection->database(), 0, 1) == joined(leaves, 256, 512)));
  BOOST_TEST(tile_bytes(connection->database(), 0, 2) == "");
}

BOOST_AUTO_TEST_CASE(two_handles_that_take_turns_write_one_tree) {
  const support::TemporaryFolder folder;
  const auto first = fresh_ledger(folder / "two.heard");
  const auto second = Connection::open(folder / "two.heard", Database::Mode::write);
  Ledger a(first->database());
  Ledger b(second->database());
  for (int turn = 0; turn < 12; ++turn) {
    append_notes(*first, a, 37);
    append_notes(*second, b, turn % 2 == 0 ? 1 : 50);
  }
  const naive::Leaves leaves = leaf_hashes(a);
  BOOST_TEST(leaves.size() == 12u * 37 + 6 + 300);
  BOOST_TEST((b.head().root == naive::root(leaves, 0, leaves.size())));
  BOOST_TEST((tile_bytes(first->database(), 0, 1) == joined(leaves, 256, 512)));
}

BOOST_AUTO_TEST_CASE(what_was_rolled_back_never_gets_into_a_tile) {
  const support::TemporaryFolder folder;
  const auto first = fresh_ledger(folder / "two.heard");
  const auto second = Connection::open(folder / "two.heard", Database::Mode::write);
  Ledger a(first->database());
  Ledger b(second->database());
  {
    WriteTransaction lost(*first);
    a.begin();
    for (int i = 0; i < 5; ++i) a.append(support::note(i), 1);
  }
  append_notes(*second, b, 5);  // as many as were lost: only their hashes differ
  append_notes(*first, a, 251);
  BOOST_TEST((tile_bytes(first->database(), 0, 0) == joined(leaf_hashes(a), 0, 256)));
}

BOOST_AUTO_TEST_CASE(tiles_are_those_of_the_golden_file) {
  const std::vector<Hash> leaves = [] {
    std::vector<Hash> all;
    for (std::uint64_t i = 0; i < 70000; ++i) {
      std::string in(1, '\0');
      for (int shift = 56; shift >= 0; shift -= 8) in += static_cast<char>((i >> shift) & 0xFF);
      all.push_back(sha256(in));
    }
    return all;
  }();
  int compared = 0;
  for (const golden::Line &line : golden::lines("tree.txt")) {
    if (line[0] != "tile") continue;
    const std::size_t width = line[1] == "1" ? 256 : 1;
    const std::size_t first = 256 * static_cast<std::size_t>(std::stoul(line[2]));
    std::string hashes;
    for (std::size_t i = first; i < first + 256; ++i) {
      const auto from = leaves.begin() + static_cast<std::ptrdiff_t>(i * width);
      hashes += view(tile_root({from, from + static_cast<std::ptrdiff_t>(width)}));
    }
    BOOST_TEST(hex(sha256(hashes)) == line[3]);
    ++compared;
  }
  BOOST_TEST(compared == 4);
}

BOOST_AUTO_TEST_CASE(a_tile_that_others_fill_while_a_proof_is_made_changes_nothing) {
  const auto connection = fresh_ledger(":memory:");
  Ledger ledger(connection->database());
  const TreeHead head = append_notes(*connection, ledger, 600);
  TileNodes nodes(connection->database());
  nodes.node(0, 599);  // the tail's tile, read while it was not full
  append_notes(*connection, ledger, 300);
  BOOST_TEST((root_of(nodes, head.size) == head.root));
}

BOOST_AUTO_TEST_CASE(a_ledger_of_70000_entries_proves_across_all_tile_borders) {
  constexpr std::int64_t kEntries = 70000;
  const auto connection = fresh_ledger(":memory:");
  Ledger ledger(connection->database());
  // Uneven batches, so that tiles fill in the middle and at the end of transactions.
  for (std::int64_t size = 0; size < kEntries;)
    size = append_notes(*connection, ledger, std::min<std::int64_t>(4099, kEntries - size)).size;
  const naive::Leaves leaves = leaf_hashes(ledger);
  BOOST_REQUIRE_EQUAL(leaves.size(), std::size_t{kEntries});

  const std::vector<std::int64_t> sizes = {1,     2,     255,   256,          257,     511,   512,
                                           513,   700,   768,   4096,         65280,   65535, 65536,
                                           65537, 65792, 65793, kEntries - 1, kEntries};
  std::vector<TreeHead> heads;
  Frontier frontier;
  for (const std::int64_t size : sizes) {
    while (frontier.size() < size)
      frontier.append(leaves[static_cast<std::size_t>(frontier.size())]);
    heads.push_back({size, frontier.root()});
    BOOST_TEST((ledger.root_at(size) == heads.back().root), "root at " << size);
    for (const std::int64_t seq : {std::int64_t{0}, size / 2, size - 1, std::int64_t{255},
                                   std::int64_t{256}, std::int64_t{65535}, std::int64_t{65536}}) {
      if (seq >= size) continue;
      const auto proof = ledger.inclusion(seq, size);
      const Hash &leaf = leaves[static_cast<std::size_t>(seq)];
      BOOST_TEST(proves_inclusion(proof, leaf, seq, heads.back()), seq << " of " << size);
    }
  }
  BOOST_TEST((heads.back() == ledger.head()));
  for (const TreeHead &earlier : heads)
    for (const TreeHead &later : heads)
      if (earlier.size <= later.size)
        BOOST_TEST(proves_consistency(ledger.consistency(earlier.size, later.size), earlier, later),
                   earlier.size << " to " << later.size);

  Database &database = connection->database();
  BOOST_TEST((tile_bytes(database, 0, 272) == joined(leaves, 272 * 256, 273 * 256)));
  BOOST_TEST(tile_bytes(database, 0, 273) == "");
  std::string upper;
  for (std::size_t i = 0; i < 256; ++i) upper += view(naive::root(leaves, i * 256, (i + 1) * 256));
  BOOST_TEST((tile_bytes(database, 1, 0) == upper));
  BOOST_TEST(tile_bytes(database, 1, 1) == "");
}

BOOST_AUTO_TEST_CASE(a_missing_entry_is_called_damage_and_no_proof_is_made_up) {
  const auto connection = fresh_ledger(":memory:");
  Ledger ledger(connection->database());
  append_notes(*connection, ledger, 20);
  connection->database().exec("DROP TRIGGER event_keep_delete");
  connection->database().exec("DELETE FROM event WHERE seq = 19");
  BOOST_CHECK_EXCEPTION(ledger.root_at(20), Failure,
                        [](const Failure &f) { return f.status() == Status::corrupt; });
}

BOOST_AUTO_TEST_SUITE_END()
