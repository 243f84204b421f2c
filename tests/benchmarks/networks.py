"""Networks side by side, each with the same small fit, and fits that travel with the program: whole photos and boxes.

    python -m tests.benchmarks.networks HOLIDAYS --boxes LANDMARKS BUILDINGS --photos PHOTOS --work DIR \\
        --networks compact/head timm:tf_efficientnet_lite0/blocks_4=lite0.safetensors --presets standard standard-128

A network is NAME/LAYER, and =FILE where its weights are a local file.  It is fitted on some of PHOTOS and their windows
(``--fit``), others of PHOTOS (``--among``) are searched beside HOLIDAYS and the folders of ``--boxes``.

Holidays: the protocol's own, among its photos alone, by descriptors and by codes.  Boxes (``tests.benchmarks.boxes``): AP
among all photos by descriptors (``rerank``, as all are among its 1,000) and by codes (``hamming``), for the half that
settings are chosen on, and the reported one.  DIR keeps the grids.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core.backbones import Backbone
from core.chain.config import DescriberConfig, with_backbone
from core.chain.describer import make_mask
from core.chain.load import backbone_of, shipped_stages
from core.chain.presets import preset
from core.chain.stages import Stages
from core.chain.subwindows import DEFAULT_LAYOUT
from core.evaluation.average_precision import average_precision
from core.evaluation.protocols import Benchmark, load_benchmark
from core.fitting.grid_store import GridStore, Item
from core.fitting.photo_set import PhotoSet, descriptors_of
from core.fitting.training import fit_stages
from core.hashing.bits import hamming, pack
from core.photos.images import read_photo
from core.photos.scan import sample, scan
from core.records import PhotoRecord
from core.search.query_region import Look, look
from core.util.progress import Ticket
from resources.tools.backbone.compare import precisions
from tests.benchmarks.boxes import BOXES, asked_for, wanted_by

THREADS = 2
OWN = "compact/head"
"""The network of the fits that travel with the program."""


@dataclass(frozen=True)
class Collection:
    """Photos to search, to fit on, and what is asked.  The benchmark's images come first among ``paths``."""

    benchmark: Benchmark
    paths: list[Path]
    held_out: list[Path]

    @classmethod
    def of(cls, holidays: Path, folders: list[Path], photos: Path, fit: int, among: int) -> Collection:
        """The collection of the command line."""
        others = [file.path for file in scan([photos], Ticket())]
        held_out = sample(others, fit)
        beside = sample([path for path in others if path not in set(held_out)], among)
        benchmark = load_benchmark("holidays", holidays, None, None, (), Ticket())
        things = [file.path for file in scan(folders, Ticket())] if folders else []
        return cls(benchmark, [*benchmark.images, *things, *beside], held_out)

    @cached_property
    def records(self) -> dict[str, PhotoRecord]:
        """By the name of the file; ids are places among ``paths``."""
        return {path.name: PhotoRecord(path, place) for place, path in enumerate(self.paths)}

    @cached_property
    def boxes(self) -> list[dict[str, Any]]:
        """The rows of ``boxes.json``."""
        rows: list[dict[str, Any]] = json.loads(BOXES.read_text())
        return rows


class Seen:
    """What one network gives for a collection; every fit of it is measured on this."""

    def __init__(self, collection: Collection, text: str, work: Path) -> None:
        name, _, weights = text.partition("=")
        path = Path(weights) if weights else None
        self.collection, self.config = collection, with_backbone(preset("standard"), name)
        self.backbone: Backbone = backbone_of(self.config, "cpu", path)
        self.store = GridStore(work, self.config, self.backbone, path)
        items = self.store.fill([Item(path) for path in collection.paths], Ticket())
        self.photos = PhotoSet(self.store, items, Ticket())

    @cached_property
    def looks(self) -> list[Look]:
        """The box of each row with its surroundings."""
        queries = [asked_for(self.collection.records, row) for row in self.collection.boxes]
        return [look(read_photo(query.path), query.box, self.config, self.backbone) for query in queries]

    def fitted(self) -> Stages:
        """The fit on the held-out photos and their windows."""
        items = self.store.fill([Item(path) for path in self.collection.held_out], Ticket())
        return fit_stages(self.config, self.store, items, Ticket(), DEFAULT_LAYOUT)

    def measured(self, stages: Stages) -> list[float]:
        """Holidays by descriptors and codes; each half of the boxes by descriptors and codes."""
        vectors = descriptors_of(self.photos, stages)
        whole = precisions(vectors[: len(self.collection.benchmark.images)], stages, self.collection.benchmark)
        table = self._boxes(vectors, stages)
        return [*whole, *table[::2].mean(axis=0), *table[1::2].mean(axis=0)]

    def _boxes(self, vectors: NDArray[np.float32], stages: Stages) -> NDArray[np.float64]:
        """The AP of each box, (boxes, 2)."""
        codes, records, table = pack(stages.hashing.transform(vectors)), self.collection.records, []
        for row, seen in zip(self.collection.boxes, self.looks, strict=True):
            asked = stages.encode(seen.grid, make_mask(self.config, seen.grid, seen.shown))
            wanted, family = wanted_by(records, row)
            junk = sorted((family | {records[row["photo"]].id}) - wanted)
            orders = -(vectors @ asked.descriptor), hamming(codes, asked.code)
            table.append([average_precision(np.argsort(o, kind="stable"), sorted(wanted), junk) for o in orders])
        return np.array(table)


def rows(arguments: argparse.Namespace, collection: Collection) -> Iterator[tuple[str, DescriberConfig, list[float]]]:
    """Name, settings and figures of each fit."""
    if arguments.presets:
        seen = Seen(collection, OWN, arguments.work)
        for name in arguments.presets:
            yield f"{name}, as shipped", preset(name), seen.measured(shipped_stages(name))
    for text in arguments.networks:
        seen = Seen(collection, text, arguments.work)
        yield text.partition("=")[0], seen.config, seen.measured(seen.fitted())


def main() -> None:
    """Print a row for each fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("holidays", type=Path)
    parser.add_argument("--boxes", type=Path, nargs="+", required=True)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--networks", nargs="*", default=[OWN], metavar="NAME/LAYER[=FILE]")
    parser.add_argument("--presets", nargs="*", default=[])
    parser.add_argument("--fit", type=int, default=150, help="photos that each network is fitted on")
    parser.add_argument("--among", type=int, default=300, help="photos that show nothing of what is asked")
    arguments = parser.parse_args()
    torch.set_num_threads(THREADS)
    collection = Collection.of(arguments.holidays, arguments.boxes, arguments.photos, arguments.fit, arguments.among)
    print(f"{len(collection.paths)} photos searched, {len(collection.held_out)} fitted on")
    heads = ("fit", "bits", "Holidays: descriptor", "code", "boxes chosen on: `rerank`", "`hamming`", "reported: `rerank`")
    print(f"| {' | '.join(heads)} | `hamming` |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for name, config, figures in rows(arguments, collection):
        print(f"| {name} | {config.bits} | {' | '.join(f'{value:.3f}' for value in figures)} |", flush=True)


if __name__ == "__main__":
    main()
