#!/usr/bin/env python3
"""plumb export as a person meets it: help, what is refused, what is left behind. Arguments: nasty_export, plumb."""
import os
import signal
import subprocess
import sys
import time

from rig import Rig

EXPORT, PLUMB = sys.argv[1:3]
rig = Rig()


def refused(exit_code, words, *arguments):
    ran = rig.run(PLUMB, "export", *arguments)
    rig.equal(ran.returncode, exit_code, f"exit of {arguments}")
    rig.true(words in ran.stderr, f"{arguments}: wanted {words!r} in {ran.stderr!r}")


def check_help():
    ran = rig.done(PLUMB, "export", "--help")
    for word in ("csv", "json", "sto", "mot", "xlsx", "--deidentify", "part=all|raw|trace", "Example: plumb export last"):
        rig.true(word in ran.stdout, f"help tells of {word}")
    rig.true(all(len(line) < 80 for line in ran.stdout.splitlines()), "help fits a terminal")


def check_refusals():
    refused(2, "which session", "--format", "csv", "-o", "x")
    refused(2, "which format", "raw.csv", "-o", "x")
    refused(2, 'no format "pdf"', "raw.csv", "--format", "pdf", "-o", "x")
    refused(2, "where to", "raw.csv", "--format", "csv")
    refused(2, "one session at a time", "raw.csv", "raw.csv", "--format", "csv", "-o", "x")
    refused(2, "NAME=VALUE", "raw.csv", "--format", "csv", "-o", "x", "--option", "raw")
    refused(2, "goes with --deidentify", "raw.csv", "--format", "csv", "-o", "x", "--shift-days", "3")
    refused(2, "cannot add to", "raw.csv", "--format", "csv", "-o", "x", "--append")
    refused(2, "no option", "raw.csv", "--format", "csv", "-o", "x", "--option", "colour=red")
    refused(6, "wants", "bad.csv", "--format", "csv", "-o", "x")
    refused(2, "is a recording, and a result never goes over one", "raw.csv", "--format", "json", "-o", "raw.csv", "--force")
    rig.equal(sorted(os.listdir(rig.folder)), ["bad.csv", "raw.csv"], "a refusal leaves nothing behind")


def check_formats():
    """Every format that this file's helpers know, from a recording."""
    for name, path in (("csv", "a"), ("json", "a.json"), ("sto", "a.sto"), ("mot", "a.mot"), ("xlsx", "a.xlsx")):
        ran = rig.done(PLUMB, "export", "raw.csv", "--format", name, "-o", path, "--dry-run")
        rig.true(f"would write {path}" in ran.stderr, f"dry run of {name}: {ran.stderr}")
        rig.true(not (rig.folder / path).exists(), f"dry run of {name} writes nothing")
        ran = rig.done(PLUMB, "export", "raw.csv", "--format", name, "-o", path)
        rig.true(f"wrote {path}" in ran.stderr and ran.stdout == "", f"{name}: {ran.stderr}")
        refused(2, "is already there", "raw.csv", "--format", name, "-o", path)
        rig.done(PLUMB, "export", "raw.csv", "--format", name, "-o", path, "--force")
    ran = rig.done(PLUMB, "export", "raw.csv", "--format", "csv", "-o", "-", "--option", "part=trace")
    rig.equal(ran.stdout.encode(), rig.tree("a")["trace.csv"], "standard output")
    rig.true(not [name for name in os.listdir(rig.folder) if ".part" in name or ".old" in name], "nothing is left half written")


def check_apart():
    """Several sessions in a format of one: a folder, with a slash."""
    rig.done(EXPORT, "csv", "monday.csv", "--events", "-1")
    ran = rig.done(PLUMB, "export", "raw.csv", "./monday.csv", "--format", "mot", "-o", "motion/")
    rig.equal(sorted(os.listdir(rig.folder / "motion")), ["monday.mot", "raw.mot"], "a file each")
    rig.true("wrote motion/raw.mot" in ran.stderr and "wrote motion/monday.mot" in ran.stderr, ran.stderr)
    refused(2, "is already there", "raw.csv", "--format", "mot", "-o", "motion/")
    rig.done(PLUMB, "export", "raw.csv", "--format", "csv", "-o", "tables/")
    rig.equal(sorted(os.listdir(rig.folder / "tables/raw"))[0], "datapackage.json", "a folder each")
    rig.equal(rig.run(PLUMB, "export", "raw.csv", "--format", "mot", "-o", "no/where/").returncode, 1, "exit where there is no folder above")


def check_killed():
    """What a killed export leaves has no name; the next one clears it away."""
    for name, path in (("csv", "killed"), ("json", "killed.json")):
        with subprocess.Popen([EXPORT, name, path, "--seconds", "20000"], cwd=rig.folder, stdout=subprocess.DEVNULL) as running:
            deadline = time.monotonic() + 30
            while not (rig.folder / f"{path}.part").exists() and time.monotonic() < deadline:
                time.sleep(0.005)
            running.send_signal(signal.SIGKILL)
        rig.true((rig.folder / f"{path}.part").exists() and not (rig.folder / path).exists(), f"a killed {name} has no name")
        rig.done(EXPORT, name, path, "--seconds", "10")
        rig.true((rig.folder / path).exists() and not (rig.folder / f"{path}.part").exists(), f"{name} after a killed one")


rig.done(EXPORT, "csv", "raw.csv", "--events", "20")
(rig.folder / "bad.csv").write_text("t_s,nothing\n0,1\n")
check_help()
check_refusals()
check_formats()
check_apart()
check_killed()
rig.finish()
