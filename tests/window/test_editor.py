#!/usr/bin/env python3
"""The exercise editor as people meet it: what is changed is checked live, saved as a file, and comes back.

test_editor.py PLUMB_APP PLUMB [files|hands]
"""
import re
import subprocess
import sys
import time

import desk
from form import click, focused, leave, own_file, press, shown, wait_until, walk_to, write

SHIPPED = "Edge-of-table hip flexor stretch (Level Two)"


def usable(app, name):
    return app.find(name).get_state_set().contains(app.atspi.StateType.SENSITIVE)


def plumb(*words):
    return subprocess.run([desk.COMMAND, *map(str, words)], capture_output=True, text=True)


def a_change_is_checked_saved_and_seen_everywhere(table):
    app = table.open("--screen", "exercises", "--sound", "off")
    app.wait("As Plumb brought it along")
    press(app, "^Steps$")
    press(app, "^Step 7  Hold, 30 s")
    write(app, "^Seconds in the zone$", "45")
    app.wait("^Step 7  Hold, 45 s in the zone")
    press(app, "^Judging$")
    write(app, "^Red beyond", "2.5")
    app.wait('^Limits: "Flag ends below" must not be above "Red beyond"$')
    assert not usable(app, "Save")
    app.key("ctrl+z")
    app.wait("Changed and in order")
    write(app, "^Red beyond", "6")
    press(app, "^Exercise$")
    write(app, "^Name$", "Edge, my way")
    app.wait("^Edge, my way, not saved$")
    assert usable(app, "Save") and not own_file(table).exists()
    app.key("ctrl+s")
    app.wait("^Saved among your own exercises$")
    app.wait("^Yours, saved.$")
    check_kept(table)
    app.click("Back")
    app.wait("^Start$")
    app.wait("Edge, my way")  # the list of the start screen has it at once
    leave(app)


def check_kept(table):
    checked = plumb("exercises", "check", own_file(table))
    assert checked.returncode == 0, checked.stderr
    assert own_file(table).stat().st_mode & 0o777 == 0o600
    told = plumb("exercises", "show", "supine-edge").stdout
    assert "Edge, my way" in told and "out of the zone beyond 6.0 deg" in told, told
    assert "in_zone_s = 45" in own_file(table).read_text()
    print("kept: " + next(line for line in told.splitlines() if "6.0 deg" in line).strip())


def the_shipped_one_comes_back_and_so_does_mine(table):
    app = table.open("--screen", "exercises", "--sound", "off")
    app.wait("^Yours, saved.$")
    press(app, "^Back to Plumb's own$")
    app.wait("^As Plumb brought it along")
    app.wait("^" + re.escape(SHIPPED))
    assert not own_file(table).exists()
    assert "beyond 5.0 deg" in plumb("exercises", "show", "supine-edge").stdout
    app.wait("^Plumb's own is back, yours is set aside$")
    wait_until(lambda: len(undos(app)) == 3)  # the editor's button with its label, and the toast's label
    click(app, undos(app)[-1])
    app.wait("^Yours, saved.$")
    press(app, "^Back to Plumb's own$")
    app.wait("^As Plumb brought it along")
    press(app, "^Bring mine back$")
    app.wait("^Yours, saved.$")
    assert "Edge, my way" in plumb("exercises", "show", "supine-edge").stdout
    leave(app)


def undos(app):
    return [node for node in app.nodes() if app.safely(node.get_name) == "Undo"]


def a_file_that_cannot_be_read_is_said_and_set_aside(table):
    path = own_file(table).with_name("frog.exercise")
    path.write_text("[exercise]\nid = frog\nnamed = Frog\n")
    app = table.open("--screen", "exercises", "--sound", "off")
    press(app, "^Frog")
    app.wait("frog.exercise:3: unknown key named")
    app.wait("^Yours cannot be read: this is Plumb's own")
    press(app, "^Back to Plumb's own$")
    app.wait("^As Plumb brought it along")
    assert not path.exists() and path.with_name("frog.exercise.aside").exists()
    leave(app)


def what_somebody_wrote_beside_the_values_stays(table):
    """A file of one's own with comments, a remark and an order of its own: the diff is what was changed."""
    path = own_file(table).with_name("butterfly.exercise")
    before = """; for Anna, by hand
[step sit]
# on the blue cushion
do = move
for_s = 8 ; not longer
say = Sit, soles together.

[step hold]
do = hold
in_zone_s = 10   ; the physio said ten
[exercise]
name = Butterfly for Anna
# judged later
class = companion
pose = upright
id = butterfly
# the end
"""
    path.write_text(before)
    app = table.open("--screen", "exercises", "--sound", "off", "--exercise", "butterfly")
    app.wait("^Yours, saved.$")
    press(app, "^Steps$")
    press(app, "^Step 2  Hold, 10 s")
    write(app, "^Seconds in the zone$", "20")
    app.wait("^Step 2  Hold, 20 s in the zone")
    app.key("ctrl+s")
    app.wait("^Saved among your own exercises$")
    assert path.read_text() == before.replace("in_zone_s = 10   ;", "in_zone_s = 20 ;"), path.read_text()
    leave(app)
    path.unlink()


def edits_outlive_a_look_elsewhere(table):
    app = table.open("--screen", "exercises", "--sound", "off", "--exercise", "butterfly")
    app.wait("As Plumb brought it along")
    write(app, "^Name$", "Butterfly, mine")
    app.wait("^Butterfly, mine, not saved$")
    press(app, "^Crab walk")
    app.wait("As Plumb brought it along")
    app.click("Back")
    app.wait("^Start$")
    app.key("F10")
    walk_to(app, "^Exercises$", "Down")
    app.key("Return")
    press(app, "^Butterfly, mine, not saved$")
    app.wait("Changed and in order")
    press(app, "^Save as new$")
    app.wait("^Butterfly, mine, yours$")
    assert "Butterfly, mine" in plumb("exercises", "show", "butterfly-mine").stdout
    press(app, "^Butterfly$")  # the other is as it was
    app.wait("As Plumb brought it along")
    leave(app)


def the_keyboard_is_enough_and_every_control_has_a_name(table):
    app = table.open("--screen", "exercises", "--sound", "off", "--exercise", "crab-walk")
    app.wait("As Plumb brought it along")
    walk_to(app, "^Steps$")
    app.key("space")
    steps = len(rows(app))
    walk_to(app, "^Step 1 ")
    app.key("Down", "Down")
    third = re.sub("^Step [0-9]+ *", "", rows(app)[2])
    app.key("alt+Up")
    wait_until(lambda: rows(app)[1].endswith(third))
    app.key("Delete")
    wait_until(lambda: len(rows(app)) == steps - 1)
    app.key("ctrl+z", "ctrl+z")
    wait_until(lambda: len(rows(app)) == steps and rows(app)[2].endswith(third))
    app.wait("As Plumb brought it along")
    unnamed = []
    for tab in ("Exercise", "Steps", "Judging", "Words", "Figure"):
        press(app, "^{}$".format(tab))
        unnamed += [(tab, node.get_role_name()) for node in app.nodes() if is_nameless(node)]
    assert not unnamed, unnamed
    press(app, "^Try it$")
    app.wait("^Getting ready$")  # the emulated patient begins
    leave(app)


def the_figure_is_bent_by_its_joints(table):
    """With the keyboard; what hangs on the joint turns with it, in the picture, in words and in the file."""
    app = table.open("--screen", "exercises", "--sound", "off", "--exercise", "supine-edge")
    app.wait("As Plumb brought it along")
    before = picture(app)
    press(app, "^Figure$")
    walk_to(app, "^Hip, worked side")
    app.key(*["Right"] * 5)
    app.wait("^lying on your back. Trunk 180 degrees; worked side: hip -11, knee 88; other side: hip 112, knee 124$")
    wait_until(lambda: picture(app) != before)
    app.key("ctrl+z")  # five presses in a row are one change
    app.wait("worked side: hip -16, knee 88")
    app.wait("As Plumb brought it along")
    wait_until(lambda: picture(app) == before)
    walk_to(app, "^Knee, worked side")
    app.key("Left")
    app.wait("worked side: hip -16, knee 87")
    app.key("ctrl+s")
    app.wait("^Yours, saved.$")
    assert "\nworked_leg_deg = -16 -103 -13\n" in own_file(table).read_text(), own_file(table).read_text()
    press(app, "^As the pose has it$")
    app.wait("worked side: hip 0, knee 0; other side: hip 0, knee 0$")
    app.key("ctrl+z")
    press(app, "^Back to Plumb's own$")
    app.wait("As Plumb brought it along")
    leave(app)


def picture(app):
    """What is painted where the figure is."""
    box = shown(app, "^How the person lies or stands$").get_component_iface().get_extents(app.atspi.CoordType.WINDOW)
    left, top = app.origin()
    place = "{}x{}+{}+{}".format(box.width, box.height, left + box.x, top + box.y)
    return subprocess.run(
        ["import", "-silent", "-window", "root", "-crop", place, "rgb:-"], check=True, capture_output=True,
        timeout=20).stdout


def rows(app):
    names = [app.safely(node.get_name) or "" for node in app.safely(app.nodes) or []]
    return [name for name in names if re.match("Step [0-9]+ ", name)]


def is_nameless(node):
    roles = ("push button", "toggle button", "check box", "entry", "spin button", "combo box", "image", "list",
             "list item", "slider")
    name = node.get_name() or ""
    return node.get_role_name() in roles and (not name or name.startswith("Gtk"))  # a class is no name


GROUPS = {"files": [a_change_is_checked_saved_and_seen_everywhere, the_shipped_one_comes_back_and_so_does_mine,
                    a_file_that_cannot_be_read_is_said_and_set_aside, what_somebody_wrote_beside_the_values_stays],
          "hands": [edits_outlive_a_look_elsewhere, the_figure_is_bent_by_its_joints,
                    the_keyboard_is_enough_and_every_control_has_a_name]}


def run(table):
    for group in sys.argv[3:] or GROUPS:
        for test in GROUPS[group]:
            begun = time.monotonic()
            test(table)
            print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)


desk.main(run)
