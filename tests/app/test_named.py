#!/usr/bin/env python3
"""A stored session by its name where a file may stand: plumb analyze, render, spectrum and orient find in it what they
find in the same recording as a file. Arguments: PLUMB EXPORT_TESTS."""
import json
import math
import subprocess
import sys
import time

PLUMB, EXPORT_TESTS = sys.argv[1:3]
sys.path.insert(0, EXPORT_TESTS)
from rig import Rig  # noqa: E402

# What derived rows are stored at, and half of what the trace is written at.
TRACE_DEG = 0.0011
# A CSV's sixth decimal may turn a doubtful moment from rest to motion: the estimator's own doubt, no more.
ORIENT_DEG = 0.2

rig = Rig()


def record():
    """Session 1: bytes of a clip, and beside it the CSV; session 2, the newest: that CSV imported."""
    rig.done(PLUMB, "live", "--source", "sim:supine-edge-demo?speed=max", "--exercise", "supine-edge", "--side", "left",
             "--patient", "Anna", "--record", "rec.csv", "--sound", "off")
    rig.done(PLUMB, "import", "rec.csv", "--side", "left", "--patient", "Anna", "--begun", "2099-01-02T10:20:30Z")


def uuid(number):
    listed = json.loads(rig.done(PLUMB, "sessions", "list", "--json").stdout)
    return next(session["uuid"] for session in listed if session["id"] == number)


def written(name, *words):
    """What a verb says about one name, and the files it writes."""
    files = [word for word in words if word.startswith("out.")]
    for file in files:
        (rig.folder / file).unlink(missing_ok=True)
    ran = rig.done(PLUMB, words[0], name, *words[1:])
    return ran.stdout, ran.stderr, [(rig.folder / file).read_bytes() for file in files]


VERBS = [("analyze", "--json", "out.json", "--trace", "out.csv"), ("analyze", "--causal", "--json", "-"),
         ("analyze", "--side", "right", "--json", "-"), ("analyze", "--limits", "tight.limits", "--json", "-"), ("analyze", "--exercise", "half-kneeling"),
         ("spectrum",), ("spectrum", "--json"), ("spectrum", "--noise"), ("orient",), ("orient", "--smooth", "-o", "out.csv"),
         ("render", "-o", "out.svg"), ("render", "-o", "out.png")]


def check_rows():
    """Rows are kept as they came: the same to the bit, by whichever name."""
    (rig.folder / "tight.limits").write_text("[thresholds supine-edge left]\namber_deg = 2\nred_deg = 3\nrelease_deg = 2.5\n")
    for words in VERBS:
        own = [] if "--side" in words or words[0] not in ("analyze", "render") else ["--side", "left"]
        wanted = written("rec.csv", *words, *own)
        for name in ("last", "2", uuid(2)[:8]) if words[-1] == "orient" else ("last",):
            rig.true(written(name, *words) == wanted, f"{' '.join(words)}: {name} is as rec.csv")
    plain, tight = (json.loads(written("last", "analyze", "--json", "-", *limits)[0])["thresholds"]["red_deg"]
                    for limits in ((), ("--limits", "tight.limits")))
    rig.true(tight < plain, f"limits that are said go over the session's: {plain}, {tight}")


def rows_of(text):
    return [line.split(",") for line in text.splitlines()[1:]]


def turned_deg(p, q):
    dot = abs(sum(float(a) * float(b) for a, b in zip(p, q)))
    return math.degrees(2 * math.acos(min(1, dot)))


def check_bytes():
    """Bytes of a clip: what the store derived of them, to the bit; the rows at what derived rows are stored at."""
    rig.done(PLUMB, "export", "1", "--format", "json", "-o", "kept.json")
    rig.done(PLUMB, "export", "1", "--format", "csv", "-o", "kept")
    found = json.loads(written("1", "analyze", "--json", "-")[0])
    rig.equal(found, json.loads((rig.folder / "kept.json").read_text())["analysis"], "analysis of session 1")
    trace = rows_of(written("1", "analyze", "--trace", "out.csv")[2][0].decode())
    kept = rows_of((rig.folder / "kept/trace.csv").read_text())
    rig.equal(len(trace), len(kept), "rows")
    rig.true(all(a[0] == b[0] and a[7:] == b[7:] for a, b in zip(trace, kept)), "times, zones and flags")
    pairs = [(float(x or "nan"), float(y or "nan")) for a, b in zip(trace, kept) for x, y in zip(a[1:7], b[1:7])]
    rig.true(all(abs(x - y) <= TRACE_DEG or (math.isnan(x) and math.isnan(y)) for x, y in pairs), "angles of the rows")
    stored, file = (rows_of(written(name, "orient")[0]) for name in ("1", "rec.csv"))
    rig.equal([row[0] for row in stored], [row[0] for row in file], "times of the orientation")
    worst = max(turned_deg(a[1:], b[1:]) for a, b in zip(stored, file))
    rig.true(worst < ORIENT_DEG, f"orientation of the bytes and of the CSV, {worst:.3f} deg apart")


def check_refusals():
    """The same words from every verb, and nothing written."""
    for name, code in (("999", 2), ("nobody", 2), ("gone.csv", 1), ("./last", 1)):
        wanted = rig.run(PLUMB, "report", name, "-o", "out.pdf").stderr
        rig.true(len(wanted.splitlines()) == 1, f"one line: {wanted}")
        for words in (("analyze",), ("spectrum",), ("orient",), ("render", "-o", "none.png"), ("export", "--format", "csv", "-o", "none")):
            ran = rig.run(PLUMB, words[0], name, *words[1:])
            rig.equal((ran.returncode, ran.stderr, ran.stdout), (code, wanted, ""), f"{' '.join(words)} {name}")
    ran = rig.run(PLUMB, "live", "--source", "replay:999", "--no-record", "--sound", "off")
    rig.true("there is no session \"999\"" in ran.stderr, f"replay:999: {ran.stderr}")
    rig.true(not list(rig.folder.glob("none*")), "nothing is written")
    (rig.folder / "2").write_text("no recording\n")
    rig.equal(rig.run(PLUMB, "analyze", "2").returncode, 6, "a file of that name wins over a session")
    (rig.folder / "2").unlink()


def check_unfinished():
    """A session that is still being recorded has no end to look back from."""
    live = subprocess.Popen([PLUMB, "live", "--source", "sim:supine-edge-demo", "--exercise", "supine-edge", "--sound", "off"],
                            env={"XDG_DATA_HOME": str(rig.folder / "busy"), "PATH": "/usr/bin:/bin"}, stdin=subprocess.PIPE,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    busy = {"XDG_DATA_HOME": str(rig.folder / "busy")}
    while live.poll() is None and '"id"' not in rig.run(PLUMB, "sessions", "list", "--json", environment=busy).stdout:
        time.sleep(0.1)
    for words in (("analyze",), ("spectrum",), ("render", "-o", "none.png"), ("report", "-o", "none.pdf")):
        ran = rig.run(PLUMB, words[0], "last", *words[1:], environment=busy)
        rig.equal((ran.returncode, ran.stderr), (2, "plumb: session 1 is still being recorded\n"), words[0])
    live.terminate()
    live.wait()


record()
check_rows()
check_bytes()
check_refusals()
check_unfinished()
rig.finish()
