"""What the nasty session of nasty.h must read back as: the same formulas, written a second time."""
import math

FIRST_S, RATE_HZ = 1234.5, 99.78


def times(seconds=60.0, rate=RATE_HZ, plain=False):
    """Every row's t_s, rounded to the microseconds that files hold."""
    k = 0
    while True:
        t = FIRST_S + k / rate
        since = t - FIRST_S
        k += 1
        if since >= seconds:
            return
        if plain or not 20 <= since < 23:
            yield t


def row(t, plain=False):
    """The angles of one row in degrees; None where they are not known."""
    since = t - FIRST_S
    tilt = 10 * math.sin(0.3 * t) + 0.5 * math.sin(2 * t)
    lumbar = 6 * math.sin(0.25 * t)
    known = plain or not 25 <= since < 26
    there = plain or not 30 <= since < 35
    zone = "off" if since < 5 or not known else "red" if tilt > 5 else "amber" if tilt > 3 else "green"
    return {
        "tilt_deg": tilt if known else None,
        "tilt_sd_deg": 0.25,
        "rotation_deg": 4 * math.cos(0.2 * t),
        "obliquity_deg": None,
        "lumbar_deg": lumbar if there else None,
        "hip_deg": None,
        "zone": zone,
        "flags": "anterior_rotation+lumbar_arch" if zone == "red" else "",
        # orientations (w, x, y, z), turned about x; None for a sensor that is not there
        "pelvis_q": (math.cos(math.radians(tilt) / 2), math.sin(math.radians(tilt) / 2), 0.0, 0.0),
        "lumbar_q": (math.cos(math.radians(lumbar) / 2), math.sin(math.radians(lumbar) / 2), 0.0, 0.0) if there else None,
        "pelvis_acc": (9.81 * math.sin(0.01 * t), 0.3 * math.cos(t), 9.81 * math.cos(0.01 * t)),
        "pelvis_gyr": (0.05 * math.cos(0.3 * t), -0.01 * math.sin(t), 0.002),
        "lumbar_acc": (4.905 * math.sin(0.01 * t), 0.3 * math.cos(t), 9.81 * math.cos(0.01 * t)) if there else None,
        "temp_c": 31.5 + math.sin(0.001 * t),
    }


NOTES = [
    "=1+1", "+49 30 1234", "-2 deg, she says", "@home", 'he said "ouch", twice', "first line\nsecond line", "a\ttab",
    "naïve Änna Łódź αβγ", "\U0001F600\U0001F3FD stretch ❤\ufe0f", "../../../etc/passwd",
    "<b>&amp;</b> %s %n $(reboot) `ls` '; DROP TABLE sessions; --", "n/a", "40 bytes end within this letter →→→→→→→→",
]
ALIAS = "../../Zoë Åström =1+1 \U0001F9B4"
CODE = "=cmd|'/c calc'!A1"
NOTE = '=HYPERLINK("x")\nsecond line\twith a tab, "quotes", ümläuts \U0001F600'
TAGS = "-minus +plus @at"
FLAGS = ["anterior_rotation", "lumbar_arch", "pelvic_rotation", "obliquity", "posterior_tilt", "signal_lost",
         "sensor_slip", "axis_fault", "saturated"]


def note(i):
    return NOTES[i % len(NOTES)] + ("x" * 1000 if i == 14 else "")


def on_a_row(since, rate=RATE_HZ):
    return FIRST_S + math.ceil(since * rate - 1e-9) / rate


def marks(seconds=60.0, events=500):
    """(t_s, marker) of all, in order."""
    end = seconds - 1
    yield on_a_row(1), "neutral_begin"
    yield on_a_row(4), "neutral_end"
    yield on_a_row(5), "hold_begin"
    for i in range(events):
        since = 5 + (end - 5) * i / events
        yield on_a_row(23 if 20 <= since < 23 else since), "note:" + note(i)
    yield on_a_row(end), "hold_end"


def flags(seconds=60.0, events=500):
    """Each flag's kind, basis, onset, start, end (None: still standing) and peak."""
    end = seconds - 1
    for i in range(events):
        onset = FIRST_S + 5 + (end - 5) * i / events
        yield (FLAGS[i % 9], "inferred" if i % 2 else "measured", onset, onset + 0.7,
               None if i % 7 == 3 else onset + 1.5, 5 + i % 10)
