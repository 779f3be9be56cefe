#!/usr/bin/env python3
"""plumb report as a person runs it, its page read by other people's programs.

Usage: test_report.py PLUMB DE_PO
"""
import json
import math
import os
import re
import subprocess
import sys
import tempfile

PLUMB, GERMAN = sys.argv[1:3]
RATE = 100.0
failures = []


def check(what, holds):
    if not holds:
        failures.append(what)
        print("not so:", what)


def run(*arguments, env=None, code=0):
    done = subprocess.run(arguments, capture_output=True, env={**os.environ, **(env or {})}, timeout=100)
    check(f"{' '.join(arguments[:3])} ends with {code}: {done.stderr.decode()}", done.returncode == code)
    return done.stdout.decode()


def bump(t, start, end, height):
    """Up, up there, and down again, a second each way."""
    def ramp(x):
        x = min(1, max(0, x))
        return x * x * (3 - 2 * x)
    return height * (ramp(t - start) - ramp(t - end + 1))


def tilt_deg(t):
    """Someone on their back: four tilts, an arch, two holds, a lapse to 9 degrees in the second; breathing."""
    tilts = sum(bump(t, 6 + 4 * i, 9 + 4 * i, 7) for i in range(4))
    return tilts + bump(t, 25, 29, 9) + bump(t, 82, 87, 9) + 0.8 * math.sin(2 * math.pi * 0.25 * t)


MARKS = {5.5: "tilt_begin", 23: "tilt_end", 24: "arch_begin", 30: "arch_end", 32: "neutral_begin",
         40: "neutral_end", 42: "hold_begin", 66: "hold_end", 72: "hold_begin", 100: "hold_end"}


def write_recording(path):
    """Raw CSV of a sensor that lies as the manual shows: x to the head, z out of the body."""
    rows = ["t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps,marker"]
    marks = {round(t * RATE): name for t, name in MARKS.items()}
    for i in range(int(104 * RATE)):
        t = i / RATE
        angle = math.radians(tilt_deg(t))
        rate = math.radians(tilt_deg(t + 0.5 / RATE) - tilt_deg(t - 0.5 / RATE)) * RATE
        rows.append(f"{t:.6f},{9.80665 * math.sin(angle):.5f},0,{9.80665 * math.cos(angle):.5f},0,{rate:.6f},0,"
                    + marks.get(i, ""))
    with open(path, "w") as file:
        file.write("\n".join(rows) + "\n")


def figure(value, decimals=1, plus=False):
    """As people read it: a true minus, a plus where it matters."""
    text = f"{abs(value):.{decimals}f}"
    sign = "\u2212" if value < 0 else "+" if plus else ""
    return ("" if float(text) == 0 else sign) + text


def fonts_are_embedded(pdf):
    lines = run("pdffonts", pdf).splitlines()[2:]
    check("the page has fonts", len(lines) > 0)
    for line in lines:
        check(f"embedded, subset, with Unicode: {line}", re.search(r"\byes yes yes\b", line))


def numbers_are_found(pdf, recording):
    """What the analysis says stands on the page, as another program reads it."""
    text = run("pdftotext", "-layout", pdf, "-")
    path = pdf + ".json"
    run(PLUMB, "analyze", recording, "--exercise", "supine-edge", "--side", "right", "--json", path)
    with open(path) as file:
        found = json.load(file)
    check("two holds", len(found["holds"]) == 2)
    for hold in found["holds"]:
        for wanted in (figure(hold["in_zone_s"]) + " s", figure(hold["worst_deg"], plus=True) + "\u00b0",
                       str(hold["excursions"])):
            check(f"{wanted} is on the page", wanted in text)
    for name, sign in (("amber_deg", "\u00b1"), ("red_deg", "+"), ("immediate_deg", "+"), ("release_deg", "+")):
        check(f"{name} is on the page", sign + figure(found["thresholds"][name]) + "\u00b0" in text)
    check("samples are on the page", str(found["quality"]["samples"]) in text)
    plain = re.sub(r"\s+", " ", run("pdftotext", "-raw", pdf, "-"))
    for words in ("For exercise and learning, not a medical device", "Limits chosen by you or your physiotherapist",
                  "inferred from the pelvis, not measured", "pelvis tipping forward 1\u00d7"):
        check(f"the page says: {words}", words in plain)
    check("no dash where a minus belongs", not re.search(r"(?<![0-9a-z])-\d", text))


def page_can_be_heard(pdf):
    tree = run("pdfinfo", "-struct-text", pdf)
    for part in ("Document", "H1 (block)", "H2 (block)", "P (block)", "Table (block)", "TH", "TD", "Figure"):
        check(f"{part} is among the parts", re.search(r"^\s*" + re.escape(part), tree, re.M))
    order = [tree.find(words) for words in ("Edge-of-table", "of the holds in doubt", "Holds", "With what", "For exercise")]
    check("read from top to bottom", order == sorted(order) and order[0] >= 0)


def one_sheet(pdf, size):
    info = run("pdfinfo", pdf)
    check("one page", re.search(r"^Pages:\s+1$", info, re.M))
    check(f"on {size}", re.search(r"^Page size:.*" + re.escape(size), info, re.M))
    check("tagged", re.search(r"^Tagged:\s+yes$", info, re.M))
    check("titled", re.search(r"^Title:\s+Edge-of-table", info, re.M))
    run("qpdf", "--check", pdf)


def same_everywhere(folder, recording, first):
    """The same bytes in any language and time zone."""
    with open(first, "rb") as file:
        wanted = file.read()
    for i, env in enumerate(({"LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Auckland"},
                             {"LC_ALL": "C.UTF-8", "LANGUAGE": "de"},
                             {"LC_ALL": "C", "TZ": "America/St_Johns"})):
        again = os.path.join(folder, f"again{i}.pdf")
        report(recording, again, env=env)
        with open(again, "rb") as file:
            check(f"the same bytes with {env}", file.read() == wanted)


def report(recording, out, *more, env=None, code=0):
    return run(PLUMB, "report", recording, "--exercise", "supine-edge", "--side", "right", "-o", out, *more, env=env,
               code=code)


def refuses(folder, recording):
    """What cannot be done is said, and nothing is left behind."""
    out = os.path.join(folder, "none.pdf")
    report(os.path.join(folder, "missing.csv"), out, code=1)
    report(recording, os.path.join(folder, "none.doc"), code=2)
    report(recording, out, "--paper", "foolscap", code=2)
    report(recording, os.path.join(folder, "no", "such", "folder.pdf"), code=1)
    check("nothing is left behind", not os.path.exists(out))


def of_the_store(folder, recording):
    """A session that was kept, and its patient: the same bytes in any zone, whatever the name."""
    env = {"XDG_DATA_HOME": os.path.join(folder, "data")}
    name = "Zo\u00eb \u0141uk"
    run(PLUMB, "live", "--source", f"replay:{recording}?speed=max", "--exercise", "supine-edge", "--side", "right",
        "--patient", name, "--sound", "off", env=env)
    pages = []
    for i, zone in enumerate(({"TZ": "UTC"}, {"LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Auckland"})):
        for what in (("last",), ("--patient", name)):
            out = os.path.join(folder, f"kept{i}{len(what)}.pdf")
            run(PLUMB, "report", *what, "-o", out, env={**env, **zone})
            run("qpdf", "--check", out)
            check(f"{name} is on the page", name in run("pdftotext", "-layout", out, "-"))
            german = os.path.join(folder, f"german{i}{len(what)}.pdf")
            run(PLUMB, "report", *what, "--language", "de", "-o", german, env={**env, **zone})
            check("the German page knows its exercise", "H\u00fcftbeuger-Dehnung an der Tischkante" in is_german(german))
            with open(out, "rb") as file:
                pages.append(file.read())
    check("a session's page is the same in any zone", pages[0] == pages[2])
    check("a patient's page is the same in any zone", pages[1] == pages[3])
    run(PLUMB, "report", "--patient", "nobody", "-o", os.path.join(folder, "n.pdf"), env=env, code=2)
    run(PLUMB, "report", "999", "-o", os.path.join(folder, "n.pdf"), env=env, code=2)


def english_words():
    """The words of three letters and more that stand in the English texts and in no German one."""
    done = subprocess.run(["msgcat", "--no-wrap", GERMAN], capture_output=True, text=True, check=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    words = {"msgid": set(), "msgstr": set()}
    for kind, text in re.findall(r'^(msgid|msgstr)\S* ?\S*? "(.*)"$', done.stdout, re.M):
        words[kind] |= set(re.findall(r"[^\W\d_]{3,}", text.lower()))
    return words["msgid"] - words["msgstr"]


def is_german(path):
    """Read back by another program: not one English word, and no figure with a dot."""
    text = run("pdftotext", "-raw", path, "-")
    left = english_words() & set(re.findall(r"[^\W\d_]{3,}", text.lower()))
    check(f"no English in {os.path.basename(path)}: {sorted(left)}", not left)
    dots = re.findall(r"[+\u2212]?\d+\.\d+(?: s|\u00b0| Hz)", text)
    check(f"figures as Germans write them, not {dots}", not dots)
    return re.sub(r"\s+", " ", text)


def speaks_german(folder, recording):
    """A page and a picture in German, whatever the locale; a language that is not there is refused."""
    out, again = os.path.join(folder, "de.pdf"), os.path.join(folder, "de2.pdf")
    report(recording, out, "--language", "de")
    text = is_german(out)
    for words in ("H\u00fcftbeuger-Dehnung an der Tischkante (Stufe 2)", "Rechte Seite, in R\u00fcckenlage",
                  "Zum \u00dcben und Lernen, kein Medizinprodukt", "Becken kippt nach vorn 1\u00d7", "au\u00dferhalb ab +5,0\u00b0",
                  "aus dem Becken erschlossen, nicht gemessen"):
        check(f"the German page says: {words}", words in text)
    report(recording, again, "--language", "de", env={"LC_ALL": "C", "LANGUAGE": "en", "TZ": "Pacific/Auckland"})
    with open(out, "rb") as one, open(again, "rb") as other:
        check("the same German bytes in any locale", one.read() == other.read())
    run(PLUMB, "render", recording, "--language", "de", "-o", out)
    check("the picture says it too", "in der Zone von 28,0 s" in is_german(out))
    report(recording, out, "--language", "tlh", code=2)


def main():
    with tempfile.TemporaryDirectory() as folder:
        recording, pdf = os.path.join(folder, "4711.csv"), os.path.join(folder, "page.pdf")
        letter, png = os.path.join(folder, "letter.pdf"), os.path.join(folder, "page.png")
        write_recording(recording)
        report(recording, pdf)
        report(recording, letter, "--paper", "letter")
        report(recording, png)
        fonts_are_embedded(pdf)
        numbers_are_found(pdf, recording)
        page_can_be_heard(pdf)
        one_sheet(pdf, "(A4)")
        one_sheet(letter, "(letter)")
        same_everywhere(folder, recording, pdf)
        speaks_german(folder, recording)
        refuses(folder, recording)
        of_the_store(folder, recording)
        with open(png, "rb") as file:
            head = file.read(24)
        check("a picture of A4 at two pixels a point", head[:4] == b"\x89PNG" and head[16:24] ==
              (1191).to_bytes(4, "big") + (1684).to_bytes(4, "big"))
    sys.exit(1 if failures else 0)


main()
