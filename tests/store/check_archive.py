#!/usr/bin/env python3
"""A session out of one store into a sealed file and into another store; a wrong passphrase, a changed byte, a file cut
short. Arguments: clip_store PLUMB EXERCISES."""
import os
import pathlib
import subprocess
import sys
import tempfile

CLIP, PLUMB, EXERCISES = sys.argv[1:4]
failures, checked = [], 0


def expect(holds, what):
    global checked
    checked += 1
    if not holds:
        failures.append(what)


with tempfile.TemporaryDirectory() as name:
    base = pathlib.Path(name)

    def plumb(home, *words):
        env = {**os.environ, "XDG_DATA_HOME": str(base / home)}
        return subprocess.run([PLUMB, *words], env=env, cwd=base, capture_output=True, text=True)

    (base / "one/plumb").mkdir(parents=True)
    subprocess.run([CLIP, str(base / "one/plumb/plumb.db"), "20", f"{EXERCISES}/supine-edge.exercise"], check=True)
    (base / "secret").write_text("correct horse battery\n")
    (base / "wrong").write_text("incorrect horse battery\n")
    (base / "short").write_text("abc\n")
    ran = plumb("one", "sessions", "archive", "out", "last", "-o", "a.plumb", "--passphrase-file", "secret")
    expect(ran.returncode == 0, f"out: {ran.stderr}")
    sealed = (base / "a.plumb").read_bytes()
    expect(sealed.startswith(b"PLUMB SEAL 1\n") and b"supine" not in sealed, "nothing can be read in it")
    expect(plumb("two", "sessions", "archive", "in", "a.plumb").returncode == 2, "without the passphrase")
    ran = plumb("two", "sessions", "archive", "in", "a.plumb", "--passphrase-file", "wrong")
    expect(ran.returncode == 6 and "passphrase" in ran.stderr, f"with another passphrase: {ran.stderr}")
    for damage, bytes_ in (("changed", sealed[:200] + bytes([sealed[200] ^ 1]) + sealed[201:]), ("cut", sealed[:-40]),
                           ("longer", sealed + b"x"), ("empty", sealed[:60])):
        (base / "bad.plumb").write_bytes(bytes_)
        ran = plumb("two", "sessions", "archive", "in", "bad.plumb", "--passphrase-file", "secret")
        expect(ran.returncode == 6 and len(ran.stderr.strip().splitlines()) == 1, f"{damage}: {ran.stderr}")
    expect(plumb("two", "sessions", "list", "--json").stdout.count('"uuid"') == 0, "nothing was taken")
    ran = plumb("two", "sessions", "archive", "in", "a.plumb", "--passphrase-file", "secret")
    expect(ran.returncode == 0, f"in: {ran.stderr}")
    one, two = (plumb(home, "export", "last", "--format", "json", "-o", "-").stdout for home in ("one", "two"))
    expect(one == two and len(one) > 10000, "the session is the same there")
    expect(plumb("one", "sessions", "archive", "out", "last", "-o", "b.plumb", "--passphrase-file", "short").returncode == 2,
           "a short passphrase is refused")
    expect(plumb("one", "sessions", "archive", "out", "last", "-o", "c.plumb").returncode == 0, "without a passphrase")
    expect(not list(base.glob("*.part")), "nothing half written")
for failure in failures:
    print("FAILED:", failure)
print(f"{checked} checks, {len(failures)} failed")
sys.exit(1 if failures or not checked else 0)
