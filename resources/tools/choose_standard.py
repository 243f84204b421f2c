"""Measure image size, pooling, mask and embedding for the standard preset on self-made views of ordinary photos.

    python -m resources.tools.choose_standard PHOTOS --work DIR [--sizes 650p 448 ...] [--chains temb:64:18:128 ...]

Half of the photos fit the chain; of the other half some are sources of views and the rest distractors.  Two tasks:

* ``view``: the query is one view of a photo, the two other views are to be found (as in Holidays);
* ``box``: the query is a box on a view that was pasted into another photo, filling 35 to 60 % of it, and the source photo
  and the other pasted views of it are to be found (as a person does who draws a box).

Prints mean average precision of descriptors and codes.  No test set is involved.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.backbones import load_backbone
from core.chain.config import DescriberConfig
from core.chain.describer import Describer, make_mask
from core.chain.presets import preset
from core.chain.registry import MASKS
from core.chain.stages import Description
from core.evaluation.average_precision import average_precision
from core.fitting.grid_store import GridStore, Item
from core.fitting.training import fit_stages
from core.geometry import Box
from core.hashing.bits import hamming
from core.photos.images import encode_jpeg, read_photo
from core.util.progress import Ticket
from resources.tools.views import paste_into, random_view

SEED = 7
FIT, SOURCES, DISTRACTORS, VIEWS = 700, 110, 350, 3


class Task:
    """The views on disk: whole views, pasted views with their boxes, and distractors."""

    def __init__(self, photos: list[Path], folder: Path) -> None:
        rng = np.random.default_rng(SEED)
        order = [photos[i] for i in rng.permutation(len(photos))]
        self.fit = order[:FIT]
        # Video frames show one building again and again, so they would be unlabelled positives of each other.
        rest = order[FIT:]
        self.sources = [path for path in rest if not path.name.startswith("indoor")][:SOURCES]
        others = [path for path in rest if path not in set(self.sources)]
        self.distractors = others[:DISTRACTORS]
        scenes = others[DISTRACTORS:]
        folder.mkdir(parents=True, exist_ok=True)
        self.views: list[list[Path]] = []
        self.pasted: list[list[tuple[Path, Box]]] = []
        for number, source in enumerate(self.sources):
            photo = read_photo(source)
            pictures = [random_view(photo, rng).picture for _ in range(VIEWS)]
            self.views.append([_saved(folder / f"{number}-{v}.jpg", p) for v, p in enumerate(pictures)])
            self.pasted.append([])
            for v in range(VIEWS - 1):
                scene = read_photo(scenes[int(rng.integers(len(scenes)))])
                image, box = paste_into(scene, random_view(photo, rng).picture, rng, rng.uniform(0.35, 0.6))
                self.pasted[-1].append((_saved(folder / f"{number}-pasted-{v}.jpg", image), box))


def _saved(path: Path, picture: NDArray[np.uint8]) -> Path:
    if not path.exists():
        path.write_bytes(encode_jpeg(picture, 92))
    return path


def evaluate(config: DescriberConfig, task: Task, work: Path, weights: Path | None = None) -> dict[str, float]:
    """Mean average precision of both tasks, for descriptors and codes, and the mean share of kept cells."""
    backbone = load_backbone(config.backbone, config.layer, config.pool, "cpu", weights)
    store = GridStore(work / "grids", config, backbone)
    fit_items = store.fill([Item(path) for path in task.fit], Ticket())
    describer = Describer(config, fit_stages(config, store, fit_items, Ticket()), backbone)

    def describe(item: Item) -> tuple[Description, float]:
        store.fill([item], Ticket())
        grid = store.grid(item)
        mask = make_mask(config, grid, store.shown(item))
        return describer.encode(grid, mask), float(mask.mean())

    whole = [[describe(Item(path)) for path in views] for views in task.views]
    pasted = [[describe(Item(path)) for path, _ in views] for views in task.pasted]
    boxes = [[describe(Item(path, box)) for path, box in views] for views in task.pasted]
    distractors = [describe(Item(path)) for path in task.distractors]
    result = {"kept": float(np.mean([share for views in whole for _, share in views]))}
    for name, queries, database in (("view", whole, whole), ("box", boxes, pasted)):
        result |= _scores(name, [[d for d, _ in q] for q in queries], [[d for d, _ in b] for b in database], distractors)
    return result


def _scores(
    name: str, queries: list[list[Description]], database: list[list[Description]], rest: list[tuple[Description, float]]
) -> dict[str, float]:
    """Every photo of a group queries the database, itself excluded."""
    flat = [d for group in database for d in group] + [d for d, _ in rest]
    descriptors, codes = np.stack([d.descriptor for d in flat]), np.stack([d.code for d in flat])
    size = len(database[0])
    real, binary = [], []
    for group, members in enumerate(queries):
        for index, query in enumerate(members):
            own = group * size + index
            positives = [group * size + i for i in range(size) if i != index]
            for scores, out in ((-descriptors @ query.descriptor, real), (hamming(codes, query.code), binary)):
                out.append(average_precision(np.argsort(scores, kind="stable"), positives, [own]))
    return {name: float(np.mean(real)), f"{name} code": float(np.mean(binary))}


def _chain(text: str) -> dict[str, Any]:
    """The settings that ``embedding:d:words:truncated:bits`` names; what is left out at the end stays."""
    names = ("embedding", "pca_dimension", "words", "truncate", "bits")
    return {name: part if name == "embedding" else int(part) for name, part in zip(names, text.split(":"), strict=False)}


def main() -> None:
    """Print one row for each size, pooling, mask and chain."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for views and grids")
    parser.add_argument("--sizes", nargs="*", default=["448", "650p", "650", "800p", "1024p"], help="p: 2x2 max pool")
    parser.add_argument("--masks", nargs="*", default=list(MASKS))
    parser.add_argument("--chains", nargs="*", type=_chain, default=[{}], help="embedding:d:words:truncated numbers:bits")
    parser.add_argument("--weights", type=Path, help="of another backbone; wants a work folder of its own")
    arguments = parser.parse_args()
    task = Task(sorted(arguments.photos.glob("*.jpg")), arguments.work / "views")
    print(
        "| size | mask | chain | kept | view | view code | box | box code |\n|---|---|---|---|---|---|---|---|", flush=True
    )
    for size, mask, chain in itertools.product(arguments.sizes, arguments.masks, arguments.chains):
        number = re.match(r"\d+", size)
        assert number
        shape = {"longest_side": int(number[0]), "pool": size.endswith("p"), "mask": mask}
        config = dataclasses.replace(preset("standard"), **shape, **chain)
        row = evaluate(config, task, arguments.work, arguments.weights)
        cells = " | ".join(f"{row[k]:.3f}" for k in ("kept", "view", "view code", "box", "box code"))
        name = (
            f"{config.embedding} {config.pca_dimension} x {config.words}, {config.dimensions} numbers, {config.bits} bits"
        )
        print(f"| {size} | {mask} | {name} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
