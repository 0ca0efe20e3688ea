# Our own code (not tests) through clang-tidy, clang's warnings included; all are errors.
#
# clang.py BUILD: reads compile_commands.json there. Generated headers must have been built.
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from checker import ROOT

OURS = ("src", "adapters", "plugin")
TIDY = ["clang-tidy", "--quiet", f"--config-file={ROOT / '.clang-tidy'}",
        # The command lines are GCC's.
        "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-ignored-optimization-argument"]


def sources(build):
    """Each source of ours that is compiled, once."""
    entries = json.loads(Path(build, "compile_commands.json").read_text())
    for file in {entry["file"]: None for entry in entries}:
        path = Path(file)
        if ROOT in path.parents and path.relative_to(ROOT).parts[0] in OURS:
            yield file


def run(build):
    """The output of every check that failed."""
    def one(file):
        result = subprocess.run([*TIDY, "-p", build, file], cwd=build, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return f"{file}:\n{result.stdout}" if result.returncode else None
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [output for output in pool.map(one, sources(build)) if output]


def self_test():
    """Good code passes; a member without `_` and an unused variable do not."""
    samples = {"good.cpp": "namespace a { int b() { return 1; } }\n",
               "tidy.cpp": "class A {\n int b = 1;\n public:\n int c() { return b; }\n};\n",
               "warning.cpp": "void a() { int b = 1; }\n"}
    with tempfile.TemporaryDirectory() as folder:
        failed = []
        for name, text in samples.items():
            Path(folder, name).write_text(text)
            tidy = subprocess.run([*TIDY, name, "--", "-Wall"], cwd=folder, capture_output=True)
            failed.append(bool(tidy.returncode))
        return failed == [False, True, True]


if sys.argv[1] == "--self-test":
    sys.exit(not self_test())
problems = run(sys.argv[1])
print("\n".join(problems))
sys.exit(bool(problems))
