#!/usr/bin/env python3
"""The trace on the screen, read back from its pixels as a person with a ruler would, against what was recorded.

test_pixels.py PLUMB_APP PLUMB

Nothing of the program's own geometry is used: degrees from the zero line and the red limit, seconds from the rules every
15 s, the moment from a mark that was set by key and is in the recording.
"""
import csv
import subprocess

import numpy

import desk

RED_LIMIT_DEG = 5.0  # of the exercise
RULE_EVERY_S = 15.0
MOST_MEAN_DEG, MOST_P99_DEG = 0.1, 0.5


def grab(app, folder, name):
    """The picture of that name on the screen: rows, columns, red green blue, 0 to 255."""
    box = app.find(name).get_component_iface().get_extents(app.atspi.CoordType.WINDOW)
    left, top = app.origin()
    path = folder / "screen.png"
    subprocess.run(["import", "-window", "root", "-crop", "{}x{}+{}+{}".format(
        box.width, box.height, left + box.x, top + box.y), "+repage", str(path)], check=True)
    raw = subprocess.run(["convert", str(path), "-depth", "8", "rgb:-"], check=True, capture_output=True).stdout
    return numpy.frombuffer(raw, numpy.uint8).reshape(box.height, box.width, 3).astype(float)


def dips(values):
    """How far each row is darker than what lies around it."""
    around = [numpy.median(numpy.r_[values[max(0, y - 5):max(0, y - 1)], values[y + 2:y + 6]]) for y in range(len(values))]
    return numpy.clip(numpy.array(around) - values, 0, None)


def middle(weights):
    """Where the largest of the weights is, with its neighbours' help: to a fraction of a row."""
    near = numpy.arange(int(weights.argmax()) - 1, int(weights.argmax()) + 2)
    return float((near * weights[near]).sum() / weights[near].sum())


def levels(picture):
    """The rows of the zero line and of the red limit, the two lines across the zones."""
    across = numpy.median(picture, axis=1)
    red = dips(across[:, 2])
    zero = dips(across[:, 0])
    zero[:int(red.argmax()) + 5] = 0  # above are the bars of the holds
    assert red.max() > 80 and zero.max() > 15, (red.max(), zero.max())
    return middle(zero), middle(red)


def rules_at(white):
    """The middles of the vertical rules every 15 s, and their distance."""
    darkness = (255 - white[:, :, 0]).min(axis=0)
    at = [x for x in range(1, len(darkness) - 1) if darkness[x] > 8]
    groups = numpy.split(at, numpy.where(numpy.diff(at) > 2)[0] + 1)
    middles = [float((group * darkness[group]).sum() / darkness[group].sum()) for group in groups]
    gap = numpy.median(numpy.diff(middles))
    return [x for x in middles if any(abs(abs(x - other) - gap) < 1.5 for other in middles)], gap


def mark_at(picture):
    """The middle of the dashed line of a mark."""
    return middle(numpy.clip((170 - picture.max(axis=-1)) / 120, 0, 1).sum(axis=0))


def trace_in(picture):
    """By column where the trace is: its middle, the row; nothing where it is steeper than a pen is wide."""
    blue = numpy.clip((picture[:, :, 2] - picture[:, :, 0] - 60) / 118, 0, 1)
    rows = numpy.arange(picture.shape[0])[:, None]
    weight = blue.sum(axis=0)
    known = weight > 1.2
    return numpy.where(known)[0], (blue * rows).sum(axis=0)[known] / weight[known]


def recorded(folder):
    """Seconds and degrees of the last session, and when it was marked."""
    out = folder / "kept"
    subprocess.run([desk.COMMAND, "export", "last", "--format", "csv", "-o", str(out)], check=True, capture_output=True)
    with open(out / "trace.csv") as file:
        rows = [(float(row["t_s"]), float(row["tilt_deg"])) for row in csv.DictReader(file) if row["tilt_deg"]]
    with open(out / "markers.csv") as file:
        marks = [float(row["t_s"]) for row in csv.DictReader(file) if "mark" in row["marker"] + row["text"]]
    assert len(marks) == 1, marks
    return numpy.array(rows), marks[0]


def read_trace(picture):
    """Seconds from the mark, and degrees, column by column."""
    zero, red = levels(picture)
    white = picture[int(zero + 1.25 * (zero - red)):int(zero + 1.75 * (zero - red))]  # back, between two rules
    rules, gap = rules_at(white)
    assert len(rules) >= 4, rules
    columns, middles = trace_in(picture)
    inside = (columns > rules[0] + 2) & (columns < rules[-1] - 12)  # the newest value is a disc
    seconds = (columns[inside] - mark_at(picture)) * RULE_EVERY_S / gap
    return seconds, (zero - middles[inside]) * RED_LIMIT_DEG / (zero - red), RULE_EVERY_S / gap


def run(table):
    app = table.open("--source", "sim:supine-edge-demo?speed=7", "--sound", "off", "--start")
    app.wait("Hold. Keep your pelvis", 40)
    app.wait("out of your set zone", 40)
    app.key("m")
    app.wait("^Marked$")
    app.wait("of 30 seconds, seconds left", 20)
    picture = grab(app, table.folder, "Tilt of the last minute")
    app.click("End")
    app.wait("^Once more$", 20)
    kept, mark_s = recorded(table.folder)
    seconds, degrees, column_s = read_trace(picture)
    truth = []
    for second in seconds:  # what a column shows: the middle of what passed in it
        inside = numpy.abs(kept[:, 0] - mark_s - second) <= column_s / 2
        values = kept[inside, 1]
        truth.append((values.min() + values.max()) / 2 if len(values) else numpy.nan)
    off = numpy.abs(degrees - numpy.array(truth))
    off = off[~numpy.isnan(off)]
    print("trace read back from {} columns: mean error {:.3f} deg, 99 %: {:.3f}, most {:.3f}; tilt from {:.1f} to {:.1f} deg".format(
        len(off), off.mean(), numpy.percentile(off, 99), off.max(), min(degrees), max(degrees)))
    assert len(off) > 100, len(off)
    assert off.mean() <= MOST_MEAN_DEG and numpy.percentile(off, 99) <= MOST_P99_DEG
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


desk.main(run)
