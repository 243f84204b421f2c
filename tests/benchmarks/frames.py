"""Dragging a box in the running window, over a library of many photos: frames, updates of the ranking, the longest stall.

    python -m tests.benchmarks.frames [--photos 100000] [--indexing PHOTOS] [--device cpu+int8]

The sample collection is indexed; its vectors are then repeated, with noise, until there are as many photos as asked for, so
the library is made up, and all that reads it (codes, windows, descriptors, matching of stored cells) is real.  A mouse
moves a corner of the box sixty times a second.  A frame is the time between two of these moves, 17 ms when nothing
stalls; an update is a new ranking on show.  With ``--indexing`` a folder of many photos is indexed meanwhile.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.engine import Engine
from core.library.vectors import LibraryVectors
from core.search.ranking.searcher import Searcher
from gui.desktop.settings import Settings
from gui.main_window import MainWindow
from gui.state.lanes import Lane

SECONDS, HERTZ, SOME = 10.0, 60.0, 20

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument(
        "--indexing", type=Path, help="a folder to index meanwhile, of more photos than are done in the time"
    )
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        engine, path = Engine(options.device), Path(folder) / "sample.cropseek"
        engine.index([engine.sample_folder()], path)
        window = MainWindow(engine, Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)))
        window.show()
        window.open_path(path)
        _wait(lambda: window.session.library is not None and bool(window.session.photos))
        _enlarge(engine, options.photos)
        window.session.open_photo(window.session.photos[0].path)
        _wait(lambda: window.session.searches.settled() and window.canvas.has_photo())
        if options.indexing:
            _index(window, options.indexing, Path(folder) / "other.cropseek")
        frames, updates = _drag(window)
        if options.indexing:
            done, total = window.session.index_done
            print(f"{done} of {total} photos indexed when the drag ended: {window.session.index_status}")
        window.shutdown()
        window.close()
        app.processEvents()
    for name, gaps in (("frames", frames), ("updates of the ranking", updates)):
        middle, most, worst = np.percentile(np.array(gaps) * 1000, [50, 95, 100])
        rate = len(gaps) / SECONDS
        print(f"{name}: {rate:.1f} a second; median {middle:.0f} ms, 95th {most:.0f} ms, worst {worst:.0f} ms")


def _enlarge(engine: Engine, number: int) -> None:
    """Let the engine search ``number`` photos instead of those of its library."""
    finder, rng = engine._search, np.random.default_rng(0)
    with engine._open.reading() as library:  # which stays open, as the engine holds it
        pass
    ids, descriptors, codes = library.vectors()
    windows, records = library.window_codes(), {photo.id: photo for photo in library.photos()}
    assert windows is not None
    source = rng.integers(0, len(ids), number)
    noise = rng.normal(0, 0.02, (number, descriptors.shape[1])).astype(np.float16)
    flips = rng.integers(0, 256, (number, 1, codes.shape[1]), dtype=np.uint8) & 0x11
    vectors = LibraryVectors(
        np.arange(1, number + 1), descriptors[source] + noise, codes[source] ^ flips[:, 0], windows[source] ^ flips
    )
    known = {photo: int(ids[row]) for photo, row in enumerate(source.tolist(), start=1)}
    searcher = Searcher(vectors, {photo: records[original] for photo, original in known.items()})
    cells = library.cells
    library.cells = lambda photo: cells(known[photo])  # type: ignore[method-assign]
    finder.searcher = lambda _: searcher  # type: ignore[method-assign]


def _index(window: MainWindow, photos: Path, library: Path) -> None:
    """Begin to index a folder as the window does, and wait until some photos are done."""
    session = window.session
    session.jobs.submit(Lane.INDEX, lambda ticket: session.engine.index([photos], library, ticket), lambda report: None)
    _wait(lambda: session.index_done[0] > SOME)


def _drag(window: MainWindow) -> tuple[list[float], list[float]]:
    """Seconds between ticks of a timer, and between rankings, while a corner of a box is dragged about."""
    canvas, moments, ticks = window.canvas, list[float](), list[float]()
    window.session.ranking_changed.connect(lambda: moments.append(time.monotonic()))
    size = canvas.sceneRect().size()

    def place(x: float, y: float) -> QPoint:
        return canvas.mapFromScene(QPointF(x * size.width() / 2, y * size.height() / 2))

    def tick() -> None:
        ticks.append(time.monotonic())
        angle = 2 * np.pi * len(ticks) / HERTZ / 3
        QTest.mouseMove(canvas.viewport(), place(0.7 + 0.2 * np.cos(angle), 0.7 + 0.2 * np.sin(angle)))

    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(0.2, 0.2))
    loop, timer = QEventLoop(), QTimer(interval=round(1000 / HERTZ), timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start()
    QTimer.singleShot(round(1000 * SECONDS), loop.quit)
    loop.exec()
    timer.stop()
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(0.8, 0.8))
    _wait(window.session.searches.settled)
    inside = [moment for moment in moments if ticks[0] <= moment <= ticks[-1]]
    return np.diff(ticks).tolist(), np.diff([ticks[0], *inside]).tolist()


def _wait(done: object, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:  # type: ignore[operator]
        QApplication.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    main()
