#!/usr/bin/env python3
"""How far an hour's export is from what was measured, in each table format, as other readers have it: the largest
difference in time and in tilt over every row. Prints figures, asserts none. Argument: nasty_export."""
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

import nasty

EXPORT, SECONDS = sys.argv[1], 3600


def from_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield float(row["t_s"]), float(row["tilt_deg"]) if row["tilt_deg"] else None


def from_json(path):
    session = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    t, tilt = session["columns"].index("t_s"), session["columns"].index("tilt_deg")
    return ((row[t], row[tilt]) for row in session["rows"])


def from_mot(path):
    lines = iter(open(path, encoding="utf-8"))
    while not next(lines).startswith("time"):
        pass
    for line in lines:
        t, tilt, *_ = map(float, line.split("\t"))
        yield t, None if math.isnan(tilt) else -tilt


def from_xlsx(path):
    rows = openpyxl.load_workbook(path, read_only=True)["Trace"].iter_rows(min_row=2, min_col=2, max_col=3, values_only=True)
    return ((t, tilt) for t, tilt in rows if t is not None)


def thinned(times, rate):
    due = 0
    for t in times:
        if t - nasty.FIRST_S >= due - 1e-6:
            yield t
            due = (int((t - nasty.FIRST_S) * rate + 1e-6) + 1) / rate


def figure(name, arguments, read, times):
    with tempfile.TemporaryDirectory(prefix="plumb-hour-") as folder:
        path = f"{folder}/hour.{name}"
        subprocess.run([EXPORT, name, path, "--seconds", str(SECONDS), *arguments], check=True, capture_output=True)
        rows, time_error, tilt_error, lost = 0, 0.0, 0.0, 0
        wanted = iter(times)
        for found_t, tilt in read(path):
            t, rows = next(wanted), rows + 1
            truth = nasty.row(t)["tilt_deg"]
            time_error = max(time_error, abs(found_t - t))
            lost += (tilt is None) != (truth is None)
            if tilt is not None and truth is not None:
                tilt_error = max(tilt_error, abs(tilt - truth))
        missing = sum(1 for _ in wanted)
    print(f"{name:5} {rows:7} rows: time within {1e6 * time_error:.2f} us, tilt within {tilt_error:.5f} deg, "
          f"{missing} rows missing, {lost} known or unknown wrongly")


every = list(nasty.times(SECONDS))
figure("csv", ["part=trace"], from_csv, every)
figure("json", [], from_json, every)
figure("mot", [], from_mot, every)
figure("xlsx", [], from_xlsx, thinned(every, 10))
