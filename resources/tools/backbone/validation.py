"""The validation while training: photos that are not trained on, each with four strong variants; no test set."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.evaluation.average_precision import average_precision
from core.photos.images import Rgb
from resources.tools.views import random_view

VARIANTS = 4
SMALLEST = 0.25


class Validation:
    """Mean average precision of pooled descriptors (mean and max) over views of photos; every view is a query."""

    def __init__(self, photos: list[Rgb]) -> None:
        rng = np.random.default_rng(7)
        self.pictures: list[Rgb] = []
        for photo in photos:
            self.pictures += [photo, *(random_view(photo, rng, SMALLEST).picture for _ in range(VARIANTS))]

    @torch.no_grad()
    def score(self, network: nn.Module) -> tuple[float, float]:
        """For average and for maximum pooling."""
        network.eval()
        device = next(network.parameters()).device
        grids = [network(as_input(torch.from_numpy(picture[None].copy()).to(device)))[0].cpu() for picture in self.pictures]
        network.train()
        mean = torch.stack([functional.normalize(grid.mean((1, 2)), dim=0) for grid in grids])
        most = torch.stack([functional.normalize(grid.amax((1, 2)), dim=0) for grid in grids])
        return self._precision(mean), self._precision(most)

    def _precision(self, descriptors: Tensor) -> float:
        size = VARIANTS + 1
        orders = (-(descriptors @ descriptors.T)).argsort(stable=True, dim=1).numpy()
        return float(
            np.mean(
                [
                    average_precision(order, [i for i in range(q // size * size, q // size * size + size) if i != q], [q])
                    for q, order in enumerate(orders)
                ]
            )
        )


def as_input(pixels: Tensor) -> Tensor:
    """(N, H, W, 3) uint8 to the network's (N, 3, H, W) on -2..2."""
    return ((pixels.permute(0, 3, 1, 2).float() / 255 - 0.5) * 4).contiguous(memory_format=torch.channels_last)
