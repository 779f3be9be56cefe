#!/usr/bin/env python3
"""The settings: a person's own limits set by keyboard and in force in the next stretch; how the program shall be, kept.

test_settings.py PLUMB_APP PLUMB
"""
import subprocess

import desk
from desk import until
from form import walk_to

RED = "Out of your set zone beyond, degrees forward"


def limits_file(table):
    found = list(table.folder.glob("data/plumb/limits/*.limits"))
    return found[0].read_text() if found else ""


def set_spin(app, name, value):
    app.click(name)
    app.key("ctrl+a")
    app.tool("type", value)
    app.key("Return")


def run(table):
    app = table.open("--sound", "off")
    app.wait("^Start$")
    app.key("ctrl+comma")
    app.wait("^Limits$")
    app.wait("As the exercise has it")
    app.tool("type", "anna m")  # the first field has the focus
    set_spin(app, RED, "4.5")
    app.wait("^Kept: in force from the next stretch on")
    until(lambda: "red_deg = 4.5" in limits_file(table), limits_file(table))
    assert "[thresholds supine-edge]" in limits_file(table), limits_file(table)
    app.click("Undo")
    until(lambda: "red_deg" not in limits_file(table), limits_file(table))
    set_spin(app, RED, "4.5")
    until(lambda: "red_deg = 4.5" in limits_file(table), limits_file(table))
    app.click("High contrast")
    settings = table.folder / "config" / "plumb" / "settings.ini"
    until(lambda: settings.exists() and "contrast = yes" in settings.read_text(), "contrast is not kept")
    app.click("Back")
    app.wait("^Start$")
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()
    in_force(table)
    opened_anew_in_another_language(table)


def opened_anew_in_another_language(table):
    """Even where the command line had asked for a language: the choice is newer."""
    app = table.open("--sound", "off", "--language", "en", "--screen", "settings")
    app.wait("^Language$")
    walk_to(app, "^Language$")
    app.key("space", "End", "Return")
    app.wait("^The language changes when Plumb is opened next$")
    app.click("Open anew")
    app.wait("^Sprache$")  # the same process, at the same screen
    app.window = None
    app.click("Schließen" if "Schließen" in app.texts() else "Close")
    assert app.process.wait(10) == 0
    app.quiet()


def in_force(table):
    """What was set in the window holds on the command line, for this person and no other."""
    for patient, red in (("anna m", "4.5"), ("bert", "5.0")):
        subprocess.run(
            [desk.COMMAND, "live", "--source", "sim:supine-edge-perfect?speed=40", "--patient", patient], check=True,
            capture_output=True)
        shown = subprocess.run(
            [desk.COMMAND, "sessions", "show", "last"], check=True, capture_output=True, text=True).stdout
        assert "flag beyond " + red in shown, shown
    limits = table.folder / "data" / "plumb" / "limits"
    subprocess.run([desk.COMMAND, "sessions", "patients", "set", "anna m", "--alias", "Anna"], check=True, capture_output=True)
    assert [path.name for path in limits.iterdir()] == ["Anna.limits"]
    subprocess.run(
        [desk.COMMAND, "sessions", "delete", "--patient", "Anna", "--yes"], check=True, capture_output=True)
    assert not list(limits.iterdir())
    print("limits set in the window hold in the next stretch, for their person only")


desk.main(run)
