#!/usr/bin/env python3
"""Hours of a stretch, many times as fast: the window's memory stays flat, no sample is lost, nothing is complained about.

soak.py PLUMB_APP PLUMB SOURCE_DIR

PLUMB_SOAK=7200 asks for two hours of samples (six minutes); the usual is five minutes of them, in a quarter of one. The clip is
a pseudo terminal that sends as a board does, so the whole way is gone: port, link, estimator, judging, store, drawing.
"""
import csv
import os
import pathlib
import subprocess
import sys
import threading
import time

import desk

sys.path.insert(0, str(pathlib.Path(sys.argv[3]) / "tests" / "bench"))
import wire  # noqa: E402

FASTER = 20
SOAK_S = float(os.environ.get("PLUMB_SOAK", 0)) or 300
RATE_HZ = 200
MOST_GROWTH_MB = 4.0  # from a quarter of the way to the end
EXERCISE = """[exercise]
id = soak
name = A very long hold
class = judged
pose = supine

[judge]
anterior_rotation = yes

[step 1]
do = still
say = Lie still.
for_s = 5

[step 2]
do = neutral
say = Breathe quietly.
for_s = 5

"""
HOLD = "\n[step {}]\ndo = hold\nsay = Hold.\nin_zone_s = 3600\n"


def send(clip, done):
    """SOAK_S seconds of samples, FASTER times as fast, made as they are sent."""
    os.write(clip.master, b"\0" + wire.hello(RATE_HZ))
    threading.Thread(target=wire.drain, args=(clip.master, clip.stop), daemon=True).start()
    begun, sent, step_us = time.monotonic(), 0, 1000000 // RATE_HZ
    while sent < SOAK_S * RATE_HZ and not clip.stop.is_set():
        due = min(int((time.monotonic() - begun) * FASTER * RATE_HZ), int(SOAK_S * RATE_HZ))
        data = b"".join(wire.sample(i, step_us) for i in range(sent, due))
        while data:
            data = data[os.write(clip.master, data):]
        sent = due
        done[0] = sent / RATE_HZ / SOAK_S
        time.sleep(0.01)
    done[0] = 1.0


def resident_mb(process):
    pages = int(pathlib.Path("/proc/{}/statm".format(process.pid)).read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def check_kept(table):
    """It was a stretch that was judged to its end, and all of it is kept but the last second."""
    out = table.folder / "kept"
    subprocess.run([desk.COMMAND, "export", "last", "--format", "csv", "-o", str(out)], check=True, capture_output=True)
    with open(out / "trace.csv") as file:
        rows = list(csv.DictReader(file))
    wanted = (SOAK_S - 1.5 * FASTER) * RATE_HZ
    assert len(rows) > wanted, (len(rows), wanted)
    assert rows[len(rows) // 2]["zone"] in ("green", "amber", "red"), rows[len(rows) // 2]
    print("kept: {} of {:.0f} samples, the program was killed at the end".format(len(rows), SOAK_S * RATE_HZ))


def run(table):
    folder = table.folder / "data" / "plumb" / "exercises"
    folder.mkdir(parents=True)
    (folder / "soak.exercise").write_text(EXERCISE + "".join(HOLD.format(n) for n in range(3, 30)))
    clip = wire.Clip(RATE_HZ, 0)
    os.environ["GTK_A11Y"] = "none"  # what a screen reader would keep is not the program's own
    app = table.open("--source", "serial:" + clip.port, "--exercise", "soak", "--start", "--sound", "off")
    time.sleep(1)
    done, seen = [0.0], []
    threading.Thread(target=send, args=(clip, done), daemon=True).start()
    for share in (0.25, 0.5, 0.75, 1.0):
        while done[0] < share:
            assert app.process.poll() is None, app.log.read_text()
            time.sleep(0.1)
        seen.append(resident_mb(app.process))
    clip.stop.set()
    print("soak: {:.0f} min of samples {} times as fast, resident MB at each quarter: {}".format(
        SOAK_S / 60, FASTER, ", ".join("{:.1f}".format(mb) for mb in seen)))
    assert seen[-1] - seen[0] < MOST_GROWTH_MB, seen
    app.process.terminate()
    app.process.wait(20)
    check_kept(table)
    app.quiet()


desk.main(run)
