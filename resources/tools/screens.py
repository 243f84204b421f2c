"""Pictures of the window in every state, size and theme, for people to look at.

    python -m resources.tools.screens --out DIR [--only full]

Sizes: 1280 × 800, and 2560 × 1440 on a screen of twice the density; each in the light and the dark theme.  It needs no
screen.  The sample is indexed once, into DIR; a later run finds it there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from core.engine import Engine
from core.geometry import Box
from core.records import STAR, Query
from core.util.resources import SAMPLE
from gui.app import build_window
from gui.desktop.settings import Settings
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from resources.tools.windows import closing

SIZES = {1: (1280, 800), 2: (1280, 720)}
"""By the screen's density, in points: 1280 × 800 and 2560 × 1440 pixels."""

STATES = ("empty", "indexing", "full", "gallery", "panels", "comparison", "networks", "dialogs")
PATIENCE_S = 240.0
SEEN_INDEXED = 16
"""Photos that are indexed in the picture of indexing."""


class Photographer:
    """Drives one window and writes what it shows.

    Args:
        out: where the pictures go.
        name: begins the name of each.
    """

    def __init__(self, window: MainWindow, out: Path, name: str) -> None:
        self.window, self._out, self._name = window, out, name

    def wait(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something is true."""
        end = time.monotonic() + PATIENCE_S
        while not ready():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            if time.monotonic() > end:
                raise SystemExit("The window was waited for in vain.")

    def settle(self, seconds: float = 0.7) -> None:
        """Let pictures arrive and paint."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Write a picture of the window, or of another one."""
        self.settle()
        (widget or self.window).grab().save(str(self._out / f"{self._name}-{name}.png"))


def empty(p: Photographer, out: Path) -> None:
    """A first start, and one where something was open before."""
    p.take("empty")
    p.window.welcome.set_recent([Path("/photos/Holidays"), Path("/media/disk/Family archive"), Path("/home/town.cropseek")])
    p.take("empty-recent")


def indexing(p: Photographer, out: Path) -> None:
    """A folder that is half indexed, and held there."""
    session = p.window.session
    for old in out.glob("half.cropseek*"):
        old.unlink()
    library = out / "half.cropseek"
    session.open_folder(SAMPLE / "photos", library, Query(SAMPLE / "photos" / "town-hall-01.jpg"))
    p.wait(lambda: session.index_done[0] >= SEEN_INDEXED)
    p.wait(lambda: session.ranking is not None)
    p.take("indexing")
    session.pause_indexing(True)
    p.take("indexing-paused")
    session.cancel_indexing()
    p.wait(lambda: not session.indexing)


def full(p: Photographer, out: Path) -> None:
    """A box, what it finds, and why."""
    _open(p, out)
    p.take("full")
    p.window.set_layer("max", True)
    p.take("full-mask")
    p.window.set_layer("max", False)
    hit = p.window.session.ranking.hits[0]  # type: ignore[union-attr]
    p.window.results.hit_chosen.emit(hit.photo.path)
    p.wait(lambda: p.window.session.shown == hit.photo.path)
    p.take("full-hit")


def gallery(p: Photographer, out: Path) -> None:
    """The gallery with sections, marks, details and map, and a filter that finds nothing."""
    _open(p, out)
    p.window.shell.go("browse")
    p.take("browse")
    for command in ("details", "map"):
        p.window.actions_by_id[command].trigger()
        p.settle(2)
        p.take(f"browse-{command}")
        p.window.actions_by_id[command].trigger()
    view = p.window.gallery
    view.sort.setCurrentIndex(view.sort.findData("date"))
    p.settle()
    p.window.gallery.view.select_path(p.window.session.photos[3].path)
    p.take("gallery-date")
    view.filter.setText("nothing like this")
    p.take("gallery-none")
    view.filter.clear()


def panels(p: Photographer, out: Path) -> None:
    """What has the place of the photo: why a hit was found, the masks, Fig. 2; and the Lab."""
    _open(p, out)
    p.window.actions_by_id["compare"].trigger()
    p.wait(lambda: p.window.why.explained is not None)
    p.take("why")
    p.window.actions_by_id["compare"].trigger()
    p.window.session.look_back()
    session = p.window.session
    p.window.shell.go("inspect")
    p.wait(lambda: session.inspection is not None and session.inspection.query == session.query)
    p.window.set_layer("max", True)
    p.window.actions_by_id["lens sums"].trigger()
    p.take("inspect")
    p.window.actions_by_id["lens sums"].trigger()
    p.window.set_layer("max", False)
    p.window.actions_by_id["sheet"].trigger()
    p.settle(1.5)
    p.take("inspect-sheet")
    p.window.shell.go("lab")
    p.window.survey.measure(40)
    p.wait(lambda: not session.jobs.busy(Lane.SURVEY))
    for page in ("pipeline", "collection"):
        p.window.shell.lab.bring(page)
        p.take(f"lab-{page}")


def comparison(p: Photographer, out: Path) -> None:
    """The box with two pipelines."""
    _open(p, out)
    pipelines = p.window.pipelines
    p.window.shell.go("lab")
    p.wait(lambda: bool(pipelines.session.presets))
    pipelines.panel.choose("sift")
    pipelines.panel.compare_asked.emit("sift")
    p.wait(lambda: pipelines.session.comparison is not None)
    p.take("comparison")
    pipelines.comparison.closed.emit()


def networks(p: Photographer, out: Path) -> None:
    """Another network for a pipeline, and the photos to fit it on."""
    _open(p, out)
    pipelines = p.window.pipelines
    p.window.shell.go("lab")
    p.wait(lambda: bool(pipelines.session.presets))
    pipelines.panel.network_asked.emit()
    chosen = pipelines.network_dialog
    assert chosen is not None
    p.wait(lambda: chosen.list.model().rowCount() > 0)
    chosen.part.setText("dinov2")
    chosen.list.setCurrentIndex(chosen.list.model().index(0, 0))
    p.wait(lambda: chosen.layer.count() > 0)
    p.take("network", chosen)
    chosen.accept()
    p.take("network-chosen")
    pipelines.panel.fit_asked.emit()
    assert pipelines.fit_dialog is not None
    pipelines.fit_dialog.own.setChecked(True)
    p.take("fit", pipelines.fit_dialog)
    pipelines.fit_dialog.close()


def dialogs(p: Photographer, out: Path) -> None:
    """What opens beside the window."""
    commands = p.window.commands
    for command in ("settings", "help", "about", "skipped"):
        p.window.actions_by_id[command].trigger()
    for title, dialog in commands.beside.items():
        p.take(f"dialog-{title.lower().replace(' ', '-')}", dialog)
        dialog.close()
    p.window.actions_by_id["palette"].trigger()
    p.take("dialog-palette")
    p.window.commands.palette.hide()


def _open(p: Photographer, out: Path) -> None:
    """The indexed sample with a box drawn."""
    session = p.window.session
    p.window.shell.go("search")  # the last picture was perhaps of another workspace
    start = json.loads((SAMPLE / "ground_truth.json").read_text(encoding="utf-8"))["start"]
    query = Query(SAMPLE / "photos" / start["photo"], Box(*start["box"]))
    if session.query == query and session.library is not None and session.library.path == out / "full.cropseek":
        return
    session.open_library(out / "full.cropseek", query)
    p.wait(lambda: session.ranking is not None and session.ranking.query == query and session.searches.settled())
    p.wait(lambda: session.inspection is not None and session.inspection.query == query)
    p.settle()
    p.window.messages.hide()


def shoot(out: Path, scale: int, only: list[str]) -> None:
    """All pictures at one density, which is this process's."""
    _app = QApplication.instance() or QApplication([])
    full_library = out / "full.cropseek"
    if not full_library.exists():
        Engine().index([SAMPLE / "photos"], full_library)
        _star(full_library)
    (out / "screens.ini").unlink(missing_ok=True)  # the layout of a first start
    for theme in ("light", "dark"):
        with_settings = Settings(QSettings(str(out / "screens.ini"), QSettings.Format.IniFormat))
        with_settings.theme = theme
        for state in only:
            engine = Engine()
            if state == "empty":
                for known in with_settings.recent:  # nothing was open before
                    with_settings.forget_recent(known)
            window = build_window(engine, with_settings)
            window.resize(*SIZES[scale])
            window.show()
            with closing(window):
                p = Photographer(window, out, f"{scale}x-{theme}")
                p.settle(0.3)
                globals()[state](p, out)


def _star(library: Path) -> None:
    engine = Engine()
    engine.open_library(library)
    photos = engine.photos()
    engine.browse.mark([photo.id for photo in photos[:40:7]], STAR, True)
    engine.close_library()


def _scales(out: Path, only: list[str]) -> Iterator[list[str]]:
    for scale in SIZES:
        yield [sys.executable, "-m", "resources.tools.screens", "--out", str(out), "--scale", str(scale), "--only", *only]


def main() -> None:
    """A process for each density, as Qt reads it at its start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", choices=STATES, default=list(STATES))
    parser.add_argument("--scale", type=int, choices=list(SIZES), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    if arguments.scale:
        shoot(out, arguments.scale, arguments.only)
        return
    for line in _scales(out, arguments.only):
        own = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": line[line.index("--scale") + 1]}
        subprocess.run(line, env=os.environ | own, check=True)


if __name__ == "__main__":
    main()
