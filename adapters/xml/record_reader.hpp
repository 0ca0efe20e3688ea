// Cuts a collection document into records: <xStudents><xStudent/>...</xStudents> becomes one tape
// after another.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "feed/failure.hpp"
#include "xml/events.hpp"
#include "xml/tape.hpp"

namespace heard::xml {

/// What to expect and what to keep. Children of a record that are not wanted are never stored.
struct Shape {
  std::string_view collection, record;
  std::span<const std::string_view> wanted;
};

/// The document is a web page; the caller knows what that means.
struct WebPage {};

class RecordReader final : public Events {
 public:
  using OnRecord = std::function<void(const Tape &)>;

  RecordReader(Shape shape, const Limits &limits, OnRecord on_record)
      : shape_(shape), limits_(limits), on_record_(std::move(on_record)) {}

  void start(std::string_view name, std::span<const Attribute> attributes) override;
  void text(std::string_view text) override;
  void end() override;

 private:
  enum class Place { outside, collection, record, skipped };

  Place place_of(std::string_view name) const;
  void check_root(std::string_view name) const;
  void flush_text();

  const Shape shape_;
  const Limits limits_;
  OnRecord on_record_;
  Tape tape_;
  std::string text_;  // of the element being read, until the next tag
  Place place_ = Place::outside;
  std::size_t depth_ = 0;  // inside the record, or inside what is skipped
  Place skipped_from_ = Place::outside;
  std::size_t skipped_depth_ = 0;
};

}  // namespace heard::xml
