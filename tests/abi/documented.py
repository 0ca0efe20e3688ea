# T16: every function of heard.h stands below a comment, and a test in this folder calls it.
import re
import sys
from header import HEADER, ROOT, functions


def without_comment(text):
    """Functions whose paragraph (lines up to a blank one) does not begin with a comment."""
    for paragraph in re.split(r"\n\s*\n", text):
        names = functions(paragraph)
        if names and not paragraph.lstrip().startswith("/*"):
            yield from (f"heard.h says nothing about {name}" for name in names)


def untried(text, tests):
    return (f"no test in tests/abi calls {name}"
            for name in functions(text) if f"{name}(" not in tests)


header = HEADER.read_text()
assert list(without_comment("/* About a. */\nvoid heard_a(void);\n\nvoid heard_b(void);\n"))
assert list(untried("void heard_a(void);\n", "heard_b();"))
tests = "".join(path.read_text() for path in sorted((ROOT / "tests/abi").glob("*.cpp")))
problems = [*without_comment(header), *untried(header, tests)]
print("\n".join(problems))
sys.exit(bool(problems))
