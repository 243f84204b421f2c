"""Train the last layers of the shipped network a little further, by EfficientNet-Lite0 and MobileNet: for few minutes.

    python -m resources.tools.lite0 lite0.safetensors
    python -m resources.tools.backbone.last_layers PHOTOS --teachers WEIGHTS --lite0 lite0.safetensors --out DIR

The layers before the last residual block stay as they are, so what they and the teachers give is computed once for many
views of the photos (``--keeping``: this share of the time), and the last block and the head are trained on it in the rest.
Needs the package timm.  ``--device cuda --minutes 10`` runs on a GPU.  ``DIR/compact.safetensors`` is the result,
``DIR/log.txt`` the curve.  Every fifth ``bsds`` photo is kept for validation.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.backbones.compact import CHANNELS, WEIGHTS, build_network, load_weights
from resources.tools.backbone.crops import BORDER, PairedViews
from resources.tools.backbone.lite0 import Lite0
from resources.tools.backbone.losses import followed, relations
from resources.tools.backbone.network import save
from resources.tools.backbone.targets import DIMENSION, Projection, fit_projection
from resources.tools.backbone.teachers import MobileNet
from resources.tools.backbone.train import read_photos, unit, write_line
from resources.tools.backbone.validation import Validation, as_input

WIDE = 2 * BORDER
"""Pixels around what the student sees: Lite0 sees views at half their size, and needs ``BORDER`` of its own pixels."""
CELLS = 512
"""Cells of a batch whose similarities are compared with the teachers'."""
FIT_VIEWS = 320
WARM_UP = 0.1
"""The share of the steps' time after which the network learns at its full rate: its heads start from nothing."""
WEIGHTS_OF = {"pw13": 0.5, "lite0": 1.0, "cells": 1.0, "views": 1.0}
LOG_EVERY = 10


@dataclass(frozen=True)
class Kept:
    """What stays the same while the last layers are trained; row n is view n.

    Attributes:
        grids: (N, 224, 2 h, 2 w) before the trained layers.
        cells: of each teacher, (N, 256, h, w), projected, for blocks of 2 x 2 cells of the student.
        views: (N, 2 * 128) whitened descriptors of whole views, whose dot product is their similarity.
    """

    grids: Tensor
    cells: list[Tensor]
    views: Tensor


def split(network: nn.Sequential) -> tuple[nn.Sequential, nn.Sequential]:
    """The layers before the last residual block, and those from it on; both share their weights with ``network``."""
    *first, stage, head, relu = network.children()
    assert isinstance(stage, nn.Sequential)
    return nn.Sequential(*first, *stage[:-1]), nn.Sequential(stage[-1], head, relu)


class Keeper:
    """Looks at views with the fixed layers and the teachers."""

    def __init__(self, arguments: argparse.Namespace, trunk: nn.Sequential) -> None:
        self.device = torch.device(arguments.device)
        self.trunk = trunk
        self.mobilenet = MobileNet(arguments.teachers, self.device, torch.float32)
        self.lite0 = Lite0(arguments.lite0, self.device)

    @torch.inference_mode()
    def look(self, pixels: Tensor) -> list[Tensor]:
        """(n, side, side, 3) uint8 to the fixed layers' grid, the grids of pw13 and Lite0, and Lite0's pooled head."""
        pixels = pixels.to(self.device)
        grid = self.trunk(as_input(pixels[:, WIDE:-WIDE, WIDE:-WIDE]))
        size = grid.shape[-1] // 2
        x = unit(pixels)
        near = x[..., BORDER:-BORDER, BORDER:-BORDER]
        last = self.mobilenet.grids(near)[1][..., :size, :size]
        expanded, head = self.lite0.grids(functional.avg_pool2d(x, 2))
        # A mean over 2 x 2 brings Lite0's cells to the middle of blocks of 2 x 2 of the student's, see ``targets.py``.
        expanded = functional.avg_pool2d(expanded, 2, 1)[..., :size, :size]
        return [each.half().cpu() for each in (grid, last, expanded, head.mean((2, 3)))]


def kept_views(
    keeper: Keeper, batches: Callable[[], Tensor], most: int, minutes: float, say: Callable[[str], None]
) -> Kept:
    """As many views as there is time for, but not more than ``most``."""
    began, looked = time.monotonic(), []
    while sum(len(each[0]) for each in looked) < most and time.monotonic() - began < 60 * minutes:
        looked.append(keeper.look(batches()))
        if len(looked) % LOG_EVERY == 0:
            say(f"minute {(time.monotonic() - began) / 60:.1f}: {sum(len(each[0]) for each in looked)} views kept")
    grids, last, expanded, head = (torch.cat(column) for column in zip(*looked, strict=True))
    say(f"{len(grids)} views in {(time.monotonic() - began) / 60:.1f} minutes")
    kept, descriptors = [], []
    for cells, pooled in ((last, last.float().mean((2, 3))), (expanded, head.float())):
        projection = fit_projection([cells[:FIT_VIEWS].float()], pooled)
        kept.append(_projected(cells, projection))
        descriptors.append(projection.describe(pooled))
    return Kept(grids, kept, torch.cat(descriptors, 1) / math.sqrt(2))


def _projected(cells: Tensor, projection: Projection) -> Tensor:
    """A part at a time, as single precision of all would need much memory."""
    return torch.cat([projection(part.float()).half() for part in cells.split(256)])


class Learner:
    """The trained layers with what is thrown away after training."""

    def __init__(self, tail: nn.Sequential, kept: Kept, rate: float, device: torch.device) -> None:
        self.tail, self.kept, self.rate, self.device = tail, kept, rate, device
        self.maps = nn.ModuleList(nn.Conv2d(CHANNELS, DIMENSION, 1) for _ in kept.cells).to(device)
        self.scales = nn.Parameter(torch.full((2,), math.log(14.0), device=device))
        helpers = [*self.maps.parameters(), self.scales]
        self.optimiser = torch.optim.AdamW(
            [{"params": list(tail.parameters())}, {"params": helpers, "lr": 4e-3}], lr=rate, weight_decay=0.0
        )
        self.rates = [group["lr"] for group in self.optimiser.param_groups]

    def step(self, rows: Tensor, done: float) -> dict[str, float]:
        """One step on some views, when this share of the time has passed."""
        ramp = min(1.0, done / WARM_UP)
        for group, rate, rising in zip(self.optimiser.param_groups, self.rates, (ramp**2, 1.0), strict=True):
            group["lr"] = rate * rising * (0.5 + 0.5 * math.cos(math.pi * min(1.0, done)))
        parts = self.losses(rows)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack([WEIGHTS_OF[name] * value for name, value in parts.items()]).sum().backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
        return {name: float(value.detach()) for name, value in parts.items()}

    def losses(self, rows: Tensor) -> dict[str, Tensor]:
        """The teachers' cells through linear maps; and how like each other cells, and views, are without any map."""
        grid = self.tail(self.kept.grids[rows].to(self.device).float())
        targets = [cells[rows].to(self.device).float() for cells in self.kept.cells]
        blocks = functional.avg_pool2d(grid, 2)
        guesses = (mapped(blocks) for mapped in self.maps)
        parts = {name: followed(*pair) for name, *pair in zip(("pw13", "lite0"), guesses, targets, strict=True)}
        chosen = torch.randperm(grid[:, 0].numel(), device=self.device)[:CELLS]
        # The chain takes the mean off before it compares cells.
        cells = functional.normalize(_listed(grid), dim=1)
        cells = functional.normalize((cells - cells.mean(0))[chosen], dim=1)
        finer = (functional.interpolate(target, scale_factor=2, mode="bilinear") for target in targets)
        wanted = [functional.normalize(_listed(each)[chosen], dim=1) for each in finer]
        parts["cells"] = relations(cells, sum(each @ each.T for each in wanted) / len(wanted), self.scales[0])
        views = self.kept.views[rows].to(self.device)
        parts["views"] = relations(functional.normalize(grid.mean((2, 3)), dim=1), views @ views.T, self.scales[1])
        return parts


def _listed(grid: Tensor) -> Tensor:
    """(N, C, h, w) to (N h w, C)."""
    return grid.permute(0, 2, 3, 1).flatten(0, 2)


def learn(learner: Learner, batch: int, minutes: float, most: int, say: Callable[[str], None]) -> None:
    """Until the time is over or ``most`` steps are done, whichever is first."""
    began, step, sums = time.monotonic(), 0, dict.fromkeys(WEIGHTS_OF, 0.0)
    while (done := max((time.monotonic() - began) / 60 / minutes, step / most)) < 1:
        rows = torch.randperm(len(learner.kept.grids))[:batch]
        for name, value in learner.step(rows, done).items():
            sums[name] += value / LOG_EVERY
        step += 1
        if step % LOG_EVERY == 0:
            say(f"step {step}, {100 * done:.0f} %: " + " ".join(f"{name} {value:.4f}" for name, value in sums.items()))
            sums = dict.fromkeys(WEIGHTS_OF, 0.0)


def main() -> None:
    """Keep views, train, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--teachers", type=Path, required=True, help="folder of MobileNet's weights, see teachers.py")
    parser.add_argument("--lite0", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--keeping", type=float, default=0.45, help="share of the time for looking at views")
    parser.add_argument("--views", type=int, default=20_000, help="most views that are kept")
    parser.add_argument("--steps", type=int, default=20_000, help="most steps")
    parser.add_argument("--side", type=int, default=256, help="of a view in pixels, a multiple of 64")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)

    def say(text: str) -> None:
        write_line(arguments.out, text)

    photos, weights, held = read_photos(arguments.photos)
    say(f"{len(photos)} photos to train on, {len(held)} to validate on: {vars(arguments)}")
    around = arguments.side + 2 * (WIDE - BORDER)
    views = iter(PairedViews(photos, weights, arguments.batch, arguments.seed, around, 0))
    network = build_network()
    network.load_state_dict(load_weights(WEIGHTS))
    network.to(arguments.device, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
    trunk, tail = split(network)
    keeping = arguments.keeping * arguments.minutes
    kept = kept_views(Keeper(arguments, trunk), lambda: next(views).pixels, arguments.views, keeping, say)
    learner = Learner(tail, kept, arguments.rate, torch.device(arguments.device))
    learn(learner, arguments.batch, arguments.minutes - keeping, arguments.steps, say)
    save({name: value.detach().cpu() for name, value in network.state_dict().items()}, str(arguments.out / WEIGHTS.name))
    mean, most = Validation(held).score(network)
    say(f"validation: average pooling {mean:.4f}, maximum pooling {most:.4f}")


if __name__ == "__main__":
    main()
