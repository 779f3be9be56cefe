#!/usr/bin/env python3
"""Kills a recording program, and makes every one of its writes fail. Afterwards the store opens, is consistent, has all
but the last second, and what the program said was true. Arguments: kill|fail VICTIM SHIM PLUMB [PRELOAD...].
A handful here; with PLUMB_SOAK 200 kills and every single write."""
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

WHAT, VICTIM, SHIM, PLUMB = sys.argv[1:5]
PRELOAD = sys.argv[5:]
SOAK = bool(os.environ.get("PLUMB_SOAK"))
LAST_S = 1.15  # the second that may be lost, and a laden machine's breath
failures, checked, worst_s = [], 0, 0.0


def expect(holds, what):
    global checked
    checked += 1
    if not holds:
        failures.append(what)


def start(folder, seconds, pace, **more):
    env = {**os.environ, "XDG_DATA_HOME": str(folder), **more}
    return subprocess.Popen([VICTIM, str(seconds), str(pace)], env=env, stdout=subprocess.PIPE, text=True)


def heard(output):
    """How far it was (s), and the last line: (code, message) where it came to its end."""
    at, end = 0.0, None
    for line in output.splitlines():
        word, _, rest = line.partition(" ")
        if word == "at" and rest.isdigit():
            at = int(rest) / 1e6
        elif word == "end":
            code, _, message = rest.partition(" ")
            end = (int(code), message)
    return at, end


def look(folder):
    """Opens it with today's program, which closes what was left; then what the database itself says."""
    env = {**os.environ, "XDG_DATA_HOME": str(folder)}
    ran = subprocess.run([PLUMB, "doctor"], env=env, capture_output=True, text=True)
    expect("good  store" in ran.stdout and "DO    store" not in ran.stdout, f"doctor: {ran.stdout}{ran.stderr}")
    db = sqlite3.connect(folder / "plumb/plumb.db")
    expect(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "integrity")
    expect(not db.execute("PRAGMA foreign_key_check").fetchall(), "foreign keys")
    rows = db.execute("SELECT s.id, e.how, e.duration_us FROM sessions s LEFT JOIN session_ends e ON e.session_id = s.id").fetchall()
    expect(all(how for _, how, _ in rows), "every session has an end")
    gaps = db.execute("SELECT count(*), max(seq) FROM blocks").fetchone()
    expect(gaps[0] == 0 or gaps[1] + 1 == gaps[0], "no block is missing in the middle")
    last = db.execute("SELECT max(b.ended_host_us) - s.begun_host_us FROM blocks b JOIN sessions s").fetchone()[0]
    db.close()
    return rows, (last or 0) / 1e6


def kill_once(folder, after_s):
    global worst_s
    process = start(folder, 30, 1)
    time.sleep(after_s)
    process.kill()
    at, _ = heard(process.communicate()[0])
    rows, kept_s = look(folder)
    expect(len(rows) == 1 or at < LAST_S, f"the session is there after {at:.2f} s")
    if rows:
        expect(rows[0][1] == "recovered", f"called {rows[0][1]}")
        worst_s = max(worst_s, at - kept_s)
        expect(at - kept_s <= LAST_S, f"of {at:.2f} s only {kept_s:.2f} s were kept")


def kills(n):
    rng = random.Random(20261129)
    for i in range(n):
        with tempfile.TemporaryDirectory() as folder:
            kill_once(pathlib.Path(folder), 0.2 + 2.6 * rng.random())
    print(f"{n} kills: at most {worst_s:.2f} s lost")


def fail_once(how, nth, seconds, pace):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        count = folder / "count"
        process = start(folder, seconds, pace, LD_PRELOAD=":".join([*PRELOAD, SHIM]), FAIL_AT=str(nth), FAIL_HOW=how,
                        FAIL_COUNT=str(count))
        at, end = heard(process.communicate(timeout=60)[0])
        calls = int(count.read_text()) if count.exists() else 0
        words = f"{how} at {nth}"
        expect(end is not None, f"{words}: the program came to its end")
        rows, kept_s = look(folder)
        if end and end[0] == 0:
            expect(len(rows) == 1 and rows[0][1] == "done", f"{words}: said done, and it is ({rows})")
            expect(abs(kept_s - at) < 0.05, f"{words}: said all is kept, {kept_s:.2f} of {at:.2f} s are")
        elif end:
            expect(end[1] != "", f"{words}: says why")
            expect(not rows or rows[0][1] != "done" or kept_s > at - LAST_S, f"{words}: {rows} {end}")
        return calls


def failing_writes():
    seconds, pace = 2.4, 2.0
    calls = fail_once("none", 0, seconds, pace)
    expect(calls > 10, f"a recording makes {calls} calls")
    step = 1 if SOAK else max(1, calls // 3)
    n = 0
    for how in ("full", "broken", "short"):
        for nth in range(1, calls + 1, step):
            fail_once(how, nth, seconds, pace)
            n += 1
    print(f"{n} of {3 * calls} writes, syncs and truncations failed")


if WHAT == "kill":
    kills(200 if SOAK else 5)
else:
    failing_writes()
for failure in failures[:20]:
    print("FAILED:", failure)
print(f"{checked} checks, {len(failures)} failed")
sys.exit(1 if failures or not checked else 0)
