// Keeps what is wanted of each record; spaces around texts do not count.
#include "xml/record_reader.hpp"

#include <fmt/format.h>
#include <heard/heard.h>

#include <algorithm>

namespace heard::xml {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

void RecordReader::check_root(std::string_view name) const {
  if (name == shape_.collection || name == shape_.record) return;
  if (name == "html" || name == "HTML") throw WebPage();
  throw heard::feed::Failure(
      HEARD_E_IO, fmt::format("the SIS answers with a document of another kind (<{}> instead of "
                              "<{}>); check the feed's url",
                              name.substr(0, 60), shape_.collection));
}

RecordReader::Place RecordReader::place_of(std::string_view name) const {
  switch (place_) {
    case Place::outside:
      check_root(name);
      return name == shape_.record ? Place::record : Place::collection;
    case Place::collection:
      return name == shape_.record ? Place::record : Place::skipped;
    case Place::record: {
      const bool kept = depth_ > 1 || std::ranges::find(shape_.wanted, name) != shape_.wanted.end();
      return kept ? Place::record : Place::skipped;
    }
    case Place::skipped:
      return Place::skipped;
  }
  return Place::skipped;
}

void RecordReader::start(std::string_view name, std::span<const Attribute> attributes) {
  const Place next = place_of(name);
  if (next == Place::skipped) {
    if (place_ != Place::skipped) skipped_from_ = place_;
    place_ = Place::skipped;
    ++skipped_depth_;
    return;
  }
  if (next == Place::record) {
    flush_text();
    tape_.start(name, attributes);
    ++depth_;
    if (tape_.size() > limits_.record_bytes) {
      throw heard::feed::Failure(HEARD_E_LIMIT, "one record is larger than allowed");
    }
  }
  place_ = next;
}

void RecordReader::text(std::string_view text) {
  if (place_ != Place::record) return;
  if (text_.size() + text.size() > limits_.text_bytes) {
    throw heard::feed::Failure(HEARD_E_LIMIT, "one element's text is larger than allowed");
  }
  text_.append(text);
}

void RecordReader::flush_text() {
  const std::string_view text = trimmed(text_);
  if (!text.empty()) tape_.text(text);
  text_.clear();
}

void RecordReader::end() {
  if (place_ == Place::skipped) {
    if (--skipped_depth_ == 0) place_ = skipped_from_;
    return;
  }
  if (place_ != Place::record) return;
  flush_text();
  tape_.end();
  if (--depth_ > 0) return;
  place_ = Place::collection;
  on_record_(tape_);
  tape_.clear();
}

}  // namespace heard::xml
