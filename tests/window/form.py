"""A person's hands on a form: fields found by what they are called, written into and left."""
import re
import time


def shown(app, pattern, seconds=10):
    """The first thing on the screen whose name matches, and that is no mere label."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for node in app.safely(app.nodes) or []:
            matches = re.search(pattern, app.safely(node.get_name) or "")
            if matches and app.safely(node.get_role_name) != "label":
                return node
        time.sleep(0.05)
    raise AssertionError("never shown: {}\nshown: {}".format(pattern, app.texts()))


def press(app, pattern):
    click(app, shown(app, pattern))


def at_rest(app, node):
    """Where it is once it has stopped sliding in."""
    was = None
    while True:
        box = node.get_component_iface().get_extents(app.atspi.CoordType.WINDOW)
        if was and (was.x, was.y, was.width, was.height) == (box.x, box.y, box.width, box.height):
            return box
        was = box
        time.sleep(0.06)


def click(app, node):
    """A little right of its left edge, where a number has its digits and a row its words."""
    box = at_rest(app, node)
    app.tool("mousemove", "--window", app.x_window(), str(box.x + 20), str(box.y + box.height // 2), "click", "1")


def write(app, pattern, text):
    """Replaces what a field has, and leaves it."""
    press(app, pattern)
    app.key("ctrl+a")
    app.tool("type", text)
    app.key("Tab")


def wait_until(what, seconds=10):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.05)


def own_file(table):
    return table.folder / "data" / "plumb" / "exercises" / "supine-edge.exercise"


def leave(app):
    app.click("Close")
    assert app.process.wait(10) == 0
    app.quiet()


def focused(app):
    for node in app.nodes():
        states = app.safely(node.get_state_set)
        if states and states.contains(app.atspi.StateType.FOCUSED):
            return node
    return None


def walk_to(app, name, key="Tab"):
    """Presses the key until what has that name has the keyboard."""
    for _ in range(40):
        node = app.safely(lambda: focused(app))
        if node and re.search(name, app.safely(node.get_name) or ""):
            return
        app.key(key)
    raise AssertionError("the keyboard does not come to " + name)
