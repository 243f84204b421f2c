"""What the student is to predict: the teachers' cells, projected and partly whitened, and who resembles whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from resources.tools.backbone.crops import BORDER
from resources.tools.backbone.teachers import MobileNet, SqueezeNet

DIMENSION = 256
WHITENING = 0.35
"""Directions are scaled by eigenvalue^-0.35: full whitening (0.5) would make the student learn noise."""
POOLED_DIMENSION = 128
SHARES = (0.6, 0.2, 0.2)
"""Of pw13, pw11 and fire9 in the similarity of whole views."""


@dataclass(frozen=True)
class Projection:
    """Of one teacher: cells (x - mean) @ basis, pooled descriptors (x - pooled_mean) @ pooled_basis."""

    mean: Tensor
    basis: Tensor
    pooled_mean: Tensor
    pooled_basis: Tensor

    def __call__(self, cells: Tensor) -> Tensor:
        """(N, C, h, w) to (N, 256, h, w)."""
        return torch.einsum("nchw,cd->ndhw", cells - self.mean[:, None, None], self.basis)

    def describe(self, pooled: Tensor) -> Tensor:
        """Pooled descriptors (N, C) to whitened ones of length 1, (N, 128)."""
        pooled = functional.normalize(pooled, dim=1) - self.pooled_mean
        return functional.normalize(pooled @ self.pooled_basis, dim=1)


class Targets:
    """The teachers with their projections.

    Args:
        folder: where the teachers' weights are.
        batches: (N, 3, side, side) on 0..1, from which the projections are learnt.
    """

    def __init__(self, folder: Path, batches: Sequence[Tensor]) -> None:
        device = batches[0].device
        self.mobilenet, self.squeezenet = MobileNet(folder, device), SqueezeNet(folder, device)
        teachers = [[grid.float() for grid in each] for each in zip(*(self.grids(batch) for batch in batches), strict=True)]
        self.projections = [fit_projection(each, torch.cat([grid.mean((2, 3)) for grid in each])) for each in teachers]

    @torch.no_grad()
    def grids(self, x: Tensor) -> list[Tensor]:
        """The grids of pw13 (half resolution), pw11 and fire9 on the student's cells."""
        cells = (x.shape[-1] - 2 * BORDER) // 16
        middle, last = self.mobilenet.grids(x)
        fire = self.squeezenet.grid(x)
        # Stride 32: cell centre 32 i + 15.5 without the border, that of a pair of student cells.  Stride 16: centres lie
        # between student cells; a mean over 2 x 2 brings them to the cells.
        half = last[..., : cells // 2, : cells // 2]
        return [half, *(functional.avg_pool2d(grid, 2, 1)[..., :cells, :cells] for grid in (middle, fire))]

    @torch.no_grad()
    def __call__(self, x: Tensor) -> tuple[list[Tensor], Tensor]:
        """Projected cells of each teacher (N, 256, h, w), and the similarity (N, N) of the views."""
        cells, similarity = [], torch.zeros(len(x), len(x), device=x.device)
        for grid, projection, share in zip(self.grids(x), self.projections, SHARES, strict=True):
            values = grid.float()
            cells.append(projection(values))
            pooled = projection.describe(values.mean((2, 3)))
            similarity += share * pooled @ pooled.T
        return cells, similarity


def fit_projection(grids: list[Tensor], pooled: Tensor) -> Projection:
    """PCA of the cells with partial whitening to mean variance 1, and whitening PCA of the pooled descriptors.

    Args:
        grids: each (n, C, h, w).
        pooled: (N, C') of whole views.
    """
    cells = torch.cat([grid.permute(0, 2, 3, 1).flatten(0, 2) for grid in grids]).double()
    mean = cells.mean(0)
    values, vectors = torch.linalg.eigh((cells - mean).T @ (cells - mean) / len(cells))
    values, vectors = values.flip(0)[:DIMENSION].clamp(min=1e-9), vectors.flip(1)[:, :DIMENSION]
    basis = vectors * values**-WHITENING / (values ** (1 - 2 * WHITENING)).mean().sqrt()
    pooled = functional.normalize(pooled.double(), dim=1)
    pooled_mean = pooled.mean(0)
    _, spread, right = torch.linalg.svd(pooled - pooled_mean, full_matrices=False)
    pooled_basis = right[:POOLED_DIMENSION].T / spread[:POOLED_DIMENSION]
    return Projection(mean.float(), basis.float(), pooled_mean.float(), pooled_basis.float())
