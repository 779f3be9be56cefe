#!/usr/bin/env python3
"""The window, measured as people run it: start, frames, CPU, memory, from a key and from a sample to the screen.
Prints figures, asserts none.

    window.py PLUMB_APP [SECONDS]

On a screen without a GPU (Xvfb), GTK's cairo renderer, release build; the clip is a pseudo terminal that sends as a board
does. What was asked: 30 frames a second at 12 % of a core at 1280x800 (15 % at 2 kHz, 30 % at 2560x1440), first frame
within 400 ms, 130 MB, a key's effect within 50 ms, a sample's within 60 ms, no sample lost in a stall of 2 s.
"""
import os
import subprocess
import sys
import tempfile
import threading
import time

from wire import Clip

PROGRAM = sys.argv[1]
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
RUSH_S = 66  # of samples, sent twenty times as fast: the trace is full before it is measured
EXERCISE = """[exercise]
id = bench
name = A long hold
class = judged
pose = supine

[judge]
anterior_rotation = yes

"""
STILL, STILL_N = "[step {}]\ndo = still\nsay = Lie still.\nfor_s = 5\n", 11
HOLD = """[step 12]
do = neutral
say = Breathe quietly.
for_s = 5

[step 13]
do = hold
say = Hold.
in_zone_s = 600
at_most_s = 900
"""


def screen():
    """An X server of its own; returns it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "2560x1440x24", "-nolisten", "tcp"], pass_fds=[write],
        stderr=subprocess.DEVNULL)
    os.close(write)
    os.environ["DISPLAY"] = ":" + os.read(read, 16).decode().strip()
    return server


def press_keys(stop):
    while not stop.wait(0.37):
        subprocess.run(["xdotool", "key", "m"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def measure(rate_hz, *options, keys=False):
    """One run; what the program says, by name."""
    clip = Clip(rate_hz, SECONDS + RUSH_S + 20, RUSH_S)
    program = subprocess.Popen(
        [PROGRAM, "--source", "serial:" + clip.port, "--exercise", "bench", "--start", "--sound", "off",
         "--measure", str(SECONDS), *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    clip.start()
    stop = threading.Event()
    if keys:
        threading.Thread(target=press_keys, args=(stop,), daemon=True).start()
    try:
        out, errors = program.communicate(timeout=SECONDS + 40)
    except subprocess.TimeoutExpired:
        program.kill()
        out, errors = program.communicate()
    stop.set()
    clip.stop.set()
    figures = dict(line.split() for line in out.splitlines() if len(line.split()) == 2)
    if "frames_per_s" not in figures:
        raise RuntimeError("the stretch was never measured: " + errors)
    return {name: float(value) for name, value in figures.items()}


def tell(title, f, more=""):
    print(f"{title}: {f['frames_per_s']:.1f} frames/s, {f['cpu_percent']:.1f} % of a core, {f['frame_cpu_ms']:.2f} ms "
          f"CPU a frame, longest gap {f['gap_most_ms']:.0f} ms, {f['resident_mb']:.0f} MB, first frame after "
          f"{f['first_frame_ms']:.0f} ms{more}", flush=True)


def latency(f):
    return (f"; newest sample to pixel {f['newest_sample_to_pixel_median_ms']:.0f} ms (99 %: "
            f"{f['newest_sample_to_pixel_p99_ms']:.0f}), oldest of a frame {f['oldest_sample_to_pixel_median_ms']:.0f} ms "
            f"(99 %: {f['oldest_sample_to_pixel_p99_ms']:.0f})")


def tell_keys(f):
    print(f"a key to its effect on the screen: {f.get('key_to_pixel_median_ms', float('nan')):.0f} ms, 99 %: "
          f"{f.get('key_to_pixel_p99_ms', float('nan')):.0f} ms, {f['keys']:.0f} keys")


def main():
    with tempfile.TemporaryDirectory() as home:
        os.makedirs(home + "/plumb/exercises", 0o700)
        with open(home + "/plumb/exercises/bench.exercise", "w") as file:
            file.write(EXERCISE + "".join(STILL.format(i + 1) for i in range(STILL_N)) + HOLD)
        os.environ.update(
            XDG_DATA_HOME=home, XDG_CONFIG_HOME=home, XDG_RUNTIME_DIR=home, GTK_A11Y="none", GSETTINGS_BACKEND="memory",
            GSK_RENDERER="cairo", LC_ALL="C.UTF-8", DBUS_SESSION_BUS_ADDRESS="disabled:")
        server = screen()
        try:
            f = measure(200)
            tell("1280x800, 200 Hz", f, latency(f))
            tell("1280x800, 2 kHz", measure(2000))
            tell("2560x1440, 200 Hz", measure(200, "--size", "2560x1440"))
            tell_keys(measure(200, keys=True))
            f = measure(2000, "--stall", "2")
            print(f"the window stands still for 2 s at 2 kHz: longest gap between frames {f['gap_most_ms']:.0f} ms, "
                  f"{f['lost']:.0f} samples lost of {f['samples'] + f['lost']:.0f}")
        finally:
            server.kill()


main()
