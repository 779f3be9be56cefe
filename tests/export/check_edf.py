#!/usr/bin/env python3
"""EDF+ and BDF+, read by MNE, biosig and EDFbrowser (EDFlib's reader looks in the exporter itself).
Arguments: nasty_export, and "all" to start EDFbrowser too."""
import json
import math
import os
import shutil
import subprocess
import sys
import time
import warnings

import nasty
from rig import Rig

EXPORT, ALL = sys.argv[1], sys.argv[2:] == ["all"]
rig = Rig()
LEAST = {"edf": 0.0028, "bdf": 0.0001}  # degrees: half the step of 16 bits over +-180
SENSOR = {"edf": 157 / 32767, "bdf": 1e-4}

try:
    import mne
except ImportError:
    print("skipped: python3-mne is not installed")
    sys.exit(77)
mne.set_log_level("error")
warnings.simplefilter("ignore")


def read(path):
    reader = mne.io.read_raw_bdf if path.suffix == ".bdf" else mne.io.read_raw_edf
    return reader(path, preload=True)


def check_values(kind, raw):
    names = {name: i for i, name in enumerate(raw.ch_names)}
    data, rate = raw.get_data(), raw.info["sfreq"]
    rig.near(rate, nasty.RATE_HZ, 1e-5 * rate, "effective rate")
    held = None
    places = {round((t - nasty.FIRST_S) * nasty.RATE_HZ): t for t in nasty.times()}
    worst = 0
    for place in range(max(places) + 1):
        truth = nasty.row(places[place]) if place in places else None
        known = truth is not None and truth["tilt_deg"] is not None
        rig.near(data[names["tilt known"], place], float(known), 1e-4, f"known at {place}")
        held = truth["tilt_deg"] if known else held
        worst = max(worst, abs(data[names["tilt"], place] - held))
        rig.near(data[names["tilt"], place], held, LEAST[kind], f"tilt at {place}")
        if truth:
            rig.near(place / rate + nasty.FIRST_S, places[place], 0.001, f"time of {place}")
            rig.near(data[names["rotation"], place], truth["rotation_deg"], LEAST[kind], f"rotation at {place}")
            rig.near(data[names["pelvis acc x"], place], truth["pelvis_acc"][0], SENSOR[kind], f"acc at {place}")
            rig.near(data[names["lumbar known"], place], float(truth["lumbar_acc"] is not None), 1e-4, "lumbar known")
    rig.true("obliquity" not in names and "hip" not in names, "what was never known is no signal")
    print(f"{kind}: tilt off by at most {worst:.5f} deg, {len(places)} rows")


def check_annotations(raw):
    found = [(float(a["onset"]), a["description"]) for a in raw.annotations]
    marks, flags = list(nasty.marks()), list(nasty.flags())
    rig.equal(len(found), len(marks) + len(flags) + 2 + 1 + 1, "annotations: markers, flags, holds, gap, fraction")
    texts = [text for _, text in found]
    for kind in set(f[0] for f in flags):
        rig.equal(sum(t.startswith(kind + " (") for t in texts), sum(f[0] == kind for f in flags), kind)
    onsets = sorted(t for t, text in found if text.startswith("anterior_rotation ("))
    wanted = sorted(f[3] - nasty.FIRST_S for f in flags if f[0] == "anterior_rotation")
    for a, b in zip(onsets, wanted):
        rig.near(a, b, 0.001, "onset of a flag")
    rig.true(all(len(t.encode()) <= 40 for t in texts), "no text beyond 40 bytes")
    rig.equal(sum(t.startswith("no data") for t in texts), 1, "gap")
    rig.true(any(t == "neutral_begin" for t in texts), "marker by name")
    rig.true(any("Änna" in t for t in texts), "accents in annotations")


def check_header(path):
    head = path.read_bytes()[:256]
    rig.true(all(32 <= b < 127 for b in head[1:]), "header is printable ASCII")
    rig.true(b"EDF+C" in head or b"BDF+C" in head, "continuous")
    rig.true(b"=cmd" in head and b"\n" not in head, "code kept as text")


def check_biosig(kind, path):
    if not shutil.which("save2gdf"):
        print("skipped: biosig-tools are not installed")
        return
    ran = rig.run("save2gdf", "-JSON", path)
    text = ran.stdout[ran.stdout.index("{"):]
    rig.true(f'"NumberOfSamples"' in text or '"NumberOfSweeps"' in text, "biosig reads it")
    rig.true('"Label"' in text and "tilt known" in text, "biosig sees the signals")


def check_edfbrowser(path):
    """Opens it in a window: the title names the file, where a damaged one brings a message instead."""
    if not (shutil.which("edfbrowser") and shutil.which("xvfb-run") and shutil.which("xdotool")):
        print("skipped: EDFbrowser, Xvfb or xdotool is not installed")
        return
    script = (f'edfbrowser "{path}" & for i in $(seq 60); do sleep 0.2; xdotool search --name "{path.name}" >/dev/null 2>&1 '
              f'&& echo FOUND && break; done; kill $!')
    env = {**os.environ, "XDG_RUNTIME_DIR": str(rig.folder), "HOME": str(rig.folder)}
    ran = subprocess.run(["xvfb-run", "-a", "bash", "-c", script], env=env, capture_output=True, text=True, timeout=60)
    rig.true("FOUND" in ran.stdout, f"EDFbrowser shows {path.name}: {ran.stderr[-300:]}")


def check_refusals():
    rig.done(EXPORT, "edf", "there.edf", "--plain", "--seconds", "5")
    rig.true(rig.run(EXPORT, "edf", "there.edf").returncode == 2, "never over a file")
    rig.true(rig.run(EXPORT, "edf", "nowhere/a.edf").returncode != 0, "a folder that is not there")
    rig.true(not list(rig.folder.glob("*.part")), "nothing half written")
    ran = rig.done(EXPORT, "edf", "dry.edf", "--dry-run")
    rig.true("would write" in ran.stdout and not (rig.folder / "dry.edf").exists(), "dry run")
    rig.done(EXPORT, "edf", "nobody.edf", "--deidentify")
    head = (rig.folder / "nobody.edf").read_bytes()[:256]
    rig.true(b"X F X X " in head and b"=cmd" not in head and b"01.01.85" in head, "nobody is named: " + head[:120].decode("latin1"))


for kind in ("edf", "bdf"):
    path = rig.folder / f"nasty.{kind}"
    rig.done(EXPORT, kind, path)
    raw = read(path)
    check_values(kind, raw)
    check_annotations(raw)
    check_header(path)
    check_biosig(kind, path)
rig.everywhere(EXPORT, "edf", "OUT.edf", names=["OUT.edf"])
check_refusals()
for rate in (20, 33.3, 97.12, 100, 199.37, 200, 1000):
    rig.done(EXPORT, "edf", f"rate{rate}.edf", "--rate", rate, "--seconds", 30, "--events", 50)
    rig.near(read(rig.folder / f"rate{rate}.edf").info["sfreq"], rate, 1e-5 * rate, "rate")
if ALL:
    check_edfbrowser(rig.folder / "nasty.edf")
    check_edfbrowser(rig.folder / "nasty.bdf")
rig.finish()
