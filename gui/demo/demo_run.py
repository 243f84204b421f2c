"""The main job, unattended, in the real window: open, index, box, results, masks, histograms; with screenshots."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings

from core.engine import SAMPLE, Engine, UserError
from core.geometry import Box
from core.records import Inspection, Query
from gui.desktop.settings import Settings
from gui.main_window import MainWindow
from gui.state.lanes import Lane

PATIENCE_S = 600.0


@dataclass(frozen=True)
class DemoPlan:
    """What is shown: a folder, and a box on one of its photos."""

    folder: Path
    image: Path
    box: Box


def tour_plan(folder: Path | None, image: Path | None, box: Box | None) -> DemoPlan:
    """The plan for the given photos; for the sample collection when there are none.

    Raises:
        UserError: a folder without a photo and box.
    """
    if folder is None:
        start = json.loads((SAMPLE / "ground_truth.json").read_text(encoding="utf-8"))["start"]
        return DemoPlan(SAMPLE / "photos", SAMPLE / "photos" / start["photo"], Box(*start["box"]))
    if image is None or box is None:
        raise UserError("a tour of a folder needs a photo and a box", "--folder", "Give --image and --box too.")
    return DemoPlan(folder, image, box)


class _DemoRun:
    """Drives a window and waits for it; ``written`` is called with each file."""

    def __init__(self, window: MainWindow, out: Path, written: Callable[[Path], None]) -> None:
        self._window, self._out, self._written = window, out, written
        self._errors: list[Exception] = []
        self._count = 0
        window.session.failed.connect(self._errors.append)

    def wait(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something is true.

        Raises:
            Exception: that the window has reported; UserError after ten minutes of waiting.
        """
        end = time.monotonic() + PATIENCE_S
        while not ready():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            if self._errors:
                raise self._errors[0]
            if time.monotonic() > end:
                raise UserError("the tour waited in vain", "tour")

    def settle(self, seconds: float = 0.4) -> None:
        """Let thumbnails arrive and paint."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    def shoot(self, name: str) -> None:
        """Write a screenshot."""
        self.settle()
        path = self.next_file(name)
        if not self._window.grab().save(str(path)):
            raise UserError("the screenshot cannot be written", str(path))
        self._written(path)

    def draw(self, inspection: Inspection) -> None:
        """Write a Fig. 2."""
        path = self.next_file("fig2")
        self._window.session.engine.inspect.draw(inspection, path)
        self._written(path)

    def next_file(self, name: str) -> Path:
        """The path of the next picture."""
        self._count += 1
        return self._out / f"{self._count:02}-{name}.png"


def run_tour(engine: Engine, out: Path, plan: DemoPlan, written: Callable[[Path], None]) -> None:
    """Run the tour.

    Args:
        out: folder for screenshots, the library and a Fig. 2 of the box; made when missing.
        written: called with the path of each picture when it is written.

    Raises:
        UserError: whatever goes wrong on the way.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"the folder cannot be written ({error.strerror})", str(out)) from error
    window = MainWindow(engine, Settings(QSettings(str(out / "tour.ini"), QSettings.Format.IniFormat)))
    window.show()
    try:
        _steps(_DemoRun(window, out, written), window, out, plan)
    finally:
        window.shutdown()
        window.close()
        window.deleteLater()
        engine.close_library()


def _steps(tour: _DemoRun, window: MainWindow, out: Path, plan: DemoPlan) -> None:
    session = window.session
    tour.shoot("welcome")
    session.open_folder(plan.folder, out / "tour.cropseek")
    tour.wait(lambda: bool(session.photos))
    tour.shoot("gallery")
    tour.wait(
        lambda: session.library is not None and not session.jobs.busy(Lane.INDEX) and not session.jobs.busy(Lane.REOPEN)
    )
    session.open_photo(plan.image)
    whole = Query(plan.image)
    tour.wait(lambda: session.ranking is not None and session.ranking.query == whole)
    tour.wait(lambda: session.inspection is not None and session.inspection.query == whole)
    tour.shoot("photo")
    window.canvas.set_box(plan.box)
    window.canvas.box_finished.emit(plan.box)
    query = Query(plan.image, plan.box)
    tour.wait(lambda: session.ranking is not None and session.ranking.query == query and session.searches.settled())
    tour.wait(lambda: session.inspection is not None and session.inspection.query == query)
    tour.shoot("box-and-results")
    for layer in ("keypoints", "sift", "sum", "max"):
        window.set_layer(layer, True)
        tour.shoot(f"layer-{layer}")
        window.set_layer(layer, False)
    assert session.inspection is not None
    tour.draw(session.inspection)
