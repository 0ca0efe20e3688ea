# T4: a C program prints every constant of heard.h; the output equals the committed text.
#
# constants.py C_COMPILER
import subprocess
import sys
import tempfile
from pathlib import Path
from header import HEADER, ROOT, constants

GOLDEN = ROOT / "tests/abi/golden/constants-1.0.txt"


def printed(compiler):
    lines = "".join(f'  printf("{name} %lld\\n", (long long){name});\n'
                    for name in ["HEARD_HEADER_ABI", *constants(HEADER.read_text())])
    program = ('#include <stdio.h>\n#include "heard/heard.h"\n'
               f"int main(void) {{\n{lines}  return 0;\n}}\n")
    with tempfile.TemporaryDirectory() as folder:
        source, binary = Path(folder, "constants.c"), Path(folder, "constants")
        source.write_text(program)
        subprocess.run([compiler, "-std=c99", "-I", ROOT / "include", source, "-o", binary],
                       check=True)
        return subprocess.run([binary], check=True, capture_output=True, text=True).stdout


output = printed(sys.argv[1])
if output != GOLDEN.read_text():
    sys.exit(f"The constants are not those of {GOLDEN.name}:\n{output}")
