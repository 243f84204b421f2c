"""What fitting a chain takes: seconds and peak memory of each stage, on made-up grids as many as you like.

    python -m tests.benchmarks.fitting [--photos 200] [--chains standard paper-2048 netvlad] [--folder DIR]

The paper's protocol fits on 5,000 held-out photos; VGG16 gives 768 cells of 512 channels of a photo of 1024 x 768 pixels.
The grids lie on disk (1.5 MB each) and are sparse and non-negative as a network's.  Each chain runs in a process of its
own; the peak is what it held at most until the stage's end, the program itself included.
"""

from __future__ import annotations

import argparse
import dataclasses
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from core.chain.config import DescriberConfig
from core.chain.presets import preset
from core.fitting.grid_store import Item
from core.fitting.photo_set import PhotoSet
from core.fitting.training import Fitter
from core.util.progress import Ticket

GIB = 2**30

ROWS, COLUMNS, CHANNELS = 24, 32, 512
BASELINES = ("mac", "rmac", "netvlad", "mop")
PATTERNS = 6


class MadeBackbone:
    """A network's shape."""

    stride, channels, dense, receptive_field = 32, CHANNELS, True, 0
    learned: object = None


class MadeStore:
    """Grids in a folder, in the place of ``GridStore``."""

    def __init__(self, folder: Path, windows: bool) -> None:
        self._folder, self.backbone = folder, MadeBackbone()
        self._shape = (75, 1, 4096) if windows else (ROWS, COLUMNS, CHANNELS)
        if windows:
            self.backbone.channels = 4096  # type: ignore[misc]

    def make(self, photos: int) -> list[Item]:
        """Grids that differ: patterns of a low rank, shifted and scaled by chance, then cut at zero."""
        chance = np.random.default_rng(1)
        height, width, channels = self._shape
        patterns = chance.normal(size=(PATTERNS, height * width, 64)) @ chance.normal(size=(64, channels)) / 8
        items = [Item(self._folder / f"{channels}-{number}.npy") for number in range(photos)]
        for item in items:
            if not item.path.exists():
                mixed = np.roll(patterns[chance.integers(PATTERNS)], chance.integers(height * width), axis=0)
                mixed = mixed * chance.gamma(2, 0.5, channels) + chance.normal(size=mixed.shape) / 4 - 0.6
                np.save(item.path, np.maximum(mixed, 0).astype(np.float32).reshape(self._shape))
        return items

    def grid(self, item: Item) -> np.ndarray:
        """One of them."""
        return np.load(item.path)

    def shown_for(self, mask: str, item: Item) -> np.ndarray:
        """Masks that are fitted here do not look at pixels."""
        return np.zeros((1, 1, 3), dtype=np.uint8)


class Stages:
    """Seconds and peak memory by what a ticket reports."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, float]] = []
        self._name, self._started = "", time.perf_counter()

    def reported(self, done: int, total: int, what: str) -> None:
        """A report of the ticket's."""
        if what != self._name:
            self.end()
            self._name, self._started = what, time.perf_counter()

    def end(self) -> None:
        """The last stage is over."""
        if self._name:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIB
            self.rows.append((self._name, time.perf_counter() - self._started, peak))


def main() -> None:
    """Run each chain in a process of its own, and print its stages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--chains", nargs="+", default=["paper-512", "netvlad"])
    parser.add_argument("--folder", type=Path, help="where the grids lie; those that are there are used again")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        fit(arguments.chains[0], arguments.photos, arguments.folder)
        return
    print(
        f"{arguments.photos} photos\n\n| chain | stage | seconds | peak memory so far, GiB |\n|---|---|---|---|", flush=True
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for chain in arguments.chains:
            MadeStore(folder, chain == "mop").make(arguments.photos)
            own = ["--one", "--photos", str(arguments.photos), "--chains", chain, "--folder", str(folder)]
            subprocess.run([sys.executable, "-m", "tests.benchmarks.fitting", *own], check=True)


def fit(chain: str, photos: int, folder: Path) -> None:
    """Fit one chain in this process and print its rows."""
    store, stages = MadeStore(folder, chain == "mop"), Stages()
    items = store.make(photos)
    started = time.perf_counter()
    Fitter(PhotoSet(store, items, Ticket(stages.reported))).stages(configured(chain))  # type: ignore[arg-type]
    stages.end()
    for name, seconds, peak in [*stages.rows, ("all", time.perf_counter() - started, stages.rows[-1][2])]:
        print(f"| {chain} | {name} | {seconds:.1f} | {peak:.2f} |", flush=True)


def configured(chain: str) -> DescriberConfig:
    """A preset, a baseline whitened to 64 numbers, or ``fv`` or ``faemb`` with the settings of the first preset."""
    if chain in BASELINES:
        return DescriberConfig(baseline=chain, mask="none", pca_dimension=64, bits=64)
    if chain in ("fv", "faemb", "vlad"):
        words = {"fv": 10, "faemb": 2, "vlad": 20}[chain]
        return dataclasses.replace(preset("paper-512"), embedding=chain, words=words)
    return preset(chain)


if __name__ == "__main__":
    main()
