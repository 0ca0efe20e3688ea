#include "bundle/proof_lines.hpp"

#include <algorithm>
#include <bit>

#include "base/failure.hpp"
#include "base/record.hpp"
#include "base/text.hpp"
#include "bundle/write_text.hpp"
#include "store/bytes.hpp"

namespace heard::bundle {

namespace {

constexpr std::string_view kFormat = "heard-proof/1";
constexpr std::size_t kLeaf = 97;

Failure unreadable(const std::string &what) {
  return {Status::corrupt, "a line of the proof cannot be read: " + what};
}

std::string bytes_of(const Record &line, const char *name) {
  const auto bytes = from_hex(line.text(name));
  if (!bytes) throw unreadable(std::string(name) + " is not hexadecimal");
  return *bytes;
}

Hash hash_of(const Record &line, const char *name) {
  Hash hash{};
  if (!parse_hash(line.text(name), hash)) throw unreadable(std::string(name) + " is not a hash");
  return hash;
}

/// The columns of an event from the bytes it is hashed as (FORMAT.md, "Leaf").
store::Event event_of(std::string_view leaf) {
  if (leaf.size() != kLeaf || !leaf.starts_with("HRD1")) throw unreadable("the leaf is none");
  bool ok = true;
  std::string_view in = leaf.substr(4);
  const auto number = [&](std::size_t width) {
    return store::get_number(store::take_bytes(in, width, ok));
  };
  const auto copy = [&](auto &to) {
    const std::string_view bytes = store::take_bytes(in, to.size(), ok);
    std::copy(bytes.begin(), bytes.end(), to.begin());
  };
  store::Event event;
  event.version = static_cast<std::uint8_t>(number(1));
  event.seq = static_cast<std::int64_t>(number(8));
  event.wall_ms = static_cast<std::int64_t>(number(8));
  event.kind = static_cast<std::uint16_t>(number(2));
  event.flags = static_cast<std::uint16_t>(number(2));
  copy(event.thread);
  copy(event.rid);
  event.ref = static_cast<std::int64_t>(number(8));
  copy(event.commitment);
  return event;
}

}  // namespace

std::string header_line(const ProofHeader &header) {
  Record line("header");
  line.set("format", kFormat).set("ledger", hex(header.ledger)).set("size", header.head.size);
  line.set("root", hex(header.head.root)).set("entries", header.entries).set("part", header.part);
  for (const Continuation &proof : header.continuations) {
    Record row("consistency");
    row.set("size", proof.earlier.size).set("root", hex(proof.earlier.root));
    std::vector<std::string> hashes;
    for (const Hash &hash : proof.hashes) hashes.push_back(hex(hash));
    line.add("consistency", row.set("proof", std::move(hashes)));
  }
  return to_json(line) + "\n";
}

void put_entry(std::string &out, const store::Event &event, const std::optional<store::Body> &body,
               std::string_view more) {
  out += "{\"seq\":";
  out += std::to_string(event.seq);
  out += ",\"leaf\":\"";
  put_hex(out, store::leaf_bytes(event));
  if (body) {
    out += "\",\"form\":";
    out += body->form() == 0 ? '0' : '1';
    if (body->form() == 0) {
      out += ",\"salt\":\"";
      put_hex(out, body->salt());
      out += '"';
    }
    out += ",\"body\":\"";
    put_hex(out, body->encode());
  }
  out += '"';
  out += more;
  out += "}\n";
}

void put_skipped(std::string &out, const Skipped &skipped) {
  out += "{\"level\":" + std::to_string(skipped.level);
  out += ",\"index\":" + std::to_string(skipped.index) + ",\"hash\":\"";
  put_hex(out, view(skipped.hash));
  out += "\"}\n";
}

ProofHeader read_header(std::string_view text) {
  const Record line = record_from_json("header", text);
  if (line.text("format") != kFormat) throw unreadable("it is of an unknown format");
  ProofHeader header;
  if (!parse_id(line.text("ledger"), header.ledger)) throw unreadable("the ledger has no id");
  header.head = {line.number("size", -1), hash_of(line, "root")};
  header.entries = line.number("entries", -1);
  header.part = line.text("part");
  if (header.head.size < 0) throw unreadable("the ledger has no size");
  for (const Record &row : line.records("consistency")) {
    Continuation &proof =
        header.continuations.emplace_back(Continuation{{row.number("size", -1), {}}, {}});
    proof.earlier.root = hash_of(row, "root");
    for (const std::string &digits : row.texts("proof"))
      if (!parse_hash(digits, proof.hashes.emplace_back()))
        throw unreadable("proof is not a list of hashes");
  }
  return header;
}

ProofLine read_line(std::string_view text) {
  const Record line = record_from_json("line", text);
  ProofLine read;
  if (line.has("hash")) {
    read.skipped =
        Skipped{static_cast<int>(std::clamp<std::int64_t>(line.number("level", -1), -1, 63)),
                line.number("index", -1), hash_of(line, "hash")};
    if (read.skipped->level < 0 || read.skipped->level > 40 || read.skipped->index < 0)
      throw unreadable("what is skipped is no part of a tree");
    return read;
  }
  read.event = event_of(bytes_of(line, "leaf"));
  if (line.number("seq", -1) != read.event.seq) throw unreadable("the seq is not the leaf's");
  if (line.has("body"))
    read.body = store::Body::decode(static_cast<int>(line.number("form", -1)),
                                    bytes_of(line, "salt"), bytes_of(line, "body"));
  return read;
}

std::vector<Skipped> cover(std::int64_t from, std::int64_t to) {
  std::vector<Skipped> pieces;
  while (from < to) {
    const int fits = 63 - std::countl_zero(static_cast<std::uint64_t>(to - from));
    const int aligned = from == 0 ? fits : std::countr_zero(static_cast<std::uint64_t>(from));
    const int level = std::min(fits, aligned);
    pieces.push_back({level, from >> level, {}});
    from += std::int64_t{1} << level;
  }
  return pieces;
}

bool Assembly::add(int level, std::int64_t index, const Hash &hash) {
  if (index > (std::int64_t{1} << 62) >> level || index << level != size_) return false;
  size_ += std::int64_t{1} << level;
  Piece piece{level, hash};
  for (; index & 1 && !pieces_.empty() && pieces_.back().level == piece.level; index >>= 1) {
    piece = {piece.level + 1, store::node_hash(pieces_.back().hash, piece.hash)};
    pieces_.pop_back();
  }
  pieces_.push_back(piece);
  return true;
}

Hash Assembly::root() const {
  if (pieces_.empty()) return store::empty_root();
  Hash root = pieces_.back().hash;
  for (auto left = pieces_.rbegin() + 1; left != pieces_.rend(); ++left)
    root = store::node_hash(left->hash, root);
  return root;
}

}  // namespace heard::bundle
