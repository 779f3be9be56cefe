"""A clip on a pseudo terminal, written from WIRE.md and not from the program's own code."""
import math
import os
import pty
import random
import select
import struct
import threading
import time
import tty


def crc16(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0x8408 if crc & 1 else crc >> 1
    return crc


def frame(kind, payload):
    """COBS with seal and CRC, from WIRE.md and not from the program's own code."""
    content = bytes([kind]) + payload
    content += bytes([255 - (sum(content) + len(payload) + 3) % 255, 0])
    content += struct.pack("<H", crc16(content))
    return b"".join(bytes([len(group) + 1]) + group for group in content.split(b"\0")) + b"\0"


def hello(rate_hz):
    fixed = struct.pack("<BBBBBHIIIHHB", 1, 0, 1, 1, 1, 1, 7, 0, 500000, rate_hz, 0, 1)
    imu = struct.pack("<BBBBHIIh", 0x68, 0x68, 0, 1, 8192, 65536, 340000, 3653)
    return frame(1, fixed + imu)


def sample(i, step_us):
    sway = 40 * math.sin(i * step_us * 1e-6)
    noise = [random.randrange(-30, 30) for _ in range(6)]
    counts = [int(8192 + sway) + noise[0], noise[1], noise[2], noise[3], noise[4], noise[5], -3000]
    return frame(2, struct.pack("<BHIHH7h", 1, i & 0xFFFF, 50000 + i * step_us & 0xFFFFFFFF, 0, 0, *counts))


def stream(master, frames, rate_hz, seconds, begun, rush_s=0):
    """Writes frames on time, in one write every 5 ms; the first rush_s seconds of samples twenty times as fast."""
    sent = 0
    while sent < len(frames) and time.monotonic() - begun < seconds:
        elapsed = time.monotonic() - begun
        due = min(len(frames), int((elapsed + 19 * min(elapsed, rush_s / 20)) * rate_hz))
        if due > sent:
            data = b"".join(frames[sent:due])
            while data:
                select.select([], [master], [], 1)
                data = data[os.write(master, data):]
            sent = due
        time.sleep(0.005)
    return sent


def drain(master, stop):
    while not stop.is_set():
        if select.select([master], [], [], 0.1)[0]:
            try:
                os.read(master, 4096)
            except OSError:
                return


class Clip:
    """Sends `seconds` of samples in a thread of its own, from when start() is called."""

    def __init__(self, rate_hz, seconds, rush_s=0):
        self.rate_hz, self.seconds, self.rush_s, self.sent = rate_hz, seconds, rush_s, 0
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.port = os.ttyname(self.slave)
        self.frames = [sample(i, 1000000 // rate_hz) for i in range(rate_hz * seconds)]
        self.stop = threading.Event()

    def start(self):
        os.write(self.master, b"\0" + hello(self.rate_hz))
        self.threads = [threading.Thread(target=drain, args=(self.master, self.stop), daemon=True),
                        threading.Thread(target=self.send, daemon=True)]
        for thread in self.threads:
            thread.start()

    def send(self):
        self.sent = stream(self.master, self.frames, self.rate_hz, self.seconds, time.monotonic(), self.rush_s)
