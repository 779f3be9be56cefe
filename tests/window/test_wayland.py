#!/usr/bin/env python3
"""plumb-app on Wayland: a compositor without a screen, the window's own picture, no complaint in the log.

test_wayland.py PLUMB_APP; exit code 77 (skipped) where there is no Weston.
"""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time


def await_socket(folder, weston):
    end = time.monotonic() + 10
    while not (folder / "plumb-test").is_socket():
        assert weston.poll() is None and time.monotonic() < end, "Weston does not come up"
        time.sleep(0.02)


def take_picture(folder, *options):
    picture, log = folder / "window.png", folder / "log"
    environment = dict(
        os.environ, XDG_RUNTIME_DIR=str(folder), WAYLAND_DISPLAY="plumb-test", GDK_BACKEND="wayland", GTK_A11Y="none",
        GSK_RENDERER="cairo", GSETTINGS_BACKEND="memory", XDG_DATA_HOME=str(folder / "data"),
        XDG_CONFIG_HOME=str(folder / "config"), LC_ALL="C.UTF-8")
    environment.pop("DISPLAY", None)
    with open(log, "w") as out:
        code = subprocess.run(
            ["dbus-run-session", "--", sys.argv[1], "--sound", "off", "--no-record", "--screenshot", picture, *options],
            env=environment, stdout=out, stderr=out, timeout=30).returncode
    said = log.read_text()
    assert code == 0, said
    bad = [line for line in said.splitlines() if re.search(r"CRITICAL|WARNING|ERROR", line)]
    assert not bad, "\n".join(bad)
    return picture.read_bytes()


def check(picture):
    """As large as was asked for, and not of one colour: there is a window in it."""
    assert struct.unpack(">II", picture[16:24]) == (1280, 800)
    assert len(picture) > 30000, len(picture)


def run(folder):
    with open(folder / "weston", "w") as log:
        weston = subprocess.Popen(
            ["weston", "--backend=headless-backend.so", "--socket=plumb-test", "--idle-time=0", "--width=1600",
             "--height=1000"],
            env=dict(os.environ, XDG_RUNTIME_DIR=str(folder)), stdout=log, stderr=log)
    try:
        await_socket(folder, weston)
        check(take_picture(folder))
        check(take_picture(folder, "--source", "sim:supine-edge-demo?speed=10", "--start", "--screenshot-after", "4"))
        assert weston.poll() is None, (folder / "weston").read_text()
    finally:
        weston.terminate()
        weston.wait()
    print("two pictures on Wayland, nothing complained of")


if not shutil.which("weston"):
    print("skipped: Weston is not there (apt-get install weston)")
    sys.exit(77)
with tempfile.TemporaryDirectory(prefix="plumb-wayland-") as runtime:
    run(pathlib.Path(runtime))
