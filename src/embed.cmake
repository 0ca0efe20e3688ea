# Writes one .cpp that holds the given files as string literals: cmake -DOUT=... -DROOT=... -DFILES=a,b -DFLOOR=web -P embed.cmake
string(REPLACE "," ";" FILES "${FILES}")
list(SORT FILES)
set(entries "")
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" content)
  get_filename_component(name "${file}" NAME)
  string(APPEND entries "    {\"${name}\", R\"hrd(${content})hrd\"},\n")
endforeach()
file(WRITE "${OUT}" "// Made by embed.cmake; not for editing.
#include \"${FLOOR}/embedded.hpp\"

namespace heard::${FLOOR} {

namespace {
constexpr EmbeddedFile kFiles[] = {
${entries}};
}  // namespace

std::span<const EmbeddedFile> embedded_files() { return kFiles; }

}  // namespace heard::${FLOOR}
")
