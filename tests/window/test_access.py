#!/usr/bin/env python3
"""The window for who does not see it, has no mouse, needs large letters; and what it says when something is missing.

test_access.py PLUMB_APP PLUMB SOURCE_DIR [NAME...]
"""
import os
import pathlib
import re
import resource
import signal
import stat
import sys
import time

import desk
from form import focused

SOURCE = pathlib.Path(sys.argv[3])
CONTROLS = ("push button", "toggle button", "entry", "text", "combo box", "image", "check box", "slider", "spin button",
            "list item")


def unnamed(app):
    """Controls that a screen reader could only call by their kind."""
    return [node.get_role_name() for node in app.nodes()
            if node.get_role_name() in CONTROLS and not named(app, node)]


def has_name(app, node):
    name = app.safely(node.get_name) or ""
    return bool(name) and not re.match("(Gtk|Adw)[A-Z]|[(]None[)]", name)


def named(app, node):
    """By itself, or by the text within; a part of a control by that control, wherever it begins."""
    if any(child.get_role_name() == "label" and has_name(app, child) for child in app.below(node)):
        return True
    while node is not None and node.get_role_name() != "frame":
        if node.get_role_name() in CONTROLS and has_name(app, node):
            return True
        node = app.safely(node.get_parent)
    return False


def close(app):
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def every_control_of_every_screen_has_a_name(table):
    screens = re.findall(r"plumb_screen_(\w+)", (SOURCE / "host/app/gtk/screens.c").read_text())
    alone = [screen for screen in screens if screen not in ("prepare", "stretch", "after", "replay")]
    for screen in alone:
        app = table.open("--screen", screen if screen != "editor" else "exercises", "--sound", "off")
        app.wait("^Menu$")
        time.sleep(0.3)
        assert not unnamed(app), (screen, unnamed(app))
        close(app)
    app = table.open("--source", "sim:supine-edge-perfect?speed=10", "--sound", "off", "--start")
    app.wait("^Getting ready$")
    assert not unnamed(app), ("prepare", unnamed(app))
    app.wait("Hold. Keep your pelvis", 30)
    assert not unnamed(app), ("stretch", unnamed(app))
    app.click("End")
    app.wait("^Once more$", 20)
    assert not unnamed(app), ("after", unnamed(app))
    close(app)
    print("every control has a name on", ", ".join(screens))


def everything_is_reached_by_the_tab_key_in_reading_order(table):
    app = table.open("--screen", "start", "--sound", "off", "--source", "sim:supine-edge-demo")
    app.wait("^Start$")
    places, names = [], []
    for _ in range(14):
        app.key("Tab")
        time.sleep(0.12)
        node = focused(app)
        if node is None:
            continue
        box = node.get_component_iface().get_extents(app.atspi.CoordType.WINDOW)
        if (box.x, box.y) in places:
            break
        places.append((box.x, box.y))
        names.append(node.get_name())
    text = " | ".join(names)
    for wanted in ("Exercise", "Right", "Who", "Start", "Try without a sensor", "Sessions"):
        assert any(wanted in name for name in names), (wanted, text)
    right = [y for x, y in places if x > 500 and y > 60]
    begin = right.index(min(right))
    assert right[begin:] + right[:begin] == sorted(right), places
    print("by Tab:", text)
    close(app)


def box_of(app, name):
    return app.find(name).get_component_iface().get_extents(app.atspi.CoordType.WINDOW)


def the_seconds_are_seen_with_the_largest_text(table):
    """The figure stands in the ring's middle half; what lies behind the keys is not seen from across the room."""
    app = table.open("--source", "sim:supine-edge-perfect?speed=8", "--start", "--no-record", "--sound", "off", "--size",
                     "1280x800", "--text-scale", "2", "--language", "de", "--contrast")
    app.wait("^Halten. Das Becken", 40)
    ring, keys = box_of(app, "Halten"), box_of(app, "Pause")
    assert ring.y + 0.75 * ring.height < keys.y, (ring.y, ring.height, keys.y)
    print("the ring ends at {}, the keys begin at {}".format(ring.y + ring.height, keys.y))
    app.process.terminate()
    app.process.wait(10)


def without_a_sound_card_it_goes_on(table):
    app = table.open("--source", "sim:supine-edge-perfect?speed=6", "--start", "--no-record")
    app.wait("^Sound off: no sound card or sound server answers", 20)
    app.wait("Rock your pelvis", 20)
    close(app)


def without_the_port_it_says_so(table):
    app = table.open("--source", "serial:/dev/plumb-is-not-there", "--start", "--no-record", "--sound", "off")
    app.wait("/dev/plumb-is-not-there", 20)
    app.wait("^Start$")  # nothing is lost: there one can plug in and begin
    close(app)


def with_a_full_disk_the_stretch_goes_on(table):
    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
    app = table.open("--source", "sim:supine-edge-perfect?speed=12", "--start", "--sound", "off", preexec_fn=small)
    app.wait("cannot be kept any more: the disk may be full", 60)
    app.wait("Hold. Keep your pelvis", 30)
    close(app)


def a_lost_sensor_is_spoken(table):
    """The sound program is told what a speaker would say."""
    spoken, program = table.folder / "spoken", table.folder / "listener"
    program.write_text("#!/bin/sh\nexec cat >{}\n".format(spoken))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    scenario = table.folder / "pull.scenario"
    scenario.write_text((SOURCE / "host/scenarios/supine-edge-perfect.scenario").read_text()
                        + "\n[fault pull]\nat_s = 62\nfor_s = 45\nkind = unplug\n")
    os.environ["PLUMB_SOUND"] = str(program)
    app = table.open("--source", "sim:{}?speed=8".format(scenario), "--start", "--no-record", "--sound", "full")
    os.environ.pop("PLUMB_SOUND")
    app.wait("The clip was unplugged. The timer is paused", 30)
    app.wait_gone("The clip was unplugged", 20)
    app.wait(r"^\d+ of 30 seconds, seconds left", 20)
    app.click("End")
    app.wait("^Once more$", 20)
    words = spoken.read_text()
    assert words.index("Sensor lost. The timer is paused.") < words.index("The sensor is back."), words
    close(app)


def mixed(front, back, share):
    return tuple(share * f + (1 - share) * b for f, b in zip(front, back))


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def contrast(a, b):
    """WCAG 2.1, 1.4.3."""
    def luminance(colour):
        parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# libadwaita's own, "Named colors": windows, cards, buttons, and text on them at its usual 80 and 100 %.
GROUNDS = {"": ("#fafafa", "#ffffff", "#ebebeb"), ".dark": ("#242424", "#303030", "#3a3a3a")}
TEXT = {"": mixed(rgb("#000000"), rgb("#fafafa"), 0.8), ".dark": rgb("#ffffff")}


def letters_stand_out_from_what_they_lie_on(table):
    """Every colour and opacity of the style sheet, on every ground it may lie on: 4.5 to 1 at least."""
    style = (SOURCE / "host/app/gtk/style.css").read_text()
    rules = dict()
    for selectors, body in re.findall(r"([^{}]+)\{([^}]*)\}", re.sub(r"/\*.*?\*/", "", style, flags=re.S)):
        for selector in selectors.split(","):
            rules.setdefault(selector.strip(), {}).update(re.findall(r"([\w-]+):\s*([^;]+)", body))
    least, checked = 100, 0
    for selector, rule in rules.items():
        look = ".dark" if ".dark" in selector else ""
        plain = selector.replace(".dark ", "")
        grounds = [rule["background-color"]] if rule.get("background-color", "").startswith("#") else GROUNDS[look]
        if plain not in (".key", ".pain", ".go"):
            grounds = grounds[:2]  # never on a button
        if rule.get("color", "").startswith("#"):
            fronts = [rgb(rule["color"])]
        elif "opacity" in rule and float(rule["opacity"]) > 0:
            fronts = [TEXT[look]]
        else:
            continue
        for ground in grounds:
            share = float(rules.get(plain, {}).get("opacity", 1))
            ratio = contrast(mixed(fronts[0], rgb(ground), share), rgb(ground))
            least, checked = min(least, ratio), checked + 1
            assert ratio >= 4.5, "{} on {}: {:.2f}".format(selector, ground, ratio)
    assert checked > 12, checked
    print("contrast: {} pairs, the least {:.2f} to 1".format(checked, least))


def at_200_percent_nothing_lies_outside(table):
    app = table.open("--source", "sim:supine-edge-perfect?speed=4", "--sound", "off", "--start", "--no-record",
                     "--text-scale", "2", "--size", "1280x800")
    for moment in ("Lie back at the table's end", "Hold. Keep your pelvis"):
        app.wait(moment, 30)
        for node in app.nodes():
            component = node.get_component_iface()
            if component is None:
                continue
            box = component.get_extents(app.atspi.CoordType.WINDOW)
            if node.get_role_name() in ("push button", "label") and box.width > 0:
                assert box.x >= 0 and box.x + box.width <= 1282, (moment, node.get_name(), box.x, box.width)
    close(app)


def run(table):
    tests = [letters_stand_out_from_what_they_lie_on, every_control_of_every_screen_has_a_name,
             everything_is_reached_by_the_tab_key_in_reading_order, at_200_percent_nothing_lies_outside,
             the_seconds_are_seen_with_the_largest_text,
             without_a_sound_card_it_goes_on, without_the_port_it_says_so, with_a_full_disk_the_stretch_goes_on,
             a_lost_sensor_is_spoken]
    chosen = [test for test in tests if len(sys.argv) < 5 or test.__name__ in sys.argv[4:]]
    for test in chosen:
        begun = time.monotonic()
        test(table)
        print("{}: passed, {:.1f} s".format(test.__name__, time.monotonic() - begun), flush=True)


desk.main(run)
