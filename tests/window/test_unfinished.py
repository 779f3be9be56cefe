#!/usr/bin/env python3
"""What is unfinished in the exercise editor outlives the program.

test_unfinished.py PLUMB_APP PLUMB SOURCE_DIR
"""
import sys
import time

import desk
from form import leave, own_file, press, wait_until, write

BACK = "^Your unfinished changes are back"


def unfinished(table, exercise_id):
    return table.folder / "data" / "plumb" / "exercises" / (exercise_id + ".exercise.draft")


def a_killed_program_loses_no_unfinished_change(table):
    draft = unfinished(table, "frog")
    app = table.open("--screen", "exercises", "--sound", "off", "--exercise", "frog")
    app.wait("As Plumb brought it along")
    write(app, "^Name$", "Frog, half done")
    press(app, "^Steps$")
    press(app, "^Step 2  Hold, 15 s")
    write(app, "^Seconds in the zone$", "0")
    app.wait("^Step 2: A hold wants seconds in the zone$")  # nothing that could be saved
    wait_until(lambda: draft.exists() and "Frog, half done" in draft.read_text() and "= 15" not in draft.read_text())
    assert draft.stat().st_mode & 0o777 == 0o600
    app.process.kill()
    app.process.wait()
    assert not own_file(table).with_name("frog.exercise").exists()

    app = table.open("--screen", "exercises", "--sound", "off")  # another exercise is chosen for a stretch
    app.wait(BACK)
    app.wait("^Frog, half done, not saved$")
    app.wait("^Step 2: A hold wants seconds in the zone$")
    app.click("Undo")
    app.wait("As Plumb brought it along")
    app.wait_gone(BACK)
    wait_until(lambda: not draft.exists())
    app.click("Redo")
    app.wait("^Frog, half done, not saved$")
    wait_until(draft.exists)
    leave(app)  # closed well it is no other

    app = table.open("--screen", "exercises", "--sound", "off")
    app.wait(BACK)
    app.click("Discard")
    app.wait("As Plumb brought it along")
    leave(app)
    assert not draft.exists()


def what_is_saved_is_no_draft_any_more(table):
    app = table.open("--screen", "exercises", "--sound", "off", "--exercise", "crab-walk")
    app.wait("As Plumb brought it along")
    write(app, "^Name$", "Crab")
    wait_until(unfinished(table, "crab-walk").exists)
    app.key("ctrl+s")
    app.wait("^Yours, saved.$")
    wait_until(lambda: not unfinished(table, "crab-walk").exists())
    leave(app)


def run(table):
    for test in (a_killed_program_loses_no_unfinished_change, what_is_saved_is_no_draft_any_more):
        begun = time.monotonic()
        test(table)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)


desk.main(run)
