"""The thread that serves ends nobody's cursors: what lies in a cycle is collected by another thread."""

import subprocess
import sys
from pathlib import Path

CODE = """
import threading, time
from flows.operate.garbage import collect_aside

ended = []

class Cursor:
    def __init__(self):
        self.cycle = self
    def __del__(self):
        ended.append(threading.current_thread().name)

collect_aside()
while len(ended) < 1000:
    kept = [Cursor() for _ in range(1000)]
    time.sleep(0.01)
print(*set(ended))
"""


def test_cycles_are_collected_aside(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CODE], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "garbage\n"
