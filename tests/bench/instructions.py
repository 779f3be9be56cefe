#!/usr/bin/env python3
"""Instructions a sample, counted by callgrind: what does not change with the weather. Prints figures, asserts none.

    instructions.py PATH_OF_bench_orient
"""
import os
import re
import subprocess
import sys
import tempfile

SAMPLES = 20000
MODES = {"live": "live", "lag": "fixed lag of 1 s", "smooth": "smoother", "smooth-tilt": "smoother, with its uncertainty"}


def instructions(mode):
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.path.join(folder, 'out')}", sys.argv[1],
             str(SAMPLES), mode], capture_output=True, text=True, check=True)
    return int(re.search(r"Collected\s*:\s*(\d+)", run.stderr).group(1))


nothing = instructions("nothing")
for mode, words in MODES.items():
    print(f"{words:30} {(instructions(mode) - nothing) / SAMPLES:6.0f} instructions a sample")
