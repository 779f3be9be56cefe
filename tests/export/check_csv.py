#!/usr/bin/env python3
"""The CSV export, read by Python's csv, csvkit's csvclean and npm's tableschema. Arguments: nasty_export, plumb."""
import csv
import json
import sys

import nasty
import validator
from rig import Rig

EXPORT, PLUMB = sys.argv[1:3]
rig = Rig()
TABLES = ["raw", "trace", "holds", "flags", "markers"]


def table(name, folder="out"):
    with open(rig.folder / folder / f"{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def number(text):
    return float(text) if text else None


def check_rows(seconds):
    raw, trace, wanted = table("raw"), table("trace"), list(nasty.times(seconds))
    rig.equal((len(raw), len(trace)), (len(wanted), len(wanted)), "rows")
    for t, r, a in zip(wanted, raw, trace):
        truth = nasty.row(t)
        rig.near(float(r["t_s"]), t, 1e-6, "time")
        rig.equal(a["t_s"], r["t_s"], "time of the trace")
        for name in ("tilt_deg", "tilt_sd_deg", "rotation_deg", "obliquity_deg", "lumbar_deg", "hip_deg"):
            rig.near(number(a[name]), truth[name], 0.001, f"{name} at {t}")
        rig.equal((a["zone"], a["flags"]), (truth["zone"], truth["flags"]), f"zone and flags at {t}")
        for sensor in ("pelvis", "lumbar"):
            acc, gyr = truth[f"{sensor}_acc"], truth[f"{sensor}_gyr"] if sensor == "pelvis" else None
            for axis, name in enumerate("xyz"):
                rig.near(number(r[f"{sensor}_a{name}_mps2"]), acc[axis] if acc else None, 6e-6, f"{sensor} a{name} at {t}")
                if gyr:
                    rig.near(number(r[f"{sensor}_g{name}_radps"]), gyr[axis], 6e-7, f"{sensor} g{name} at {t}")


def one_line(text):
    return "".join(" " if ord(c) < 32 else c for c in text)


def check_events():
    wanted = [(t, one_line(m)) for t, m in nasty.marks()]
    found = table("markers")
    rig.equal(len(found), len(wanted), "markers")
    for row, (t, marker) in zip(found, wanted):
        rig.near(float(row["t_s"]), t, 1e-6, "time of a marker")
        if marker.startswith("note:"):
            text = marker[5:]
            rig.equal((row["marker"], row["text"]), ("note", "'" + text if text[0] in "=+-@" else text), "note")
        else:
            rig.equal((row["marker"], row["text"]), (marker, ""), "marker")
    in_rows = [(float(row["t_s"]), row["marker"]) for row in table("raw") if row["marker"]]
    rig.equal([m for _, m in in_rows], [m for _, m in wanted], "markers of the rows, in order")
    found, wanted = table("flags"), list(nasty.flags())
    rig.equal(len(found), len(wanted), "flags")
    for row, (kind, basis, onset, start, end, peak) in zip(found, wanted):
        rig.equal((row["kind"], row["basis"]), (kind, basis), "flag")
        for name, value in (("onset_s", onset), ("start_s", start), ("end_s", end), ("peak_deg", peak)):
            rig.near(number(row[name]), value, 1e-5, f"{name} of a flag")
    rig.equal([row["side"] for row in table("holds")], ["left", "right"], "holds")


def check_package():
    package = json.loads((rig.folder / "out/datapackage.json").read_text())
    rig.equal([r["name"] for r in package["resources"]], TABLES, "resources")
    for resource in package["resources"]:
        with open(rig.folder / "out" / resource["path"], newline="", encoding="utf-8") as file:
            header = next(csv.reader(file))
        rig.equal([f["name"] for f in resource["schema"]["fields"]], header, f"fields of {resource['name']}")
    rig.equal(package["plumb"]["patient"], nasty.ALIAS, "patient")
    rig.equal(package["plumb"]["note"], nasty.NOTE, "note")
    rig.equal(package["plumb"]["begun"], "2026-01-02T16:05:30.123456+05:45", "begun")


def check_readers():
    for name in ("raw", "markers"):
        ran = rig.done("csvclean", "-n", f"out/{name}.csv")
        rig.true("No errors" in ran.stdout, f"csvclean of {name}: {ran.stdout}")
    ran = rig.done(PLUMB, "export", "out/raw.csv", "--format", "csv", "-o", "again.csv")
    rig.true(rig.tree("again.csv")["again.csv"] == rig.tree("out")["raw.csv"], "raw, read and written again, is the same")
    rig.done(PLUMB, "export", "out/raw.csv", "--format", "csv", "-o", "again.csv.gz", "--option", "part=raw")
    ran = rig.done("gzip", "-dc", "again.csv.gz")
    rig.true(ran.stdout.encode() == rig.tree("out")["raw.csv"], "raw, compressed, is the same")


def check_tableschema():
    """The data package against its own fields and limits; and that the reader could have failed."""
    if not validator.found("tableschema"):
        print("tableschema is not installed: its reading is left out")
        return
    ran = validator.node(rig, "tableschema.js", "out")
    rig.equal(ran.returncode, 0, f"tableschema\n{ran.stdout}{ran.stderr}")
    rig.true("raw: 5688 rows" in ran.stdout and "markers: 504 rows" in ran.stdout, f"tableschema read all: {ran.stdout}")
    rig.done(EXPORT, "csv", "bad", "--seconds", "6")
    trace = (rig.folder / "bad/trace.csv").read_text()
    for wrong in (trace.replace(",off,", ",blue,", 1), trace.replace("0.250", "0,250", 1)):
        (rig.folder / "bad/trace.csv").write_text(wrong)
        rig.equal(validator.node(rig, "tableschema.js", "bad").returncode, 1, "tableschema of a damaged trace")


def check_names():
    """Nothing goes over what is there, unless asked; and then only over what such an export made."""
    before = rig.tree("out")
    ran = rig.run(EXPORT, "csv", "out")
    rig.equal(ran.returncode, 2, "exit where the name is taken")
    rig.true("out: is already there" in ran.stderr, ran.stderr)
    rig.done(EXPORT, "csv", "out", "--force", "--seconds", "10")
    rig.true(rig.tree("out") != before, "--force replaced it")
    (rig.folder / "mine").mkdir()
    (rig.folder / "mine/thesis.txt").write_text("years of work")
    ran = rig.run(EXPORT, "csv", "mine", "--force")
    rig.equal(ran.returncode, 2, "exit over a folder of somebody else's")
    rig.equal(rig.tree("mine"), {"thesis.txt": b"years of work"}, "somebody else's folder")
    rig.equal(rig.run(EXPORT, "csv", "nowhere/out").returncode, 1, "exit where there is no folder")
    rig.equal(rig.run(EXPORT, "csv", "x.csv", "part=all").returncode, 2, "exit of all parts in one file")
    rig.equal(rig.run(EXPORT, "csv", "x.csv", "part=some").returncode, 2, "exit of an unknown part")
    rig.equal(rig.run(EXPORT, "csv", "x.csv", "colour=red").returncode, 2, "exit of an unknown option")
    ran = rig.done(EXPORT, "csv", "dry", "--dry-run")
    rig.true("would write dry" in ran.stdout, ran.stdout)
    names = sorted(path.name for path in rig.folder.iterdir() if not path.name.startswith(("place", "bad")))
    rig.equal(names, ["again.csv", "again.csv.gz", "mine", "out"], "nothing else is left behind")


def check_deidentified():
    rig.done(EXPORT, "csv", "anyone", "--deidentify")
    text = b"\n".join(rig.tree("anyone").values()).decode()
    for secret in ("Zo", "cmd|", "HYPERLINK", "minus", ",note", "49 30", "2f1c0e9a", "2026-01-02"):
        rig.true(secret not in text, f"{secret} is told")
    rig.done(EXPORT, "csv", "moved", "--deidentify", "--shift-days", "-36525")
    rig.true("1926-01-02T16:05:30" in (rig.folder / "moved/datapackage.json").read_text(), "date moved by 36525 days")


rig.everywhere(EXPORT, "csv", "OUT", names=[f"OUT/{t}.csv" for t in TABLES] + ["OUT/datapackage.json"])
rig.done(EXPORT, "csv", "out")
check_rows(60)
check_events()
check_package()
check_readers()
check_tableschema()
check_names()
check_deidentified()
rig.finish()
