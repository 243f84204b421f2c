"""How soon the window is there: from the start of the process to the first paint, and to a gallery that can be used.

    python -m tests.benchmarks.start [--runs 7]

Each run is a new process, off screen, that opens the sample collection, indexed before; torch is loaded afterwards.
Processor seconds, of all threads up to the first paint, tell the same on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

CODE = """
import sys, time
from pathlib import Path
began = float(sys.argv[1])
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from core.engine import Engine
from gui.app import build_window
from gui.desktop.settings import Settings
app = QApplication([])
window = build_window(Engine(), Settings(QSettings(sys.argv[3], QSettings.Format.IniFormat)))
window.show()
app.processEvents()
painted, work, torch = time.time() - began, time.process_time(), "torch" in sys.modules
window.open_path(Path(sys.argv[2]))
while not window.gallery.view.tiles.rowCount():
    app.processEvents()
print(painted, time.time() - began, work, torch)
window.shutdown()
"""


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    from core.engine import Engine
    from core.util.resources import SAMPLE

    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "sample.cropseek"
        Engine().index([SAMPLE / "photos"], library)
        times = np.array([_run(library, Path(folder) / "settings.ini") for _ in range(runs)])
    print("| starts | first paint s | gallery s | processor s to paint | torch loaded before |\n|---|---|---|---|---|")
    painted, usable, work, early = np.median(times, axis=0)
    print(f"| {runs} | {painted:.2f} | {usable:.2f} | {work:.2f} | {'yes' if early else 'no'} |")


def _run(library: Path, settings: Path) -> tuple[float, float, float, bool]:
    import time

    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-W", "ignore", "-c", CODE, str(time.time()), str(library), str(settings)]
    words = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()
    return float(words[0]), float(words[1]), float(words[2]), words[3] == "True"


if __name__ == "__main__":
    main()
