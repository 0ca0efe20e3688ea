# What the style checkers share: the project's files, complaints, and proof that each can fail.
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = (".cpp", ".hpp", ".c", ".h")


def files(root, *suffixes):
    """Every file of the project, paths relative to `root`; without build folders and git's own."""
    for folder, folders, names in os.walk(root):
        here = Path(folder).relative_to(root)
        folders[:] = sorted(f for f in folders if f not in (".git", "__pycache__")
                            and not (here == Path(".") and f.startswith("build")))
        for name in sorted(names):
            if not suffixes or name.endswith(suffixes):
                yield here / name


def text_of(path):
    """The file as text, or None if it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def lines_of(root, *suffixes):
    """(path, line number, line) of every text file."""
    for path in files(root, *suffixes):
        for number, line in enumerate((text_of(root / path) or "").splitlines(), 1):
            yield path, number, line


def main(check, good, bad):
    """Runs `check(root)`, which yields complaints, over the project. With --self-test over made-up
    trees ({path: text}) instead: `good` must pass, and every tree of the list `bad` must not."""
    if "--self-test" not in sys.argv:
        complaints = list(check(ROOT))
        print("\n".join(complaints))
        sys.exit(bool(complaints))
    if wrong := list(in_tree(check, good)):
        sys.exit(f"complains about good files: {wrong}")
    for tree in bad:
        if not list(in_tree(check, tree)):
            sys.exit(f"does not complain about {tree}")


def in_tree(check, tree):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in tree.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        yield from check(Path(folder))
