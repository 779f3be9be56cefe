#!/usr/bin/env python3
"""Two programs record into one store at high speed while a third lists it without a pause: nothing is lost, nobody is told
that the store is locked, and every listing is one that could be: what was listed stays, and only grows.
Arguments: EXPORT_TESTS PLUMB."""
import csv
import json
import os
import re
import sqlite3
import subprocess
import sys

sys.path.insert(0, sys.argv[1])
from rig import Rig  # noqa: E402

PLUMB = sys.argv[2]
SOURCE = "sim:supine-edge-demo?speed=max"
ROUNDS = 5 if os.environ.get("PLUMB_SOAK") else 1
WRITERS = ("Anna", "Bela")
rig = Rig()


def start(who, turn):
    with open(rig.folder / f"{who}{turn}.said", "w") as said:
        return subprocess.Popen(
            [PLUMB, "live", "--source", SOURCE, "--exercise", "supine-edge", "--side", "right", "--patient", who, "--sound",
             "off", "--record", f"{who}{turn}.csv"],
            cwd=rig.folder, env={**os.environ, "XDG_DATA_HOME": str(rig.folder / "data")}, stdin=subprocess.DEVNULL,
            stdout=said, stderr=subprocess.STDOUT)


def clean(words, ran, said):
    rig.true(ran == 0, f"{words}: exit {ran}: {said}")
    rig.true(not re.search("locked|busy|database|using it", said), f"{words}: {said}")


def check_listing(before, text):
    """One listing against the one before it: {id: session}."""
    listed = {session["id"]: session for session in json.loads(text)}
    rig.equal(len(listed), len(json.loads(text)), "every session once")
    rig.true(set(before) <= set(listed), "what was listed is listed again")
    for number, session in listed.items():
        was = before.get(number, session)
        rig.equal((session["uuid"], session["patient"], session["exercise"]), (was["uuid"], was["patient"], was["exercise"]),
                  "what a session is")
        rig.true(session["duration_s"] >= was["duration_s"], f"session {number} only grows: {was} {session}")
        rig.true(session["ended"] in ("", "done") and was["ended"] in ("", session["ended"]),
                 f"session {number} ends once, and well: {was['ended']}, {session['ended']}")
    return listed


def list_while(writers):
    before, n, seen = {}, 0, 0
    while any(writer.poll() is None for writer in writers):
        ran = rig.run(PLUMB, "sessions", "list", "--json")
        clean("sessions", ran.returncode, ran.stderr)
        before = check_listing(before, ran.stdout)
        n, seen = n + 1, seen + any(not session["ended"] for session in before.values())
    return n, seen


def check_kept(number, path):
    """Every row of the CSV that was written beside is in the store, with its time."""
    rig.done(PLUMB, "export", str(number), "--format", "csv", "-o", f"kept{number}.csv")
    with open(rig.folder / path) as beside, open(rig.folder / f"kept{number}.csv") as kept:
        wanted, found = ([row["t_s"] for row in csv.DictReader(file)] for file in (beside, kept))
    rig.true(len(wanted) > 20000, f"{path}: {len(wanted)} rows")
    rig.true(found == wanted, f"{path}: {len(found)} of {len(wanted)} rows")


def check_round(turn):
    writers = {who: start(who, turn) for who in WRITERS}
    n, seen = list_while(writers.values())
    rig.true(n > 5 and seen > 2, f"{n} listings, {seen} while something was recorded")
    for who, writer in writers.items():
        said = (rig.folder / f"{who}{turn}.said").read_text()
        clean(who, writer.returncode, said)
        check_kept(int(re.search(r"kept as session (\d+)", said).group(1)), f"{who}{turn}.csv")
    return n


listings = sum(check_round(turn) for turn in range(ROUNDS))
final = check_listing({}, rig.done(PLUMB, "sessions", "list", "--json").stdout)
rig.equal(sorted(session["patient"] for session in final.values()), sorted(WRITERS * ROUNDS), "all that was recorded")
with sqlite3.connect(rig.folder / "data/plumb/plumb.db") as store:
    rig.equal(store.execute("PRAGMA integrity_check").fetchone()[0], "ok", "the store is whole")
    rig.equal(store.execute("SELECT count(*) FROM sessions s WHERE (SELECT count(*) FROM session_ends e WHERE e.session_id = s.id) "
                            "<> 1").fetchone()[0], 0, "every session has one end")
print(f"{listings} listings while {ROUNDS * len(WRITERS)} sessions were recorded")
rig.finish()
