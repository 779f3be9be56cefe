#!/usr/bin/env python3
"""The window's words: each one that people see can be translated, and German has every one of them, well formed.

check_words.py SOURCE_DIR PLUMB_POT
"""
import os
import pathlib
import re
import subprocess
import sys

SOURCE, POT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
WINDOW = SOURCE / "host/app/gtk"
# what puts words on the screen, and which of its arguments are none
SHOWS = {"plumb_words_new": {2}, "plumb_words_set": set(), "plumb_key_new": {2}, "plumb_field_new": set(),
         "plumb_canvas_new": set(), "plumb_app_toast": set(), "plumb_name_set": set(), "plumb_told_say": set(),
         "gtk_button_new_with_label": set(), "gtk_button_set_label": set(), "gtk_check_button_new_with_label": set(),
         "gtk_toggle_button_new_with_label": set(), "gtk_label_new": set(), "gtk_label_set_text": set(),
         "gtk_widget_set_tooltip_text": set(), "gtk_entry_set_placeholder_text": set(), "gtk_window_set_title": set(),
         "adw_window_title_set_subtitle": set(), "gtk_accessible_update_property": set()}
TOKEN = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\])*"|[A-Za-z_]\w*|.', re.S)
NO_WORDS = {"Plumb"}


def run(*command):
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, env=dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE=""))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def messages(path):
    """Every msgid and msgid_plural of a catalogue."""
    text = run("msgcat", "--no-wrap", path)
    return {bytes(found, "utf-8").decode("unicode_escape").encode("latin-1").decode("utf-8")
            for found in re.findall(r'^msgid(?:_plural)? "((?:\\.|[^"\\])*)"$', text, re.M)}


def shown_literals(text):
    """(line, text) of the string literals that stand in an argument of what puts words on the screen."""
    calls, names, line, word, joined = [], [], 1, "", None  # calls: [name, argument]
    for token in TOKEN.findall(text):
        if token.startswith('"'):
            joined = (joined or "") + token[1:-1]
        elif not token.isspace() and not token.startswith("/*"):
            if joined is not None:
                inner = next((call for call in reversed(calls) if call[0] in SHOWS), None)
                if inner and inner[1] not in SHOWS[inner[0]]:
                    names.append((line, joined))
                joined = None
            if token == "(":
                calls.append([word, 1])
            elif token == ")" and calls:
                calls.pop()
            elif token == "," and calls:
                calls[-1][1] += 1
            word = token if re.match(r"\w", token) else ""
        line += token.count("\n")
    return names


def all_literals(text):
    """The string literals, those that stand beside each other as one."""
    text = re.sub(r'/\*.*?\*/', " ", text, flags=re.S)
    return [re.sub(r'"\s*"', "", found)[1:-1] for found in re.findall(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*', text)]


def is_word(literal):
    return re.search("[A-Za-z]{3}", re.sub(r"%[-+ #0-9.]*l?l?[a-z]|\\x[0-9a-f]{2}", "", literal)) and literal not in NO_WORDS


def every_word_can_be_translated():
    known, lost = messages(POT), []
    for path in sorted(WINDOW.glob("*.c")):
        for line, literal in shown_literals(path.read_text()):
            plain = literal.replace('\\"', '"').replace("\\n", "\n")
            if is_word(literal) and plain not in known:
                lost.append('{}:{}: "{}" is in no catalogue: _("...") or N_("...")'.format(path.name, line, literal))
    assert not lost, "\n".join(lost)
    return len(known)


def german_is_whole():
    """No message without its German, none in doubt, none too many; formats and plurals fit each other."""
    german = WINDOW / "po/de.po"
    assert "fuzzy" not in german.read_text() and "#~" not in german.read_text()
    said = run("msgfmt", "--check", "--statistics", "--output-file=/dev/null", german)
    assert re.fullmatch(r"\d+ translated messages\.\s*", said), said
    run("msgcmp", german, POT)
    more = messages(german) - messages(POT)
    assert not more, "no longer in the window: {}".format(more)


def every_failure_is_still_said_so():
    """What the window finds again in a message is written somewhere, word for word: else it would stay English."""
    table = SOURCE / "host/app/shared/failure_said.c"
    written = "\n".join(literal for path in SOURCE.glob("host/**/*.c") if path != table
                        for literal in all_literals(path.read_text()))
    failures = re.findall(r'PLUMB_SAID\(\s*((?:"(?:\\.|[^"\\])*"\s*)+)\)', table.read_text())
    lost = []
    for failure in failures:
        whole = re.sub(r'"\s*"', "", failure.strip())[1:-1]
        parts = [part.strip(" :;") for part in re.split(r"%[-+ #0-9.]*(?:l|z|h)*[a-z]", whole)]
        lost += [whole for part in parts if len(part) > 5 and not all(piece in written for piece in part.split("; "))]
    assert len(failures) > 80 and not lost, "no longer written: {}".format(lost)


print("{} words of the window".format(every_word_can_be_translated()))
german_is_whole()
every_failure_is_still_said_so()
print("German has all of them")
