// Checks an exported file from nothing but its own lines: commitments, leaves, proofs, receipt.
#include <fmt/format.h>

#include <fstream>

#include "audit/export.hpp"
#include "audit/report.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "store/body.hpp"
#include "store/bytes.hpp"
#include "store/event.hpp"
#include "store/registry.hpp"

namespace heard::audit {

namespace {

constexpr std::string_view kContact = "interaction.logged";

Failure not_an_export(const std::string &path) {
  return {Status::corrupt, "'" + path + "' is not an export of Heard"};
}

Hash hash_field(const Record &record, const char *name) {
  Hash hash{};
  if (!parse_hash(record.text(name), hash)) throw bad_field(name, "is not a hash");
  return hash;
}

Id id_field(const Record &record, const char *name) {
  Id id{};
  if (!parse_id(record.text(name), id)) throw bad_field(name, "is not an id");
  return id;
}

std::vector<Hash> hash_list(const Record &record, const char *name) {
  std::vector<Hash> hashes;
  for (const std::string &text : record.texts(name))
    if (!parse_hash(text, hashes.emplace_back())) throw bad_field(name, "is not a list of hashes");
  return hashes;
}

/// The commitment over the fields as the file shows them.
Hash commitment_of(const Record &body) {
  std::string in = "heardcmt";
  const auto &fields = body.records("fields");
  store::put_number(in, fields.size(), 4);
  for (const Record &field : fields) {
    store::SaltedField salted;
    salted.id = static_cast<std::uint16_t>(field.number("id"));
    salted.open = !field.has("digest");
    if (salted.open) {
      salted.salt = id_field(field, "salt");
      const auto value = from_hex(field.text("value"));
      if (!value) throw bad_field("value", "is not hexadecimal");
      salted.value = *value;
    } else {
      salted.digest = hash_field(field, "digest");
    }
    store::put_number(in, salted.id, 2);
    in += view(store::field_digest(salted));
  }
  return sha256(in);
}

store::Event event_of(const Record &line) {
  store::Event event;
  event.seq = line.number("seq", -1);
  event.version = static_cast<std::uint8_t>(line.number("version"));
  event.wall_ms = line.number("wall_ms");
  event.kind = static_cast<std::uint16_t>(line.number("kind_number"));
  event.flags = static_cast<std::uint16_t>(line.number("flags"));
  event.thread = id_field(line, "thread");
  event.rid = id_field(line, "rid");
  event.ref = line.number("ref");
  event.commitment = hash_field(line, "commitment");
  return event;
}

class ExportRows : public Report {
 public:
  ExportRows(std::string path, std::optional<Receipt> receipt)
      : path_(std::move(path)), in_(path_, std::ios::binary), receipt_(receipt) {
    if (!in_)
      throw Failure(Status::not_found, "'" + path_ + "' cannot be read; check the path",
                    {{"field", "export"}});
    const Record header = next_line().value_or(Record());
    if (header.text("format") != "heard-export/1") throw not_an_export(path_);
    head_.size = header.number("size");
    head_.root = hash_field(header, "root");
    is_whole_ = header.text("what").starts_with("all");
    check_receipt(header);
  }

 private:
  std::optional<Record> next_line() {
    std::string line;
    if (!std::getline(in_, line)) return std::nullopt;
    try {
      return record_from_json("line", line);
    } catch (const Failure &) {
      return Record("unreadable");
    }
  }

  void work() override {
    const auto line = next_line();
    if (!line) {
      find(std::nullopt, "the file ends too early: its last line is missing");
      finish();
    } else if (line->kind() == "unreadable") {
      find(std::nullopt, fmt::format("line {} cannot be read", entries_ + 2));
      ++entries_;
    } else if (line->has("entries")) {
      if (line->number("entries") != entries_)
        find(std::nullopt, fmt::format("the file says it holds {} entries, but {} were found",
                                       line->number("entries"), entries_));
      if (is_whole_ && entries_ != head_.size)
        find(std::nullopt,
             fmt::format("the ledger had {} entries, this export of everything has {}", head_.size,
                         entries_));
      finish();
    } else {
      check_entry(*line);
      ++entries_;
    }
  }

  void check_entry(const Record &line) {
    const std::int64_t seq = line.number("seq", -1);
    try {
      const store::Event event = event_of(line);
      if (receipt_ && receipt_->seq == seq) receipt_entry_found_ = true;
      if (is_whole_ && seq != entries_)
        find(seq, fmt::format("entry {} is missing from this export of everything", entries_));
      check_body(line, event);
      if (line.text("kind") != store::to_text(static_cast<store::Kind>(event.kind)) ||
          line.text("leaf") != hex(store::leaf_hash(event)))
        find(seq, fmt::format("the readable columns of entry {} were changed", seq));
      if (!store::proves_inclusion(hash_list(line, "proof"), store::leaf_hash(event), seq, head_))
        find(seq, fmt::format("entry {} is not part of the ledger with this root", seq));
    } catch (const Failure &failure) {
      find(seq, fmt::format("entry {} cannot be read: {}", seq, failure.message()));
    }
  }

  void check_body(const Record &line, const store::Event &event) {
    const auto &body = line.records("body");
    if (body.empty())
      find(event.seq, fmt::format("the body of entry {} is missing", event.seq));
    else if (commitment_of(body.front()) != event.commitment)
      find(event.seq,
           fmt::format("the body of entry {} was changed: it is not what was committed to",
                       event.seq));
    else
      check_readable(line, body.front());
  }

  /// What is written for people under "read" must be what was proved. An entry of a case says less
  /// there: only why its clocks stood as they did, which is no part of the proof.
  void check_readable(const Record &line, const Record &body) {
    if (!line.has("read")) return;
    const Record &read = line.records("read").empty() ? line : line.records("read").front();
    for (const auto &[id, name] : {std::pair(store::field_id::subject, "subject"),
                                   {store::field_id::text, "text"},
                                   {store::field_id::channel, "channel"},
                                   {store::field_id::direction, "direction"}}) {
      if (!read.has(name) && line.text("kind") != kContact) continue;
      std::string proved;
      for (const Record &field : body.records("fields"))
        if (field.number("id") == id) proved = from_hex(field.text("value")).value_or("");
      if (read.text(name) != proved)
        find(line.number("seq"), fmt::format("the readable {} of entry {} is not the proved one",
                                             name, line.number("seq")));
    }
  }

  void check_receipt(const Record &header) {
    if (!receipt_) return;
    if (receipt_->head.size == head_.size) {
      if (!receipt_->agrees(head_.root))
        find(std::nullopt, "the export's root is not the one of the receipt");
      return;
    }
    for (const Record &proof : header.records("consistency")) {
      if (proof.number("size") != receipt_->head.size) continue;
      const store::TreeHead earlier{receipt_->head.size, hash_field(proof, "root")};
      if (!receipt_->agrees(earlier.root) ||
          !store::proves_consistency(hash_list(proof, "proof"), earlier, head_))
        find(std::nullopt, "the ledger of this export does not continue the one of the receipt");
      return;
    }
    find(std::nullopt, fmt::format("the export cannot be compared with a receipt of size {}; make "
                                   "it again with that receipt",
                                   receipt_->head.size));
  }

  void finish() {
    if (receipt_ && receipt_->seq && !receipt_entry_found_)
      find(receipt_->seq,
           fmt::format("entry {} of the receipt is not in this export", *receipt_->seq));
    verdict(entries_, head_,
            findings() > 0 ? damage()
            : receipt_     ? "intact, and the receipt agrees"
                           : "intact in itself; unsigned: give a receipt to check it against");
  }

  std::string path_;
  std::ifstream in_;
  std::optional<Receipt> receipt_;
  store::TreeHead head_;
  std::int64_t entries_ = 0;
  bool is_whole_ = false;
  bool receipt_entry_found_ = false;
};

}  // namespace

std::unique_ptr<views::Rows> verify_export(const std::string &path,
                                           std::optional<Receipt> receipt) {
  return std::make_unique<ExportRows>(path, receipt);
}

}  // namespace heard::audit
