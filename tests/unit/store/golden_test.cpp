// The bytes of the ledger against vectors that an independent script computed from FORMAT.md.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "base/failure.hpp"
#include "store/bytes.hpp"
#include "store/event.hpp"
#include "store/tree.hpp"
#include "unit/store/golden.hpp"

using namespace heard;
using golden::bytes;
using golden::Line;

namespace {

template <std::size_t N>
std::array<std::uint8_t, N> fixed(const std::string &word) {
  std::array<std::uint8_t, N> out{};
  const std::string in = bytes(word);
  BOOST_REQUIRE_EQUAL(in.size(), N);
  std::copy(in.begin(), in.end(), out.begin());
  return out;
}

store::Event event_from(const Line &line) {
  store::Event event;
  event.seq = std::stoll(line.at(1));
  event.wall_ms = std::stoll(line.at(2));
  event.kind = static_cast<std::uint16_t>(std::stoul(line.at(3)));
  event.flags = static_cast<std::uint16_t>(std::stoul(line.at(4)));
  event.thread = fixed<16>(line.at(5));
  event.rid = fixed<16>(line.at(6));
  event.ref = std::stoll(line.at(7));
  event.commitment = fixed<32>(line.at(8));
  return event;
}

/// Leaf hash number `i` of the golden trees.
Hash numbered_leaf(std::int64_t i) {
  std::string in(1, '\0');
  store::put_number(in, static_cast<std::uint64_t>(i), 8);
  return sha256(in);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden_vectors)

BOOST_AUTO_TEST_CASE(a_leaf_is_encoded_and_hashed_as_the_format_says) {
  store::Event event;
  int compared = 0;
  for (const Line &line : golden::lines("leaf.txt")) {
    if (line[0] == "event") event = event_from(line);
    if (line[0] == "leaf") BOOST_TEST(to_hex(store::leaf_bytes(event)) == line[1]);
    if (line[0] == "leaf") BOOST_TEST(store::leaf_bytes(event).size() == 97u);
    if (line[0] == "hash") BOOST_TEST(hex(store::leaf_hash(event)) == line[1]);
    compared += line[0] == "hash";
  }
  BOOST_TEST(compared == 4);
}

BOOST_AUTO_TEST_CASE(a_keyed_name_is_the_first_half_of_the_hmac) {
  int compared = 0;
  for (const Line &line : golden::lines("rid.txt")) {
    const std::string source = bytes(line.at(2));
    std::string name = "heardrid";
    store::put_number(name, source.size(), 4);
    BOOST_TEST(hex(keyed_id(bytes(line.at(1)), name + source + bytes(line.at(3)))) == line.at(4));
    ++compared;
  }
  BOOST_TEST(compared == 4);
}

BOOST_AUTO_TEST_CASE(roots_and_frontiers_of_growing_trees_are_those_of_the_script) {
  std::vector<Line> trees;
  for (const Line &line : golden::lines("tree.txt"))
    if (line[0] == "tree") trees.push_back(line);
  store::Frontier frontier;
  for (const Line &line : trees) {
    while (frontier.size() < std::stoll(line[1])) frontier.append(numbered_leaf(frontier.size()));
    BOOST_TEST(hex(frontier.root()) == line[2], "root at size " << line[1]);
    BOOST_TEST(to_hex(frontier.bytes()) == (line[3] == "-" ? "" : line[3]));
    const store::Frontier read_back(frontier.size(), frontier.bytes());
    BOOST_TEST((read_back.root() == frontier.root()));
  }
  BOOST_TEST(trees.size() == 15u);
}

BOOST_AUTO_TEST_CASE(a_frontier_that_does_not_fit_its_size_is_refused) {
  BOOST_CHECK_THROW(store::Frontier(3, std::string(32, 'x')), Failure);
  BOOST_CHECK_THROW(store::Frontier(-1, ""), Failure);
  BOOST_CHECK_THROW(store::Frontier(1, std::string(31, 'x')), Failure);
}

BOOST_AUTO_TEST_SUITE_END()
