// Signed notes (c2sp.org/signed-note): a text and lines of signatures below it. Ed25519 only. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/signature.hpp"

namespace heard::store {

/// A verifier key "name+hash+base64(type || key)"; who signs under it is known by name and hash.
struct VerifierKey {
  std::string name;
  std::uint32_t hash = 0;
  PublicKey key{};
  bool operator==(const VerifierKey &) const = default;
};

/// True for a name that may stand in a key: UTF-8 without spaces, control characters and "+".
bool is_key_name(std::string_view name);
VerifierKey verifier_key(std::string name, const PublicKey &key);
std::string format_key(const VerifierKey &key);
/// The hash as it stands in the key: 8 hexadecimal digits.
std::string key_id(const VerifierKey &key);
/// Throws bad_field("key"): for other types than Ed25519 too.
VerifierKey parse_key(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t hash = 0;
  std::string bytes;  ///< what follows the hash
};

struct Note {
  std::string text;  ///< with its last line's end
  std::vector<NoteSignature> signatures;
};

/// Throws Failure(corrupt) with one sentence for anything that is no note, and beyond 1 MB of text
/// or 100 signatures.
Note parse_note(std::string_view bytes);
std::string format_note(const Note &note);

/// `text` signed under `key`; `signature` are the 64 bytes.
NoteSignature note_signature(const VerifierKey &key, std::string_view signature);

/// True if `key` signed the note. A signature in its name that does not verify makes it false,
/// whatever else stands there; signatures of other keys say nothing.
bool is_signed_by(const Note &note, const VerifierKey &key);

}  // namespace heard::store
