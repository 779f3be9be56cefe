"""A desk for the window: a screen, a bus and a home of its own, and a person's eyes and hands on it.

with Desk() as desk:             # Xvfb, dbus, a fresh home
    app = desk.open("--source", "sim:...")
    app.wait("Start")            # a text that is shown, as a screen reader finds it
    app.click("Start")
    app.key("space")
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

PROGRAM, COMMAND = None, None  # paths of plumb-app and plumb; see main()


def main(run):
    """Runs run() inside a bus of its own: argv is plumb-app, plumb, then what run() wants."""
    global PROGRAM, COMMAND
    if "PLUMB_DESK" not in os.environ:
        os.environ["PLUMB_DESK"] = tempfile.mkdtemp(prefix="plumb-desk-")
        os.environ["XDG_RUNTIME_DIR"] = os.environ["PLUMB_DESK"]
        os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable] + sys.argv)
    PROGRAM, COMMAND = sys.argv[1], sys.argv[2]
    with Desk() as desk:
        run(desk)


def open_screen(size):
    """An X server with a number of its own, and its name: desks may stand side by side."""
    for turn in range(20):
        number = 1000 + (os.getpid() * 20 + turn) % 50000
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", ":{}".format(number), "-displayfd", str(write), "-screen", "0", size + "x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as ready:
            said = ready.readline().strip()  # once it is ready; nothing where the number is taken
        if said:
            return server, ":" + said
        server.wait()
    raise RuntimeError("Xvfb does not start")


def looks(seconds):
    """Once a turn until the time is over, soon at first, then less often: every look costs both sides of the bus."""
    end, pause = time.monotonic() + seconds, 0.05
    while time.monotonic() < end:
        yield
        time.sleep(pause)
        pause = min(1.2 * pause, 0.25)


def until(happened, words, seconds=10):
    for _ in looks(seconds):
        if happened():
            return
    raise AssertionError(words)


class Desk:
    """The screen, and everything that was started on it."""

    def __init__(self, size="1400x1000"):
        self.home = tempfile.TemporaryDirectory(prefix="plumb-home-")
        self.folder = pathlib.Path(self.home.name)
        self.screen, display = open_screen(size)
        os.environ.update(
            DISPLAY=display, XDG_DATA_HOME=str(self.folder / "data"),
            XDG_CONFIG_HOME=str(self.folder / "config"), XDG_STATE_HOME=str(self.folder / "state"),
            GTK_A11Y="atspi", GSETTINGS_BACKEND="memory", GSK_RENDERER="cairo", LC_ALL="C.UTF-8")
        os.environ.pop("GTK_THEME", None)
        self.started = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.started:
            process.kill()
            process.wait()
        self.screen.terminate()  # kill would leave its lock behind
        self.screen.wait()
        self.home.cleanup()

    def start(self, *command, **more):
        process = subprocess.Popen([str(part) for part in command], **more)
        self.started.append(process)
        return process

    def open(self, *options, **more):
        return App(self, options, **more)


class App:
    """One plumb-app, looked at through AT-SPI and touched through the X server."""

    def __init__(self, desk, options, **more):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        self.atspi, self.glib, self.desk = Atspi, GLib, desk
        self.log = desk.folder / "log-{}".format(len(desk.started))
        with open(self.log, "w") as log:
            self.process = desk.start(PROGRAM, *options, stdout=log, stderr=log, **more)
        self.window = None

    def root(self):
        """The application as the accessibility bus knows it; None before it is there."""
        desktop = self.atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(at)
            if child and child.get_process_id() == self.process.pid:
                return child
        return None

    def nodes(self):
        """Everything that is shown now, in reading order."""
        root = self.root()
        return self.below(root) if root else []

    def below(self, node):
        """Everything that is shown within a node."""
        found = []
        for at in range(node.get_child_count()):
            child = node.get_child_at_index(at)
            if child and child.get_state_set().contains(self.atspi.StateType.VISIBLE):
                found += [child] + self.below(child)
        return found

    def texts(self):
        """What is said on the screen: names, and descriptions of pictures."""
        words = []
        for node in self.safely(self.nodes) or []:
            words += [text for text in (self.safely(node.get_name), self.safely(node.get_description)) if text]
        return words

    def safely(self, call):
        """A widget may go while it is looked at."""
        try:
            return call()
        except self.glib.Error:
            return None

    def wait(self, pattern, seconds=15):
        """Until a text that is shown matches; returns the match."""
        for _ in looks(seconds):
            for text in self.texts():
                match = re.search(pattern, text)
                if match:
                    return match
            assert self.process.poll() is None, "plumb-app ended: " + self.log.read_text()
        raise AssertionError("never shown: {}\nshown: {}".format(pattern, self.texts()))

    def wait_gone(self, pattern, seconds=15):
        for _ in looks(seconds):
            if not any(re.search(pattern, text) for text in self.texts()):
                return
        raise AssertionError("does not go away: " + pattern)

    def find(self, name):
        return next(node for node in self.nodes() if (node.get_name() or "") == name)

    def place(self, name):
        """The middle of what has that name, in the window's pixels."""
        box = self.find(name).get_component_iface().get_extents(self.atspi.CoordType.WINDOW)
        return box.x + box.width // 2, box.y + box.height // 2

    def click(self, name):
        x, y = self.place(name)
        self.tool("mousemove", "--window", self.x_window(), str(x), str(y), "click", "1")

    def key(self, *keys):
        self.tool("windowfocus", "--sync", self.x_window())
        self.tool("key", *keys)

    def origin(self):
        """Where the window's upper left corner lies on the screen."""
        words = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", self.x_window()], capture_output=True, text=True,
            check=True).stdout
        return tuple(int(re.search(axis + r"=(-?\d+)", words).group(1)) for axis in "XY")

    def x_window(self):
        if not self.window:
            ids = subprocess.run(
                ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.process.pid)],
                capture_output=True, text=True, timeout=10).stdout.split()
            self.window = ids[-1]
        return self.window

    def tool(self, *words):
        subprocess.run(["xdotool", *words], check=True, timeout=10, stdout=subprocess.DEVNULL)

    def quiet(self):
        """The log has nothing that GLib or a sanitizer would complain about."""
        bad = [line for line in self.log.read_text().splitlines()
               if re.search(r"CRITICAL|WARNING|ERROR: |runtime error", line)]
        assert not bad, "\n".join(bad)
