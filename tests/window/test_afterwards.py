#!/usr/bin/env python3
"""Afterwards, as people meet it: what is kept is found, noted, written, exported, followed over weeks, deleted.

test_afterwards.py PLUMB_APP PLUMB [TEST...]
"""
import os
import re
import subprocess
import sys

import desk
from desk import until
from kept import choose, papers, plumb, run_all, sessions


# ---- words, files

def type_into(app, name, text):
    app.click(name)
    app.tool("type", "--delay", "2", text)


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
    app.click("Open")
    until((table.folder / "data" / "opened.pdf").exists, "the page is not opened")
    choose(app, "anna")  # what was written of one is not told of another
    assert not [text for text in app.texts() if text.startswith("Written")], app.texts()


def every_format_is_written(table, app):
    number = choose(app, "anna")
    made, formats = {}, app.place("Format of the export")
    app.wait_gone("^Written")
    for at, name in enumerate(("bids", "csv", "edf", "bdf", "json", "sto", "mot", "xlsx", "fhir")):
        if at:
            app.tool("mousemove", "--window", app.x_window(), *map(str, formats), "click", "1")
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
    app.click("Open")
    app.wait("^Nothing here opens it: look into the folder$")
    assert "session-{}".format(number) in made["json"]
    with open(made["json"]) as file:
        assert "anna" in file.read()
    assert not [name for name in papers(table) if name.endswith(".part")], papers(table)


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

def a_reader_for_pages(table):
    """A program that opens PDF on this desk: it keeps a copy. Nothing opens folders."""
    applications, opened = table.folder / "data" / "applications", table.folder / "data" / "opened.pdf"
    applications.mkdir(parents=True)
    (applications / "reader.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Reader\nExec=cp %f {}\nMimeType=application/pdf;\n".format(opened))
    (applications / "mimeapps.list").write_text("[Default Applications]\napplication/pdf=reader.desktop\n")


def run(table):
    a_reader_for_pages(table)
    sessions(table, "anna", "bela")
    app = table.open("--screen", "history", "--sound", "off", "--size", "1280x940")
    app.wait("anna, Edge-of-table", 20)
    run_all(table, app, (
        a_note_and_tags_are_kept, a_report_is_written, every_format_is_written,
        the_weeks_of_a_person_are_shown_and_written, what_is_searched_is_found,
        deleted_is_taken_back_and_then_really_gone), sys.argv[3:])


desk.main(run)
