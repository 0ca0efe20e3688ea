// Lists of entries and places: what goes in comes out, and nothing else is read.
#include <boost/test/unit_test.hpp>
#include <random>

#include "base/failure.hpp"
#include "store/seq_list.hpp"

using namespace heard;
using namespace heard::store;

namespace {

std::vector<std::int64_t> all_of(const std::vector<Run> &runs) {
  std::vector<std::int64_t> seqs;
  for (const Run &run : runs)
    for (std::int64_t seq = run.first; seq <= run.last; ++seq) seqs.push_back(seq);
  return seqs;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(seq_list)

BOOST_AUTO_TEST_CASE(seqs_become_runs_and_come_back) {
  const std::vector<std::int64_t> seqs{9, 1, 2, 3, 3, 7, 300, 301};
  const auto runs = decode_runs(encode_runs(seqs));
  BOOST_TEST((all_of(runs) == std::vector<std::int64_t>{1, 2, 3, 7, 9, 300, 301}));
  BOOST_TEST(count(runs) == 7);
  for (const std::int64_t seq : {1, 3, 7, 9, 300, 301}) BOOST_TEST(contains(runs, seq));
  for (const std::int64_t seq : {0, 4, 6, 8, 10, 299, 302}) BOOST_TEST(!contains(runs, seq));
  BOOST_TEST(decode_runs("").empty());
}

BOOST_AUTO_TEST_CASE(a_million_entries_in_a_row_take_a_few_bytes) {
  std::vector<std::int64_t> seqs;
  for (std::int64_t seq = 0; seq < 1000000; ++seq) seqs.push_back(seq);
  const std::string bytes = encode_runs(seqs);
  BOOST_TEST(bytes.size() <= 4u);
  BOOST_TEST(count(decode_runs(bytes)) == 1000000);
}

BOOST_AUTO_TEST_CASE(places_come_back) {
  const std::vector<Places> list{{0, {0}}, {5, {3, 4, 900}}, {6, {}}, {1000000, {2}}};
  BOOST_TEST((decode_places(encode_places(list)) == list));
}

BOOST_AUTO_TEST_CASE(whatever_is_read_is_written_the_same_way) {
  std::mt19937 random(7);
  int read = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes(random() % 12, '\0');
    for (char &byte : bytes) byte = static_cast<char>(random() % (round % 2 == 0 ? 256 : 4));
    try {
      const auto list = decode_places(bytes);
      BOOST_TEST(encode_places(list) == bytes);
      ++read;
    } catch (const Failure &failure) {
      BOOST_TEST((failure.status() == Status::corrupt));
    }
    try {
      const auto runs = decode_runs(bytes);
      BOOST_TEST(count(runs) >= 0);
    } catch (const Failure &failure) {
      BOOST_TEST((failure.status() == Status::corrupt));
    }
  }
  BOOST_TEST(read > 100);
}

BOOST_AUTO_TEST_SUITE_END()
