#!/usr/bin/env python3
"""plumb-app in German: by option and by locale, from the start to the session that is kept; what is kept stays English.

test_german.py PLUMB_APP PLUMB SOURCE_DIR
"""
import os
import re
import subprocess
import sys
import time

import desk


def from_start_to_a_kept_session(table):
    app = table.open("--language", "de", "--source", "sim:supine-edge-perfect?speed=10", "--sound", "off")
    app.wait("^Hüftbeuger-Dehnung an der Tischkante")
    app.wait("Zum Üben und Lernen. Kein Medizinprodukt.")
    app.click("Start")
    app.wait("^Vorbereitung$")
    app.wait("Halten. Das Becken bleibt, wo es ist.", 30)
    app.wait(r"^\d+,\d Grad nach (hinten|vorn), in der Zone")
    app.wait(r"Senken Sie das rechte Bein|Rechte Seite, Schritt \d+ von 11")
    app.key("m")
    app.wait("^Markiert$")
    app.key("space")
    app.wait("Angehalten. Weiter mit der Leertaste.")
    app.key("space")
    app.wait_gone("Angehalten. Weiter mit der Leertaste.")
    app.click("Beenden")
    app.wait(r"^Rechts: \d+,\d s in der Zone von [36]0 s, \d-mal außerhalb\.$", 20)
    app.click("Alle Sitzungen")
    app.wait("me: Hüftbeuger-Dehnung an der Tischkante")
    app.click("Schließen" if "Schließen" in app.texts() else "Close")
    assert app.process.wait(10) == 0
    app.quiet()


def the_report_speaks_as_the_window_does(table):
    """The button's page is the one that plumb report --language de makes, to the byte."""
    app = table.open("--language", "de", "--sound", "off", "--screen", "history")
    app.wait("^Bericht als PDF$", 20)
    app.click("Bericht als PDF")
    path = app.wait(r"^Geschrieben: (/.*\.pdf)$", 20).group(1)
    made = table.folder / "again.pdf"
    subprocess.run([desk.COMMAND, "report", "last", "--language", "de", "-o", str(made)], check=True)
    with open(path, "rb") as ours, open(made, "rb") as theirs:
        assert ours.read() == theirs.read(), path
    text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    assert "Hüftbeuger-Dehnung an der Tischkante" in text and "kein Medizinprodukt" in text, text
    app.process.terminate()
    app.process.wait(10)
    app.quiet()


def what_goes_wrong_is_said_in_german(table):
    """A file that is not there, and a source that cannot be: names and figures stay as they are."""
    app = table.open("--language", "de", "--sound", "off", "/nowhere/none.exercise")
    app.wait("^/nowhere/none.exercise: Diese Datei gibt es nicht$", 20)
    app.process.terminate()
    app.process.wait(10)
    app.quiet()
    app = table.open("--language", "de", "--sound", "off", "--source", "serial:/dev/none", "--start")
    app.wait("/dev/none: Dort steckt nichts", 20)
    app.process.terminate()
    app.process.wait(10)


def what_is_kept_is_english(table):
    out = table.folder / "session.json"
    subprocess.run(
        [desk.COMMAND, "export", "last", "--format", "json", "-o", str(out)], check=True, capture_output=True)
    text = out.read_text()
    assert "Edge-of-table hip flexor stretch" in text and "note:mark" in text, text[:300]
    assert "Hüftbeuger" not in text and "Becken" not in text


def the_locale_decides_where_nothing_is_said(table):
    """Here by LANGUAGE, which every C library honours; a locale of that name need not be on the machine."""
    for said, start in (("de", "Ohne Sensor ausprobieren"), ("de_AT:de", "Ohne Sensor ausprobieren"),
                        ("fr:en", "Try without a sensor")):
        os.environ["LANGUAGE"] = said
        app = table.open("--sound", "off")
        app.wait("^" + start + "$")
        app.process.terminate()
        app.process.wait(10)
        app.quiet()
    app = table.open("--sound", "off", "--language", "en")
    app.wait("^Try without a sensor$")
    app.process.terminate()
    app.process.wait(10)
    del os.environ["LANGUAGE"]


def no_english_is_left_on_the_screens(table):
    """Nothing that a screen reader finds on the first and the last screens is one of the English texts."""
    pot = subprocess.run(
        ["msgcat", "--no-wrap", "--no-location", os.path.join(sys.argv[3], "host/app/gtk/po/de.po")],
        check=True, capture_output=True, text=True).stdout
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', pot, re.M)
    english = {a for a, b in pairs if a != b} - {b for _, b in pairs}
    assert len(english) > 150
    for screen in ("start", "stretch", "history", "settings", "exercises"):
        app = table.open("--language", "de", "--sound", "off", "--screen", screen)
        app.wait("^Menü$")
        left = sorted(english & set(app.texts()))
        assert not left, (screen, left)
        app.process.terminate()
        app.process.wait(10)


def run(table):
    for test in (from_start_to_a_kept_session, the_report_speaks_as_the_window_does,
                 what_goes_wrong_is_said_in_german, what_is_kept_is_english, the_locale_decides_where_nothing_is_said,
                 no_english_is_left_on_the_screens):
        begun = time.monotonic()
        test(table)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)


desk.main(run)
