# Checks that no file names a strange place: a path of somebody's machine, a host nobody agreed on.
import re
from checker import ROOT, lines_of, main

MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:home|root|work|Users|mnt)/\w")
URL_HOST = re.compile(r"\b(?:https?|ftp|git|ssh)://(?:[^/\s@]*@)?\[?([\w.-]*\w)")
RESERVED = re.compile(r"127\.0\.0\.1|\w+|.*\.(?:example|test|invalid)|"  # or a word without a dot
                      r"(?:.*\.)?example\.(?:com|net|org)")


def check(root):
    known = (ROOT / "tests/style/hosts.txt").read_text().split("\n")
    for path, number, line in lines_of(root):
        if found := MACHINE_PATH.search(line):
            yield f"{path}:{number}: names a path of a machine: {line[found.start():][:40]}"
        for host in URL_HOST.findall(line):
            if host not in known and not RESERVED.fullmatch(host):
                yield f"{path}:{number}: {host} is neither reserved for examples nor in hosts.txt"


main(check,
     good={"a.md": "See http://www.w3.org/2000/svg, https://school.example/x, http://127.0.0.1:1\n",
           "b.cpp": "// the folder src/opt/x, ${ROOT}/home/x\n"},
     bad=[{"a.md": "in /ho" "me/somebody/x\n"}, {"b.txt": "https:/" "/registry.somewhere.io/x\n"}])
