#!/usr/bin/env python3
"""The program as a whole, measured: size, speed, memory of what people run. Prints figures, asserts none.

    program.py BUILD_FOLDER [--quick]
"""
import math
import os
import pty
import random
import select
import subprocess
import sys
import tempfile
import threading
import time
import tty

from wire import drain, hello, sample, stream

BUILD = os.path.abspath(sys.argv[1])
QUICK = "--quick" in sys.argv
PLUMB = f"{BUILD}/host/app/plumb"
HZ = os.sysconf("SC_CLK_TCK")


def cpu_s(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / HZ


def memory_mib(pid, key="VmHWM"):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    return float("nan")


def live(rate_hz, seconds, stall=False):
    master, slave = pty.openpty()
    tty.setraw(slave)
    step_us = 1000000 // rate_hz
    frames = [sample(i, step_us) for i in range(rate_hz * seconds)]
    with tempfile.TemporaryDirectory() as folder:
        out = os.pipe() if stall else None
        program = subprocess.Popen(
            [PLUMB, "live", "--source", f"serial:{os.ttyname(slave)}", "--record", f"{folder}/r.csv", "--jsonl"]
            + (["--jsonl-hz", "1000"] if stall else []),
            stdout=out[1] if stall else subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(0.5)
        os.write(master, b"\0" + hello(rate_hz))
        stop = threading.Event()
        threading.Thread(target=drain, args=(master, stop), daemon=True).start()
        begun, before = time.monotonic(), cpu_s(program.pid)
        reader = None
        if stall:  # nobody reads its output for two seconds in every four
            def lazily():
                while not stop.is_set():
                    time.sleep(2)
                    until = time.monotonic() + 2
                    while time.monotonic() < until and not stop.is_set():
                        if select.select([out[0]], [], [], 0.1)[0]:
                            os.read(out[0], 65536)
            reader = threading.Thread(target=lazily, daemon=True)
            reader.start()
        sent = stream(master, frames, rate_hz, seconds, begun)
        elapsed = time.monotonic() - begun
        used, memory = cpu_s(program.pid) - before, memory_mib(program.pid)
        time.sleep(2.5 if stall else 0.5)
        program.send_signal(2)
        if stall:
            os.close(out[1])
        program.communicate(timeout=20)
        stop.set()
        rows = sum(1 for _ in open(f"{folder}/r.csv")) - 1
    os.close(slave)
    os.close(master)
    return 100 * used / elapsed, memory, sent, rows


def run(*arguments):
    """Wall seconds, CPU seconds and peak MiB of one run."""
    read, write = os.pipe()
    begun = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
        os.dup2(os.open("/dev/null", os.O_WRONLY), 2)
        os.execv(arguments[0], arguments)
    _, status, usage = os.wait4(pid, 0)
    os.close(read)
    os.close(write)
    assert status == 0, arguments
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def hour(path, minutes):
    random.seed(1)
    with open(path, "w") as file:
        file.write("t_s," + ",".join(f"pelvis_{n}" for n in (
            "ax_mps2", "ay_mps2", "az_mps2", "gx_radps", "gy_radps", "gz_radps")) + ",marker\n")
        marks = {2000: "neutral_begin", 4000: "neutral_end", 6000: "hold_begin", minutes * 12000 - 10: "hold_end"}
        for i in range(minutes * 12000):
            t = i / 200
            lapse = math.radians(8) if t % 60 > 50 and t > 40 else 0
            a = math.radians(math.sin(1.6 * t)) + lapse
            noise = [random.gauss(0, 0.03) for _ in range(3)] + [random.gauss(0, 0.002) for _ in range(3)]
            file.write(
                f"{t:.6f},{9.81 * math.cos(a) + noise[0]:.5f},{9.81 * math.sin(a) + noise[1]:.5f},{noise[2]:.5f},"
                f"{noise[3]:.6f},{noise[4]:.6f},{-math.radians(1.6 * math.cos(1.6 * t)) + noise[5]:.6f},{marks.get(i, '')}\n")


def main():
    size = subprocess.run(
        ["avr-size", f"{BUILD}/firmware/plumb-firmware-atmega328p.elf"], capture_output=True, text=True, check=True)
    text, data, bss = map(int, size.stdout.splitlines()[1].split()[:3])
    print(f"firmware: flash {text + data} of at most 8192 bytes, RAM {data + bss} of at most 1024 bytes")
    with tempfile.TemporaryDirectory() as folder:
        sim = subprocess.run(
            [PLUMB, "sim", "--scenario", "supine-edge-demo", "-o", f"{folder}/s.csv"],
            capture_output=True, text=True, check=True)
        print("emulator:", "; ".join(line.removeprefix("plumb: ") for line in sim.stderr.splitlines()))
        minutes = 6 if QUICK else 60
        hour(f"{folder}/h.csv", minutes)
        for name, arguments in (
                ("analyze", ("analyze", f"{folder}/h.csv", "--json", f"{folder}/h.json", "--trace", f"{folder}/t.csv")),
                ("analyze, no trace", ("analyze", f"{folder}/h.csv", "--json", f"{folder}/h.json")),
                ("orient --smooth", ("orient", f"{folder}/h.csv", "--smooth", "-o", f"{folder}/o.csv")),
                ("render PNG", ("render", f"{folder}/h.csv", "-o", f"{folder}/h.png")),
                ("render PDF", ("render", f"{folder}/h.csv", "-o", f"{folder}/h.pdf"))):
            wall, cpu, memory = run(PLUMB, *arguments)
            print(f"{minutes} min at 200 Hz, {name}: {wall:.2f} s, {cpu:.2f} s of CPU, {memory:.0f} MiB")
    seconds = 6 if QUICK else 20
    cpu, memory, sent, rows = live(200, seconds)
    print(f"live at 200 Hz: {cpu:.2f} % of a core, {memory:.1f} MiB, {rows} rows of {sent} sent")
    cpu, memory, sent, rows = live(2000, seconds, stall=True)
    print(f"live at 2 kHz, output not read for 2 s of every 4: {cpu:.2f} % of a core, {memory:.1f} MiB, "
          f"{rows} rows of {sent} sent")


main()
