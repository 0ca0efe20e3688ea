# Checks the shape of the tree: what lies at the top, and that files begin by saying what they do.
import re
from checker import files, main, text_of

TOP = {".ci", ".clang-format", ".clang-tidy", ".git", ".gitignore", "CMakeLists.txt", "LICENSE",
       "README.md", "adapters", "include", "packaging", "plugin", "src", "tests"}
COMMENT = {  # how a first line begins
    "//": (".cpp", ".hpp", ".js", ".java", ".cs"),
    "/*": (".c", ".h"),
    "#": (".py", ".sh", ".cmake", ".txt", ".md", "packaging/quickstart", "packaging/test",
          "packaging/bench", "packaging/soak", ".ci/run", ".clang-tidy"),
    "--": (".sql",),
}
BEFORE = re.compile(r"(#!.*\n)|(<\?php\n)|(<!doctype.*\n)", re.I)
LONG = 400


def check(root):
    for entry in root.iterdir():
        if entry.name not in TOP and not (entry.is_dir() and entry.name.startswith("build")):
            yield f"{entry.name}: not one of the entries agreed for the top of the tree"
    for path in files(root):
        text = text_of(root / path)
        if text is None or path.name == "CMakeLists.txt" or "golden" in path.parts:
            continue
        text = BEFORE.sub("", text, count=1)
        first = text.partition("\n")[0]
        own_header = (f'/{path.stem}.hpp"', f'"{path.stem}.hpp"')  # says it for its source
        for mark, endings in COMMENT.items():
            if (str(path).endswith(endings) and not says_something(first, mark)
                    and not first.endswith(own_header)):
                yield f"{path}: the first line should say what the file is for, after '{mark}'"
        if path.suffix in (".cpp", ".hpp", ".c", ".h", ".py") and text.count("\n") > LONG:
            print(f"note: {path} has {text.count(chr(10))} lines")


def says_something(line, mark):
    """Titles of Markdown pages and of lists may be short; one word is not a sentence."""
    return line.startswith(mark) and len(line[len(mark):].split()) >= (1 if mark == "#" else 3)


main(check,
     good={"src/a.cpp": "// What it is for.\n",
           "src/x/a.cpp": '#include "x/a.hpp"\n', "packaging/test": "#!/bin/sh\n# What it does.\n",
           "src/README.md": "# Tour\n", "build/x.cpp": "int x;\n"},
     bad=[{"src/a.cpp": "#include <vector>\n"}, {"src/a.h": "/* x */\n"}, {"notes": "x\n"},
          {"packaging/test": "#!/bin/sh\nexit\n"}, {"src/x.cmake": "add_library(x)\n"}])
