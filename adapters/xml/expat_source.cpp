// The only file that knows Expat. Refuses DTDs with content, entities, and anything beyond the
// limits; fetches nothing.
#include <expat.h>
#include <fmt/format.h>
#include <heard/heard.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <vector>

#include "feed/failure.hpp"
#include "xml/encodings.hpp"
#include "xml/events.hpp"

namespace heard::xml {
namespace {

constexpr std::size_t kBlock = 64 << 10;  ///< small enough that a limit takes effect early

std::string_view local(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool declares_namespace(std::string_view name) {
  return name == "xmlns" || name.substr(0, 6) == "xmlns:";
}

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

class ExpatSource final : public Source {
 public:
  ExpatSource(Events &events, const Limits &limits, std::string charset)
      : events_(events), limits_(limits), charset_(std::move(charset)) {}

  void feed(std::string_view block) override {
    if (block.empty()) return;
    if (!parser_) open(block);
    fed_ += block.size();
    if (fed_ > limits_.document_bytes)
      throw limit("the document is larger than allowed").about(position());
    for (; !block.empty(); block.remove_prefix(std::min(block.size(), kBlock))) {
      parse(block.substr(0, kBlock), false);
    }
  }

  void finish() override {
    if (!parser_) open({});
    parse({}, true);
  }

  std::size_t line() const override {
    return parser_ ? static_cast<std::size_t>(XML_GetCurrentLineNumber(parser_.get())) : 0;
  }

 private:
  void open(std::string_view first) {
    const std::string encoding = encoding_to_force(charset_, first);
    parser_.reset(XML_ParserCreate(encoding.empty() ? nullptr : encoding.c_str()));
    if (!parser_) throw std::bad_alloc();
    XML_Parser parser = parser_.get();
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    XML_SetEntityDeclHandler(parser, on_entity);
    XML_SetSkippedEntityHandler(parser, on_skipped_entity);
    XML_SetUnknownEncodingHandler(parser, on_unknown_encoding, nullptr);
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
  }

  void parse(std::string_view block, bool last) {
    const auto status =
        XML_Parse(parser_.get(), block.data(), static_cast<int>(block.size()), last);
    if (failure_) std::rethrow_exception(failure_);
    if (status == XML_STATUS_ERROR) throw not_well_formed();
    parsed_ += block.size();
    const auto reached =
        static_cast<std::uint64_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_.get())));
    if (parsed_ > reached + limits_.token_bytes)
      throw limit("one tag or comment is too long").about(position());
  }

  std::string position() const {
    return fmt::format("line {}, column {}", XML_GetCurrentLineNumber(parser_.get()),
                       XML_GetCurrentColumnNumber(parser_.get()) + 1);
  }

  static heard::feed::Failure limit(std::string_view says) {
    return {HEARD_E_LIMIT, fmt::format("{}; the page was refused", says)};
  }

  static heard::feed::Failure refused(std::string_view says) {
    return {HEARD_E_IO, fmt::format("{}; the page was refused", says)};
  }

  heard::feed::Failure not_well_formed() const {
    const XML_Error code = XML_GetErrorCode(parser_.get());
    if (code == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
    const bool cut_off = code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN;
    const std::string says = cut_off ? "the document ends too early"
                                     : fmt::format("not XML ({})", XML_ErrorString(code));
    return {HEARD_E_IO, fmt::format("{}: {}; nothing of this page was applied", position(), says)};
  }

  void stop(std::exception_ptr failure) {
    failure_ = std::move(failure);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  /// Runs a handler's work: what it throws waits until Expat has returned.
  template <typename Work>
  void guarded(Work work) {
    if (failure_) return;
    try {
      work();
    } catch (const heard::feed::Failure &failure) {
      stop(std::make_exception_ptr(failure.about(position())));
    } catch (...) {
      stop(std::current_exception());
    }
  }

  void check_name(std::string_view name) const {
    if (name.size() > limits_.name_bytes) throw limit("a name is too long");
  }

  void start(const char *name, const char **pairs) {
    if (++depth_ > limits_.depth) throw limit("elements are nested too deeply");
    check_name(name);
    attributes_.clear();
    for (; *pairs != nullptr; pairs += 2) {
      const Attribute attribute{pairs[0], pairs[1]};
      check_name(attribute.name);
      if (attribute.value.size() > limits_.attribute_bytes) throw limit("an attribute is too long");
      if (declares_namespace(attribute.name)) continue;
      attributes_.push_back({local(attribute.name), attribute.value});
      if (attributes_.size() > limits_.attributes)
        throw limit("an element has too many attributes");
    }
    events_.start(local(name), attributes_);
  }

  static ExpatSource &self(void *data) { return *static_cast<ExpatSource *>(data); }

  static void on_start(void *data, const char *name, const char **attributes) {
    self(data).guarded([&] { self(data).start(name, attributes); });
  }
  static void on_end(void *data, const char *) {
    self(data).guarded([&] {
      --self(data).depth_;
      self(data).events_.end();
    });
  }
  static void on_text(void *data, const char *text, int length) {
    self(data).guarded([&] { self(data).events_.text({text, static_cast<std::size_t>(length)}); });
  }
  static void on_doctype(void *data, const char *, const char *, const char *, int has_subset) {
    if (has_subset == 0) return;
    self(data).guarded([&] { throw refused("the DOCTYPE has declarations of its own"); });
  }
  // NOLINTNEXTLINE(readability-function-size): the signature is Expat's
  static void on_entity(void *data, const char *, int, const char *, int, const char *,
                        const char *, const char *, const char *) {
    self(data).guarded([&] { throw refused("the document declares an entity"); });
  }
  static void on_skipped_entity(void *data, const char *, int) {
    self(data).guarded([&] { throw refused("the document uses an unknown entity"); });
  }
  static int on_unknown_encoding(void *, const char *name, XML_Encoding *encoding) {
    if (!fill_encoding(name, encoding->map)) return XML_STATUS_ERROR;
    encoding->data = nullptr;
    encoding->convert = nullptr;
    encoding->release = nullptr;
    return XML_STATUS_OK;
  }

  Events &events_;
  const Limits limits_;
  const std::string charset_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser_;
  std::vector<Attribute> attributes_;
  std::exception_ptr failure_;
  std::size_t depth_ = 0;
  std::uint64_t fed_ = 0, parsed_ = 0;
};

}  // namespace

std::unique_ptr<Source> open_source(Events &events, const Limits &limits, std::string charset) {
  return std::make_unique<ExpatSource>(events, limits, std::move(charset));
}

}  // namespace heard::xml
