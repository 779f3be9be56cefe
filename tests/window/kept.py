"""Sessions that are kept, for the tests of what comes afterwards: made, named, chosen in the list.

Nothing is written outside of the desk's home: reports and exports go to its Papers.
"""
import os
import re
import subprocess
import time

import desk

EDGE = "Edge-of-table hip flexor stretch (Level Two)"


def plumb(*words):
    return subprocess.run(
        [desk.COMMAND, *map(str, words)], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout


def at_home(table):
    """Before the window is opened: its documents are the desk's Papers."""
    os.environ["HOME"] = str(table.folder)
    (table.folder / "config").mkdir(exist_ok=True)
    (table.folder / "config" / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Papers"\n')
    (table.folder / "Papers").mkdir(exist_ok=True)


def sessions(table, *whose):
    """One session for each, in a store of their own."""
    at_home(table)
    live = [subprocess.Popen(
        [desk.COMMAND, "live", "--source", "sim:supine-edge-demo?speed=40", "--exercise", "supine-edge", "--side",
         "right", "--sound", "off", "--patient", who],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for who in whose]
    assert not any(one.wait(60) for one in live)


def session_of(who):
    """Its number, as the command line tells it."""
    return re.search(r"^\s*(\d+)\s.*\b{}\b".format(who), plumb("sessions"), re.M).group(1)


def choose(app, who):
    """Chooses the session in the list; returns its number."""
    number = session_of(who)
    app.click("{}, {}, session {}".format(who, EDGE, number))
    app.wait("^Session {}$".format(number))
    return number


def papers(table):
    """What was written, or begun."""
    folder = table.folder / "Papers" / "Plumb"
    return sorted(os.listdir(folder)) if folder.exists() else []


def run_all(table, app, tests, chosen):
    """The tests in their order, or those that are chosen."""
    for test in tests:
        if chosen and test.__name__ not in chosen:
            continue
        begun = time.monotonic()
        test(table, app)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)
    app.quiet()
    outside = [path.name for path in table.folder.iterdir() if path.name not in
               ("data", "config", "state", "Papers", ".cache") and not re.match("log|trace|hour", path.name)]
    assert not outside, outside
