# Lets system calls of the real `heard` command fail, or the process die in them, with strace: the
# store is intact afterwards, and what was acknowledged is in it.
#
# system_calls.py HEARD: for what the file system of fault_test cannot see: the lock, the mark and
# export files, and that SQLite is given real errors. Exits with 77 where strace may not trace.
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HEARD = sys.argv[1]
SIZE = int(os.environ.get("HEARD_CAMPAIGN_SIZE", "1"))
CALLS = ("openat", "flock", "fcntl", "write", "pwrite64", "pread64", "fsync", "fdatasync",
         "ftruncate")
FAULTS = {"EIO": CALLS, "ENOSPC": ("openat", "write", "pwrite64", "ftruncate"),
          "EINTR": ("openat", "flock", "write", "pwrite64", "pread64"), "KILL": CALLS}
SUFFIXES = ("", "-wal", "-shm", ".lock", ".mark")
# Leaks cannot be looked for in a process that is traced.
ENVIRONMENT = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")


def run(*command):
    return subprocess.run(command, env=ENVIRONMENT, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def traced(folder, options, command):
    """Runs the command under strace, which looks only at calls to the files of `folder`."""
    paths = [f"{folder}/school.heard{suffix}" for suffix in SUFFIXES] + [f"{folder}/export.jsonl"]
    watch = [word for path in paths for word in ("-P", path)]
    return run("strace", "-f", "-qq", "-o", f"{folder}/trace", *options, *watch, *command)


def log(folder, reference):
    return [HEARD, "log", "--json", "--store", f"{folder}/school.heard", "--channel", "phone",
            "--from", "guardian:7", "--text", "late bus", "--source", "gateway", "--ref", reference]


def export(folder):
    return [HEARD, "export", "--all", "--store", f"{folder}/school.heard", "--out",
            f"{folder}/export.jsonl"]


def create(folder):
    return [HEARD, "init", "--zone", "America/Chicago", "--store", f"{folder}/school.heard"]


def verify(folder):
    return [HEARD, "verify", "--json", "--store", f"{folder}/school.heard"]


WORKS = {"log": lambda folder: log(folder, "new"), "export": export, "init": create}


class Campaign:
    def __init__(self, origin):
        self.origin = origin
        self.problems = []
        self.trials = 0
        self.refused = 0

    def folder(self, parent, work):
        """A fresh folder; with a copy of the store, unless it is about to be made."""
        folder = Path(tempfile.mkdtemp(dir=parent))
        for suffix in SUFFIXES:
            source = Path(f"{self.origin}/school.heard{suffix}")
            if work != "init" and suffix != "-shm" and source.exists():
                shutil.copy(source, folder)
        return folder

    def counts(self, parent, work):
        """How often the work makes each call."""
        folder = self.folder(parent, work)
        done = traced(folder, ["-e", "trace=" + ",".join(CALLS)], WORKS[work](folder))
        if done.returncode != 0:
            sys.exit(f"{work} fails without any fault: {done.stderr}")
        return Counter(re.findall(r"^\d+ +(\w+)\(", (folder / "trace").read_text(), re.M))

    def trial(self, parent, work, call, number, fault):
        folder = self.folder(parent, work)
        what = "signal=KILL" if fault == "KILL" else f"error={fault}"
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:{what}:when={number}"]
        done = traced(folder, inject, WORKS[work](folder))
        self.trials += 1
        self.refused += done.returncode == 4
        for problem in self.judge(folder, work, fault, done):
            self.problems.append(f"{work}, {fault} in {call} number {number}: {problem}")
        shutil.rmtree(folder)

    def judge(self, folder, work, fault, done):
        if done.returncode not in ((137, -9) if fault == "KILL" else (0, 4)):
            yield f"ended with {done.returncode}: {done.stderr.strip()}"
        promised = json.loads(done.stdout)["size"] if work == "log" and done.returncode == 0 else 0
        if work == "init" and run(*create(folder)).returncode != 0:
            yield "the store cannot be made afterwards"
        checked = run(*verify(folder))
        if checked.returncode != 0:
            yield f"verify says: {checked.stdout} {checked.stderr}"
        elif json.loads(checked.stdout)["size"] < promised:
            yield "an acknowledged entry is missing"
        if run(*log(folder, "after")).returncode != 0:
            yield "it does not go on"
        if work == "export" and done.returncode == 0:
            checked = run(HEARD, "verify", "--export", f"{folder}/export.jsonl")
            if checked.returncode != 0:
                yield f"a damaged export was called done: {checked.stdout} {checked.stderr}"


def main():
    if run("strace", "-o", "/dev/null", "true").returncode != 0:
        print("strace may not trace here; fault_test covers the calls of SQLite without it")
        return 77
    memory = "/dev/shm"  # nothing here is about power, so no sync need reach a disk
    where = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where) as parent:
        origin = tempfile.mkdtemp(dir=parent)
        for command in (create(origin), log(origin, "one"), log(origin, "two")):
            if (done := run(*command)).returncode != 0:
                sys.exit(done.stderr)
        campaign = Campaign(origin)
        for work in WORKS:
            trials, problems = campaign.trials, len(campaign.problems)
            for call, count in campaign.counts(parent, work).items():
                step = max(1, -(-count // (2 * SIZE)))
                for fault in (fault for fault, calls in FAULTS.items() if call in calls):
                    often = fault in ("EIO", "KILL")
                    for number in range(1, count + 1, step) if often else (1,):
                        campaign.trial(parent, work, call, number, fault)
            print(f"campaign: system calls of heard {work}: {campaign.trials - trials} trials, "
                  f"{len(campaign.problems) - problems} lost")
    print("\n".join(campaign.problems))
    print(f"{campaign.refused} of {campaign.trials} commands said that the disk had failed")
    return bool(campaign.problems) or campaign.refused < 20


sys.exit(main())
