#!/usr/bin/env python3
"""The JSON export, read by Python's json. Argument: nasty_export."""
import json
import sys

import nasty
from rig import Rig

EXPORT = sys.argv[1]
rig = Rig()


def no_constant(name):
    raise ValueError(f"{name} is no JSON")


def read(path):
    return json.loads((rig.folder / path).read_text(encoding="utf-8"), parse_constant=no_constant)


def check_rows(session):
    rows, wanted = [dict(zip(session["columns"], row)) for row in session["rows"]], list(nasty.times())
    rig.equal(len(rows), len(wanted), "rows")
    rig.true(all(len(row) == len(session["columns"]) for row in session["rows"]), "fields of the rows")
    for row, t in zip(rows, wanted):
        truth = nasty.row(t)
        rig.near(row["t_s"], t, 1e-6, "time")
        for name in ("tilt_deg", "tilt_sd_deg", "rotation_deg", "obliquity_deg", "lumbar_deg", "hip_deg"):
            rig.near(row[name], truth[name], 0.001, f"{name} at {t}")
        rig.equal((row["zone"], row["flags"]), (truth["zone"], truth["flags"]), f"zone and flags at {t}")
        for sensor in ("pelvis", "lumbar"):
            acc, q = truth[f"{sensor}_acc"] or (None,) * 3, truth[f"{sensor}_q"] or (None,) * 4
            for axis, value in zip("xyz", acc):
                rig.near(row[f"{sensor}_a{axis}_mps2"], value, 6e-6, f"{sensor} a{axis} at {t}")
            for part, value in zip("wxyz", q):
                rig.near(row[f"{sensor}_q{part}"], value, 1e-7, f"{sensor} q{part} at {t}")


def check_events(session):
    found, wanted = session["markers"], list(nasty.marks())
    rig.equal([mark["marker"] for mark in found], [marker for _, marker in wanted], "markers, to the byte")
    for mark, (t, _) in zip(found, wanted):
        rig.near(mark["t_s"], t, 1e-6, "time of a marker")
    found, wanted = session["analysis"]["flags"], list(nasty.flags())
    rig.equal(len(found), len(wanted), "flags")
    for flag, (kind, basis, onset, start, end, peak) in zip(found, wanted):
        rig.equal((flag["kind"], flag["basis"]), (kind, basis), "flag")
        for name, value in (("onset_s", onset), ("start_s", start), ("end_s", end), ("peak_deg", peak)):
            rig.near(flag[name], value, 1e-6, f"{name} of a flag")
    rig.equal([hold["side"] for hold in session["holds"]], ["left", "right"], "holds")


rig.everywhere(EXPORT, "json", "OUT.json", names=["OUT.json"])
rig.done(EXPORT, "json", "a.json")
session = read("a.json")
rig.equal((session["schema"], session["analysis"]["schema"]), ("plumb-session/1", "plumb-analysis/1"), "schemas")
rig.equal((session["patient"]["alias"], session["patient"]["code"]), (nasty.ALIAS, nasty.CODE), "patient")
rig.equal((session["session"]["note"], session["session"]["tags"]), (nasty.NOTE, nasty.TAGS), "words")
rig.equal(session["session"]["begun"], "2026-01-02T16:05:30.123456+05:45", "begun")
check_rows(session)
check_events(session)
rig.done(EXPORT, "json", "a.json.gz")
rig.equal(rig.done("gzip", "-dc", "a.json.gz").stdout, (rig.folder / "a.json").read_text(), "compressed")
rig.done(EXPORT, "json", "short.json", "rows=none")
rig.true("rows" not in read("short.json"), "no rows where none are asked for")
rig.done(EXPORT, "json", "anyone.json", "--deidentify")
anyone = read("anyone.json")
rig.equal(anyone["patient"], {"sex": "F", "birth_year": 1931}, "patient, not told")
rig.true(not {"uuid", "begun", "note", "tags"} & set(anyone["session"]), "session, not told")
rig.true(not any(mark["marker"].startswith("note:") for mark in anyone["markers"]), "notes, not told")
rig.equal(rig.run(EXPORT, "json", "a.json").returncode, 2, "exit where the name is taken")
rig.finish()
