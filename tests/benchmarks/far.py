"""The window on a large shared library that is far away: when photos are shown, how long its thread is busy, and memory.

    python -m tests.benchmarks.far [--photos N] [--late S] [--file]

makes a library of made-up photos without files (``tests.benchmarks.opening``), publishes it to a PostgreSQL server of its
own on a loopback port, and opens it in a window without a screen through a network whose every answer comes ``--late``
seconds later; with ``--file`` the file itself, for comparison.  A timer that is due each 5 ms notes how late it is: so long
the window's thread was away.  What it waited for a processor is told apart, as others may have it.  Steps: the first
photos in the gallery, small copies of all in sight (the first thousand photos have one), all photos there, the five
seconds after that, scrolled through the gallery, and asked with a whole photo until codes are copied; made-up photos have
no cells, so that it ends with the missing file; and the first photos when it is opened again.  Memory is the process's own
(RssAnon) beyond that of the idle window, in which the network is loaded.  Needs PostgreSQL.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.own_home import own_home

if TYPE_CHECKING:
    from gui.main_window import MainWindow

TICK_MS, LIMIT_S = 5, 900


def main() -> None:
    """Print a row for each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=500_000)
    parser.add_argument("--late", type=float, default=0.1)
    parser.add_argument("--file", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with own_home("far") as home:
        _run(home, options)


def _run(home: Path, options: argparse.Namespace) -> None:
    from tests.core.remote.conftest import own_server
    from tests.core.remote.far import far_away

    library = home / "many.cropseek"
    if options.file:
        _apart(_made, library, options.photos)
        _window(library)
        return
    with own_server() as server:
        address = server.address(server.database())
        _apart(_made, library, options.photos, address)
        with far_away(server.port, options.late) as far:
            _window(Path(address.replace(f":{server.port}/", f":{far.port}/")))


def _apart(work: Callable[..., None], *given: object) -> None:
    """Do some work in another process, so that its memory is not the window's."""
    with ProcessPoolExecutor(1, get_context("spawn")) as others:
        others.submit(work, *given).result()


def _made(library: Path, photos: int, address: str = "") -> None:
    from core.remote.opening import publish_library
    from core.util.progress import Ticket
    from tests.benchmarks.opening import _make

    _make(library, photos, "none")
    _give_copies(library)
    if address:
        began = time.monotonic()
        publish_library(library, address, Ticket())
        print(f"{photos:,} photos published in {time.monotonic() - began:.1f} s", flush=True)


def _give_copies(library: Path) -> None:
    import cv2
    import numpy as np

    from core.library import open_library

    grain = np.random.default_rng(3).integers(0, 255, (160, 213, 3), dtype=np.uint8)
    jpeg = cv2.imencode(".jpg", cv2.blur(grain, (5, 5)))[1].tobytes()
    with contextlib.closing(open_library(library, writable=True)) as opened, opened._transaction() as db:
        names = "SELECT id, ? FROM photos WHERE root = 1 ORDER BY name LIMIT 1000"
        db.execute(f"INSERT INTO thumbnails {names}", (jpeg,))


def _shown() -> MainWindow:
    """A window on an empty collection."""
    from PySide6.QtCore import QSettings

    from core.engine import Engine
    from gui.desktop.settings import Settings
    from gui.main_window import MainWindow

    settings = Settings(QSettings(str(Path(os.environ["HOME"]) / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow(Engine(), settings)
    window.resize(1280, 800)
    window.show()
    return window


def _window(library: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from core.records import Query
    from gui.state.lanes import Lane

    app = QApplication([])
    window = _shown()
    session, beat = window.session, _Heartbeat()
    session.failed.connect(lambda error: print(f"  {error}", flush=True))
    session.warm_up()  # as ``gui.app`` has it
    beat.wait(lambda: beat.age > 5 and not session.jobs.busy(Lane.WARM))
    idle = _own_memory()
    print("| step | s | thread away at most, ms | of that at work, ms | beside that without a processor, ms | MiB |")
    print("|---|---|---|---|---|---|")

    def step(name: str, begin: Callable[[], object], done: Callable[[], bool]) -> None:
        beat.restart()
        begin()
        beat.wait(done)
        away = " | ".join(f"{part:.0f}" for part in beat.worst)
        print(f"| {name} | {beat.age:.2f} | {away} | {_own_memory() - idle:.0f} |", flush=True)

    view, rest = window.gallery.view, session.rest
    window.shared.ask()  # and somebody types
    beat.restart()
    beat.wait(lambda: beat.age > 3)
    assert window.shared.dialog is not None
    window.shared.dialog.reject()
    tiles, copy = view.tiles.rowCount, window.thumbnails.get
    step("first photos", lambda: window.open_path(library), lambda: session.library is not None and tiles() > 0)
    browse = window.actions_by_id["workspace browse"].trigger
    step("small copies", browse, lambda: all(copy(path) is not None for path in view.in_sight() or [Path()]))
    step("all photos", lambda: None, lambda: not rest.total and tiles() == len(session.photos))
    step("settled", lambda: None, lambda: beat.age > 5)
    window.foreign.agree()
    beat.wait(lambda: session.library is not None and session.library.agreed)
    bar = view.verticalScrollBar()
    places = iter(range(101))

    def scrolled() -> bool:
        place = next(places, None)
        if place is not None:
            bar.setValue(bar.maximum() * place // 100)
        return place is None

    step("scrolled", lambda: None, scrolled)
    query = Query(session.photos[len(session.photos) // 2].path)
    step("asked", lambda: session.searches.ask(query), lambda: beat.age > 1 and not session.jobs.busy(Lane.SEARCH))
    before = session.photos
    again = "first photos, when its version is known"
    step(again, lambda: window.open_path(library), lambda: before is not session.photos and tiles() == len(session.photos))
    window.shutdown()
    window.close()
    app.processEvents()


class _Heartbeat:
    """A timer on the window's thread.

    Attributes:
        worst: in ms, the longest delay since ``restart`` beyond what the thread waited for a processor that others had; the
            thread's own processor time in it; and the wait for a processor that came with it.
        age: the seconds since ``restart``.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(TICK_MS)
        self.restart()

    def restart(self) -> None:
        self._began = self._last = time.perf_counter()
        self._worked, self._waited, self.worst = time.thread_time(), _waited(), (0.0, 0.0, 0.0)

    @property
    def age(self) -> float:
        return time.perf_counter() - self._began

    def _beat(self) -> None:
        now, worked, waited = time.perf_counter(), time.thread_time(), _waited()
        wait = 1000 * (waited - self._waited)
        away = 1000 * (now - self._last) - TICK_MS - wait
        self.worst = max(self.worst, (away, 1000 * (worked - self._worked), wait))
        self._last, self._worked, self._waited = now, worked, waited

    def wait(self, done: Callable[[], bool]) -> None:
        """Let the window work until something is done."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        while not done() and self.age < LIMIT_S:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _waited() -> float:
    """Seconds for which this thread could have run, and no processor was free."""
    return int(Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text().split()[1]) / 1e9


def _own_memory() -> float:
    """MiB."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines["RssAnon"].split()[0]) / 1024


if __name__ == "__main__":
    main()
