// The Merkle tree: published vectors, a naive recursion, and proofs that were tampered with.
#include <boost/test/unit_test.hpp>
#include <random>

#include "base/text.hpp"
#include "store/tree.hpp"
#include "unit/store/naive_tree.hpp"

using namespace heard;
using namespace heard::store;
using naive::Leaves;

namespace {

/// Complete subtrees computed anew each time.
class PlainNodes : public NodeSource {
 public:
  explicit PlainNodes(const Leaves &leaves) : leaves_(leaves) {}
  Hash node(int level, std::int64_t index) override {
    const auto from = static_cast<std::size_t>(index) << level;
    return naive::root(leaves_, from, from + (std::size_t{1} << level));
  }

 private:
  const Leaves &leaves_;
};

Leaves some_leaves(std::size_t count) {
  Leaves leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(sha256("leaf " + std::to_string(i)));
  return leaves;
}

/// Every proof that differs from `proof` in one bit of one hash, by a hash less or by a hash more.
std::vector<std::vector<Hash>> tampered(const std::vector<Hash> &proof) {
  std::vector<std::vector<Hash>> all;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    all.push_back(proof);
    all.back()[i][i % 32] ^= 1;
    all.push_back(proof);
    all.back().erase(all.back().begin() + static_cast<std::ptrdiff_t>(i));
  }
  all.push_back(proof);
  all.back().push_back(sha256("one more"));
  all.push_back(proof);
  all.back().insert(all.back().begin(), sha256("one more"));
  return all;
}

Hash spoiled(Hash hash) {
  hash[31] ^= 0x80;
  return hash;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tree)

BOOST_AUTO_TEST_CASE(the_eight_known_leaves_have_their_published_roots) {
  const std::pair<const char *, const char *> known[] = {
      {"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
      {"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
      {"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
      {"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
      {"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
      {"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
      {"5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
      {"606162636465666768696a6b6c6d6e6f",
       "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}};
  Frontier frontier;
  Leaves leaves;
  BOOST_TEST(hex(frontier.root()) ==
             "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (const auto &[data, root] : known) {
    leaves.push_back(sha256(std::string(1, '\0') + from_hex(data).value()));
    frontier.append(leaves.back());
    PlainNodes nodes(leaves);
    BOOST_TEST(hex(frontier.root()) == root);
    BOOST_TEST(hex(root_of(nodes, frontier.size())) == root);
  }
}

BOOST_AUTO_TEST_CASE(the_eight_known_leaves_have_their_published_proofs) {
  Leaves leaves;
  for (const char *data : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                           "606162636465666768696a6b6c6d6e6f"})
    leaves.push_back(sha256(std::string(1, '\0') + from_hex(data).value()));
  PlainNodes nodes(leaves);
  const auto texts = [](const std::vector<Hash> &proof) {
    std::string all;
    for (const Hash &hash : proof) all += hex(hash).substr(0, 16) + " ";
    return all;
  };
  BOOST_TEST(texts(inclusion_proof(nodes, 0, 8)) ==
             "96a296d224f285c6 5f083f0a1a33ca07 6b47aaf29ee3c2af ");
  BOOST_TEST(texts(inclusion_proof(nodes, 5, 8)) ==
             "bc1a0643b12e4d2d ca854ea128ed050b d37ee418976dd957 ");
  BOOST_TEST(texts(consistency_proof(nodes, 6, 8)) ==
             "0ebc5d3437fbe2db ca854ea128ed050b d37ee418976dd957 ");
  BOOST_TEST(texts(consistency_proof(nodes, 2, 5)) == "5f083f0a1a33ca07 bc1a0643b12e4d2d ");
}

BOOST_AUTO_TEST_CASE(roots_of_all_sizes_up_to_600_are_those_of_the_recursion) {
  const Leaves leaves = some_leaves(600);
  Frontier frontier;
  for (std::size_t size = 0; size <= 600; ++size) {
    const Hash expected = naive::root(leaves, 0, size);
    BOOST_TEST_REQUIRE((frontier.root() == expected), "size " << size);
    PlainNodes nodes(leaves);
    BOOST_TEST_REQUIRE((root_of(nodes, static_cast<std::int64_t>(size)) == expected));
    if (size < 600) frontier.append(leaves[size]);
  }
}

BOOST_AUTO_TEST_CASE(inclusion_is_proved_and_every_tampered_proof_is_refused) {
  const Leaves leaves = some_leaves(600);
  PlainNodes nodes(leaves);
  std::mt19937 random(6962);
  std::vector<std::size_t> sizes = {1, 2, 3, 4, 5, 7, 8, 9, 31, 255, 256, 257, 600};
  for (int i = 0; i < 20; ++i) sizes.push_back(1 + random() % 600);
  for (const std::size_t size : sizes) {
    const TreeHead head{static_cast<std::int64_t>(size), naive::root(leaves, 0, size)};
    for (std::size_t seq = size > 40 ? random() % 20 : 0; seq < size; seq += 1 + size / 40) {
      const auto at = static_cast<std::int64_t>(seq);
      const auto proof = inclusion_proof(nodes, at, head.size);
      BOOST_TEST((proof == naive::path(leaves, seq, 0, size)));
      BOOST_TEST(proves_inclusion(proof, leaves[seq], at, head));
      BOOST_TEST(!proves_inclusion(proof, spoiled(leaves[seq]), at, head));
      BOOST_TEST(!proves_inclusion(proof, leaves[seq], at, {head.size, spoiled(head.root)}));
      BOOST_TEST(!proves_inclusion(proof, leaves[seq], at + 1, head));
      BOOST_TEST(!proves_inclusion(proof, leaves[seq], at - 1, head));
      for (const auto &bad : tampered(proof))
        BOOST_TEST(!proves_inclusion(bad, leaves[seq], at, head), seq << " of " << size);
    }
  }
}

BOOST_AUTO_TEST_CASE(consistency_is_proved_and_every_tampered_proof_is_refused) {
  const Leaves leaves = some_leaves(600);
  PlainNodes nodes(leaves);
  std::mt19937 random(9162);
  std::vector<std::pair<std::size_t, std::size_t>> pairs = {
      {1, 2}, {2, 3}, {3, 4}, {4, 8}, {6, 8}, {255, 257}, {256, 512}, {256, 600}, {599, 600}};
  for (int i = 0; i < 300; ++i) {
    const std::size_t later = 2 + random() % 599;
    pairs.emplace_back(1 + random() % (later - 1), later);
  }
  for (const auto &[m, n] : pairs) {
    const TreeHead earlier{static_cast<std::int64_t>(m), naive::root(leaves, 0, m)};
    const TreeHead later{static_cast<std::int64_t>(n), naive::root(leaves, 0, n)};
    const auto proof = consistency_proof(nodes, earlier.size, later.size);
    BOOST_TEST((proof == naive::subproof(leaves, m, 0, n, true)));
    BOOST_TEST(proves_consistency(proof, earlier, later), m << " to " << n);
    BOOST_TEST(!proves_consistency(proof, {earlier.size, spoiled(earlier.root)}, later));
    BOOST_TEST(!proves_consistency(proof, earlier, {later.size, spoiled(later.root)}));
    BOOST_TEST(!proves_consistency(proof, later, earlier));
    for (const auto &bad : tampered(proof))
      BOOST_TEST(!proves_consistency(bad, earlier, later), m << " to " << n);
  }
}

BOOST_AUTO_TEST_CASE(the_edges_of_consistency_need_no_proof_and_take_none) {
  const Leaves leaves = some_leaves(5);
  const TreeHead nothing{0, empty_root()};
  const TreeHead five{5, naive::root(leaves, 0, 5)};
  BOOST_TEST(proves_consistency({}, nothing, five));
  BOOST_TEST(proves_consistency({}, five, five));
  BOOST_TEST(!proves_consistency({leaves[0]}, five, five));
  BOOST_TEST(!proves_consistency({leaves[0]}, nothing, five));
  BOOST_TEST(!proves_consistency({}, {0, spoiled(nothing.root)}, five));
  BOOST_TEST(!proves_consistency({}, {5, spoiled(five.root)}, five));
  BOOST_TEST(!proves_consistency({}, {-1, empty_root()}, five));
  BOOST_TEST(!proves_inclusion({}, leaves[0], 0, nothing));
}

BOOST_AUTO_TEST_CASE(a_tree_with_one_changed_leaf_is_not_the_continuation) {
  Leaves leaves = some_leaves(300);
  const TreeHead earlier{200, naive::root(leaves, 0, 200)};
  leaves[77] = sha256("changed");
  PlainNodes nodes(leaves);
  const TreeHead later{300, naive::root(leaves, 0, 300)};
  BOOST_TEST(!proves_consistency(consistency_proof(nodes, 200, 300), earlier, later));
}

BOOST_AUTO_TEST_SUITE_END()
