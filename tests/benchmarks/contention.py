"""How long a box waits for its ranking while index, map, survey and fit run in the same window.

    python -m tests.benchmarks.contention [--folder DIR] [--boxes N]

prints, first alone and then beside the four long jobs, the milliseconds until the search of a box begins and until the
window has its ranking; boxes are moved as a drag moves them.  The folder is the sample by default.  Needs no screen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.soak import until

if TYPE_CHECKING:
    from core.engine import Ticket
    from gui.main_window import MainWindow

WARM = 5
"""Boxes that are not counted: caches fill."""

WAIT_S = 600.0


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--boxes", type=int, default=40)
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.environ[name] = home
        _run(Path(home), options.folder, options.boxes)


def _run(home: Path, folder: Path | None, boxes: int) -> None:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from core.engine import Engine
    from gui.desktop.settings import Settings
    from gui.main_window import MainWindow

    app = QApplication([])
    engine = Engine()
    photos = home / "photos"
    shutil.copytree(folder or engine.sample_folder(), photos)
    window = MainWindow(engine, Settings(QSettings(str(home / "contention.ini"), QSettings.Format.IniFormat)))
    window.show()
    session = window.session
    session.open_folder(photos)
    until(
        app.processEvents,
        lambda: session.library is not None and not session.indexing and session.ranking is not None,
        WAIT_S,
        0.001,
    )
    _tell("alone", _times(window, app.processEvents, boxes))
    stop = _begin(window, photos, home)
    _tell("beside index, map, survey, fit", _times(window, app.processEvents, boxes))
    print(f"still running at the end: {', '.join(stop())}")
    assert window.shutdown()


def _begin(window: MainWindow, photos: Path, home: Path) -> Callable[[], list[str]]:
    """Start the four jobs, each again and again; the function that is returned names and cancels those that run."""
    from core.engine import Engine
    from gui.state.lanes import Lane

    jobs, engine = window.session.jobs, window.session.engine
    paths = [photo.path for photo in engine.photos()]
    values = {"longest_side": 320, "pca_dimension": 16, "words": 8, "truncate": 0, "bits": 64}

    def again(work: Callable[[Ticket, int], object]) -> Callable[[Ticket], None]:
        def run(ticket: Ticket) -> None:
            for number in range(10_000):
                work(ticket, number)
                ticket.checkpoint(0, 0)

        return run

    def index(ticket: Ticket, number: int) -> None:
        Engine().index([photos], home / f"again-{number}.cropseek", ticket=ticket)

    def arrange(ticket: Ticket, number: int) -> None:
        engine.browse.forget()
        engine.browse.arranged(ticket)

    works = {
        Lane.INDEX: index,
        Lane.MAP: arrange,
        Lane.SURVEY: lambda ticket, number: engine.inspect.survey(paths, ticket),
        Lane.FIT: lambda ticket, number: engine.pipelines.fit(f"fit-{number}", values, [photos], ticket),
    }
    for lane, work in works.items():
        jobs.submit(lane, again(work), lambda _: None, _raise)
    time.sleep(3)

    def stop() -> list[str]:
        running = [lane.word for lane in works if jobs.busy(lane)]
        for lane in works:
            jobs.cancel(lane)
        return running

    return stop


def _raise(error: Exception) -> None:
    raise error


def _times(window: MainWindow, turn: Callable[[], object], boxes: int) -> list[tuple[float, float]]:
    """Seconds until each box's search begins, and until its ranking is there."""
    from core.geometry import Box

    session, engine = window.session, window.session.engine
    begun: list[float] = []
    search = engine.search

    def timed(*values: object, **named: object) -> object:
        begun.append(time.perf_counter())
        return search(*values, **named)  # type: ignore[arg-type]

    engine.search = timed  # type: ignore[method-assign,assignment]
    found: list[float] = []
    session.ranking_changed.connect(lambda: found.append(time.perf_counter()))
    times = []
    for number in range(boxes + WARM):
        begun.clear(), found.clear()
        started = time.perf_counter()
        session.follow_box(Box(20, 20, 180 + 2 * number, 160 + 2 * number))
        until(turn, lambda: bool(found), WAIT_S, 0.001)
        if number >= WARM:
            times.append((begun[0] - started, found[0] - started))
        pause = time.perf_counter() + 0.05
        while time.perf_counter() < pause:
            turn()
    del engine.search
    return times


def _tell(what: str, times: list[tuple[float, float]]) -> None:
    for name, column in zip(("begins", "ranking"), np.array(times).T, strict=True):
        middle, most, worst = 1000 * np.percentile(column, [50, 95, 100])
        print(f"{what}: {name:8} median {middle:6.1f} ms, 95th {most:6.1f} ms, worst {worst:6.1f} ms", flush=True)


if __name__ == "__main__":
    main()
