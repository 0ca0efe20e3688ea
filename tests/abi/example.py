# Compiles the C example of README.md as C99, runs it and compares what it prints.
#
# example.py LIBRARY_FOLDER C_COMPILER [FLAG...]
#
# The example is the fenced block "c" after the line <!-- example -->; the next block "text" is what
# it prints, where ... stands for anything.
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from header import ROOT

EXAMPLE = re.compile(r"<!-- example -->\s*```c\n(.*?)```.*?```text\n(.*?)```", re.S)
WARNINGS = ["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror"]


def output_of(program, library_folder, compiler):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "example.c").write_text(program)
        subprocess.run([*compiler, *WARNINGS, "-I", ROOT / "include", "example.c", "-o", "example",
                        f"-L{library_folder}", f"-Wl,-rpath,{library_folder}", "-lheard"],
                       cwd=folder, check=True)
        return subprocess.run(["./example"], cwd=folder, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT).stdout


def matches(output, expected):
    return re.fullmatch(".*?".join(map(re.escape, expected.split("..."))), output)


assert matches("stored as 3\n", "stored as ...\n") and not matches("lost\n", "stored as ...\n")
example = EXAMPLE.search((ROOT / "README.md").read_text())
if not example:
    sys.exit("README.md has no <!-- example -->")
output = output_of(example[1], sys.argv[1], sys.argv[2:])
if not matches(output, example[2]):
    sys.exit(f"the example should print\n{example[2]}but prints\n{output}")
