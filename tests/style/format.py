# Checks that clang-format would change nothing. heard.h is a manual, laid out by hand.
import subprocess
from checker import ROOT, files, main


def check(root):
    sources = [str(root / path) for path in files(root, ".cpp", ".hpp", ".c")]
    command = ["clang-format", "--dry-run", "-Werror", f"--style=file:{ROOT / '.clang-format'}"]
    result = subprocess.run(command + sources, stderr=subprocess.PIPE, text=True)
    if result.returncode:
        yield result.stderr


main(check,
     good={"src/a.cpp": "// A number.\nint a() { return 1; }\n"},
     bad=[{"src/a.cpp": "// A number.\nint a( ) {return 1;}\n"}])
