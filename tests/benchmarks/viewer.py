"""A huge photo in the viewer: how soon it is seen, and how smoothly it is zoomed and moved.

    python -m tests.benchmarks.viewer [--megapixels 12 100]

The photo is noise, 10:7, already decoded (that happens in the background); off screen, 900 x 600 pixels in sight.  A stall
is the longest single repaint.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable

import numpy as np

STEPS = 60


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megapixels", type=int, nargs="+", default=[12, 100])
    arguments = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    import cv2
    from PySide6.QtCore import QPointF
    from PySide6.QtWidgets import QApplication

    from gui.canvas.view import PhotoCanvas

    app = QApplication([])
    print(f"{cv2.getNumThreads()} threads of OpenCV\n")
    print("| megapixels | first seen ms | zoom median | worst | pan median | worst | MiB |")
    print("|---|---|---|---|---|---|---|")
    middle = QPointF(450, 300)
    for megapixels in arguments.megapixels:
        canvas = PhotoCanvas()
        canvas.resize(900, 600)
        canvas.show()
        app.processEvents()
        height = int((megapixels * 0.7e6) ** 0.5)
        photo = np.random.default_rng(0).integers(0, 255, (height, height * 10 // 7, 3), dtype=np.uint8)

        def painted(change: Callable[[], None], canvas: PhotoCanvas = canvas) -> float:
            started = time.perf_counter()
            change()
            canvas.viewport().repaint()
            app.processEvents()
            return 1000 * (time.perf_counter() - started)

        first = painted(lambda canvas=canvas, photo=photo: canvas.set_photo(photo))
        zooms = [painted(lambda canvas=canvas: canvas.camera.zoom_photo(1.1, middle)) for _ in range(STEPS)]
        pans = [painted(lambda canvas=canvas: canvas.camera.move(QPointF(15, 8))) for _ in range(STEPS)]
        values = (first, np.median(zooms), max(zooms), np.median(pans), max(pans))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {megapixels} | " + " | ".join(f"{value:.1f}" for value in values) + f" | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
