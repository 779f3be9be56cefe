#!/usr/bin/env python3
"""The OpenSim exports, read by a reader written to the letter of OpenSim's DelimFileAdapter. Argument: nasty_export."""
import math
import re
import sys

import nasty
from rig import Rig

EXPORT = sys.argv[1]
rig = Rig()


class Refused(Exception):
    pass


def stod(text):
    """std::stod: strtod's longest prefix, which must not be empty; the C locale."""
    match = re.match(r"\s*[+-]?(nan|inf(inity)?|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)", text, re.IGNORECASE)
    if not match or match.end() != len(text):  # stricter than stod: nothing may be left over
        raise Refused(f"no number: {text!r}")
    return float(match.group())


def read(path, data_type):
    """OpenSim's extendRead: metadata, labels, times, rows; raises where it would throw."""
    metadata, header, lines = {}, [], (rig.folder / path).read_text().split("\n")
    at = 0
    while at < len(lines) and not re.fullmatch(r"[ \t]*endheader[ \t]*", lines[at]):
        match = re.fullmatch("(.*)=(.*)", lines[at])  # greedy: the last = counts
        if match and match[1] and match[2]:
            key = match[1].strip(" ")
            if key == "DataType" and match[2] != data_type:
                raise Refused(f"DataTypeMismatch {match[2]}")
            metadata[match[1]] = match[2]
        else:
            header.append(lines[at])
        at += 1
    if "DataType" not in metadata:
        raise Refused("STODataTypeNotFound")
    labels = [token for token in lines[at + 1].split("\t") if token]
    if not labels or labels[0] != "time":
        raise Refused("UnexpectedColumnLabel")
    times, rows = [], []
    for line in lines[at + 2:]:
        tokens = [token for token in line.split("\t") if token]
        if not tokens:
            break
        if len(tokens) != len(labels):
            raise Refused("RowLengthMismatch")
        time = stod(tokens[0])
        if times and not time > times[-1]:
            raise Refused("TimestampGreaterThanEqualToNext")
        times.append(time)
        elements = [token.split(",") for token in tokens[1:]]
        if any(len(e) != (4 if data_type == "Quaternion" else 1) for e in elements):
            raise Refused("IncorrectNumTokens")
        rows.append([tuple(map(stod, e)) for e in elements])
    return metadata, header, labels[1:], times, rows


def check_quaternion(found, wanted, what):
    if wanted is None:
        rig.true(all(math.isnan(part) for part in found), f"{what}: wanted nan, found {found}")
        return
    rig.near(math.fsum(part * part for part in found), 1, 1e-7, f"{what}: length")
    sign = 1 if sum(f * w for f, w in zip(found, wanted)) >= 0 else -1
    rig.near(4 * math.degrees(math.asin(math.dist(found, [sign * w for w in wanted]) / 2)), 0, 0.0001, what)


def check_sto():
    rig.done(EXPORT, "sto", "a.sto")
    metadata, header, labels, times, rows = read("a.sto", "Quaternion")
    rig.equal((labels, header, metadata["version"]), (["pelvis_imu", "torso_imu"], [], "3"), "columns")
    rig.near(float(metadata["DataRate"]), nasty.RATE_HZ, 1e-6, "rate")
    rig.true("z up" in metadata["earth_frame"], "earth frame")
    wanted = list(nasty.times())
    rig.equal(len(times), len(wanted), "rows")
    for time, row, t in zip(times, rows, wanted):
        truth = nasty.row(t)
        rig.near(time, t, 1e-6, "time")
        check_quaternion(row[0], truth["pelvis_q"], f"pelvis at {t}")
        check_quaternion(row[1], truth["lumbar_q"], f"lumbar at {t}")
    _, _, labels, times, rows = read("a-calibration.sto", "Quaternion")
    rig.equal((labels, len(rows)), (["pelvis_imu", "torso_imu"], 1), "calibration pose")
    still = [nasty.row(t) for t in wanted if 1 <= t - nasty.FIRST_S <= 4]
    for name, found in zip(("pelvis_q", "lumbar_q"), rows[0]):
        angle = sum(2 * math.atan2(row[name][1], row[name][0]) for row in still) / len(still)
        check_quaternion(found, (math.cos(angle / 2), math.sin(angle / 2), 0, 0), f"pose of {name}")


def check_mot():
    rig.done(EXPORT, "mot", "a.mot")
    metadata, header, labels, times, rows = read("a.mot", "double")
    rig.equal(header, ["Coordinates"], "name")
    rig.equal(labels, ["pelvis_tilt", "pelvis_rotation"], "lying down, the list cannot be seen: no column")
    rig.equal((metadata["inDegrees"], metadata["version"]), ("yes", "1"), "units")
    rig.equal((int(metadata["nRows"]), int(metadata["nColumns"])), (len(rows), 3), "size")
    for time, row, t in zip(times, rows, nasty.times()):
        truth = nasty.row(t)
        rig.near(time, t, 1e-6, "time")
        tilt = None if math.isnan(row[0][0]) else row[0][0]
        rig.near(tilt, None if truth["tilt_deg"] is None else -truth["tilt_deg"], 1e-4, f"tilt at {t}: anterior is negative")
        rig.near(row[1][0], truth["rotation_deg"], 1e-4, f"rotation at {t}: left is positive")


def check_names():
    ran = rig.run(EXPORT, "sto", "a.sto")
    rig.equal(ran.returncode, 2, "exit where the name is taken")
    (rig.folder / "b-calibration.sto").write_text("mine")
    rig.equal(rig.run(EXPORT, "sto", "b.sto").returncode, 2, "exit where the pose's name is taken")
    rig.true(not (rig.folder / "b.sto").exists(), "nothing is written then")
    ran = rig.done(EXPORT, "mot", "-")
    rig.true(ran.stdout.startswith("Coordinates\n"), "standard output")
    rig.done(EXPORT, "mot", "dry.mot", "--dry-run")
    rig.true(not (rig.folder / "dry.mot").exists(), "a dry run")


def check_reader():
    """The reader refuses what OpenSim refuses: it could fail."""
    good = (rig.folder / "a.mot").read_text()
    for what, bad in {
        "decimal comma": re.sub(r"\t(-?\d+)\.", r"\t\1,", good), "no type": good.replace("DataType=double\n", ""),
        "ragged": good[:-8] + "\n", "time stands": good + good.splitlines()[-1] + "\n", "label": good.replace("\ntime", "\nTime"),
    }.items():
        (rig.folder / "bad.mot").write_text(bad)
        try:
            read("bad.mot", "double")
            rig.true(False, f"{what} was read")
        except Refused:
            rig.true(True, what)


rig.everywhere(EXPORT, "sto", "OUT.sto", names=["OUT.sto", "OUT-calibration.sto"])
rig.everywhere(EXPORT, "mot", "OUT.mot", names=["OUT.mot"])
check_sto()
check_mot()
check_names()
check_reader()
rig.finish()
