// The library and verify.py on the same trees and bodies: sizes 0 to 600, around powers of 256,
// random selections, every form of a body.
#include <random>
#include <sstream>

#include "bundle/proof_lines.hpp"
#include "bundle_desk.hpp"
#include "store/body.hpp"

using namespace heard;
using namespace heard::bundle_test;

namespace {

Hash leaf(std::int64_t seq) { return sha256("leaf " + std::to_string(seq)); }

/// Subtrees of made-up leaves, each hashed once.
class MadeUp : public store::NodeSource {
 public:
  Hash node(int level, std::int64_t index) override {
    if (level == 0) return leaf(index);
    const auto known = known_.find({level, index});
    if (known != known_.end()) return known->second;
    const Hash hash = store::node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    return known_[{level, index}] = hash;
  }

 private:
  std::map<std::pair<int, std::int64_t>, Hash> known_;
};

/// The pieces of a tree of which only the leaves in `shown` are shown.
std::vector<bundle::Skipped> pieces(MadeUp &nodes, const std::vector<std::int64_t> &shown,
                                    std::int64_t size) {
  std::vector<bundle::Skipped> all;
  std::int64_t at = 0;
  const auto skip_to = [&](std::int64_t to) {
    for (bundle::Skipped piece : bundle::cover(at, to)) {
      piece.hash = nodes.node(piece.level, piece.index);
      all.push_back(piece);
    }
  };
  for (const std::int64_t seq : shown) {
    skip_to(seq);
    all.push_back({0, seq, leaf(seq)});
    at = seq + 1;
  }
  skip_to(size);
  return all;
}

std::vector<std::int64_t> some_of(std::int64_t size, std::mt19937 &random) {
  std::vector<std::int64_t> shown;
  const unsigned one_in = 1 + static_cast<unsigned>(random() % 9);
  for (std::int64_t seq = 0; seq < size; ++seq)
    if (random() % one_in == 0 && (size < 1000 || random() % 200 == 0)) shown.push_back(seq);
  return shown;
}

std::string tree_line(const std::vector<bundle::Skipped> &all, const Hash &root) {
  std::string line = "{\"root\":\"" + hex(root) + "\",\"pieces\":[";
  for (const bundle::Skipped &piece : all) {
    if (line.back() != '[') line += ',';
    line += "[" + std::to_string(piece.level) + "," + std::to_string(piece.index) + ",\"" +
            hex(piece.hash) + "\"]";
  }
  return line + "]}\n";
}

/// An entry of random fields, in the form its closed places make it.
std::string body_line(std::mt19937 &random, int form) {
  store::FieldList fields;
  const int count = static_cast<int>(random() % 12);
  for (int i = 0; i < count; ++i)
    fields.bytes(static_cast<std::uint16_t>(random() % 300), std::string(random() % 400, 'x'));
  store::Body body = store::Body::sealed(std::move(fields).take());
  store::Event event;
  event.seq = static_cast<std::int64_t>(random());
  event.wall_ms = -static_cast<std::int64_t>(random());
  event.kind = 2;
  event.thread = random_id();
  event.rid = random_id();
  event.commitment = body.commitment();
  if (form == 1) {
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < body.fields().size(); ++place)
      if (random() % 2 == 0) places.push_back(place);
    body.close(places);
  }
  std::string line;
  bundle::put_entry(line, event, body);
  line.insert(line.size() - 2, ",\"leaf_hash\":\"" + hex(store::leaf_hash(event)) + "\"");
  return line;
}

int run_python(const std::string &trees, const std::string &bodies) {
  const std::string line =
      "python3 -B " HEARD_SOURCE_DIR "/tests/unit/bundle/cross_check.py " + trees + " " + bodies;
  return WEXITSTATUS(std::system(line.c_str()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cross_check)

BOOST_AUTO_TEST_CASE(both_programs_put_the_same_trees_and_bodies_together) {
  const support::TemporaryFolder folder;
  std::mt19937 random(20261127);
  MadeUp nodes;
  std::ofstream trees(folder / "trees"), bodies(folder / "bodies");
  std::vector<std::int64_t> sizes{65535, 65536, 65537};
  for (std::int64_t size = 0; size <= 600; ++size) sizes.push_back(size);
  for (const std::int64_t size : sizes) {
    const Hash root = store::root_of(nodes, size);
    const auto all = pieces(nodes, some_of(size, random), size);
    bundle::Assembly tree;
    for (const bundle::Skipped &piece : all)
      BOOST_TEST_REQUIRE(tree.add(piece.level, piece.index, piece.hash));
    BOOST_TEST(tree.size() == size);
    BOOST_TEST((tree.root() == root), "size " << size);
    trees << tree_line(all, root);
  }
  for (int i = 0; i < 200; ++i) {
    const std::string line = body_line(random, i % 2);
    const bundle::ProofLine read = bundle::read_line(line);
    BOOST_TEST_REQUIRE(read.body.has_value());
    BOOST_TEST((read.body->commitment() == read.event.commitment));
    bodies << line;
  }
  trees.close();
  bodies.close();
  BOOST_TEST(run_python(folder / "trees", folder / "bodies") == 0);
}

BOOST_AUTO_TEST_CASE(what_is_skipped_is_told_with_as_few_hashes_as_a_proof_needs) {
  // One leaf of 1,000: the siblings on its path, plus what the ragged right edge costs.
  BOOST_TEST(bundle::cover(0, 500).size() + bundle::cover(501, 1000).size() <= 18u);
  bundle::Assembly tree;
  BOOST_TEST(!tree.add(0, 1, Hash{}));
  BOOST_TEST(tree.add(0, 0, Hash{}));
  BOOST_TEST(!tree.add(1, 1, Hash{}));
}

BOOST_AUTO_TEST_SUITE_END()
