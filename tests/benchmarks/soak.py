"""What a long session leaves behind: a window opens a new folder each cycle, indexes, searches, stars, looks at all panels.

    python -m tests.benchmarks.soak --minutes 15

prints memory, files, threads and Qt objects after each cycle, and how much they grow per cycle after the first ten.  Exit
status 1: more than ``MOST_MIB`` a cycle, or more files, threads or objects.  Needs no screen; Linux, for ``/proc``.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

FIRST = 10
"""Cycles in which caches fill and modules are loaded."""

MOST_MIB = 0.2
PHOTOS, EDGE = 8, 320
WAIT_S = 120.0


class State(NamedTuple):
    """What a process holds."""

    mib: float
    files: int
    threads: int
    objects: int


def main() -> int:
    """Run for so many minutes; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--same", action="store_true", help="the same two folders in turn, instead of new ones")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.environ[name] = home
        states = _run(Path(home), options.minutes * 60, options.same)
    return _tell(states)


def _run(home: Path, seconds: float, same: bool) -> list[State]:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from core.engine import Engine
    from gui.desktop.settings import Settings
    from gui.main_window import MainWindow

    app = QApplication([])
    window = MainWindow(Engine(), Settings(QSettings(str(home / "soak.ini"), QSettings.Format.IniFormat)))
    window.show()
    states: list[State] = []
    end, cycle = time.monotonic() + seconds, 0
    while time.monotonic() < end or cycle <= FIRST + 2:
        folder = _folder(home / f"photos-{cycle % 2 if same else cycle}", cycle)
        _cycle(window, folder, app.processEvents)
        states.append(_state(app))
        state = states[-1]
        print(f"{cycle:4d}  {state.mib:8.1f} MiB  {state.files} files  {state.threads} threads  {state.objects} objects")
        sys.stdout.flush()
        cycle += 1
    assert window.shutdown()
    window.close()
    return states


def _folder(folder: Path, seed: int) -> Path:
    """A few pieces of the sample's pictures, others for each seed."""
    from core.photos.images import encode_jpeg, read_photo, shrink
    from core.util.resources import SAMPLE

    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(seed)
    for name in rng.choice(sorted((SAMPLE / "photos").glob("*.jpg")), PHOTOS, replace=False):
        target = folder / Path(name).name
        if not target.exists():
            target.write_bytes(encode_jpeg(shrink(read_photo(Path(name)), EDGE), 80))
    return folder


def _cycle(window: MainWindow, folder: Path, turn: Callable[[], object]) -> None:  # type: ignore[name-defined]  # noqa: F821
    """Everything a person does with a folder, once."""
    from core.geometry import Box
    from gui.state.lanes import Lane

    session, jobs = window.session, window.session.jobs
    quiet = lambda: not any(jobs.busy(lane) for lane in Lane)  # noqa: E731
    session.open_folder(folder)
    until(turn, lambda: session.folders == (folder,) and session.library is not None and not session.indexing and quiet())
    until(turn, lambda: session.ranking is not None and session.query is not None)
    for side in (200, 150):
        session.set_box(Box(10, 10, 10 + side, 10 + side))
        until(turn, quiet)
    for command in (
        "workspace browse",
        "map",
        "details",
        "workspace inspect",
        "sheet",
        "workspace lab",
        "workspace search",
    ):
        window.actions_by_id[command].trigger()
        until(turn, quiet)
    assert session.ranking is not None
    for hit in session.ranking.hits[:3]:
        window.results.hit_chosen.emit(hit.photo.path)
        until(turn, quiet)
    window.marking.toggle("★")
    window.saved.save(folder.name)
    window.actions_by_id["back"].trigger()
    until(turn, quiet)
    window.messages.hide()


def until(turn: Callable[[], object], met: Callable[[], bool], wait_s: float = WAIT_S, step_s: float = 0.005) -> None:
    """Run the window's events until a condition is met.

    Raises:
        TimeoutError: it was not met in time.
    """
    end = time.monotonic() + wait_s
    while not met():
        if time.monotonic() > end:
            raise TimeoutError("the window does not come to rest")
        turn()
        time.sleep(step_s)
    for _ in range(3):
        turn()


def _state(app: QApplication) -> State:  # type: ignore[name-defined]  # noqa: F821
    """What is held once everything that can go has gone."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject

    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
        gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    objects = sum(1 + len(top.findChildren(QObject)) for top in app.topLevelWidgets())
    mib = pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return State(mib, len(os.listdir("/proc/self/fd")), threading.active_count() + _native(), objects)


def _native() -> int:
    """Threads that Python does not know of."""
    return len(os.listdir("/proc/self/task")) - threading.active_count()


def _tell(states: list[State]) -> int:
    """Print the growth per cycle after the first ones; the exit status."""
    rest = np.array(states[FIRST:])
    slopes = np.polyfit(np.arange(len(rest)), rest, 1)[0] if len(rest) > 2 else np.zeros(4)
    mib, *others = slopes.tolist()
    print(f"{len(states)} cycles; a cycle after the first {FIRST}: {mib:+.3f} MiB, ", end="")
    print(", ".join(f"{value:+.3f} {name}" for value, name in zip(others, State._fields[1:], strict=True)))
    return int(mib > MOST_MIB or any(value > 0.05 for value in others))


if __name__ == "__main__":
    sys.exit(main())
