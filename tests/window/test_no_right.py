#!/usr/bin/env python3
"""A port that one has no right to, met by somebody who is not the administrator: a real device node of the group dialout,
the programs run as nobody with a home of their own. What to do is said; once the right is there, Start goes on.

test_no_right.py PLUMB_APP PLUMB SHIM
"""
import grp
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time

import desk

WHO = "nobody"
SKIPPED = 77
PORT = os.environ.get("PLUMB_PORT")  # told by the administrator's part to nobody's
SHIM = sys.argv[3]
WHAT_TO_DO = r"no permission; the group dialout has it: .*sudo usermod -aG dialout \$USER.*, then log out and in again"


# ---- as the administrator: the port

def skip(words):
    print("skipped:", words)
    sys.exit(SKIPPED)


def check_can():
    if os.getuid() != 0:
        skip("only root can take a right away from somebody else")
    try:
        pwd.getpwnam(WHO), grp.getgrnam("dialout")
    except KeyError as missing:
        skip("this machine has no such user or group: {}".format(missing))
    for program in (sys.executable, *sys.argv[1:4]):
        may = subprocess.run(["test", "-r", program], user=WHO, group=grp.getgrgid(pwd.getpwnam(WHO).pw_gid).gr_name,
                             extra_groups=[])
        if may.returncode:
            skip("{} cannot be read by {}".format(program, WHO))


def open_port():
    """A terminal line as a board's is: root's, of the group dialout, and nobody else's."""
    master, line = os.openpty()
    os.chown(os.ttyname(line), 0, grp.getgrnam("dialout").gr_gid)
    os.chmod(os.ttyname(line), 0o660)
    return master, line, os.ttyname(line)


def as_nobody(home, port):
    nobody = pwd.getpwnam(WHO)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, *sys.argv], cwd=home, user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[],
        env={**kept, "HOME": home, "TMPDIR": home, "PLUMB_PORT": port})


def main():
    check_can()
    home = tempfile.mkdtemp(prefix="plumb-nobody-")
    master, line, port = open_port()
    try:
        inner = as_nobody(home, port)
        while inner.poll() is None:
            if os.path.exists(home + "/give"):
                os.chmod(port, 0o666)
            time.sleep(0.05)
        sys.exit(inner.returncode)
    finally:
        os.close(master), os.close(line)
        shutil.rmtree(home)


# ---- as nobody: the programs

def give_the_right(table):
    (pathlib.Path(os.environ["HOME"]) / "give").touch()
    while not os.access(PORT, os.R_OK | os.W_OK):
        time.sleep(0.05)


def plumb(*words, **more):
    return subprocess.run([desk.COMMAND, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, **more)


def lay_out(table):
    """The line as the port of an Arduino, as /sys would have it (tests/io/shim.c)."""
    root = table.folder / "machine"
    device = root / "sys/devices/usb1/1-ttyUSB0"
    tty = device / "1-1:1.0/ttyUSB0/tty/ttyUSB0"
    tty.mkdir(parents=True)
    for name, text in (("busnum", "1"), ("devnum", "7"), ("idVendor", "2341"), ("idProduct", "0043"), ("product", "Uno")):
        (device / name).write_text(text + "\n")
    (tty / "device").symlink_to(device / "1-1:1.0/ttyUSB0")
    (root / "sys/class/tty").mkdir(parents=True)
    (root / "sys/class/tty/ttyUSB0").symlink_to(tty)
    (root / "dev").mkdir()
    (root / "dev/ttyUSB0").symlink_to(PORT)
    os.environ["PLUMB_SHIM_ROOT"] = str(root)


def shimmed():
    return {**os.environ, "LD_PRELOAD": SHIM}


def the_command_line_says_it(table):
    for words in (("live", "--no-record", "--sound", "off"), ("calibrate", "check")):
        for source in ("serial:/dev/ttyUSB0", "auto"):
            ran = plumb(*words, "--source", source, env=shimmed())
            assert ran.returncode == 4, (words, ran.returncode, ran.stderr)
            assert re.search("/dev/ttyUSB0: " + WHAT_TO_DO, ran.stderr), (words, source, ran.stderr)
    ran = plumb("live", "--no-record", "--sound", "off", "--source", "serial:" + PORT)  # as what it is: no port of a board
    assert ran.returncode == 4 and "it belongs to a program of another user" in ran.stderr, ran.stderr
    for words in (("ports",), ("doctor",)):
        ran = plumb(*words, env=shimmed())
        assert "usermod -aG dialout" in ran.stdout + ran.stderr, (words, ran.stdout, ran.stderr)


def the_port_is_found_and_it_is_said(table):
    """The start screen looks for the clip by itself."""
    app = table.open("--screen", "start", "--sound", "off", env=shimmed())
    app.wait(r"^A board is at /dev/ttyUSB0, but you have no right to it yet; the group dialout has it\. In a terminal: sudo "
             r"usermod -aG dialout \$USER\. Then log out and in again\.$", 20)
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def the_window_says_it_and_goes_on_with_the_right(table):
    told = "^/dev/ttyUSB0: " + WHAT_TO_DO
    app = table.open("--source", "serial:/dev/ttyUSB0", "--start", "--no-record", "--sound", "off", env=shimmed())
    app.wait(told, 20)
    time.sleep(5)  # longer than a toast stands: it is a banner
    app.wait(told, 1)
    app.click("Start")
    app.wait(told, 20)
    give_the_right(table)
    app.click("Start")
    app.wait_gone(WHAT_TO_DO)
    app.wait("^Waiting for the clip$", 20)
    app.wait("^Arduino, Uno on /dev/ttyUSB0$")
    app.click("Close")
    assert app.process.wait(20) == 0
    app.quiet()


def run(table):
    assert os.getuid() == pwd.getpwnam(WHO).pw_uid and not os.access(PORT, os.R_OK)
    lay_out(table)
    for test in (the_command_line_says_it, the_port_is_found_and_it_is_said, the_window_says_it_and_goes_on_with_the_right):
        test(table)
        print(test.__name__, "passed", flush=True)


if PORT:
    desk.main(run)
else:
    main()
