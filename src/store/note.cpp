#include "store/note.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "store/bytes.hpp"

namespace heard::store {

namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014 and a space
constexpr char kEd25519 = 1;
constexpr std::size_t kMostText = 1'000'000;
constexpr std::size_t kMostSignatures = 100;

Failure no_note(const char *what) {
  return {Status::corrupt, std::string("this is not a signed note: ") + what};
}

std::uint32_t hash_of(std::string_view name, std::string_view typed_key) {
  const Hash hash = sha256(std::string(name) + "\n" + std::string(typed_key));
  return static_cast<std::uint32_t>(get_number(view(hash).substr(0, 4)));
}

std::string typed(const PublicKey &key) { return kEd25519 + std::string(view(key)); }

/// Spaces of Unicode beyond ASCII, as UTF-8; none of them may stand in a name.
bool has_wide_space(std::string_view name) {
  for (const char *space : {"\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9",
                            "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"})
    if (name.find(space) != std::string_view::npos) return true;
  for (char last = '\x80'; last <= '\x8A'; ++last)
    if (name.find(std::string("\xE2\x80") + last) != std::string_view::npos) return true;
  return false;
}

void check_characters(std::string_view bytes) {
  if (!is_utf8(bytes)) throw no_note("it is not UTF-8");
  for (const char c : bytes)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n')
      throw no_note("it has control characters");
}

NoteSignature parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) throw no_note("a line among its signatures is none");
  const auto parts = split(line.substr(kDash.size()), ' ');
  if (parts.size() != 2 || !is_key_name(parts[0])) throw no_note("a signature has no proper name");
  const auto bytes = from_base64(parts[1]);
  if (!bytes || bytes->size() < 5) throw no_note("a signature cannot be read");
  const std::string_view all = *bytes;
  return {std::string(parts[0]), static_cast<std::uint32_t>(get_number(all.substr(0, 4))),
          std::string(all.substr(4))};
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > 300 || !is_utf8(name) || has_wide_space(name)) return false;
  return std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '+';
  });
}

VerifierKey verifier_key(std::string name, const PublicKey &key) {
  const std::uint32_t hash = hash_of(name, typed(key));
  return {std::move(name), hash, key};
}

std::string key_id(const VerifierKey &key) { return fmt::format("{:08x}", key.hash); }

std::string format_key(const VerifierKey &key) {
  return key.name + "+" + key_id(key) + "+" + to_base64(typed(key.key));
}

VerifierKey parse_key(std::string_view text) {
  const Failure bad = bad_field("key", "is not a verifier key: name+hash+key");
  const std::size_t first = text.find('+');
  const std::size_t second = first == text.npos ? first : text.find('+', first + 1);
  if (second == text.npos || !is_key_name(text.substr(0, first))) throw bad;
  const std::string_view hash = text.substr(first + 1, second - first - 1);
  const auto bytes = from_base64(text.substr(second + 1));
  if (hash.size() != 8 || !bytes || bytes->empty()) throw bad;
  if (bytes->front() != kEd25519)
    throw bad_field("key", "is of a type this version does not know; Ed25519 is the one it does");
  PublicKey key{};
  if (bytes->size() != key.size() + 1) throw bad;
  std::copy(bytes->begin() + 1, bytes->end(), key.begin());
  VerifierKey parsed = verifier_key(std::string(text.substr(0, first)), key);
  if (key_id(parsed) != hash) throw bad;
  return parsed;
}

Note parse_note(std::string_view bytes) {
  if (bytes.size() > kMostText) throw no_note("it is too long");
  check_characters(bytes);
  const std::size_t end = bytes.rfind("\n\n");
  if (end == bytes.npos || end == 0) throw no_note("no signatures stand below it");
  Note note;
  note.text = bytes.substr(0, end + 1);
  std::string_view lines = bytes.substr(end + 2);
  if (lines.empty() || lines.back() != '\n') throw no_note("its last line has no end");
  lines.remove_suffix(1);
  const auto parts = split(lines, '\n');
  if (parts.size() > kMostSignatures) throw no_note("it has too many signatures");
  for (const std::string_view line : parts) note.signatures.push_back(parse_signature(line));
  return note;
}

std::string format_note(const Note &note) {
  std::string out = note.text + "\n";
  for (const NoteSignature &signature : note.signatures) {
    std::string bytes;
    put_number(bytes, signature.hash, 4);
    out += kDash;
    out += signature.name + " " + to_base64(bytes + signature.bytes) + "\n";
  }
  return out;
}

NoteSignature note_signature(const VerifierKey &key, std::string_view signature) {
  return {key.name, key.hash, std::string(signature)};
}

bool is_signed_by(const Note &note, const VerifierKey &key) {
  bool found = false;
  for (const NoteSignature &one : note.signatures) {
    if (one.name != key.name || one.hash != key.hash) continue;
    Signature signature{};
    if (one.bytes.size() != signature.size()) return false;
    std::copy(one.bytes.begin(), one.bytes.end(), signature.begin());
    if (!verify(key.key, note.text, signature)) return false;
    found = true;
  }
  return found;
}

}  // namespace heard::store
