// Character encodings beyond the parser's own four, and which one to believe.
#pragma once

#include <string>
#include <string_view>

namespace heard::xml {

/// Fills 256 code points (-1: no such byte) for ISO-8859-15 and windows-1252; false for others.
bool fill_encoding(std::string_view name, int (&map)[256]);

/// The encoding to read with, whatever the document says; "" leaves it to the document. A byte
/// order mark comes before the transport's charset; a document that calls itself UTF-16 but is
/// plainly written in single bytes is read as UTF-8.
std::string encoding_to_force(std::string_view charset, std::string_view first_bytes);

}  // namespace heard::xml
