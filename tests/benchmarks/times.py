"""Times of the standard preset: import, indexing rate, box to ranking, and memory.

    python -m tests.benchmarks.times FOLDER LIBRARY [--device cpu+int8]

``LIBRARY`` is made when missing.  Quote ratios of one run, not lone times.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from core.engine import Engine
from core.geometry import Box
from core.records import Query


def main() -> None:
    """Print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("library", type=Path)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    code = (
        "import sys, time; start = time.monotonic()\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from core.engine import Engine\nfrom gui.app import build_window\n"
        "app = QApplication([]); window = build_window(Engine(sys.argv[1])); window.show(); app.processEvents()\n"
        "print(f'window visible after {time.monotonic() - start:.2f} s')\n"
        "window.session.engine.warm_up()\n"
        "pages = int(open('/proc/self/statm').read().split()[1])\n"
        "print(f'idle window with the network loaded: {pages * 4096 / 2**20:.0f} MiB', flush=True)\n"
        "window.shutdown(); window.close(); window.deleteLater(); app.processEvents()\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-W", "ignore", "-c", code, arguments.device], env=environment, check=True)
    engine = Engine(arguments.device)
    engine.warm_up()
    report = engine.index([arguments.folder], arguments.library)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if report.indexed:
        print(f"indexed {report.indexed} photos at {report.indexed / report.seconds:.1f} a second, peak {peak:.0f} MiB")
    engine.open_library(arguments.library)
    seconds = []
    for photo in engine.photos()[:20]:
        box = Box(photo.width * 0.25, photo.height * 0.25, photo.width * 0.75, photo.height * 0.75)
        start = time.monotonic()
        engine.search(Query(photo.path, box))
        seconds.append(time.monotonic() - start)
    print(f"box to ranking: median {1000 * median(seconds):.0f} ms, worst {1000 * max(seconds):.0f} ms")
    engine.close_library()


if __name__ == "__main__":
    main()
