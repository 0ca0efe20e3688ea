# T2: symbols.txt, heard.h and what the built libraries export are the same list, and nothing leaks.
#
# exports.py LIBRARY [ADAPTERS_MODULE]
import re
import subprocess
import sys
from header import HEADER, ROOT, functions

ENTRY = "heard_adapter_entry"  # declared in heard.h, exported by the adapters module
ONLY_ADAPTERS = re.compile(r"lib(curl|expat|tinyxml2|ical|gmime)")


def listed(text):
    """name@node of every line of a symbols file."""
    node = None
    for line in text.splitlines():
        if line.endswith(":") and not line.startswith("#"):
            node = line[:-1]
        elif line and not line.startswith("#"):
            yield f"{line}@{node}"


def exported(nm_output):
    """name@node of every symbol; a version node itself is no symbol."""
    for line in nm_output.splitlines():
        kind, name = line.split()[-2:]
        if kind != "A":
            yield name.replace("@@", "@")


def differences(what, left, right):
    for name in sorted(set(left) ^ set(right)):
        yield f"{what}: {name} is only in {'the first' if name in left else 'the second'}"


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def exports_of(library):
    output = output_of("nm", "-D", "--defined-only", "--with-symbol-versions", library)
    return list(exported(output))


def check_linkage(library):
    """What only readelf sees: the name programs ask for, and promises about loading."""
    dynamic = output_of("readelf", "-dW", library)
    if "[libheard.so.1]" not in "".join(re.findall(r"SONAME.*", dynamic)):
        yield f"{library}: the SONAME is not libheard.so.1"
    if "NODELETE" not in dynamic:
        yield f"{library}: unloading it must be a no-op (link with -z nodelete)"
    if "TEXTREL" in dynamic:
        yield f"{library}: has text relocations"
    for needed in re.findall(r"NEEDED.*\[(.*)\]", dynamic):
        if ONLY_ADAPTERS.match(needed):
            yield f"{library}: links {needed}, which belongs to the adapters module"


def self_test():
    listing = "# about\nHEARD_1.0:\n\nheard_a\nHEARD_1.1:\nheard_b\n"
    good = "00 A HEARD_1.0\n00 T heard_a@@HEARD_1.0\n01 T heard_b@@HEARD_1.1\n"
    assert not list(differences("", list(listed(listing)), list(exported(good))))
    for bad in (good.replace("HEARD_1.1", "HEARD_1.0"), good + "02 T leaked@@HEARD_1.0\n",
                good + "02 u _ZSt3foo\n", good.replace("01 T heard_b@@HEARD_1.1\n", "")):
        assert list(differences("", list(listed(listing)), list(exported(bad)))), bad


self_test()
symbols = list(listed((ROOT / "src/abi/symbols.txt").read_text()))
names = [symbol.partition("@")[0] for symbol in symbols]
problems = list(differences("heard.h and symbols.txt", functions(HEADER.read_text()),
                            names + [ENTRY]))
if len(sys.argv) > 1:
    library = sys.argv[1]
    problems += differences(f"symbols.txt and {library}", symbols, exports_of(library))
    problems += check_linkage(library)
if len(sys.argv) > 2:
    module = sys.argv[2]
    names = [symbol.partition("@")[0] for symbol in exports_of(module)]
    problems += differences(f"what {module} should and does export", [ENTRY], names)
print("\n".join(problems))
sys.exit(bool(problems))
