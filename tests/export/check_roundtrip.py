#!/usr/bin/env python3
"""Export, import, export: the same bytes, from a store into another. Arguments: nasty_export, clip_store, plumb, exercises."""
import csv
import json
import os
import sqlite3
import sys

from rig import Rig

EXPORT, CLIP_STORE, PLUMB, EXERCISES = sys.argv[1:5]
rig = Rig()


def plumb(store, *arguments):
    return rig.done(PLUMB, *arguments, environment={"XDG_DATA_HOME": str(rig.folder / store)})


def same(one, other, what):
    rig.true(rig.tree(one) == {name.replace(other, one): content for name, content in rig.tree(other).items()}, f"{what} is the same")


def through_json(first, second, name):
    """Everything of the last session by way of JSON, into another store, and out again in every table format."""
    plumb(first, "export", "last", "--format", "json", "-o", f"{name}.json")
    plumb(second, "import", f"{name}.json")
    plumb(second, "export", "last", "--format", "json", "-o", f"{name}-again.json")
    same(f"{name}.json", f"{name}-again.json", f"the JSON of {name}")
    for ending in ("", ".sto", ".mot", ".xlsx"):
        for store, path in ((first, f"{name}{ending}"), (second, f"{name}-again{ending}")):
            plumb(store, "export", "last", "--format", ending[1:] or "csv", "-o", path)
    # the number in its store is the one thing that differs
    rig.equal(sorted(rig.tree(name)), ["datapackage.json", "flags.csv", "holds.csv", "markers.csv", "raw.csv", "trace.csv"], "files")
    for table in ("raw", "trace", "holds", "flags", "markers"):
        rig.true(rig.tree(name)[f"{table}.csv"] == rig.tree(f"{name}-again")[f"{table}.csv"], f"{table}.csv of {name} is the same")
    for ending in (".sto", ".mot", ".xlsx"):
        same(f"{name}{ending}", f"{name}-again{ending}", ending)
    ran = plumb(second, "import", f"{name}-again.json")
    rig.true("is in the store already" in ran.stderr, f"a second import: {ran.stderr}")


def check_recording():
    """A raw CSV comes out as it went in."""
    rig.done(EXPORT, "csv", "nasty.csv")
    ran = plumb("a", "import", "nasty.csv", "--patient", "Zoë", "--side", "left", "--begun", "2026-01-02T10:20:30Z", "--note", "=1\n2")
    rig.equal(ran.stdout, "session 1: nasty.csv\n", "what import says")
    plumb("a", "export", "last", "--format", "csv", "-o", "nasty-out.csv")
    same("nasty.csv", "nasty-out.csv", "the raw CSV")
    plumb("a", "export", "1", "--format", "csv", "-o", "nasty-trace.csv", "--option", "part=trace")
    rig.done(PLUMB, "export", "nasty.csv", "--side", "left", "--format", "csv", "-o", "bare-trace.csv", "--option", "part=trace")
    with open(rig.folder / "nasty-trace.csv") as stored, open(rig.folder / "bare-trace.csv") as bare:
        rows = list(zip(csv.DictReader(stored), csv.DictReader(bare)))
    rig.equal(len(rows), 5688, "rows of the trace")
    for one, other in rows:
        for name in ("tilt_deg", "rotation_deg", "lumbar_deg"):
            rig.near(float(one[name]) if one[name] else None, float(other[name]) if other[name] else None, 0.002,
                     f"{name} at {one['t_s']}: as plumb analyze has it")
    through_json("a", "b", "nasty")


def check_clip():
    """A session whose bytes came over the link."""
    os.makedirs(rig.folder / "clip/plumb")
    rig.done(CLIP_STORE, "clip/plumb/plumb.db", "40", f"{EXERCISES}/supine-edge.exercise")
    through_json("clip", "clip-too", "link")
    session = json.loads((rig.folder / "link.json").read_text())
    rig.equal(sorted({row["table"] for row in session["kept"]}),
              ["annotation", "block", "device", "end", "marker", "patient", "patient_words", "session", "step", "thresholds"], "what is kept")
    rig.equal(session["session"]["note"], "=SUM(A1)\nline two", "note")
    rig.true(len(session["rows"]) > 7000, "rows")
    plumb("clip", "export", "last", "--format", "json", "-o", "anyone.json", "--deidentify")
    rig.true("kept" not in json.loads((rig.folder / "anyone.json").read_text()), "nothing that tells whose it is")


def check_store():
    """Another store's file: every session that is not there yet; the file itself stays as it is."""
    before = rig.tree("a")
    ran = plumb("c", "import", "a/plumb/plumb.db")
    rig.equal(ran.stdout, "1 sessions: a/plumb/plumb.db (0 were in the store already)\n", "what import says")
    rig.equal({name: content for name, content in rig.tree("a").items() if content}, before, "the other store")
    plumb("c", "export", "last", "--format", "json", "-o", "merged.json")
    same("nasty.json", "merged.json", "the JSON out of a merged store")
    ran = plumb("c", "import", "a/plumb/plumb.db", "clip/plumb/plumb.db")
    rig.equal(ran.stdout, "0 sessions: a/plumb/plumb.db (1 were in the store already)\n"
              "1 sessions: clip/plumb/plumb.db (0 were in the store already)\n", "a second time, and a third store")
    whole = (rig.folder / "clip/plumb/plumb.db").read_bytes()
    (rig.folder / "cut.db").write_bytes(whole[:len(whole) // 2])
    (rig.folder / "dirt.db").write_bytes(whole[:100000] + bytes(200000) + whole[300000:])
    with sqlite3.connect(rig.folder / "other.db") as db:
        db.execute("CREATE TABLE recipes (text)")
    for name in ("cut.db", "dirt.db", "other.db"):
        ran = rig.run(PLUMB, "import", name, environment={"XDG_DATA_HOME": str(rig.folder / "d")})
        rig.equal(ran.returncode, 6, f"exit of {name}: {ran.stderr}")
        rig.true(ran.stderr.count("\n") == 1 and name in ran.stderr, f"one line that names {name}: {ran.stderr!r}")


check_recording()
check_clip()
check_store()
rig.finish()
