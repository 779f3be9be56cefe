#!/usr/bin/env python3
"""plumb-app as people meet it: looked at through the accessibility bus, touched with clicks and keys.

test_window.py PLUMB_APP PLUMB SOURCE_DIR
"""
import json
import pathlib
import sqlite3
import subprocess
import sys
import time

import desk

SCENARIOS = pathlib.Path(sys.argv[3]) / "host" / "scenarios"


def scenario(table, name, more=""):
    """A shipped scenario with more in it; returns its path."""
    path = table.folder / (name + ".scenario")
    path.write_text((SCENARIOS / "supine-edge-{}.scenario".format(name)).read_text() + more)
    return path


def from_start_to_a_finished_stretch_of_both_sides(table):
    app = table.open("--source", "sim:{}?speed=10".format(scenario(table, "perfect")), "--sound", "off")
    app.wait("^Start$")
    app.click("Both")
    app.click("Who: an alias, or empty for yourself")
    app.tool("type", "anna m")
    app.click("Start")
    app.wait("Lie back at the table's end")
    app.wait(r"being measured, [1-9] tilts")
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
    app.click("Done")
    app.wait("^Last time: .*, left [0-9]+ s in the zone, .* right [0-9]+ s in the zone")
    app.wait("^anna m$")  # one click, the next time
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()
    check_kept(table, shown)


def check_kept(table, shown):
    """What the window said afterwards is in the store."""
    stores = list(table.folder.glob("data/**/*.db"))
    assert len(stores) == 1, stores
    out = table.folder / "session.json"
    subprocess.run(
        [desk.COMMAND, "export", "last", "--format", "json", "-o", str(out)], check=True, capture_output=True)
    text = out.read_text()
    assert "anna m" in text and "note:mark" in text, text[:300]
    sides = [json.dumps(hold) for hold in json.loads(text).get("holds", [])]
    assert len(sides) >= 4 or text.count("hold_begin") >= 4, sides
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
    app.wait("^Once more$", 20)
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def run(table):
    tests = [from_start_to_a_finished_stretch_of_both_sides, the_clip_is_pulled_and_put_back]
    chosen = [test for test in tests if len(sys.argv) < 5 or test.__name__ in sys.argv[4:]]
    for test in chosen:
        begun = time.monotonic()
        test(table)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)


desk.main(run)
