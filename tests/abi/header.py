# Reads heard.h: its declarations, functions and constants, comments and preprocessor lines removed.
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADER = ROOT / "include/heard/heard.h"


def code_of(text):
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"^#ifdef __cplusplus$.*?^#endif$", "", text, flags=re.S | re.M)
    return re.sub(r"^#.*$", "", text, flags=re.M)


def declarations(text):
    """Each declaration as a line of tokens, in order; an enum gives one line per constant."""
    code, depth, start = code_of(text), 0, 0
    for place, letter in enumerate(code):
        depth += (letter == "{") - (letter == "}")
        if letter == ";" and depth == 0:
            tokens = re.findall(r"\w+|[^\w\s]", code[start:place])
            start = place + 1
            if tokens[0] == "enum":
                yield from " ".join(tokens[2:-1]).rstrip(" ,").split(" , ")
            else:
                yield " ".join(tokens)


def functions(text):
    """Names of the functions, in order."""
    found = (re.match(r"(?!typedef)[\w *]*?\b(heard_\w+) \(", line) for line in declarations(text))
    return [match[1] for match in found if match]


def constants(text):
    """Names of the constants, in order."""
    return [line.split()[0] for line in declarations(text) if line.startswith("HEARD_")]
