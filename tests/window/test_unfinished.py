#!/usr/bin/env python3
"""What is unfinished in the exercise editor outlives the program; files from elsewhere are opened in it.

test_unfinished.py PLUMB_APP PLUMB SOURCE_DIR
"""
import pathlib
import sys
import time

import desk
from form import focused, leave, own_file, press, wait_until, write

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


def a_file_from_elsewhere_becomes_one_of_mine(table):
    path = table.folder / "evening.exercise"
    path.write_text("""# Anna's, from the clinic
[exercise]
id = evening
name = Evening
class = companion
pose = upright
[step 1]
do = move
for_s = 9 ; no longer
""")
    app = table.open(path, "--sound", "off")
    app.wait("^From evening.exercise. Save makes it one of your own; the file stays as it is.$")
    app.wait("^Evening, not saved$")
    press(app, "^Steps$")
    press(app, "^Step 1 ")
    write(app, "^Seconds$", "7")
    app.key("ctrl+s")
    app.wait("^Evening, yours$")
    kept = own_file(table).with_name("evening.exercise")
    assert kept.read_text() == path.read_text().replace("for_s = 9", "for_s = 7"), kept.read_text()
    app.click("Back")
    app.wait("^Start$")
    app.wait("^Evening$")  # still chosen
    leave(app)
    path.write_text(path.read_text().replace("id = evening", "id = other").replace("= Evening", "= Other"))
    app = table.open(path, "--sound", "off")
    app.wait("^Other, not saved$")
    app.click("Discard")
    app.wait("^Not taken over. The file stays where it is.$")
    app.wait_gone("^Other, not saved$")
    leave(app)
    assert path.exists() and not unfinished(table, "other").exists()


def a_shipped_file_and_its_changed_copy_are_opened(table):
    shipped = pathlib.Path(sys.argv[3]) / "host" / "exercises" / "frog.exercise"
    app = table.open(shipped, "--sound", "off")
    app.wait("^As Plumb brought it along")
    assert focused(app).get_name() == "Frog", focused(app).get_name()
    leave(app)
    copy = table.folder / "my frog.exercise"
    copy.write_text(shipped.read_text().replace("name = Frog", "name = Evening frog"))
    app = table.open(copy, "--sound", "off")
    app.wait("^From my frog.exercise. ")
    press(app, "^Save as new$")
    app.wait("^Evening frog.*, yours$")
    assert own_file(table).with_name("evening-frog.exercise").read_text() == copy.read_text().replace(
        "id = frog", "id = evening-frog")
    leave(app)


def a_broken_file_says_its_line_and_what_to_do(table):
    path = table.folder / "broken.exercise"
    path.write_text("[exercise]\nid = frog\nnamed = Frog\n")
    app = table.open(path, "--sound", "off")
    app.wait(r"broken.exercise:3: unknown key named .*[.] Put that line right with a text editor, then open the file "
             "again[.]$")
    leave(app)


def run(table):
    for test in (a_killed_program_loses_no_unfinished_change, what_is_saved_is_no_draft_any_more,
                 a_file_from_elsewhere_becomes_one_of_mine, a_shipped_file_and_its_changed_copy_are_opened,
                 a_broken_file_says_its_line_and_what_to_do):
        begun = time.monotonic()
        test(table)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)


desk.main(run)
