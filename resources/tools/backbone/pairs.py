"""How many pairs of features are nearly uncorrelated, by mask, for several networks: Fig. 3b of the paper in one table.

    python -m resources.tools.backbone.pairs PHOTOS --teachers WEIGHTS --networks compact/head

The share of pairs of kept features with a dot product within 0.15, the mean over photos, with the half width of its 95 %
confidence interval.  ``--networks`` are names of ``main.py networks`` with a layer, and ``=FILE`` where their weights are a
local file.  ``--teachers`` adds the networks that ours imitates, from their folder (``teachers.py``).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from core.backbones import Backbone
from core.chain.config import DescriberConfig, with_backbone
from core.chain.describer import prepare
from core.chain.load import backbone_of
from core.chain.presets import preset
from core.inspect.mask_survey import survey
from core.photos.images import Rgb, read_photo
from core.photos.scan import sample, scan
from core.records import MASK_NAMES, Survey
from core.util.progress import Ticket
from resources.tools.backbone.compare import STRIDES, TeacherBackbone

COUNT, THREADS = 60, 2


def measured(config: DescriberConfig, backbone: Backbone, photos: list[Path]) -> tuple[Survey, float]:
    """The survey of photos, and the smallest number in their grids."""
    least = np.inf

    def look(path: Path) -> tuple[NDArray[np.float32], Rgb]:
        nonlocal least
        shown = prepare(read_photo(path), None, config, backbone.stride)
        grid = backbone.grid(shown)
        least = min(least, float(grid.min()))
        return grid, shown

    return survey(config, photos, len(photos), look, Ticket()), least


def row(name: str, backbone: Backbone, found: Survey, least: float) -> str:
    """A line of the table."""
    shares = [
        f"{100 * one.low_covariance:.1f} ± {100 * one.low_covariance_error:.1f}"
        for one in (found.summaries[mask] for mask in MASK_NAMES)
    ]
    numbers = [f"{number}" for number in (backbone.channels, backbone.stride, len(found.photos))]
    return "| " + " | ".join([name, *numbers, "yes" if least < 0 else "no", *shares]) + " |"


def networks(arguments: argparse.Namespace) -> Iterator[tuple[str, DescriberConfig, Backbone]]:
    """Every network that was asked for."""
    for text in arguments.networks:
        name, _, weights = text.partition("=")
        config = with_backbone(preset("standard"), name)
        yield name, config, backbone_of(config, "cpu", Path(weights) if weights else None)
    if arguments.teachers is not None:
        for name in STRIDES:
            yield name, preset("standard"), TeacherBackbone(name, arguments.teachers, torch.float32)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--networks", nargs="*", default=["compact/head"], metavar="NAME/LAYER[=FILE]")
    parser.add_argument("--teachers", type=Path)
    parser.add_argument("--count", type=int, default=COUNT, help="photos taken by chance")
    parser.add_argument("--size", type=int, default=650, help="longest side in pixels")
    arguments = parser.parse_args()
    torch.set_num_threads(THREADS)
    photos = sample([file.path for file in scan([arguments.photos], Ticket())], arguments.count)
    heads = ["network", "channels", "stride", "photos", "signed", *MASK_NAMES]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True)
    for name, config, backbone in networks(arguments):
        found, least = measured(replace(config, longest_side=arguments.size), backbone, photos)
        print(row(name, backbone, found, least), flush=True)


if __name__ == "__main__":
    main()
