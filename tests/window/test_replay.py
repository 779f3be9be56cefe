#!/usr/bin/env python3
"""A kept session moment by moment, and an hour of it: what is said at the cursor is what is stored.

test_replay.py PLUMB_APP PLUMB [TEST...]
"""
import bisect
import contextlib
import csv
import math
import re
import sqlite3
import sys
import time

import desk
from desk import until
from kept import choose, papers, plumb, run_all, session_of, sessions


# ---- a session

class Trace:
    """The stored trace, as the export has it."""

    def __init__(self, table, session):
        folder = table.folder / "trace-{}".format(session)
        plumb("export", session, "--format", "csv", "-o", folder)
        with open(folder / "trace.csv") as file:
            rows = list(csv.DictReader(file))
        self.t_s = [float(row["t_s"]) for row in rows]
        self.rows = rows
        with open(folder / "flags.csv") as file:
            self.flags = list(csv.DictReader(file))
        with open(folder / "holds.csv") as file:
            self.holds = list(csv.DictReader(file))

    def near(self, second):
        """All tilts of that second of the session, which begins with its first row."""
        begin = bisect.bisect_left(self.t_s, self.t_s[0] + second - 0.01)
        end = bisect.bisect_right(self.t_s, self.t_s[0] + second + 1.01)
        return [float(row["tilt_deg"]) for row in self.rows[begin:end] if row["tilt_deg"]]

    def at(self, t_s):
        """The row that had come last then."""
        return self.rows[bisect.bisect_right(self.t_s, t_s + 1e-6) - 1]


def clock(words):
    match = re.match(r"(\d+):(\d\d), ", words)
    return 60 * int(match.group(1)) + int(match.group(2))


def said(app):
    """The line at the cursor: its second, and its tilt."""
    words = app.wait(r"^\d+:\d\d, .* degrees (forward|back)$").string
    match = re.search(r"([\d.]+) degrees (forward|back)$", words)
    return clock(words), float(match.group(1)) * (1 if match.group(2) == "forward" else -1), words


def moves_to(app, before):
    """What is said when it is no longer what was said before."""
    end = time.monotonic() + 10
    while said(app)[2] == before:
        assert time.monotonic() < end, "the cursor stands at " + before
    return said(app)


def a_session_is_replayed(table, app):
    number = session_of("anna")
    trace = Trace(table, number)
    choose(app, "anna")
    app.click("Replay")
    second, deg, words = said(app)
    hold = trace.holds[0]
    assert second == int(float(hold["start_s"]) - trace.t_s[0]), (second, hold)
    assert "hold 1, right, in the zone" in words, words
    assert abs(deg - float(trace.at(float(hold["start_s"]))["tilt_deg"])) <= 0.051, (words, hold)

    app.key("period")  # the next moment: the second hold, then the flag in it
    app.wait("hold 2, right")
    app.key("period")
    flag = trace.flags[0]
    second, deg, words = moves_to(app, words)
    app.wait("pelvis tipping forward \\(measured\\), {:.1f} degrees at most".format(float(flag["peak_deg"])))
    second, deg, words = said(app)
    assert abs(deg - float(trace.at(float(flag["start_s"]))["tilt_deg"])) <= 0.051, (words, flag)
    assert "out of the set zone" in words, words

    app.key("shift+Left")
    moved = moves_to(app, words)
    assert moved[0] == second - 10, (moved, second)
    app.key("Right")
    after = moves_to(app, moved[2])
    assert after[0] == moved[0] + 1, (after, moved)
    app.key("Home")
    app.wait("^0:00, ")
    app.key("End")
    app.wait(r"^{}:\d\d, ".format(int((trace.t_s[-1] - trace.t_s[0]) // 60)))

    drag_on_the_strip(app, trace)
    playing(app)
    app.key("Escape")
    app.wait("^The page$")


def drag_on_the_strip(app, trace):
    """A pointer that is dragged over the whole session takes the cursor along."""
    box = app.find("The whole session").get_component_iface().get_extents(app.atspi.CoordType.WINDOW)
    length_s, seen = trace.t_s[-1] - trace.t_s[0], []
    y = box.y + box.height // 2
    app.tool("mousemove", "--window", app.x_window(), str(box.x + box.width // 4), str(y), "mousedown", "1")
    before = said(app)[2]
    for part in (0.4, 0.55, 0.7):
        app.tool("mousemove", "--window", app.x_window(), str(int(box.x + box.width * part)), str(y))
        second, deg, before = moves_to(app, before)
        seen.append(second)
        assert abs(second - part * length_s) < 0.03 * length_s, (second, part * length_s)
        assert any(abs(deg - there) <= 0.051 for there in trace.near(second)), (before, trace.near(second))
    app.tool("mouseup", "1")
    assert seen == sorted(seen)


def playing(app):
    app.key("4", "space")
    app.wait("^Pause$")
    begun = said(app)
    assert moves_to(app, begun[2])[0] >= begun[0]
    app.key("space")
    app.wait("^Play$")


# ---- an hour

HOUR_S, RATE_HZ = 3600, 200


def an_hour(table):
    """Cara's: breathing at 200 Hz, imported."""
    path, period = table.folder / "hour.csv", 4 * RATE_HZ
    tails = []
    for at in range(period):
        deg = 2 * math.sin(2 * math.pi * at / period)
        tails.append(",{:.4f},{:.4f},0.02,0,0,{:.5f}\n".format(
            9.81 * math.sin(math.radians(deg)), 9.81 * math.cos(math.radians(deg)), 0))
    with open(path, "w") as file:
        file.write("t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps\n")
        file.writelines("{:.3f}{}".format(at / RATE_HZ, tails[at % period]) for at in range(HOUR_S * RATE_HZ))
    plumb("import", path, "--exercise", "supine-edge", "--side", "right", "--patient", "cara")
    path.unlink()


def an_hour_is_scrubbed(table, app):
    choose(app, "cara")
    app.click("Replay")
    words = said(app)[2]
    app.key(*["minus"] * 8)  # the whole hour in view
    app.key("Home")
    app.wait("^0:00, ")
    begun = time.monotonic()
    app.key(*["shift+Right"] * 60)
    app.wait("^10:00, ")
    took_s = time.monotonic() - begun
    assert took_s < 3, "sixty steps over an hour took {:.1f} s".format(took_s)
    app.key("End")
    app.wait("^59:59, |^1:00:00, ")
    app.key("Escape")
    assert words


def an_export_is_given_up_and_nothing_is_left_of_it(table, app):
    number = choose(app, "cara")
    before = papers(table)
    app.click("Format of the export")
    app.wait("^JSON$")
    app.key(*["Down"] * 4, "Return")
    app.click("Export")
    app.wait("^Exporting, ")
    app.click("Cancel")
    app.wait("^Given up. Nothing was written.$")
    assert papers(table) == before, papers(table)
    assert number in session_of("cara")


def a_report_is_given_up_and_nothing_is_left_of_it(table, app):
    choose(app, "cara")
    before = papers(table)
    with contextlib.closing(sqlite3.connect(table.folder / "data/plumb/plumb.db", isolation_level=None)) as store:
        store.execute("UPDATE derived SET code_version = 'an older one'")  # it is found again before it is drawn
        store.execute("BEGIN IMMEDIATE")  # and cannot be kept before another program has written
        app.click("Report as PDF")
        app.wait("^Writing the page, ")
        app.click("Cancel")
        store.execute("ROLLBACK")
    app.wait("^Given up. Nothing was written.$")
    assert papers(table) == before, papers(table)
    app.click("Report as PDF")
    app.wait("^Written: .*\\.pdf$", 30)
    assert len(papers(table)) == len(before) + 1, papers(table)


# ---- the whole

def run(table):
    sessions(table, "anna")
    an_hour(table)
    app = table.open("--screen", "history", "--sound", "off", "--size", "1280x940")
    app.wait("anna, Edge-of-table", 20)
    run_all(table, app, (
        a_session_is_replayed, an_hour_is_scrubbed, an_export_is_given_up_and_nothing_is_left_of_it,
        a_report_is_given_up_and_nothing_is_left_of_it), sys.argv[3:])
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


desk.main(run)
