#!/usr/bin/env python3
"""The FHIR bundle: three validators and UCUM where they are installed, what none of them catches, and the values.
Arguments: nasty_export."""
import copy
import datetime
import json
import math
import re
import sys

import nasty
import validator
from rig import Rig

EXPORT = sys.argv[1]
rig = Rig()


def load(name):
    return json.loads((rig.folder / name).read_text(encoding="utf-8"))


def walk(value, path=""):
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from walk(inner, f"{path}[{i}]")


def own_faults(bundle):
    """What the validators let through: several values, reversed periods, empty things, references to nobody, codes of
    other people's systems."""
    urls = {entry["fullUrl"] for entry in bundle["entry"]}
    if len(urls) != len(bundle["entry"]):
        yield "an address twice"
    for path, value in walk(bundle):
        if value in ("", [], {}) or value is None:
            yield f"{path} is empty"
        if not isinstance(value, dict):
            continue
        if len([key for key in value if re.fullmatch(r"value[A-Z]\w+", key)]) > 1:
            yield f"{path} has several values"
        if "start" in value and "end" in value:
            begin, end = (datetime.datetime.fromisoformat(value[k]) for k in ("start", "end"))
            if end < begin:
                yield f"{path} ends before it begins"
        if "reference" in value and value["reference"] not in urls:
            yield f"{path} leads nowhere"
        if "loinc" in str(value.get("system", "")) or "snomed" in str(value.get("system", "")):
            yield f"{path} uses a code that nobody gave"


def check_own(bundle):
    rig.equal(list(own_faults(bundle)), [], "faults of our own list")
    broken = {
        "several values": lambda b: b["entry"][-1]["resource"].update(valueString="x"),
        "empty": lambda b: b["entry"][-1]["resource"].update(note=[]),
        "before it begins": lambda b: b["entry"][-1]["resource"]["effectivePeriod"].update(end="1999-01-01T00:00:00Z"),
        "nowhere": lambda b: b["entry"][-1]["resource"]["device"].update(reference="urn:uuid:0"),
        "address twice": lambda b: b["entry"].append(b["entry"][-1]),
    }
    for words, damage in broken.items():
        other = copy.deepcopy(bundle)
        damage(other)
        rig.true(any(words in fault for fault in own_faults(other)), f"our own list finds: {words}")


def observations(bundle, code):
    return [e["resource"] for e in bundle["entry"]
            if e["resource"]["resourceType"] == "Observation" and e["resource"]["code"]["coding"][0]["code"] == code]


def component(observation, code):
    for part in observation["component"]:
        if part["code"]["coding"][0]["code"] == code:
            return part["valueQuantity"]["value"]
    return None


def check_trace(bundle, seconds):
    trace, = observations(bundle, "pelvic-tilt")
    data = trace["valueSampledData"]
    samples, period = data["data"].split(" "), data["period"] / 1000
    rig.equal(len(samples), int((seconds - 1 / nasty.RATE_HZ) / period) + 1, "samples")
    for i, sample in enumerate(samples):
        since = i * period
        t = nasty.FIRST_S + since
        near_edge = any(abs(since - edge) < 0.02 for edge in (20, 23, 25, 26))
        known = not (20 <= since < 23 or 25 <= since < 26)
        if near_edge:
            continue
        rig.true((sample != "E") == known, f"known at {since}")
        if known and sample != "E":
            rig.near(float(sample) * data["factor"], nasty.row(t)["tilt_deg"], 0.01, f"tilt at {since}")


def check_values(bundle):
    holds = observations(bundle, "hold")
    rig.equal(len(holds), 2, "holds")
    flags = list(nasty.flags())
    for kind in set(f[0] for f in flags):
        found = observations(bundle, kind)
        rig.equal(len(found), sum(f[0] == kind for f in flags), kind)
        for observation, flag in zip(found, (f for f in flags if f[0] == kind)):
            rig.near(component(observation, "onset"), flag[2] - nasty.FIRST_S, 0.001, "onset")
    sides = observations(bundle, "exercise-side")
    rig.equal(sorted(s["code"]["text"].rsplit(" ", 2)[1] for s in sides), ["left", "right"], "sides")
    rig.true(all(component(s, "limit-out") > 0 for s in sides), "limits in force")
    rig.true("not a medical device" in sides[0]["note"][0]["text"], "wording")
    for hold in holds:
        rig.true(component(hold, "in-zone-seconds") <= component(hold, "held-seconds") + 1e-6, "held")


def check_validators(name):
    if not validator.found("fhir"):
        print("skipped: the FHIR validators are not installed (tests/export/validators/install)")
        return
    ran = validator.node(rig, "fhir.js", rig.folder / name)
    rig.true(ran.returncode == 0, f"validators over {name}:\n{ran.stdout[-1500:]}{ran.stderr[-1500:]}")
    print(ran.stdout.strip().splitlines()[0])


def check_validators_see():
    """A control: each breach is found by at least one of them."""
    if not validator.found("fhir"):
        return
    bundle = load("plain.json")
    bundle["entry"][-1]["resource"].pop("status")
    bundle["entry"][-2]["resource"]["effectivePeriod"]["start"] = "yesterday"
    bundle["entry"][-1]["resource"]["valueSampledData"]["origin"]["code"] = "degrees"
    (rig.folder / "broken.json").write_text(json.dumps(bundle))
    ran = validator.node(rig, "fhir.js", rig.folder / "broken.json")
    rig.true(ran.returncode == 1, "the validators refuse a broken bundle")
    for word in ("status", "ucum: degrees"):
        rig.true(word in ran.stdout, f"they name {word}: {ran.stdout[-600:]}")


rig.done(EXPORT, "fhir", "nasty.json", "patient=yes")
rig.done(EXPORT, "fhir", "plain.json", "--plain", "--events", "20")
bundle = load("nasty.json")
check_own(bundle)
check_trace(bundle, 60)
check_values(bundle)
rig.equal(bundle["entry"][0]["resource"]["name"][0]["text"], nasty.ALIAS, "name kept whole")
rig.done(EXPORT, "fhir", "again.json", "patient=yes")
rig.equal(load("again.json"), bundle, "the same session gives the same bundle")
rig.done(EXPORT, "fhir", "nobody.json", "patient=yes", "--deidentify")
text = (rig.folder / "nobody.json").read_text(encoding="utf-8")
rig.true("Åström" not in text and "=cmd" not in text and "effectivePeriod" not in text, "nobody is named")
check_validators("nasty.json")
check_validators_see()
rig.everywhere(EXPORT, "fhir", "OUT.json", names=["OUT.json"])
rig.finish()
