"""Validators that live in npm: the scripts of tests/export/validators, with the modules that are installed there or
where PLUMB_VALIDATORS points."""
import os
import pathlib
import shutil

SCRIPTS = pathlib.Path(__file__).parent / "validators"
MODULES = pathlib.Path(os.environ.get("PLUMB_VALIDATORS", SCRIPTS.parents[2] / "build/validators")) / "node_modules"


def found(module):
    return shutil.which("node") is not None and (MODULES / module).is_dir()


def node(rig, script, *arguments):
    """Runs a script with its modules; the completed process."""
    return rig.run("node", SCRIPTS / script, *arguments, environment={"NODE_PATH": str(MODULES)})
