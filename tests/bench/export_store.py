#!/usr/bin/env python3
"""What an hour of two sensors at 200 Hz costs from the store, in each format: seconds and most memory of the whole program,
`plumb export last`. Prints figures, asserts none.

    export_store.py CLIP_STORE PLUMB EXERCISES [SECONDS]
"""
import os
import re
import subprocess
import sys
import tempfile
import time

CLIP_STORE, PLUMB, EXERCISES = map(os.path.abspath, sys.argv[1:4])
SECONDS = sys.argv[4] if len(sys.argv) > 4 else "3600"


def run(folder, *command, store="data"):
    """Seconds and mebibytes of one run; what it said where it failed."""
    begun = time.monotonic()
    environment = {**os.environ, "XDG_DATA_HOME": f"{folder}/{store}"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - begun, usage.ru_maxrss / 1024, said if process.returncode else ""


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(base, name)) for base, _, names in os.walk(path) for name in names)


def tell(what, took, path=None):
    seconds, memory, failed = took
    print(f"{what:22} {seconds:6.2f} s  {memory:6.1f} MiB most" + (f"  {size(path) / 1e6:8.1f} MB" if path else "") +
          (f"  FAILED: {failed.strip()}" if failed else ""), flush=True)


with tempfile.TemporaryDirectory(prefix="plumb-hour-") as folder:
    os.makedirs(f"{folder}/data/plumb")
    store = f"{folder}/data/plumb/plumb.db"
    tell("record", run(folder, CLIP_STORE, store, SECONDS, f"{EXERCISES}/supine-edge.exercise"), store)
    tell("derive, then mot", run(folder, PLUMB, "export", "last", "--format", "mot", "-o", "first.mot"), f"{folder}/first.mot")
    help_text = subprocess.run([PLUMB, "export", "--help"], capture_output=True, text=True, check=True).stdout
    formats = re.findall(r"^  ([a-z]+) {2,}", help_text.split("Formats:")[1], re.M)
    for name in formats:
        path = f"{folder}/hour.{name}"
        tell(name, run(folder, PLUMB, "export", "last", "--format", name, "-o", path), path if os.path.exists(path) else None)
    tell("import json", run(folder, PLUMB, "import", "hour.json", store="other"))
    tell("import raw csv", run(folder, PLUMB, "import", "hour.csv", store="other"))
