"""The window on a large shared library that is far away: when photos are shown, how long its thread is busy, and memory.

    python -m tests.benchmarks.far [--photos N] [--late S] [--file]

makes a library of made-up photos without files (``tests.benchmarks.opening``), publishes it to a PostgreSQL server of its
own on a loopback port, and opens it in a window without a screen through a network whose every answer comes ``--late``
seconds later; with ``--file`` the file itself, for comparison.  A timer that is due each 5 ms notes how late it is: so long
the window's thread was away, and so much of that it worked; on a busy machine others have the rest.  Steps: opened (until
the gallery has its photos), the five seconds after that, scrolled through the gallery, and asked with a whole photo, which
has no file.  Memory is the process's own (RssAnon) beyond that of the idle window.  Needs PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TICK_MS, LIMIT_S = 5, 900


def main() -> None:
    """Print a row for each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=500_000)
    parser.add_argument("--late", type=float, default=0.1)
    parser.add_argument("--file", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = Path(tempfile.mkdtemp(prefix="cropseek-far-"))
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(home / "home")
    try:
        _run(home, options)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(home: Path, options: argparse.Namespace) -> None:
    from core.remote.opening import publish_library
    from core.util.progress import Ticket
    from tests.benchmarks.opening import _make
    from tests.core.library.plain import NOBODY
    from tests.core.remote.conftest import PostgresServer, programs
    from tests.core.remote.far import far_away

    library, tools, data = home / "many.cropseek", programs(), home / "server"
    _make(library, options.photos, "none")
    if options.file:
        _window(library)
        return
    if tools is None:
        raise SystemExit("PostgreSQL is not installed")
    data.mkdir()
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        home.chmod(0o755)
        os.chown(data, NOBODY, NOBODY)
    server = PostgresServer(data, tools)
    try:
        address = server.address(server.database())
        began = time.monotonic()
        publish_library(library, address, Ticket())
        print(f"{options.photos:,} photos published in {time.monotonic() - began:.1f} s", flush=True)
        with far_away(server.port, options.late) as far:
            _window(Path(address.replace(f":{server.port}/", f":{far.port}/")))
    finally:
        server.stop()


def _window(library: Path) -> None:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from core.engine import Engine
    from core.records import Query
    from gui.desktop.settings import Settings
    from gui.main_window import MainWindow

    app = QApplication([])
    settings = Settings(QSettings(str(Path(os.environ["HOME"]) / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow(Engine(), settings)
    window.resize(1280, 800)
    window.show()
    session, beat = window.session, _Heartbeat()
    session.failed.connect(lambda error: print(f"  {error}", flush=True))
    beat.wait(lambda: beat.age > 10)  # what a window loads by itself is loaded
    idle = _own_memory()
    print("| step | s | thread away at most, ms | of that at work, ms | MiB |\n|---|---|---|---|---|")

    def step(name: str, begin: Callable[[], object], done: Callable[[], bool]) -> None:
        beat.restart()
        begin()
        beat.wait(done)
        print(
            f"| {name} | {beat.age:.2f} | {beat.worst[0]:.0f} | {beat.worst[1]:.0f} | {_own_memory() - idle:.0f} |",
            flush=True,
        )

    step("opened", lambda: session.open_library(library), lambda: session.library is not None and len(session.photos) > 0)
    step("settled", lambda: None, lambda: beat.age > 5)
    window.foreign.agree()
    beat.wait(lambda: session.library is not None and session.library.agreed)
    window.actions_by_id["workspace browse"].trigger()
    bar = window.gallery.view.verticalScrollBar()
    places = iter(range(101))

    def scrolled() -> bool:
        place = next(places, None)
        if place is not None:
            bar.setValue(bar.maximum() * place // 100)
        return place is None

    step("scrolled", lambda: None, scrolled)
    query = Query(session.photos[len(session.photos) // 2].path)
    step("asked", lambda: session.ask_query(query), lambda: session.ranking is not None or beat.age > 10)
    window.shutdown()
    window.close()
    app.processEvents()


class _Heartbeat:
    """A timer on the window's thread.

    Attributes:
        worst: the longest delay since ``restart``, and the thread's processor time in it, in ms; ``age``: the seconds since
            then.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(TICK_MS)
        self.restart()

    def restart(self) -> None:
        self._began = self._last = time.perf_counter()
        self._worked, self.worst = time.thread_time(), (0.0, 0.0)

    @property
    def age(self) -> float:
        return time.perf_counter() - self._began

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.worst = max(self.worst, (1000 * (now - self._last) - TICK_MS, 1000 * (worked - self._worked)))
        self._last, self._worked = now, worked

    def wait(self, done: Callable[[], bool]) -> None:
        """Let the window work until something is done."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        while not done() and self.age < LIMIT_S:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _own_memory() -> float:
    """MiB."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines["RssAnon"].split()[0]) / 1024


if __name__ == "__main__":
    main()
