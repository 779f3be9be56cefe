#!/usr/bin/env python3
"""Afterwards, as people meet it: what is kept is found, looked at moment by moment, noted, written, deleted.

test_afterwards.py PLUMB_APP PLUMB
"""
import bisect
import csv
import os
import re
import subprocess
import sys
import time

import desk


def plumb(*words):
    return subprocess.run(
        [desk.COMMAND, *map(str, words)], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout


def two_sessions(table):
    """Anna's and Bela's, in a store of their own; nothing is written outside of the desk's home."""
    os.environ["HOME"] = str(table.folder)
    (table.folder / "config").mkdir(exist_ok=True)
    (table.folder / "config" / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Papers"\n')
    (table.folder / "Papers").mkdir(exist_ok=True)
    live = [subprocess.Popen(
        [desk.COMMAND, "live", "--source", "sim:supine-edge-demo?speed=40", "--exercise", "supine-edge", "--side",
         "right", "--sound", "off", "--patient", who],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for who in ("anna", "bela")]
    assert [one.wait(60) for one in live] == [0, 0]


def session_of(who):
    """Its number, as the command line tells it."""
    return re.search(r"^\s*(\d+)\s.*\b{}\b".format(who), plumb("sessions"), re.M).group(1)


# ---- replay

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


# ---- words, files

def type_into(app, name, text):
    app.click(name)
    app.tool("type", "--delay", "2", text)


def choose(app, who):
    """Chooses the session in the list; returns its number."""
    number = session_of(who)
    app.click("{}, Edge-of-table hip flexor stretch (Level Two), session {}".format(who, number))
    app.wait("^Session {}$".format(number))
    return number


def a_note_and_tags_are_kept(table, app):
    number = choose(app, "bela")
    type_into(app, "Note about the session", "left knee felt warm")
    type_into(app, "Tags of the session", "knee, first week")
    app.click("Keep note and tags")
    app.wait("^Note and tags are kept$")
    shown = plumb("sessions", "show", number)
    assert "left knee felt warm" in shown and "knee, first week" in shown, shown
    until(lambda: "Session " + number in app.texts(), "the page does not come back")
    app.click("Tags of the session")  # going elsewhere keeps what was typed as well
    app.key("End")
    app.tool("type", "--delay", "2", ", hot")
    choose(app, "anna")
    until(lambda: "first week, hot" in plumb("sessions", "show", number), "tags are not kept")


def until(happened, words, seconds=10):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, words
        time.sleep(0.05)


def written(app, ending):
    """The path that is told; that ends so and is there."""
    path = app.wait(r"^Written: (/.*{})$".format(re.escape(ending))).group(1)
    assert os.path.exists(path), path
    assert "/Papers/Plumb/" in path, path
    return path


def a_report_is_written(table, app):
    number = choose(app, "bela")
    app.click("Report as PDF")
    path = written(app, "session-{}.pdf".format(number))
    text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    assert "bela" in text and "left knee felt warm" in text, text
    assert [node for node in app.nodes() if node.get_name() == "Open"]
    choose(app, "anna")  # what was written of one is not told of another
    assert not [text for text in app.texts() if text.startswith("Written")], app.texts()


def every_format_is_written(table, app):
    number = choose(app, "anna")
    made = {}
    formats = ("bids", "csv", "edf", "bdf", "json", "sto", "mot", "xlsx", "fhir")
    for at, name in enumerate(formats):
        if at:
            app.click("Format of the export")
            app.wait("^{}$".format(name.upper()))
            app.key("Down", "Return")
        app.click("Export")
        app.wait(r"^Written: .*(-|\.){}(\.json)?$".format(name))
        made[name] = app.wait("^Written: (.*)$").group(1)
        parts = made[name]
        if os.path.isdir(parts):
            parts = [os.path.join(at, file) for at, _, files in os.walk(parts) for file in files]
            assert len(parts) > 3, parts
        else:
            parts = [parts]
        assert all(os.path.getsize(part) for part in parts), parts
    assert "session-{}".format(number) in made["json"]
    with open(made["json"]) as file:
        assert "anna" in file.read()
    left = [name for name in os.listdir(table.folder / "Papers" / "Plumb") if name.endswith(".part")]
    assert not left, left


# ---- the weeks

def the_weeks_of_a_person_are_shown_and_written(table, app):
    choose(app, "anna")
    app.click("Trends")
    app.wait("^Eight weeks of anna$")
    app.click("Report as PDF")
    path = written(app, "weeks.pdf")
    text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    assert "anna" in text and "Eight weeks" in text and "bela" not in text, text
    app.click("Trends")
    app.wait("^Session ")


# ---- searching, deleting

def names(app):
    return [text for text in app.texts() if re.match(r"\w+, .*, session \d+$", text)]


def what_is_searched_is_found(table, app):
    type_into(app, "Search by alias, code, exercise, note or tag", "warm")
    until(lambda: [name.split(",")[0] for name in names(app)] == ["bela"], "not found by its note")
    app.key("ctrl+a", "x", "y", "z")
    app.wait("^No session has these words.$")
    app.key("ctrl+a", "BackSpace")
    until(lambda: len(names(app)) == 2, "the list does not come back")


def deleted_is_taken_back_and_then_really_gone(table, app):
    number = choose(app, "bela")
    app.click("Delete")
    until(lambda: len(names(app)) == 1, "it is still listed")
    app.wait("^Undo$")
    app.click("Undo")
    until(lambda: len(names(app)) == 2, "it does not come back")
    assert "bela" in plumb("sessions")
    choose(app, "bela")
    app.click("Delete")
    app.wait("^Deleted$")
    until(lambda: len(names(app)) == 1, "it is still listed")
    assert "bela" in plumb("sessions")  # while it can be undone, it is there
    app.click("Close")
    assert app.process.wait(10) == 0
    listed = plumb("sessions")
    assert "anna" in listed and "bela" not in listed, listed
    store = b"".join(path.read_bytes() for path in table.folder.glob("data/plumb/plumb.db*"))
    assert b"left knee felt warm" not in store and number


# ---- the whole

def run(table):
    two_sessions(table)
    app = table.open("--screen", "history", "--sound", "off", "--size", "1280x940")
    app.wait("anna, Edge-of-table", 20)
    chosen = sys.argv[3:]
    for test in (a_session_is_replayed, a_note_and_tags_are_kept, a_report_is_written, every_format_is_written,
                 the_weeks_of_a_person_are_shown_and_written, what_is_searched_is_found,
                 deleted_is_taken_back_and_then_really_gone):
        if chosen and test.__name__ not in chosen:
            continue
        begun = time.monotonic()
        test(table, app)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)
    app.quiet()
    outside = [path.name for path in table.folder.iterdir() if path.name not in
               ("data", "config", "state", "Papers", "runtime", ".cache") and not re.match("log|trace", path.name)]
    assert not outside, outside


desk.main(run)
