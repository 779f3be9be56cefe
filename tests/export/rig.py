"""What every check of an export needs: a folder of its own, programs run in it, and expectations that are counted."""
import os
import pathlib
import subprocess
import sys
import tempfile


class Rig:
    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="plumb-export-")
        self.folder = pathlib.Path(self.temporary.name)
        self.failed = self.checked = 0

    def run(self, *command, environment=None, timeout=120):
        """The completed process, its output as text."""
        env = {**os.environ, "XDG_DATA_HOME": str(self.folder / "data"), "LC_ALL": "C.UTF-8", "TZ": "UTC", **(environment or {})}
        return subprocess.run([str(part) for part in command], cwd=self.folder, env=env, timeout=timeout,
                              capture_output=True, text=True, errors="replace")

    def done(self, *command, **how):
        """Runs a command that must succeed."""
        ran = self.run(*command, **how)
        self.true(ran.returncode == 0, f"{' '.join(map(str, command))}: exit {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return ran

    def true(self, holds, what):
        self.checked += 1
        if not holds:
            self.failed += 1
            if self.failed <= 20:
                print("FAILED:", what if len(what) < 600 else what[:600] + " ...")

    def equal(self, found, wanted, what):
        self.true(found == wanted, f"{what}: wanted {wanted!r}, found {found!r}")

    def near(self, found, wanted, most, what):
        """Numbers within `most`; None only where None is wanted."""
        if found is None or wanted is None:
            self.true(found is wanted, f"{what}: wanted {wanted!r}, found {found!r}")
        else:
            self.true(abs(found - wanted) <= most, f"{what}: wanted {wanted!r}, found {found!r}")

    def everywhere(self, *command, names):
        """Whether a command writes the same bytes whatever the language and the place: runs it in three of them, with
        OUT in its arguments as where to write, and compares the files."""
        places = [{"LC_ALL": "C.UTF-8", "TZ": "UTC"}, {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"}]
        seen = []
        for number, place in enumerate(places):
            out = f"place{number}"
            self.done(*[str(part).replace("OUT", out) for part in command], environment=place)
            seen.append({name: (self.folder / name.replace("OUT", out)).read_bytes() for name in names})
        for name in names:
            self.true(seen[0][name] == seen[1][name], f"{name} differs between places")

    def tree(self, name):
        """Every file below a folder (or the file itself), as {relative name: bytes}."""
        base = self.folder / name
        if base.is_file():
            return {name: base.read_bytes()}
        return {str(path.relative_to(base)): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}

    def finish(self):
        print(f"{self.checked} checks, {self.failed} failed")
        self.temporary.cleanup()
        sys.exit(1 if self.failed or not self.checked else 0)
