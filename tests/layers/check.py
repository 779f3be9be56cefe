#!/usr/bin/env python3
"""Reads every include and fails where a room knows what it should not (HOUSE, "Who may include whom")."""
import pathlib
import re
import sys

TOP = pathlib.Path(sys.argv[1])
# room -> rooms of ours it may include, longest prefix first
KNOWS = {
    "include/plumb": [],
    "firmware/boards/port.h": ["include/plumb"],  # what the core asks of a board: the one header they share
    "firmware/core": ["include/plumb", "firmware/boards/port.h"],
    "firmware/boards": ["include/plumb", "firmware/core", "firmware/boards/port.h"],
    "firmware/emulator": ["include/plumb"],
    "host/core": ["include/plumb"],
    "host/patient": ["include/plumb", "host/core"],
    "calib": ["include/plumb", "host/core"],
    "host/session": ["include/plumb", "host/core", "calib"],
    "host/io": ["include/plumb", "host/core", "host/patient", "host/session"],
    "host/store": ["include/plumb", "host/core", "host/session", "host/io"],
    "host/export": ["include/plumb", "host/core", "host/session", "host/io"],
    "host/view": ["host/core"],
    "host/app": ["include/plumb", "host/core", "host/patient", "host/session", "calib", "host/io", "host/store",
                 "host/export", "host/view"],
}
# a library's header -> the files that are its one home
HOMES = {
    r"fftw3\.h": r"host/core/spectrum\.c",
    r"libserialport\.h": r"host/io/(source_serial|ports)\w*\.c",
    r"cairo.*|pango.*|fontconfig.*|hb.*": r"host/view/(painter|painter_kept|target|fonts|text_width)\.[ch]",
    r"jansson\.h": r"host/(io|export)/\w*(json|fhir|bids|csv)\w*\.[ch]",
    r"sqlite3\.h": r"host/store/\w+\.[ch]",
    r"zstd\.h": r"host/store/(pack|squeeze)\.c",
    r"sodium\.h": r"host/store/seal\.c",
    r"edflib\.h": r"host/export/edf\w*\.c",
    r"xlsxwriter.*": r"host/export/xlsx\w*\.[ch]",
    r"gtk/.*|adwaita\.h|gio/.*|glib.*": r"host/app/gtk/.*",
    r"libintl\.h": r"host/app/.*",
    r"ini\.h": r"host/io/ini\w*\.c",
    r"zlib\.h": r"host/io/file_\w+\.c",
    r"argp\.h": r"host/app/(cli|sound)/.*",
    r"alsa/.*": r"host/io/cue_sound\.c",
    r"espeak-ng/.*": r"host/io/speech\.c",
    r"sim_.*|avr_.*|simavr/.*": r"firmware/emulator/.*",
    r"avr/.*|util/.*": r"firmware/boards/atmega328p/.*",
}
PURE = ("host/core", "host/patient", "host/session", "calib", "firmware/core", "include/plumb")
IMPURE = {"time.h", "unistd.h", "fcntl.h", "sys/types.h", "pthread.h", "errno.h", "signal.h", "locale.h"}
STDIO = re.compile(r"\b(v?f?printf|sprintf|puts|fputs|putchar|fputc|perror|fopen|fread|fwrite|FILE)\b")  # snprintf is pure


def room_of(path):
    return next((room for room in sorted(KNOWS, key=len, reverse=True) if (path + "/").startswith(room + "/")), None)


def ours(source, name):
    for base in (source.parent, TOP / "include", TOP, TOP / "host"):
        found = (base / name).resolve()
        if found.is_file() and TOP.resolve() in found.parents:
            return str(found.relative_to(TOP.resolve()))
    return None


def breaches():
    for source in sorted(TOP.glob("**/*.[ch]")):
        path = str(source.relative_to(TOP))
        room = room_of(path)
        if room is None:
            continue
        for line, text in enumerate(source.read_text().splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', text)
            if not match:
                continue
            mark, name = match.groups()
            found = ours(source, name) if mark == '"' or name.startswith("plumb/") else None
            where = f"{path}:{line}"
            if found:
                other = room_of(found)
                if other and other != room and other not in KNOWS[room]:
                    yield f"{where}: {room} must not know {other} ({name})"
                continue
            for header, home in HOMES.items():
                if re.fullmatch(header, name) and not re.fullmatch(home, path):
                    yield f"{where}: <{name}> belongs in {home} alone"
            if room in PURE and (name in IMPURE or (name == "stdio.h" and STDIO.search(source.read_text()))):
                yield f"{where}: {room} is pure: no <{name}>"


found = list(breaches())
print("\n".join(found) or "every include is in its place")
sys.exit(1 if found else 0)
