"""What is wrong with a Motion-BIDS dataset, by our own list: what bids-validator lets through."""
import json
import pathlib
import re

COLUMNS = ["name", "component", "type", "tracked_point", "units"]
TYPES = {"ACCEL", "ANGACCEL", "GYRO", "JNTANG", "LATENCY", "MAGN", "MISC", "ORNT", "POS", "VEL"}


def tsv(path):
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def motion_files(base):
    return sorted(base.glob("sub-*/ses-*/motion/*_motion.tsv"))


def ignored(base):
    """What a reader is told to leave alone."""
    path = base / ".bidsignore"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def own_faults(base):
    """What the validator lets through: missing sidecars, counts, headers, text, decimal commas, undescribed columns,
    frames, participants."""
    people = tsv(base / "participants.tsv")
    subs = {path.name for path in base.glob("sub-*")}
    if {row[0] for row in people[1:]} != subs and "participants.tsv" not in ignored(base):
        yield "participants.tsv and the folders differ"
    for path in motion_files(base):
        stem = str(path)[: -len("_motion.tsv")]
        side = pathlib.Path(stem + "_motion.json")
        if not side.exists():
            yield "motion.json is missing"
            continue
        facts = json.loads(side.read_text())
        channels = tsv(pathlib.Path(stem + "_channels.tsv"))
        head, channels = channels[0], channels[1:]
        if head[:5] != COLUMNS:
            yield "columns of channels.tsv are out of order"
        types = [row[2] for row in channels]
        if set(types) - TYPES or len({row[0] for row in channels}) != len(channels):
            yield "a type that is none, or a name twice"
        if facts["MotionChannelCount"] != len(channels) or any(
                facts[f"{t}ChannelCount"] != types.count(t) for t in TYPES):
            yield "counts of channels differ"
        if not facts["SamplingFrequency"] > 0:
            yield "no rate"
        levels = json.loads(pathlib.Path(stem + "_channels.json").read_text())["reference_frame"]["Levels"]
        frame = head.index("reference_frame")
        if {row[frame] for row in channels} - {"n/a"} - set(levels):
            yield "a reference frame that is not described"
        for row in tsv(path):
            if len(row) != len(channels):
                yield "a row of motion.tsv has another number of columns"
                break
            if not all(cell == "n/a" or re.fullmatch(r"-?\d+(\.\d+)?", cell) for cell in row):
                yield "motion.tsv has something that is no number"
                break
        events = tsv(pathlib.Path(stem.replace("_motion", "") + "_events.tsv"))
        described = json.loads(pathlib.Path(stem + "_events.json").read_text())
        if events[0][:2] != ["onset", "duration"] or set(events[0][2:]) - set(described):
            yield "columns of events.tsv are not described"
        onsets = [row[0] for row in events[1:]]
        if not all(re.fullmatch(r"-?\d+\.\d+", cell) for cell in onsets):
            yield "an onset that is no number"
        elif [float(o) for o in onsets] != sorted(float(o) for o in onsets):
            yield "events are out of order"
        if any(len(row) != len(events[0]) for row in events):
            yield "a ragged row of events.tsv"
        scans = tsv(next(path.parents[1].glob("*_scans.tsv")))
        if f"motion/{path.name}" not in [row[0] for row in scans[1:]]:
            yield "scans.tsv does not name the recording"
        if not all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|n/a", row[1]) for row in scans[1:]):
            yield "acq_time is not of the form that BIDS wants"
