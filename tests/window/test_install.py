#!/usr/bin/env python3
"""Plumb as installed, at a place that nobody knew of when it was built: it runs without the tree it came from, the
desktop knows it, and it opens the files that it says it opens.

test_install.py PLUMB_APP PLUMB BUILD_DIR SOURCE_DIR
"""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import time

import desk

BUILD, SOURCE = pathlib.Path(sys.argv[3]).resolve(), pathlib.Path(sys.argv[4]).resolve()
ID = "org.plumb.Plumb"


def install(table):
    """Into one folder, and then moved: the folder it was installed to is not there either."""
    first, prefix = table.folder / "first", table.folder / "moved"
    subprocess.run(["cmake", "--install", BUILD, "--prefix", first], check=True, stdout=subprocess.DEVNULL)
    first.rename(prefix)
    desk.PROGRAM, desk.COMMAND = prefix / "bin/plumb-app", prefix / "bin/plumb"
    return prefix


def run(*command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    assert done.returncode == 0, "{}: {}{}".format(command, done.stdout, done.stderr)
    return done.stdout


def png_size(path):
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", path
    return struct.unpack(">II", head[16:24])


# ---- what the desktop reads

def validators_are_content(table, prefix):
    share = prefix / "share"
    run("desktop-file-validate", share / "applications" / (ID + ".desktop"))
    run("appstreamcli", "validate", "--no-net", share / "metainfo" / (ID + ".metainfo.xml"))
    if shutil.which("xmllint"):
        run("xmllint", "--noout", share / "metainfo" / (ID + ".metainfo.xml"), share / "mime/packages" / (ID + ".xml"))
    version = run(desk.COMMAND, "--version").split()[-1]
    assert 'release version="{}"'.format(version) in (share / "metainfo" / (ID + ".metainfo.xml")).read_text()


def the_sign_is_there_in_colours_and_in_one(table, prefix):
    icons = prefix / "share/icons/hicolor"
    for side in (128, 256):
        assert png_size(icons / "{0}x{0}".format(side) / "apps" / (ID + ".png")) == (side, side)
    symbolic = (icons / "symbolic/apps" / (ID + "-symbolic.svg")).read_text()
    assert 'width="16px"' in symbolic
    assert len(set(re.findall(r"fill:(rgb\([^)]*\))", symbolic))) == 1, "one colour"
    assert symbolic.count("<path") == symbolic.count("stroke:none") > 3, "filled shapes alone, no ground behind them"
    colours = (icons / "scalable/apps" / (ID + ".svg")).read_text()
    assert len(set(re.findall(r"fill:(rgb\([^)]*\))", colours))) > 4


def every_adapter_that_the_program_knows_may_be_opened(table, prefix):
    """The rules name the ids of host/io/ports.c: those and no others."""
    known = re.findall(r"\{0x(\w{4}), (ANY|0x\w{4}), \"", (SOURCE / "host/io/ports.c").read_text())
    rules = (prefix / "lib/udev/rules.d/60-plumb.rules").read_text()
    ruled = re.findall(r'idVendor}=="(\w{4})"(?:, ATTRS{idProduct}=="(\w{4})")?, GOTO="plumb_board"', rules)
    assert len(known) >= 10 and sorted((v, p.replace("0x", "").replace("ANY", "")) for v, p in known) == sorted(ruled)
    assert 'TAG+="uaccess"' in rules


ASK = """
import gi, sys
from gi.repository import Gio
for path in sys.argv[1:]:
    info = Gio.File.new_for_path(path).query_info("standard::content-type", 0, None)
    apps = [app.get_id() for app in Gio.AppInfo.get_recommended_for_type(info.get_content_type())]
    print(info.get_content_type(), "org.plumb.Plumb.desktop" in apps)
"""


def its_own_files_are_known_and_no_others(table, prefix):
    header = "t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps\n"
    texts = {"raw.csv": header + "0,0,0,9.81,0,0,0\n", "prices.csv": "t_s,price\n0,1\n", "empty.csv": "",
             "trace.csv": "t_s,tilt_deg,tilt_sd_deg\n0,1,1\n", "my.exercise": "[exercise]\nid = my\n"}
    for name, text in texts.items():
        (table.folder / name).write_text(text)
    share = prefix / "share"
    run("update-mime-database", share / "mime")
    run("update-desktop-database", share / "applications")
    environment = dict(os.environ, XDG_DATA_DIRS="{}:/usr/share".format(share),
                       PATH="{}:{}".format(prefix / "bin", os.environ["PATH"]))
    answers = run(sys.executable, "-c", ASK, *[table.folder / name for name in texts], env=environment).splitlines()
    found = dict(zip(texts, answers))
    assert found["raw.csv"] == "text/x-plumb-recording True", found
    assert found["my.exercise"] == "text/x-plumb-exercise True", found
    for name in ("prices.csv", "trace.csv"):
        assert found[name] == "text/csv False", found
    assert "plumb" not in found["empty.csv"], found


# ---- running

def traced(table, *command):
    """Runs it and returns what files it asked for."""
    log = table.folder / "strace"
    run("strace", "-f", "--seccomp-bpf", "-e", "trace=%file", "-o", log, *command, cwd="/")
    asked = set(re.findall(r'"(/[^"]*)"', log.read_text()))
    strays = [path for path in asked if path.startswith((str(SOURCE), str(BUILD)))]
    assert not strays, strays
    return asked


def it_runs_without_the_tree_it_came_from(table, prefix):
    sound, picture = table.folder / "sound.wav", table.folder / "window.png"
    asked = traced(table, desk.COMMAND, "live", "--source", "sim:butterfly-perfect?speed=max", "--exercise", "butterfly",
                   "--words", "de", "--sound-file", sound, "--no-record")
    wanted = ["libexec/plumb/plumb-emulator", "libexec/plumb/plumb-sound", "share/plumb/exercises/butterfly.exercise",
              "share/plumb/words/de.words", "share/plumb/firmware/plumb-firmware-atmega328p.elf"]
    for name in wanted:
        assert any(path.endswith(name) and os.path.realpath(path) == str(prefix.resolve() / name) for path in asked), name
    assert sound.stat().st_size > 1000000
    asked = traced(table, desk.COMMAND, "flash", "--port", "/dev/ttyUSB0", "--board", "nano", "--dry-run")
    assert str(prefix.resolve() / "share/plumb/firmware/plumb-firmware-atmega328p.hex") in map(os.path.realpath, asked)
    asked = traced(table, desk.PROGRAM, "--language", "de", "--source", "sim:supine-edge-demo", "--start", "--no-record", "--sound", "off",
           "--screenshot", picture, "--screenshot-after", "2")
    assert str(prefix.resolve() / "share/locale/de/LC_MESSAGES/plumb.mo") in map(os.path.realpath, asked)
    assert png_size(picture) > (1200, 700) and picture.stat().st_size > 20000


def a_page_is_made_in_german(table, prefix):
    recording, page = table.folder / "felt.csv", table.folder / "seite.pdf"
    run(desk.COMMAND, "live", "--source", "sim:supine-edge-demo?speed=max", "--sound", "off", "--record", recording)
    asked = traced(table, desk.COMMAND, "report", recording, "--language", "de", "-o", page)
    assert str(prefix.resolve() / "share/locale/de/LC_MESSAGES/plumb.mo") in map(os.path.realpath, asked)
    assert "Hüftbeuger-Dehnung an der Tischkante" in run("pdftotext", page, "-")


def a_recording_is_opened_and_played(table, prefix):
    recording = table.folder / "stretch.csv"
    run(desk.COMMAND, "live", "--source", "sim:butterfly-perfect?speed=max", "--exercise", "butterfly", "--sound", "off",
        "--record", recording)
    app = table.open(recording, "--exercise", "butterfly", "--sound", "off")
    app.wait("stretch.csv")
    app.click("Start")
    app.wait("Hold, and breathe.", 20)
    app.click("End")
    app.wait("^Once more$")
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def an_exercise_is_opened(table, prefix):
    path = table.folder / "evening.exercise"
    path.write_text((SOURCE / "host/exercises/frog.exercise").read_text().replace("name = ", "name = Evening "))
    app = table.open(path, "--sound", "off")
    app.wait("^Evening ")
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def what_is_no_recording_gets_one_line(table, prefix):
    path = table.folder / "prices.csv"
    for file, words in ((path, r"prices\.csv:1: "), (table.folder / "gone.csv", r"gone\.csv: ")):
        app = table.open(file, "--sound", "off")
        app.wait(words)
        app.wait("^Start$")
        app.click("Close")
        assert app.process.wait(10) == 0
        lines = app.log.read_text().splitlines()
        assert len(lines) == 1 and re.search(words, lines[0]), lines


def everything(table):
    prefix = install(table)
    tests = [validators_are_content, the_sign_is_there_in_colours_and_in_one,
             every_adapter_that_the_program_knows_may_be_opened, its_own_files_are_known_and_no_others,
             it_runs_without_the_tree_it_came_from, a_page_is_made_in_german, a_recording_is_opened_and_played,
             an_exercise_is_opened, what_is_no_recording_gets_one_line]
    for test in tests:
        begun = time.monotonic()
        test(table, prefix)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)


desk.main(everything)
