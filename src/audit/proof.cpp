#include "audit/proof.hpp"

#include <fmt/format.h>

#include <fstream>

#include "audit/proof_file.hpp"
#include "audit/report.hpp"
#include "base/failure.hpp"
#include "store/checkpoint.hpp"
#include "store/checkpoint_table.hpp"
#include "store/ledger.hpp"

namespace heard::audit {

namespace {

constexpr std::size_t kMostBytes = 200'000;

std::int64_t size_asked_for(const Record &what) { return what.number("size", -1); }

/// The smallest size a checkpoint must have to serve.
std::int64_t least_size(const Record &what) {
  return what.has("proof") ? what.number("proof") + 1 : what.number("consistency");
}

void check_names(const Record &what) {
  for (const auto &[field, value] : what.fields()) {
    const bool known = field == "proof" || field == "consistency" || field == "size";
    if (!known)
      throw Failure(Status::unknown_name, "'" + field + "' is not known to a proof",
                    {{"name", field}, {"field", field}});
    if (!std::holds_alternative<std::int64_t>(value))
      throw bad_field(field, "must be a whole number");
    if (what.number(field) < 0) throw bad_field(field, "cannot be negative");
  }
  if (what.has("proof") == what.has("consistency"))
    throw bad_field("proof", "name one of proof and consistency");
}

store::StoredCheckpoint checkpoint_of(store::Database &database, std::int64_t size) {
  auto found = store::checkpoint_from(database, size);
  if (!found || found->size != size)
    throw Failure(Status::not_found,
                  fmt::format("there is no checkpoint of {} entries; the view 'checkpoints' lists "
                              "those there are",
                              size),
                  {{"field", "size"}});
  return *found;
}

/// The checkpoint asked for, else the newest.
store::StoredCheckpoint later_checkpoint(store::Database &database, const Record &what) {
  if (size_asked_for(what) >= 0) return checkpoint_of(database, size_asked_for(what));
  const auto newest = store::newest_checkpoint(database);
  if (!newest)
    throw Failure(Status::conflict,
                  "this ledger has no checkpoint: nothing can be proved to others until it is "
                  "signed");
  return *newest;
}

std::string inclusion_text(store::Database &database, std::int64_t seq,
                           const store::StoredCheckpoint &checkpoint) {
  store::Ledger ledger(database);
  const auto event = ledger.event(seq);
  if (!event || seq >= checkpoint.size)
    throw Failure(
        Status::not_found,
        fmt::format("entry {} is not among the {} entries of the checkpoint", seq, checkpoint.size),
        {{"field", "proof"}});
  return format_proof(InclusionFile{store::leaf_bytes(*event), seq,
                                    ledger.inclusion(seq, checkpoint.size),
                                    store::parse_note(checkpoint.note)});
}

std::string consistency_text(store::Database &database, std::int64_t earlier_size,
                             const store::StoredCheckpoint &later) {
  const store::StoredCheckpoint earlier = checkpoint_of(database, earlier_size);
  if (earlier.size > later.size) throw bad_field("size", "must not be below the earlier one");
  store::Ledger ledger(database);
  return format_proof(ConsistencyFile{ledger.consistency(earlier.size, later.size),
                                      store::parse_note(earlier.note),
                                      store::parse_note(later.note)});
}

std::string whole_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Failure(Status::not_found, fmt::format("'{}' cannot be read; check the path", path),
                  {{"field", "proof"}});
  std::string text(kMostBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMostBytes)
    throw Failure(Status::limit, fmt::format("'{}' is too long to be a proof", path));
  return text;
}

class ProofRows : public Report {
 public:
  ProofRows(std::string text, store::VerifierKey key)
      : text_(std::move(text)), key_(std::move(key)) {}

 private:
  void work() override {
    try {
      is_consistency_file(text_) ? check_consistency() : check_inclusion();
    } catch (const Failure &failure) {
      find(std::nullopt, failure.message());
    }
    verdict(findings() == 0 ? 1 : 0, head_, findings() == 0 ? says_ : damage())
        .set("origin", origin_);
  }

  store::TreeHead signed_head(const store::Note &note) {
    if (!store::is_signed_by(note, key_))
      find(std::nullopt, "its checkpoint is not signed by the key that was given");
    const store::Checkpoint checkpoint = store::parse_checkpoint(note.text);
    if (checkpoint.origin != key_.name)
      find(std::nullopt, "its checkpoint is of another ledger than the key that was given");
    origin_ = checkpoint.origin;
    return checkpoint.head;
  }

  void check_inclusion() {
    const InclusionFile file = parse_inclusion(text_);
    head_ = signed_head(file.checkpoint);
    const std::string expected = store::leaf_prefix(file.seq);
    if (!file.leaf.starts_with(expected) || file.leaf.size() != store::kLeafBytes)
      find(file.seq, fmt::format("what the file shows is not entry {}", file.seq));
    if (!store::proves_inclusion(file.proof, store::leaf_hash_of(file.leaf), file.seq, head_))
      find(file.seq, fmt::format("entry {} is not part of the ledger with this root", file.seq));
    says_ = fmt::format("entry {} was in the ledger '{}' when it had {} entries", file.seq, origin_,
                        head_.size);
  }

  void check_consistency() {
    const ConsistencyFile file = parse_consistency(text_);
    const store::TreeHead earlier = signed_head(file.earlier);
    head_ = signed_head(file.later);
    if (!store::proves_consistency(file.proof, earlier, head_))
      find(std::nullopt, "the later checkpoint does not continue the earlier one");
    says_ = fmt::format("the ledger '{}' of {} entries continues the one of {}", origin_,
                        head_.size, earlier.size);
  }

  std::string text_;
  store::VerifierKey key_;
  store::TreeHead head_;
  std::string origin_;
  std::string says_;
};

}  // namespace

bool asks_for_proof(const Record &what) { return what.has("proof") || what.has("consistency"); }

bool wants_newer_checkpoint(store::Database &database, const Record &what) {
  check_names(what);
  if (size_asked_for(what) >= 0) return false;
  const auto newest = store::newest_checkpoint(database);
  return !newest || newest->size < least_size(what);
}

void write_proof(store::Database &database, const Record &what, const Sink &sink) {
  check_names(what);
  const store::StoredCheckpoint later = later_checkpoint(database, what);
  sink(what.has("proof") ? inclusion_text(database, what.number("proof"), later)
                         : consistency_text(database, what.number("consistency"), later));
}

std::unique_ptr<views::Rows> verify_proof(const std::string &path, const std::string &key) {
  if (key.empty())
    throw bad_field("key", "is missing: a proof is worth as much as the key it is checked with");
  return std::make_unique<ProofRows>(whole_file(path), store::parse_key(key));
}

}  // namespace heard::audit
