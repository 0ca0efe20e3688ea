# Compiles everything with clang, warnings as errors; our own code (not tests) through clang-tidy.
#
# clang.py BUILD: reads compile_commands.json there. Generated headers must have been built.
import json
import os
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from checker import ROOT

OURS = ("src", "adapters", "plugin")
QUIET = "-Wno-unknown-warning-option"  # the command lines may be GCC's


def commands(build):
    """(file, command that checks it) for each source of the project, each file once."""
    entries = json.loads(Path(build, "compile_commands.json").read_text())
    for file, entry in {entry["file"]: entry for entry in entries}.items():
        path = Path(file)
        if ROOT in path.parents and path.relative_to(ROOT).parts[0] in OURS:
            yield file, ["clang-tidy", "--quiet", f"--config-file={ROOT / '.clang-tidy'}",
                         f"--extra-arg={QUIET}", "-p", build, file]
        else:
            yield file, without_output(entry["command"], path.suffix)


def without_output(command, suffix):
    """The compiler's command line with clang in its place, checking only."""
    words = shlex.split(command)
    first = next(i for i, word in enumerate(words) if word.startswith("-"))  # after the compiler
    output = words.index("-o")
    flags = [word for word in words[first:output] + words[output + 2:] if word != "-c"]
    return ["clang" if suffix == ".c" else "clang++", "-fsyntax-only", QUIET, *flags]


def run(build):
    """The output of every check that failed."""
    def one(job):
        result = subprocess.run(job[1], cwd=build, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)
        return f"{job[0]}:\n{result.stdout}" if result.returncode else None
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [output for output in pool.map(one, commands(build)) if output]


def self_test():
    """Good code passes; a member without `_` (tidy) and an unused variable (clang) do not."""
    samples = {"good.cpp": "namespace a { int b() { return 1; } }\n",
               "tidy.cpp": "class A {\n int b = 1;\n public:\n int c() { return b; }\n};\n",
               "warning.cpp": "void a() { int b = 1; }\n"}
    with tempfile.TemporaryDirectory() as folder:
        failed = []
        for name, text in samples.items():
            Path(folder, name).write_text(text)
            tidy = subprocess.run(["clang-tidy", "--quiet", f"--config-file={ROOT / '.clang-tidy'}",
                                   name, "--", "-Wall", "-Werror"], cwd=folder, capture_output=True)
            plain = subprocess.run(without_output(f"c++ -Wall -Werror -o x.o -c {name}", ".cpp"),
                                   cwd=folder, capture_output=True)
            failed.append((bool(tidy.returncode), bool(plain.returncode)))
        return failed == [(False, False), (True, False), (True, True)]


if sys.argv[1] == "--self-test":
    sys.exit(not self_test())
problems = run(sys.argv[1])
print("\n".join(problems))
sys.exit(bool(problems))
