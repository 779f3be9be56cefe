#!/usr/bin/env python3
"""An addition to a Motion-BIDS dataset is killed before each change of the disk that it makes: every time the dataset is
the old or the new one and valid, and the next run leaves nothing of the killed one. Another export at the same time is
told to wait. Arguments: nasty_export KILL_SHIM [PRELOAD...]."""
import fcntl
import json
import shutil
import signal
import sys

import validator
from bids_faults import ignored, motion_files, own_faults
from rig import Rig

EXPORT, SHIM = sys.argv[1:3]
PRELOAD = sys.argv[3:]
STEP = 5 if PRELOAD else 1  # the sanitizers take their time
rig = Rig()
BASE = [EXPORT, "bids", "data", "--plain", "--seconds", "3", "--events", "3"]
# Somebody's first session, and one more of somebody who is there; the ids keep the two apart.
ADDITIONS = {"another person": ["--uuid", "22222222-2222-4222-8222-222222222222", "--alias", "somebody"],
             "the same person": ["--uuid", "11111111-1111-4111-8111-111111111111"]}


def visible(base):
    """What a reader of BIDS sees: nothing hidden, no table that is to be left alone; sourcedata is not its business."""
    return {name: data for name, data in rig.tree(base).items()
            if not name.startswith((".", "sourcedata/")) and name not in ignored(rig.folder / base)}


def hidden(base):
    return sorted(path.name for path in (rig.folder / base).iterdir() if path.name.startswith("."))


def fresh():
    shutil.rmtree(rig.folder / "data", ignore_errors=True)
    shutil.copytree(rig.folder / "old", rig.folder / "data")


def killed(addition, nth):
    """Whether the kill came before the end."""
    env = {"LD_PRELOAD": ":".join([*PRELOAD, SHIM]), "KILL_BELOW": str(rig.folder / "data"), "KILL_AT": str(nth),
           "KILL_COUNT": str(rig.folder / "count")}
    ran = rig.run(EXPORT, "bids", rig.folder / "data", *BASE[3:], *addition, "--append", environment=env)
    rig.true(ran.returncode == (-signal.SIGKILL if nth else 0), f"at {nth}: {ran.returncode} {ran.stderr}")


def without(tree, name):
    return {key: data for key, data in tree.items() if key != name}


def is_one_of(found, old, new):
    """A table that is to be left alone is not looked at."""
    wanted = [old, new] if "participants.tsv" in found else [without(old, "participants.tsv"), without(new, "participants.tsv")]
    return found in wanted


def check_addition(words, addition):
    fresh()
    killed(addition, 0)
    calls, old, new = int((rig.folder / "count").read_text()), visible("old"), visible("data")
    everything = rig.tree("data")
    rig.true(calls > 30 and len(new) > len(old) and not hidden("data"), f"{words}: {calls} changes")
    states, aside = {"old": 0, "new": 0}, 0
    for nth in range(1, calls + 1, STEP):
        fresh()
        killed(addition, nth)
        found, at = visible("data"), f"{words}, killed at {nth} of {calls}"
        rig.equal(list(own_faults(rig.folder / "data")), [], at)
        rig.true(is_one_of(found, old, new), f"{at}: neither the old nor the new one: {sorted(found)}")
        states["new" if len(motion_files(rig.folder / "data")) == 2 else "old"] += 1
        if "participants.tsv" not in found and not aside:
            check_validator(at)
        aside += "participants.tsv" not in found
        ran = rig.run(*BASE, *addition, "--append")
        rig.true(ran.returncode == 0 or "already" in ran.stderr, f"{at}: the next run: {ran.stderr}")
        rig.equal(hidden("data"), [], f"{at}: leftovers")
        rig.true(rig.tree("data") == everything, f"{at}: the next run makes the new one")
    print(f"{words}: {sum(states.values())} kills, {states}, {aside} of them with the table aside")
    rig.true(min(states.values()) > 0, f"{words}: before and behind")


def check_validator(at):
    """What it says of a dataset whose table is told to be left alone."""
    if not validator.found("bids-validator"):
        print("skipped: bids-validator is not installed (tests/export/validators/install)")
        return
    program = validator.MODULES / "bids-validator/bin/bids-validator"
    ran = rig.run("node", program, rig.folder / "data", "--json", timeout=300)
    rig.equal([i["key"] for i in json.loads(ran.stdout)["issues"]["errors"]], [], f"{at}: bids-validator")


def check_turns():
    """Two at once: the second is told, and nothing of the first is touched."""
    fresh()
    (rig.folder / "data/.plumb-new").mkdir()
    with open(rig.folder / "data/sourcedata/plumb.txt") as sign:
        fcntl.flock(sign, fcntl.LOCK_EX)
        ran = rig.run(*BASE, *ADDITIONS["another person"], "--append")
        rig.true(ran.returncode == 2 and "another export" in ran.stderr, f"two at once: {ran.stderr}")
        rig.equal(hidden("data"), [".plumb-new"], "what the other writes stays")
    rig.done(*BASE, *ADDITIONS["another person"], "--append")
    rig.equal(hidden("data"), [], "the next turn")


def check_own_ignore():
    """Lines of the user's own stay as they are."""
    fresh()
    path = rig.folder / "data/.bidsignore"
    path.write_text("notes/\n*.bak")
    rig.done(*BASE, *ADDITIONS["another person"], "--append")
    rig.true(path.read_text().startswith("notes/\n*.bak") and ignored(path.parent) == ["notes/", "*.bak"], path.read_text())


rig.done(EXPORT, "bids", "old", *BASE[3:])
for which, switches in ADDITIONS.items():
    check_addition(which, switches)
check_turns()
check_own_ignore()
rig.finish()
