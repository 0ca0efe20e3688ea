# Checks that what Markdown pages point at exists: relative links, and paths that README.md names.
import re
from checker import files, main, text_of

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:src|include|adapters|plugin|tests|packaging)/[\w./-]*)`")
FENCE = re.compile(r"^```.*?^```", re.S | re.M)


def anchors(text):
    titles = re.findall(r"^#+ +(.*)$", FENCE.sub("", text), re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def check(root):
    for path in files(root, ".md"):
        text = text_of(root / path)
        for target in LINK.findall(FENCE.sub("", text)):
            name, _, anchor = target.partition("#")
            place = (root / path).parent / name if name else root / path
            if "://" in target or target.startswith("mailto:"):
                continue
            if not place.exists():
                yield f"{path}: links to {target}, which does not exist"
            elif anchor and place.suffix == ".md" and anchor not in anchors(text_of(place)):
                yield f"{path}: links to {target}, but there is no such heading"
        if path.name == "README.md":
            for target in PATH.findall(text):
                if not (root / target).exists() and not (root / path.parent / target).exists():
                    yield f"{path}: names {target}, which does not exist"


main(check,
     good={"README.md": "# Top\nSee [a](b/c.md#some-part), [up](#top), [x](https://www.w3.org).\n",
           "b/c.md": "# Some part\n"},
     bad=[{"README.md": "[a](b.md)\n"}, {"README.md": "[a](#nowhere)\n"},
          {"README.md": "run `packaging/nothing`\n"}])
