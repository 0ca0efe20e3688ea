#include "bundle/verify_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "audit/report.hpp"
#include "base/failure.hpp"
#include "bundle/proof_check.hpp"
#include "bundle/readable.hpp"
#include "bundle/source.hpp"

namespace heard::bundle {

namespace {

constexpr std::int64_t kSlice = 2048;

class LineRows : public audit::Report {
 public:
  LineRows(const std::string &path, std::optional<audit::Receipt> receipt)
      : lines_(open_file(path)),
        proof_(std::move(receipt), [this](auto seq, const std::string &says) { find(seq, says); }) {
    std::string first;
    lines_.next(first);
    try {
      proof_.begin(first);
    } catch (const Failure &) {
      throw Failure(Status::corrupt, "'" + path + "' is not an export of Heard");
    }
  }

 private:
  void work() override {
    std::string line;
    for (std::int64_t i = 0; i < kSlice; ++i) {
      if (!lines_.next(line)) return finish();
      if (const auto entry = proof_.take(line)) check_line(line, *entry);
    }
    progress(proof_.entries(), proof_.header().entries);
  }

  void check_line(std::string_view line, const ProofLine &entry) {
    try {
      check_readable(line, entry);
    } catch (const Failure &failure) {
      find(entry.event.seq, fmt::format("entry {}: {}", entry.event.seq, failure.message()));
    }
  }

  /// The line must be the one this entry makes. Only `explain` may follow: calendars decide what it
  /// says, and no entry alone proves it.
  void check_readable(std::string_view line, const ProofLine &entry) {
    const std::int64_t seq = entry.event.seq;
    std::string made = ",\"read\":";
    put_readable(made, entry.event, entry.body);
    std::string whole;
    put_entry(whole, entry.event, entry.body, made);
    whole.resize(whole.size() - 2);  // "}\n"
    std::string_view rest = line;
    const bool is_same = rest.starts_with(whole);
    if (is_same) rest.remove_prefix(whole.size());
    if (!is_same || (rest != "}" && !is_explanation(rest)))
      find(seq, fmt::format("what entry {} is said to say is not what is proved", seq));
    if (!entry.body) return;
    const auto &fields = entry.body->fields();
    closed_ += std::count_if(fields.begin(), fields.end(),
                             [](const store::SaltedField &field) { return !field.open; });
  }

  /// One list of texts and the end of the line, nothing else and nothing twice.
  static bool is_explanation(std::string_view rest) {
    if (!rest.starts_with(',')) return false;
    const Record read = record_from_json("line", "{" + std::string(rest.substr(1)));
    std::string made;
    put_explanations(made, read.texts("explain"));
    return rest == made + "}";
  }

  void finish() {
    proof_.finish();
    std::string says = findings() > 0         ? damage()
                       : proof_.has_receipt() ? "intact, and the receipt agrees"
                                              : "intact in itself; unsigned: give a receipt to "
                                                "check it against";
    if (findings() == 0 && closed_ > 0)
      says +=
          fmt::format("; {} field{} held back or erased", closed_, closed_ == 1 ? " is" : "s are");
    verdict(proof_.entries(), proof_.header().head, says).set("closed", closed_);
  }

  Lines lines_;
  ProofCheck proof_;
  std::int64_t closed_ = 0;
};

}  // namespace

std::unique_ptr<views::Rows> verify_lines(const std::string &path,
                                          std::optional<audit::Receipt> receipt) {
  return std::make_unique<LineRows>(path, std::move(receipt));
}

}  // namespace heard::bundle
