"""What windows cost: time to index and bytes a photo, by layout, on the same photos in one run.

python -m tests.benchmarks.windows FOLDER [--count 100]
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from core.chain.subwindows import LAYOUTS, subwindow_count
from core.engine import Engine


def main() -> None:
    """Print a row for each layout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    arguments = parser.parse_args()
    engine = Engine()
    with tempfile.TemporaryDirectory() as scratch:
        photos = Path(scratch) / "photos"
        photos.mkdir()
        for path in sorted(arguments.folder.rglob("*.jpg"))[: arguments.count]:
            shutil.copy(path, photos)
        engine.index([photos], Path(scratch) / "warm.cropseek", layout="none")
        print("| windows | s | against none | bytes of codes a photo |\n|---|---|---|---|")
        seconds: dict[str, list[float]] = {layout: [] for layout in LAYOUTS}
        for turn in range(3):
            for layout in LAYOUTS:
                report = engine.index([photos], Path(scratch) / f"{layout}-{turn}.cropseek", layout=layout)
                seconds[layout].append(report.seconds)
        for layout, times in seconds.items():
            ratio = min(times) / min(seconds["none"])
            print(f"| {layout} | {min(times):.1f} | {ratio:.2f} | {64 * (1 + subwindow_count(layout))} |")


if __name__ == "__main__":
    main()
