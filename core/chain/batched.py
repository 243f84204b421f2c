"""From grids and masks to descriptors and codes, for many photos of one shape and several masks of each.

Photos that keep different numbers of cells are padded to the largest number with cells that no mask keeps.  Padding and
null features have the weight 0, so they change nothing.

This implements the composition of ``core.chain.stages`` a second time, for accelerators.  One implementation over the array
API would have to pad on the CPU too, which gains nothing there (``tests/benchmarks/HISTORY.md``), and would lose the
triangular whitening (two thirds of the time of the full product) and in-place residuals.  The tests compare this
implementation with the plain one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.aggregation.democratic import ITERATIONS
from core.chain.registry import AGGREGATIONS
from core.chain.stages import Description, SelectiveStages, Stages
from core.embeddings.temb import TEmbedding
from core.hashing.bits import pack
from core.hashing.itq import Itq
from core.hashing.rba import Rba
from core.masks.batched import column_major

SUPPORTED = ("democratic", "sum", "average")


@dataclass(frozen=True)
class Learned:
    """y = (x - mean) matrix + offset, on the device in float32."""

    mean: Tensor
    matrix: Tensor
    offset: Tensor

    def __call__(self, rows: Tensor) -> Tensor:
        """(..., D) to (..., E)."""
        return (rows - self.mean) @ self.matrix + self.offset


def learned(mean: NDArray[np.floating], matrix: NDArray[np.floating], device: str, offset: object = 0.0) -> Learned:
    """Copy learned arrays to the device."""
    there = (torch.tensor(np.asarray(each, dtype=np.float32), device=device) for each in (mean, matrix, offset))
    return Learned(*there)


def supported(stages: Stages) -> bool:
    """Whether ``BatchedChain`` can replace ``stages``."""
    return (
        isinstance(stages, SelectiveStages)
        and isinstance(stages.embedding, TEmbedding)
        and isinstance(stages.hashing, Itq | Rba)
        and stages.config.aggregation in SUPPORTED
    )


class BatchedChain:
    """``SelectiveStages`` with T-embedding on a device, in float32; the learned arrays are copied there once.

    Args:
        stages: ``supported`` must be true for them.
        device: torch device of the grids.
    """

    def __init__(self, stages: SelectiveStages, device: str) -> None:
        embedding, rotation, hashing = stages.embedding, stages.rotation, stages.hashing
        assert isinstance(embedding, TEmbedding)
        assert isinstance(hashing, Itq | Rba)
        self._config = stages.config
        self._pca = learned(stages.pca.mean_, stages.pca.basis_, device)
        self._words = torch.tensor(embedding.codebook_, dtype=torch.float32, device=device)
        self._whitening = learned(embedding.mean_, embedding.whitening_.T, device)
        self._rotation = learned(rotation.mean_, rotation.basis_[:, rotation.truncate :], device)
        offset = hashing.offset_ if isinstance(hashing, Rba) else 0.0
        self._hashing = learned(hashing.mean_, hashing.projection_, device, offset)

    def encode(self, grids: Tensor, masks: Tensor) -> tuple[list[Description], NDArray[np.uint8]]:
        """Describe photos by their first mask, and compute the codes of the other masks.

        Args:
            grids: (B, H, W, K) on the device.
            masks: (B, P, H, W) on the device.

        Returns:
            B descriptions, and the (B, P - 1, L / 8) codes.
        """
        cells, masks, positions = kept_cells(grids, masks)
        features = unit(self._pca(cells))
        masks = masks & (features != 0).any(dim=2)[:, None]
        descriptors = self._finished(self._aggregated(self._embedded(features), masks))
        codes = pack((self._hashing(descriptors) >= 0).cpu().numpy())
        described = (each.cpu().numpy() for each in (descriptors[:, 0], masks[:, 0], positions, features))
        rows = zip(*described, codes[:, 0], strict=True)
        return [Description(d, code, position[keep], f[keep]) for d, keep, position, f, code in rows], codes[:, 1:]

    def _embedded(self, features: Tensor) -> Tensor:
        """φ: (B, n, d) to (B, n, D), as the aggregation expects it."""
        embedded = self._whitening(unit(features[:, :, None] - self._words).flatten(2))
        return unit(embedded) if AGGREGATIONS[self._config.aggregation].normalised else embedded

    def _aggregated(self, embedded: Tensor, masks: Tensor) -> Tensor:
        """ψ: (B, n, D) with (B, P, n) masks to (B, P, D), L2-normalised."""
        if self._config.aggregation == "democratic":
            weights = democratic_weights(embedded, masks)
        else:
            weights = masks.to(embedded.dtype)
        return unit(weights @ embedded)

    def _finished(self, vectors: Tensor) -> Tensor:
        """See ``SelectiveStages.finish``."""
        rotated = self._rotation(vectors)
        finished = unit(rotated.sign() * rotated.abs() ** self._config.power)
        return torch.where((vectors != 0).any(dim=-1, keepdim=True), finished, 0)


def kept_cells(grids: Tensor, masks: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The cells that at least one mask of their photo keeps, in the order of ``core.masks.select``.

    Args:
        grids: (B, H, W, K).
        masks: (B, P, H, W).

    Returns:
        (B, n, K), n being the largest number of cells of a photo; the masks of these cells, (B, P, n), False for padding;
        and their rows and columns, (B, n, 2).
    """
    width = grids.shape[2]
    rows, columns = torch.meshgrid(*(torch.arange(side, device=grids.device) for side in grids.shape[1:3]), indexing="ij")
    positions = column_major(torch.stack([rows, columns], dim=2)[None])[0]
    masks = torch.stack([column_major(masks[:, p]) for p in range(masks.shape[1])], dim=1)
    kept = masks.any(dim=1)
    most = int(kept.sum(dim=1).max())
    order = (~kept).to(torch.int32).argsort(dim=1, stable=True)[:, :most]
    photo = torch.arange(len(grids), device=grids.device)[:, None]
    chosen = positions[order]
    cells = grids.flatten(1, 2)[photo, chosen[:, :, 0] * width + chosen[:, :, 1]]
    return cells, masks.gather(2, order[:, None].expand(-1, masks.shape[1], -1)), chosen


def democratic_weights(embedded: Tensor, masks: Tensor) -> Tensor:
    """Democratic weights of the cells of each mask, (B, P, n): see ``core.aggregation.democratic``.

    All masks of a photo share its G; a weight of 0 keeps a cell that the mask removes out of the row sums.

    Args:
        embedded: (B, n, D), rows L2-normalised.
        masks: (B, P, n).
    """
    gram = (embedded @ embedded.mT).clamp_(min=0)
    alive = masks & (gram.diagonal(dim1=1, dim2=2) > 0)[:, None]
    weights = alive.to(embedded.dtype)
    for _ in range(ITERATIONS):
        sums = weights * (weights @ gram)
        weights = torch.where(alive, weights / sums.sqrt(), 0)
    return weights


def unit(rows: Tensor) -> Tensor:
    """Rows divided by their length; null rows stay null."""
    lengths = torch.linalg.vector_norm(rows, dim=-1, keepdim=True)
    return rows / torch.where(lengths > 0, lengths, 1)
