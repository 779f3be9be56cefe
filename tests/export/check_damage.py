#!/usr/bin/env python3
"""Damaged JSON into the store: refused in one line and nothing stays, or taken and then exported without harm. Arguments:
clip_store, plumb, exercises [how many]."""
import os
import random
import sqlite3
import sys

from rig import Rig

CLIP_STORE, PLUMB, EXERCISES = sys.argv[1:4]
MANY = int(sys.argv[4]) if len(sys.argv) > 4 else 20
rig = Rig()
draw = random.Random(8)


def plumb(store, *arguments):
    return rig.run(PLUMB, *arguments, environment={"XDG_DATA_HOME": str(rig.folder / store)})


def damaged(text, kind):
    at = draw.randrange(len(text))
    if kind == 0:  # one character is another
        return text[:at] + draw.choice('0123456789abcXYZ"{}[],:-\\ \x01é') + text[at + 1:]
    if kind == 1:  # a piece is missing
        return text[:at] + text[at + draw.randrange(1, 200):]
    if kind == 2:  # a line stands twice
        lines = text.split("\n")
        line = draw.randrange(len(lines))
        return "\n".join(lines[:line] + [lines[line]] + lines[line:])
    return text[:at] + text[at:].replace(draw.choice(["1", "e", "null", "seq", ": 0"]), draw.choice(["-1e308", "null", "99999999999999999999", '""']), 1)


def check(number, text):
    store, path = f"store{number}", rig.folder / f"{number}.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    ran = plumb(store, "import", path.name)
    rig.true(ran.returncode in (0, 6), f"{number}: import ends with {ran.returncode}: {ran.stderr[-300:]}")
    if ran.returncode == 0:
        ran = plumb(store, "export", "last", "--format", "json", "-o", f"{number}-out.json")
        rig.true(ran.returncode in (0, 1, 6), f"{number}: export ends with {ran.returncode}: {ran.stderr[-300:]}")
        return
    rig.true(ran.stderr.startswith(f"plumb: {path.name}") and ran.stderr.count("\n") == 1, f"{number}: one line, found {ran.stderr!r}")
    with sqlite3.connect(rig.folder / store / "plumb/plumb.db") as db:
        rig.equal(db.execute("SELECT count(*) FROM patients, sessions").fetchone(), (0,), f"{number}: nothing stays")


os.makedirs(rig.folder / "clip/plumb")
rig.done(CLIP_STORE, "clip/plumb/plumb.db", "6", f"{EXERCISES}/supine-edge.exercise")
plumb("clip", "export", "last", "--format", "json", "-o", "good.json", "--option", "rows=none")
good = (rig.folder / "good.json").read_text(encoding="utf-8")
kept = good.index('"kept"')
for number in range(MANY):
    # what was kept is what matters; the rest of the document is only looked at
    check(number, good[:kept] + damaged(good[kept:], number % 4) if number % 5 else damaged(good, number % 4))
rig.finish()
