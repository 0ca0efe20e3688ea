# Checks every #include against layers.txt: floors point down, libraries stay where they belong.
import re
from checker import CODE, ROOT, lines_of, main

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^">]+)[">]')
IMPURE = re.compile(r"fstream|filesystem|iostream|cstdio|ctime|thread|mutex|atomic|random|future|"
                    r"unistd\.h|fcntl\.h|time\.h|sys/.*|netinet/.*")


def read_layers():
    layers, section = {"folders": {}, "pure": {}, "libraries": {}}, None
    for line in (ROOT / "tests/style/layers.txt").read_text().splitlines():
        if line.startswith("["):
            section = layers[line.strip("[]")]
        elif line and not line.startswith("#"):
            name, _, allowed = line.partition(":")
            section[name] = allowed.split()
    return layers


def complaint(layers, folder, quoted, header):
    """Why a file in `folder` ("src/store", "adapters/xml") may not include `header`, or None."""
    for beginning, owners in layers["libraries"].items():
        if header.startswith(beginning):
            allowed = any(f"{folder}/".startswith(f"{owner}/") for owner in owners)
            return None if allowed else f"only {', '.join(owners)} may include {header}"
    floor, floors = folder.partition("/")[2], layers["folders"]
    if floor in layers["pure"] and IMPURE.fullmatch(header):
        return f"{floor} is pure and must not include {header}"
    if floor not in floors:
        return f"{folder} is missing in layers.txt" if folder.startswith("src") else None
    target = header.partition("/")[0]
    if quoted and target in floors and target not in [floor, *floors[floor]]:
        return f"{floor} may not include {target} ({header})"
    return None


def check(root):
    layers = read_layers()
    for path, number, line in lines_of(root, *CODE):
        if path.parts[0] not in ("src", "adapters", "plugin") or not (found := INCLUDE.match(line)):
            continue
        quoted, header = found[1] == '"', found[2]
        folder = "/".join(path.parts[:-1][:2])
        why = complaint(layers, folder, quoted, header)
        if path.parts[0] != "src" and quoted and (root / "src" / header).exists():
            why = f"{path.parts[0]} talks to heard.h and nothing else ({header})"
        if why:
            yield f"{path}:{number}: {why}"


main(check,
     good={"src/store/a.cpp": '#include "store/a.hpp"\n#include <sqlite3.h>\n#include "base/b.h"\n',
           "src/cases/a.cpp": '#include <vector>\n#include "calendar/b.hpp"\n',
           "adapters/xml/a.cpp": '#include <expat.h>\n#include "xml/b.h"\n#include "heard/x.h"\n'},
     bad=[{"src/calendar/a.cpp": '#include "store/b.hpp"\n'},
          {"src/cases/a.cpp": "#include <fstream>\n"},
          {"src/web/a.cpp": '#include "store/b.hpp"\n'},
          {"src/views/a.cpp": "#include <sqlite3.h>\n"},
          {"src/runtime/a.cpp": '#include "heard/heard.h"\n'},
          {"src/store/a.cpp": "#include <curl/curl.h>\n"},
          {"src/other/a.cpp": "#include <vector>\n"},
          {"src/base/b.hpp": "//\n", "adapters/xml/a.cpp": '#include "base/b.hpp"\n'}])
