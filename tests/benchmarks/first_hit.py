"""How soon a person who has just installed the program sees a right hit on the sample, and how soon one of a box.

    python -m tests.benchmarks.first_hit [--runs 5]

Each run is a new process, off screen, with no settings and no library.  The window opens the sample; nobody waits for the
indexing.  Times count from the first paint: to the photo; to a right first hit for the whole photo; and, in runs of their
own, to a right first hit for a box that is drawn as soon as the photo is there, which no hand is quick enough to do.
Processor seconds, of all threads from the paint to that hit, tell the same on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile

import numpy as np

CODE = """
import sys, time
from PySide6.QtWidgets import QApplication
from gui.app import Windows
from core.geometry import Box
app = QApplication([])
app.setApplicationName("cropseek")
try:
    from core.engine import begin_decoding
    begin_decoding()
except ImportError:
    pass
windows = Windows(app)
window = windows.add()
app.processEvents()
began, work = time.monotonic(), time.process_time()
session = window.session
def until(met):
    while not met():
        app.processEvents()
        time.sleep(0.001)
    return time.monotonic() - began
window.open_sample()
photo = until(lambda: session.shown is not None and session.query is not None)
if sys.argv[1] == "box":
    session.set_box(Box(60, 60, 400, 300))
asked = session.query
def right():
    found = session.ranking
    return found is not None and found.query == asked and found.hits[0].photo.path.name.startswith("town-hall")
print(photo, until(right), time.process_time() - work)
window.shutdown()
"""


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print("| asked | runs | photo s | right first hit s, least | processor s |\n|---|---|---|---|---|")
    for asked in ("photo", "box"):
        times = np.array([_run(asked) for _ in range(runs)])
        photo, hit, work = np.median(times, axis=0)
        print(f"| {asked} | {runs} | {photo:.2f} | {hit:.2f}, {times[:, 1].min():.2f} | {work:.2f} |", flush=True)


def _run(asked: str) -> list[float]:
    with tempfile.TemporaryDirectory() as home:
        own = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
        command = [sys.executable, "-W", "ignore", "-c", CODE, asked]
        environment = os.environ | own | {"QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


if __name__ == "__main__":
    main()
