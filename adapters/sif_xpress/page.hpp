// Reads one page while it arrives. Nothing of it is handed over before the whole page was good.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "feed/feed.hpp"
#include "sif_xpress/objects.hpp"
#include "transport/http.hpp"
#include "xml/record_tree.hpp"

namespace heard::sif_xpress {

struct Changed {
  feed::Record record;
  feed::Hash hash;
};

struct Rejected {
  std::string key, reason;
};

struct Page {
  std::size_t received = 0;  ///< records of any kind, rejected ones too
  std::vector<std::string> keys;
  std::vector<Changed> changed;
  std::vector<Rejected> rejected;
};

class PageReader final : public transport::Body {
 public:
  PageReader(feed::Feed &feed, const Object &object, xml::RecordTree &tree)
      : feed_(feed), object_(object), tree_(tree) {}

  void begin(const transport::Head &head) override;
  void bytes(std::string_view block) override;
  /// After the last byte. Throws if the document is not complete.
  Page finish();

 private:
  void take(const xml::Tape &tape);
  void map(const xml::Tape &tape, const std::string &key, const feed::Hash &hash);
  void map_many(const xml::Tape &tape, const feed::Hash &hash);

  feed::Feed &feed_;
  const Object &object_;
  xml::RecordTree &tree_;
  std::unique_ptr<xml::RecordReader> reader_;
  std::unique_ptr<xml::Source> source_;
  Page page_;
};

/// Hands a good page over and makes it durable.
void apply(feed::Feed &feed, const Object &object, const Page &page);

}  // namespace heard::sif_xpress
