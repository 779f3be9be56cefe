#!/usr/bin/env python3
"""plumb import: raw CSV and JSON into the store, whole or not at all. Arguments: nasty_export, plumb."""
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import nasty
from rig import Rig

EXPORT, PLUMB = sys.argv[1:3]
rig = Rig()


def store():
    return sqlite3.connect(rig.folder / "data/plumb/plumb.db")


def rows(sql, *values):
    with store() as db:
        return db.execute(sql, values).fetchall()


def sessions_n():
    return rows("SELECT count(*) FROM sessions")[0][0] if (rig.folder / "data/plumb/plumb.db").exists() else 0


def check_recording():
    ran = rig.done(PLUMB, "import", "raw.csv", "--patient", "Zoë", "--side", "left", "--begun", "2026-01-02T10:20:30.5+05:45",
                   "--note", "=1+1", "--tags", "a b")
    rig.equal(ran.stdout, "session 1: raw.csv\n", "what import says")
    rig.equal(rows("SELECT alias, side, both_sides, begun_utc_us, utc_offset_s, exercise, source, how FROM sessions "
                   "JOIN patient ON patient.id = patient_id JOIN session_ends ON session_id = sessions.id"),
              [("Zoë", 0, 0, 1767328530500000, 20700, "supine-edge", "import of raw.csv", "done")], "the session")
    rig.equal(rows("SELECT note, tags FROM annotations"), [("=1+1", "a b")], "words")
    wanted = [(t, "".join(" " if ord(c) < 32 else c for c in m)) for t, m in nasty.marks()]
    found = rows("SELECT t_s, text FROM markers ORDER BY seq")
    rig.equal([m for _, m in found], [m for _, m in wanted], "markers")
    rig.true(all(abs(f - w) < 0.5 for (f, _), (w, _) in zip(found, wanted)), "their rows, or one of those behind")


def check_told_json():
    """A session that was in no store comes with all that it says."""
    rig.done(PLUMB, "import", "a.json.gz")
    rig.equal(rows("SELECT alias, side, both_sides, begun_utc_us, utc_offset_s FROM sessions JOIN patient ON patient.id = patient_id "
                   "WHERE sessions.id = 2"), [(nasty.ALIAS, 0, 1, 1767349230123456, 20700)], "session of the JSON")
    rig.equal(rows("SELECT text FROM markers WHERE session_id = 2 ORDER BY seq"), [(m,) for _, m in nasty.marks()], "markers to the byte")
    rig.equal(rows("SELECT note, tags FROM annotations WHERE session_id = 2"), [(nasty.NOTE, nasty.TAGS)], "words")


def check_zones():
    """A moment without an offset is one of this machine's clock, wherever that is."""
    rig.done(PLUMB, "import", "raw.csv", "--begun", "2026-07-02T10:20", environment={"TZ": "Europe/Berlin"})
    rig.equal(rows("SELECT begun_utc_us, utc_offset_s FROM sessions WHERE id = 3"), [(1782980400000000, 7200)], "summer in Berlin")


def refused(exit_code, words, *arguments):
    before = sessions_n()
    ran = rig.run(PLUMB, "import", *arguments)
    rig.equal(ran.returncode, exit_code, f"exit of {arguments}")
    rig.true(words in ran.stderr and ran.stderr.count("\n") == 1, f"{arguments}: wanted {words!r} in {ran.stderr!r}")
    rig.equal(sessions_n(), before, f"{arguments} leaves nothing")


def check_refusals():
    text = (rig.folder / "raw.csv").read_text()
    session = json.loads((rig.folder / "a.json").read_text())
    files = {
        "empty.csv": "", "header.csv": text.splitlines()[0] + "\n", "back.csv": text + text.splitlines()[1] + "\n",
        "marker.csv": text.replace("neutral_begin", "neutral_begins"), "cut.json": (rig.folder / "a.json").read_text()[:-9],
        "other.json": '{"schema": "plumb-analysis/1"}', "nothing.json": json.dumps({**session, "rows": [], "columns": session["columns"][1:9]}),
        "late.json": json.dumps({**session, "rows": session["rows"][:50] + [["x"] * len(session["columns"])]}),
        "kept.json": json.dumps({**session, "kept": [{"table": "patient", "uuid": "no", "made_utc_us": 0}]}),
    }
    for name, content in files.items():
        (rig.folder / name).write_text(content)
    refused(6, "empty.csv:1: wants a header", "empty.csv")
    refused(6, "header.csv:2: wants at least one row", "header.csv")
    refused(6, "back.csv:", "back.csv")
    refused(6, "marker wants a name", "marker.csv")
    refused(6, "cut.json:", "cut.json")
    refused(6, 'wants "plumb-session/1"', "other.json")
    refused(6, "nothing.json: a recording wants at least one row", "nothing.json")
    refused(6, "a row wants numbers or null", "late.json")
    refused(6, 'kept.json: a kept "patient" wants a UUID', "kept.json")
    refused(1, "no such file", "nowhere.csv")
    refused(2, "wants a moment", "raw.csv", "--begun", "2.1.2026")
    refused(2, "", "raw.csv", "--patient", "two\nlines")


def check_killed():
    """A killed import leaves no session behind, half or whole; the next one works."""
    rig.done(EXPORT, "csv", "long.csv", "--seconds", "1200", "--rate", "200", "--events", "-1")
    before = sessions_n()
    for wait_s in (0.1, 0.3, 0.6):
        with subprocess.Popen([PLUMB, "import", "long.csv"], cwd=rig.folder, stdout=subprocess.DEVNULL,
                              env={**os.environ, "XDG_DATA_HOME": str(rig.folder / "data"), "TMPDIR": str(rig.folder)}) as running:
            time.sleep(wait_s)
            running.send_signal(signal.SIGKILL)
        rig.true(sessions_n() <= before + 1, f"sessions after an import killed at {wait_s} s")
        before = sessions_n()
        rig.equal(rows("SELECT count(*) FROM sessions LEFT JOIN session_ends ON session_id = id WHERE how IS NOT 'done'"), [(0,)],
                  f"sessions without their end, killed at {wait_s} s")
    rig.done(PLUMB, "import", "long.csv")
    rig.equal(sessions_n(), before + 1, "the import after it")
    rig.equal(rows("SELECT duration_us / 1000000 FROM session_ends ORDER BY session_id DESC LIMIT 1"), [(1199,)], "its length")


rig.done(EXPORT, "csv", "raw.csv")
rig.done(EXPORT, "json", "a.json")
rig.done(EXPORT, "json", "a.json.gz")
check_recording()
check_told_json()
check_zones()
check_refusals()
check_killed()
rig.finish()
