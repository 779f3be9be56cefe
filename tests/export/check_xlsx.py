#!/usr/bin/env python3
"""The XLSX export, read by openpyxl and by csvkit's in2csv. Argument: nasty_export."""
import csv
import io
import re
import sys
import zipfile

import openpyxl

import nasty
from rig import Rig

EXPORT = sys.argv[1]
rig = Rig()


def rows_of(sheet):
    """Each row below the head as {head: value}."""
    rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def check_summary(sheet):
    lines = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    for label, wanted in {"Patient": nasty.ALIAS, "Code": nasty.CODE, "Note": nasty.NOTE, "Tags": nasty.TAGS, "Stretched side": "both"}.items():
        rig.equal(lines[label][0], wanted, label)
    rig.equal(lines["Begun"][0].isoformat(timespec="seconds"), "2026-01-02T16:05:30", "begun, as the user's clock showed it")
    rig.equal(lines["Times out of the set zone"][:2], (3, 4), "excursions by side")
    rig.near(lines["Most forward (deg)"][0], 10.4, 1e-9, "most forward")
    rig.true(any("not a medical device" in str(label) for label in lines), "what it is not")


def check_tables(book):
    found, wanted = rows_of(book["Flags"]), list(nasty.flags())
    rig.equal(len(found), len(wanted), "flags")
    for row, (kind, basis, onset, start, end, peak) in zip(found, wanted):
        rig.equal((row["kind"], row["basis"]), (kind, basis), "flag")
        for name, value in (("onset_s", onset), ("start_s", start), ("end_s", end), ("peak_deg", peak)):
            rig.near(row[name], value, 1e-6, f"{name} of a flag")
        rig.near(seconds(row["raised (m:s)"]), start - nasty.FIRST_S, 0.002, "clock of a flag")
    found, wanted = rows_of(book["Notes"]), list(nasty.marks())
    rig.equal(len(found), len(wanted), "markers")
    for row, (t, marker) in zip(found, wanted):
        rig.near(row["t_s"], t, 1e-6, "time of a marker")
        note = marker.startswith("note:")
        rig.equal((row["marker"], row["text"]), ("note", marker[5:]) if note else (marker, None), "marker")
    rig.equal([row["side"] for row in rows_of(book["Holds"])], ["left", "right"], "holds")


def seconds(clock):
    """openpyxl makes a time, a timedelta or a datetime of it."""
    if hasattr(clock, "total_seconds"):
        return clock.total_seconds()
    return clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6


def check_trace(rows, rate):
    wanted, due = [], 0
    for t in nasty.times():
        if t - nasty.FIRST_S >= due - 1e-6:
            wanted.append(t)
            due = (int((t - nasty.FIRST_S) * rate + 1e-6) + 1) / rate
    rig.equal(len(rows), len(wanted), f"rows of the trace at {rate} Hz")
    for row, t in zip(rows, wanted):
        truth = nasty.row(t)
        rig.near(row["t_s"], t, 1e-6, "time")
        for name in ("tilt_deg", "tilt_sd_deg", "rotation_deg", "obliquity_deg", "lumbar_deg", "hip_deg"):
            rig.near(row[name], truth[name], 0.001, f"{name} at {t}")
        rig.equal((row["zone"], row["flags"] or ""), (truth["zone"], truth["flags"]), f"zone and flags at {t}")


def check_strings(path):
    """No formula anywhere, whatever the words; and the chart is there."""
    with zipfile.ZipFile(rig.folder / path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        rig.equal(len(sheets), 5, "sheets")
        rig.true(not any(re.search(r"<f[ >]", parts.read(name).decode()) for name in sheets), "a formula")
        chart = parts.read("xl/charts/chart1.xml").decode()
        rig.true("Trace!$C$2:$C$" in chart and chart.count("<c:ser>") == 3, "the chart's series")


rig.everywhere(EXPORT, "xlsx", "OUT.xlsx", names=["OUT.xlsx"])
rig.done(EXPORT, "xlsx", "a.xlsx")
book = openpyxl.load_workbook(rig.folder / "a.xlsx")
rig.equal(book.sheetnames, ["Summary", "Holds", "Flags", "Notes", "Trace"], "sheets")
rig.equal(book["Trace"].freeze_panes, "A2", "frozen head")
check_summary(book["Summary"])
check_tables(book)
check_trace(rows_of(book["Trace"]), 10)
check_strings("a.xlsx")
rig.done(EXPORT, "xlsx", "full.xlsx", "rate=1000")
check_trace(rows_of(openpyxl.load_workbook(rig.folder / "full.xlsx", read_only=True)["Trace"]), 1000)
ran = rig.done("in2csv", "--sheet", "Notes", "-I", "a.xlsx")
texts = [row["text"] for row in csv.DictReader(io.StringIO(ran.stdout))]
wanted = [m[5:] if m.startswith("note:") else "" for _, m in nasty.marks()]
rig.equal(texts, ["" if text == "n/a" else text for text in wanted], "notes as in2csv has them (to it n/a is nothing)")
rig.equal(rig.run(EXPORT, "xlsx", "a.xlsx").returncode, 2, "exit where the name is taken")
rig.equal(rig.run(EXPORT, "xlsx", "nowhere/a.xlsx").returncode, 1, "exit where there is no folder")
rig.equal(rig.run(EXPORT, "xlsx", "b.xlsx", "rate=often").returncode, 2, "exit of a rate that is none")
ran = rig.run("sh", "-c", 'ulimit -f 16; trap "" XFSZ; exec "$0" xlsx full-tmp.xlsx', EXPORT)
rig.equal(ran.returncode, 1, "exit where a file of the library's own cannot grow")
rig.true(not [path for path in rig.folder.iterdir() if path.name.startswith("full-tmp")], "nothing is left of it")
rig.done(EXPORT, "xlsx", "anyone.xlsx", "--deidentify")
lines = [cell for sheet in openpyxl.load_workbook(rig.folder / "anyone.xlsx") for row in sheet.iter_rows(values_only=True) for cell in row]
rig.true(not {nasty.ALIAS, nasty.CODE, nasty.NOTE, nasty.TAGS, nasty.NOTES[0], "Begun"} & set(map(str, lines)), "who it was is told")
rig.finish()
