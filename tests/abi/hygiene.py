# T9: heard.h (in C++ heard.hpp too) compiles clean everywhere, and uses only the allowed types.
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from header import HEADER, ROOT, code_of, declarations

WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-Wconversion", "-Wshadow", "-fsyntax-only"]
DIALECTS = {"c99": ["gcc", "clang"], "c17": ["gcc", "clang"],
            "c++17": ["g++", "clang++"], "c++20": ["g++", "clang++"]}
NUMBERS = {"int32_t", "uint32_t", "int64_t"}
FORBIDDEN = re.compile(r"\b(bool|_Bool|union|size_t|long|short|unsigned|float|double|time_t|inline|"
                       r"static|__attribute__|__declspec)\b|\.\.\.|\[|:")
PARAMETER = re.compile(r"(?:const )?(\w+) ((?:\* )*)(?:const )?\w+")


def wrong_types(text):
    """Words, parameters and results that rules R1 to R4 of the interface forbid."""
    if not text.isascii():
        yield "a character that is not ASCII"
    if (includes := re.findall(r"#include (.*)", text)) != ["<stdint.h>"]:
        yield f"includes {includes}"
    yield from (f"forbidden: {found[0]}" for found in FORBIDDEN.finditer(code_of(text)))
    for line in declarations(text):
        for inside in re.findall(r"\( ([^()]*) \)", line):
            if inside == "void" or re.fullmatch(r"\* \w+", inside):  # nothing; a callback's name
                continue
            for parameter in inside.split(","):
                match = PARAMETER.fullmatch(parameter.strip())
                if not match or (not match[2] and match[1] not in NUMBERS):
                    yield f"a parameter neither number nor pointer: {parameter} in {line}"


def compile_all():
    with tempfile.TemporaryDirectory() as folder:
        for dialect, compilers in DIALECTS.items():
            source = Path(folder, "twice.cpp" if "++" in dialect else "twice.c")
            headers = ["heard.h", "heard.hpp"] if "++" in dialect else ["heard.h"]
            source.write_text("".join(f'#include "heard/{name}"\n' * 2 for name in headers)
                              + "int used(void);\nint used(void) { return HEARD_OK; }\n")
            for compiler in filter(shutil.which, compilers):
                command = [compiler, f"-std={dialect}", *WARNINGS, "-I", ROOT / "include", source]
                result = subprocess.run(command, capture_output=True, text=True)
                if result.returncode:
                    yield f"{compiler} -std={dialect}:\n{result.stderr}"


def self_test(text):
    for bad in ("void heard_x(bool on);", "void heard_x(heard_store store);",
                "int heard_x(char *a, ...);", "void heard_x(uint8_t a);",
                "union heard_u { int32_t a; };", "void heard_x(int32_t a[2]);"):
        changed = text.replace("void heard_error_free", bad + "\nvoid heard_error_free")
        assert list(wrong_types(changed)), bad


header = HEADER.read_text()
self_test(header)
problems = [*wrong_types(header), *compile_all()]
print("\n".join(problems))
sys.exit(bool(problems))
