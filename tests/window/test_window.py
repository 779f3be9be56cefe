#!/usr/bin/env python3
"""plumb-app as people meet it: looked at through the accessibility bus, touched with clicks and keys.

test_window.py PLUMB_APP PLUMB SOURCE_DIR
"""
import csv
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import time

import desk
import kept

SCENARIOS = pathlib.Path(sys.argv[3]) / "host" / "scenarios"


def scenario(table, name, more):
    """A shipped scenario with more in it; returns its path."""
    path = table.folder / (name + ".scenario")
    path.write_text((SCENARIOS / "supine-edge-{}.scenario".format(name)).read_text() + more)
    return path


def from_start_to_a_finished_stretch_of_both_sides(table):
    kept.at_home(table)
    app = table.open("--source", "sim:willing?speed=10", "--sound", "off")
    app.wait("^Start$")
    app.click("Both")
    app.click("Who: an alias, or empty for yourself")
    app.tool("type", "anna m")
    app.click("Start")
    app.wait("^Getting ready$")
    app.wait(r"(being measured,|measured, good:|approximate:) [1-9] tilts")
    app.wait("Hold. Keep your pelvis", 30)
    assert app.wait(r"^([\d.]+) degrees (back|forward), in the zone|^neutral")
    app.key("m")
    app.wait("^Marked$")
    app.key("space")
    app.wait("Paused. Space goes on.")
    app.key("Page_Down")
    app.wait_gone("Paused. Space goes on.")
    app.wait("Left side, step", 60)
    app.key("Escape")  # never ends a recording
    app.wait(r"Hold. Keep your pelvis", 30)
    app.wait("^Once more$", 60)
    shown = app.texts()
    assert any("Left: 60.0 s in the zone of 60 s asked" in text and "Right: 60.0 s in the zone of 60 s" in text
               for text in shown), shown
    its_report_and_export_are_written(app)
    app.click("Done")
    app.wait("^Last time: .*, left [0-9]+ s in the zone, .* right [0-9]+ s in the zone")
    app.wait("^anna m$")  # one click, the next time
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()
    check_kept(table, shown)


def its_report_and_export_are_written(app):
    """Where it ended, with the buttons that are there; read back by other programs."""
    app.click("Report as PDF")
    page = app.wait(r"^Written: (/.*/Papers/Plumb/.*[.]pdf)$", 20).group(1)
    text = subprocess.run(["pdftotext", page, "-"], check=True, capture_output=True, text=True).stdout
    assert "anna m" in text and "Holds" in text, text[:500]
    app.click("Export")
    folder = pathlib.Path(app.wait(r"^Written: (/.*/Papers/Plumb/[^.]*)$", 20).group(1))
    assert json.loads((folder / "dataset_description.json").read_text())["BIDSVersion"]
    assert list(folder.glob("**/*_motion.tsv")), list(folder.glob("**/*"))


def check_kept(table, shown):
    """What the window said afterwards is in the store."""
    stores = list(table.folder.glob("data/**/*.db"))
    assert len(stores) == 1, stores
    out = table.folder / "session.json"
    subprocess.run(
        [desk.COMMAND, "export", "last", "--format", "json", "-o", str(out)], check=True, capture_output=True)
    text = out.read_text()
    assert "anna m" in text and "note:mark" in text, text[:300]
    listed = json.loads(subprocess.run(
        [desk.COMMAND, "sessions", "list", "--json"], check=True, capture_output=True, text=True).stdout)
    assert [session["ended"] for session in listed] == ["done"], listed  # the exercise's own end, not the source's
    subprocess.run(
        [desk.COMMAND, "export", "last", "--format", "csv", "-o", str(table.folder / "traces")], check=True,
        capture_output=True)
    with open(table.folder / "traces" / "holds.csv") as file:
        holds = [(hold["side"], round(float(hold["in_zone_s"]))) for hold in csv.DictReader(file)]
    assert holds == [("right", 30), ("right", 30), ("left", 30), ("left", 30)], holds
    print("afterwards: " + " | ".join(line for line in shown if " s" in line)[:300])


def the_clip_is_pulled_and_put_back(table):
    path = scenario(table, "perfect", "\n[fault pull]\nat_s = 62\nfor_s = 45\nkind = unplug\n")
    app = table.open("--source", "sim:{}?speed=6".format(path), "--sound", "off", "--start", "--no-record")
    app.wait("Hold. Keep your pelvis", 30)
    app.wait("The clip was unplugged. The timer is paused", 20)
    app.wait("no signal, timer paused")
    app.wait_gone("The clip was unplugged", 20)
    app.wait(r"^(\d+) of 30 seconds, seconds left", 20)
    app.click("End")
    app.wait("^Ended early.$", 20)
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def repetitions_are_counted_and_told(table):
    """In the ring, in the wearer's window and afterwards; of a session that is not kept nothing is offered."""
    app = table.open("--source", "sim:sidelying-release-perfect?speed=5", "--exercise", "sidelying-release", "--side",
                     "right", "--sound", "off", "--start", "--no-record")
    app.wait("^[01] of 3, repetitions$", 40)
    assert "Tilt not known, tilt not seen in this pose" in app.texts(), app.texts()
    app.wait("^2 of 3, repetitions$", 20)
    app.wait("^2 of 3$")
    app.wait("^Done.$", 30)
    app.wait("^Right: 3 of 3 repetitions.$")
    app.wait("^Nothing of this session is kept: it has no page and no note.$")
    assert not {"Replay", "Export", "Keep note and tags"} & set(app.texts()), app.texts()
    app.key("F9")
    app.wait("^done$")  # nobody is told of a signal that is not waited for
    app.key("F9")
    app.key("Page_Down")
    app.wait("^Start$")
    app.key("Page_Down")  # one button is enough to do it once more
    app.wait("^Getting ready$")
    app.click("End")
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def two_sensors_are_not_asked_for_a_second(table):
    app = table.open("--source", "sim:half-kneeling-lumbar?speed=4", "--exercise", "half-kneeling", "--side", "left",
                     "--sound", "off", "--start", "--no-record")
    app.wait("^Stand upright and still")
    app.wait(r"^2 sensors, \d+ Hz$")  # and no number, as it has none
    app.wait("^Keep still.$")  # nobody who stands is told to lie
    app.wait("^Lower back, arching", 60)  # before the back is measured as well
    assert "needs a second sensor" not in app.texts(), app.texts()
    app.click("End")
    app.wait("^Ended early.$", 20)
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def an_empty_list_offers_nothing(table):
    app = table.open("--screen", "history", "--sound", "off", env=dict(os.environ, XDG_DATA_HOME=str(table.folder / "none")))
    app.wait("^Nothing is kept yet")
    assert not {"Replay", "Report as PDF", "Keep note and tags", "Delete"} & set(app.texts()), app.texts()
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def trying_without_a_sensor_takes_the_side_that_was_chosen(table):
    """Side-lying, and the left leg: whoever is emulated has to lie on the other side than with the right one."""
    app = table.open("--exercise", "hip-abduction", "--sound", "off", "--no-record")
    app.wait("^Try without a sensor$")
    app.click("Left")
    app.click("Try without a sensor")
    app.wait("^Getting ready$")
    app.wait("Lie on your right side. Lie still.")
    app.wait("^Breathe quietly", 25)  # not before they lie there
    app.wait("Raise the left leg", 25)
    app.click("End")
    app.wait("^Once more$", 20)
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def run(table):
    tests = [from_start_to_a_finished_stretch_of_both_sides, the_clip_is_pulled_and_put_back,
             repetitions_are_counted_and_told, two_sensors_are_not_asked_for_a_second,
             an_empty_list_offers_nothing,
             trying_without_a_sensor_takes_the_side_that_was_chosen]
    chosen = [test for test in tests if len(sys.argv) < 5 or test.__name__ in sys.argv[4:]]
    for test in chosen:
        begun = time.monotonic()
        test(table)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)


desk.main(run)
