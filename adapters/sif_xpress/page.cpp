// Bytes -> events -> tape -> hash -> (only if new) tree -> feed record.
#include "sif_xpress/page.hpp"

#include <fmt/format.h>

#include "sif_xpress/key.hpp"
#include "transport/answer.hpp"

namespace heard::sif_xpress {
namespace {

/// One ledger event carries at most so many records, even if a SIS sends all in one page.
constexpr std::size_t kRecordsPerEvent = 1000;

}  // namespace

void PageReader::begin(const transport::Head &head) {
  transport::check_is_xml(head);
  page_ = {};
  const xml::Limits limits;
  reader_ = std::make_unique<xml::RecordReader>(object_.shape(), limits,
                                                [this](const xml::Tape &tape) { take(tape); });
  source_ = xml::open_source(*reader_, limits, transport::charset(head));
}

void PageReader::bytes(std::string_view block) {
  try {
    source_->feed(block);
  } catch (const xml::WebPage &) {
    throw transport::web_page_instead();
  }
}

Page PageReader::finish() {
  source_->finish();
  return std::move(page_);
}

void PageReader::take(const xml::Tape &tape) {
  ++page_.received;
  auto id = tape.attribute("refId");
  if (!id) id = tape.attribute("RefId");
  if (!id) id = tape.attribute("CalendarDateRefId");
  const std::string key = normalised_key(id.value_or(""));
  if (key.empty()) {
    page_.rejected.push_back({"", fmt::format("the {} at line {} of its page has no refId; ask the "
                                              "SIS's administrator to repair it",
                                              object_.record, source_->line())});
    return;
  }
  page_.keys.push_back(key);
  const feed::Hash hash = tape.hash(kMappingVersion);
  if (!feed_.known(object_.type, key, hash)) map(tape, key, hash);
}

void PageReader::map(const xml::Tape &tape, const std::string &key, const feed::Hash &hash) {
  try {
    if (object_.map_many != nullptr) return map_many(tape, hash);
    feed::Record record(object_.type);
    record.set("key", key);
    object_.map(tree_.build(tape), record);
    page_.changed.push_back({std::move(record), hash});
  } catch (const feed::Failure &failure) {
    page_.rejected.push_back({key, failure.what()});
  }
}

void PageReader::map_many(const xml::Tape &tape, const feed::Hash &hash) {
  std::vector<feed::Record> records;
  object_.map_many(tree_.build(tape), records);
  for (feed::Record &record : records) page_.changed.push_back({std::move(record), hash});
}

void apply(feed::Feed &feed, const Object &object, const Page &page) {
  for (const Rejected &rejected : page.rejected) {
    feed.reject(object.type, rejected.key, rejected.reason);
  }
  std::size_t in_event = 0;
  for (const Changed &changed : page.changed) {
    if (in_event == kRecordsPerEvent) {
      feed.page_done(object.type);
      in_event = 0;
    }
    feed.put(changed.record, changed.hash);
    ++in_event;
  }
  feed.page_done(object.type);
}

}  // namespace heard::sif_xpress
