"""The gallery with many photos, in the real window: how soon it is there, how smoothly it moves, what it takes.

    python -m tests.benchmarks.gallery [--photos 1000 100000 1000000]

The libraries are synthetic: rows of photos that do not exist, in folders of 500, with dates and sizes but without vectors,
thumbnails or files; so every tile in sight is one whose picture is still to come.  Each number of photos is measured in a
process of its own, off screen.  Flinging turns the wheel as fast as the window takes it; a stall is the time between two
frames.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

COLUMNS = (
    "photos", "first paint s", "gallery s", "fling ms median", "95th", "worst", "filter s", "by date s", "by name s", "MiB",
)  # fmt: skip
FLINGS = 300


def main() -> None:
    """Print a row for each number of photos."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, nargs="+", default=[1000, 100_000, 1_000_000])
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(_measured(arguments.photos[0]))
        return
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    for number in arguments.photos:
        command = [sys.executable, "-m", "tests.benchmarks.gallery", "--one", "--photos", str(number)]
        print(
            subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip(), flush=True
        )


def _measured(number: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "many.cropseek"
        _make(library, number, Path(folder) / "photos")
        return _opened(library, number, Path(folder))


def _make(path: Path, number: int, root: Path) -> None:
    from core.chain.presets import preset, shipped_file
    from core.library import create_library

    shipped = shipped_file("standard")
    assert shipped is not None
    library = create_library(path, preset("standard"), shipped.read_bytes())
    rng = np.random.default_rng(1)
    days = np.datetime64("2001-01-01") + rng.integers(0, 9000, number).astype("timedelta64[D]")
    with contextlib.closing(library):
        library.begin([root])
        rows = (
            (f"{place // 500:05}/IMG_{place:07}.jpg", f"{place:x}", 4000, 3000, f"{day} 12:00:00")
            for place, day in enumerate(days.astype(str).tolist())
        )
        with library._transaction() as db:
            db.executemany(
                "INSERT INTO photos (root, name, size, mtime_ns, content, width, height, taken, state, reason)"
                " VALUES (1, ?, 1, 1, ?, ?, ?, ?, 'indexed', '')",
                rows,
            )


def _opened(library: Path, number: int, folder: Path) -> str:
    started = time.perf_counter()
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from core.engine import Engine
    from gui.app import build_window
    from gui.desktop.gc_timer import GcTimer
    from gui.desktop.settings import Settings

    app = QApplication([])
    collector = GcTimer(app)  # as the program does
    settings = Settings(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat))
    window = build_window(Engine(), settings)
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    painted = time.perf_counter() - started
    view = window.gallery.view
    ready = _until(app.processEvents, lambda: window.session.open_library(library), lambda: view.tiles.rowCount() == number)
    _until(app.processEvents, lambda: None, lambda: not window.session.jobs._jobs)  # the network is loaded
    frames = _fling(app.processEvents, view)
    work = []
    for change, done in (
        (lambda: window.gallery.filter.setText("IMG_00005"), lambda: 0 < view.tiles.rowCount() < number),
        (lambda: window.gallery.filter.clear(), lambda: view.tiles.rowCount() == number),
        (lambda: window.gallery.sort.setCurrentIndex(1), lambda: view._titles[0] and not view._titles[0].startswith("/")),
        (lambda: window.gallery.sort.setCurrentIndex(2), lambda: view._titles == ("",)),
    ):
        work.append(_until(app.processEvents, change, done))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    collector.stop()
    window.shutdown()
    values = [painted, ready, *np.percentile(frames, [50, 95, 100]), work[0], work[2], work[3]]
    return f"| {number:,} | " + " | ".join(f"{value:.2f}" for value in values) + f" | {memory:.0f} |"


def _until(turn: Callable[[], None], begin: Callable[[], None], done: Callable[[], bool]) -> float:
    """Seconds until something holds, with the window alive."""
    started = time.perf_counter()
    begin()
    while not done():
        turn()
    return time.perf_counter() - started


def _fling(turn: Callable[[], None], view: object) -> list[float]:
    """Milliseconds of each frame while the gallery is scrolled from its top to its end and back."""
    bar, viewport = view.verticalScrollBar(), view.viewport()  # type: ignore[attr-defined]
    places = np.concatenate([np.linspace(0, 1, FLINGS // 2), np.linspace(1, 0, FLINGS // 2)]) * bar.maximum()
    frames = []
    for place in places.astype(int).tolist():
        started = time.perf_counter()
        bar.setValue(place)
        viewport.repaint()
        turn()
        frames.append(1000 * (time.perf_counter() - started))
    return frames


if __name__ == "__main__":
    main()
