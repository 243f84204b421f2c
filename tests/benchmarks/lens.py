"""How fast the lens follows: from a photo opened to all layers, and the time of a frame while hovering and dragging.

    python -m tests.benchmarks.lens PHOTO [--size 1024]

Runs the real window without a screen (QT_QPA_PLATFORM=offscreen) on the folder of the photo, without indexing it.
Ratios of one run on one machine; medians of several.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.engine import Engine
from core.records import LensSettings
from gui.canvas.overlays import area_of
from gui.desktop.settings import Settings
from gui.main_window import MainWindow

FRAMES = 60


def wait(ready: Callable[[], bool]) -> float:
    """Seconds until something is true."""
    started = time.perf_counter()
    while not ready():
        QCoreApplication.processEvents()
        time.sleep(0.001)
    return time.perf_counter() - started


def frames(name: str, step: Callable[[int], None], window: MainWindow) -> None:
    """Print median, 95th and worst time of a step and its painting."""
    times = []
    for frame in range(FRAMES):
        started = time.perf_counter()
        step(frame)
        window.canvas.viewport().repaint()
        QCoreApplication.processEvents()
        times.append(1000 * (time.perf_counter() - started))
    middle, most, worst = np.percentile(times, [50, 95, 100])
    print(f"{name}: median {middle:.1f} ms, 95th {most:.1f} ms, worst {worst:.1f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photo", type=Path)
    parser.add_argument("--size", type=int, default=1024)
    arguments = parser.parse_args()
    _application = QApplication([])
    engine = Engine()
    engine.warm_up()
    with tempfile.TemporaryDirectory() as folder:
        store = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(engine, Settings(store))
        window.show()
        session = window.session
        session.lens_settings = LensSettings(longest_side=arguments.size)
        session.open_photo(arguments.photo.resolve(), search=False)
        window._pages.setCurrentWidget(window.canvas)
        seconds = wait(lambda: session.inspection is not None)
        print(f"photo opened to all layers and histograms at {arguments.size} px: {seconds:.2f} s")
        for percentile in (70.0, 30.0):
            before = session.inspection
            session.set_lens_settings(LensSettings(percentile, longest_side=arguments.size))
            print(f"threshold moved, grid known: {wait(lambda b=before: session.inspection is not b):.2f} s")
        assert session.inspection is not None
        rows, columns, _ = session.inspection.grid_shape
        area = area_of(session.inspection)
        for layer in ("sift", "sum", "max", "keypoints"):
            window.set_layer(layer, True)
        window.lens.panel.choose_heat("sums")

        def hover(frame: int) -> None:
            cell = area.cell(frame % rows, frame % columns)
            QTest.mouseMove(window.canvas.viewport(), window.canvas.mapFromScene(QPointF(*cell.centre)))

        frames("hovering, all layers on", hover, window)
        frames("dragging the heat's opacity", lambda f: window.lens.panel.opacity.setValue(20 + f), window)
        frames("dragging the masks' darkness", lambda f: window.canvas.set_opacity(0.2 + f / 100), window)
        window.shutdown()


if __name__ == "__main__":
    main()
