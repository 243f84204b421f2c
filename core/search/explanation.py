"""Why a hit was found: the cosine of two descriptors, split exactly into shares of pairs of cells.

With z = Σ_i z_i the rotated and truncated vector, z_i = P^T (λ_i φ_i / |ψ| - m / n) the part of each of n kept cells
(ψ = Σ λ_i φ_i, m the rotation's mean), the power law with exponent α is at z itself the diagonal scaling

    f(z) = Δ z,    Δ = diag(|z|^(α - 1)) / || |z|^α ||,

so the a_i = Δ z_i add up to the descriptor q, and the cosine is q·h = Σ_i Σ_j a_i·b_j.  The scaling depends on all cells,
so a_i is a share of the descriptor, and not what would be missing without the cell.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.chain.describer import Describer, make_mask
from core.chain.registry import AGGREGATIONS
from core.chain.stages import Grid, Mask, SelectiveStages, prepared, reduced
from core.masks import kept_positions
from core.records import BitEvidence, Evidence, EvidenceSide
from core.search.grid_cache import View
from core.util.errors import UserError

PAIRS = 40
"""Number of pairs of cells listed, the strongest."""


def shares(stages: SelectiveStages, grid: Grid, mask: Mask) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Positions (n, 2) of the cells that ``mask`` keeps, and their shares a_i, (n, D), whose sum is the descriptor."""
    config = stages.config
    features, alive = reduced(stages.pca, grid, mask)
    embedded = prepared(stages.embedding.transform(features[alive]), config.aggregation).astype(np.float64)
    parts = _linear(embedded, config.aggregation, config.gmp_regularisation)
    rotated = stages.rotation.transform(parts / np.linalg.norm(parts.sum(axis=0)) + _centre(stages, len(parts)))
    whole = rotated.sum(axis=0)
    scale = np.divide(np.abs(whole) ** config.power, np.abs(whole), out=np.zeros_like(whole), where=whole != 0)
    return kept_positions(mask)[alive], rotated * (scale / np.linalg.norm(np.abs(whole) ** config.power))


def _linear(embedded: NDArray[np.float64], aggregation: str, regularisation: float) -> NDArray[np.float64]:
    """Each cell's part of the aggregated vector, (n, D)."""
    weights = AGGREGATIONS[aggregation].weights
    if weights is not None:
        return np.asarray(weights(embedded, regularisation)[:, None] * embedded)
    # With max-pooling each number comes from one cell.
    first = embedded.argmax(axis=0)
    return np.where(np.arange(len(embedded))[:, None] == first, embedded, 0.0)


def _centre(stages: SelectiveStages, count: int) -> NDArray[np.float64]:
    """Added to each cell's part, so that centring the parts subtracts the mean from their sum only once."""
    return stages.rotation.mean_ * (1 - 1 / count)


def evidence(query: View, query_mask: Mask, hit: View, describer: Describer) -> Evidence:
    """The shares of the cells of a query and a hit in their cosine.

    Raises:
        UserError: a pipeline that keeps no cells.
    """
    stages = describer.stages
    if not isinstance(stages, SelectiveStages) or not describer.backbone.dense:
        raise UserError(
            "this pipeline keeps no cells that could explain a hit",
            hint="Use a library of another preset, such as standard.",
        )
    ours, a = shares(stages, query.grid, query_mask)
    theirs, b = shares(stages, hit.grid, make_mask(describer.config, hit.grid, hit.shown))
    products = a @ b.T
    order = np.argsort(-products, axis=None)[:PAIRS]
    first, second = np.unravel_index(order, products.shape)
    stride = describer.backbone.stride
    return Evidence(
        cosine=float(products.sum()),
        query=_side(query, stride, ours, products.sum(axis=1)),
        hit=_side(hit, stride, theirs, products.sum(axis=0)),
        pairs=np.stack([first, second], axis=1),
        values=products[first, second],
        bits=_bits(stages, a.sum(axis=0), b.sum(axis=0)),
    )


def _side(view: View, stride: int, positions: NDArray[np.intp], values: NDArray[np.float64]) -> EvidenceSide:
    rows, columns = view.grid.shape[:2]
    heat = np.zeros((rows, columns), dtype=np.float32)
    heat[positions[:, 0], positions[:, 1]] = values
    cell = stride * max(view.region.width, view.region.height) / max(view.shown.shape[:2])
    centres = np.stack([positions[:, 1] + 0.5, positions[:, 0] + 0.5], axis=1) * cell + (view.region.x0, view.region.y0)
    return EvidenceSide(view.region, cell, heat, positions, centres, values)


def _bits(stages: SelectiveStages, query: NDArray[np.float64], hit: NDArray[np.float64]) -> BitEvidence:
    """Which bits of the codes agree, and how far the projected values lie from their thresholds."""
    vectors = np.stack([query, hit]).astype(np.float32)
    codes = stages.hashing.transform(vectors)
    project = getattr(stages.hashing, "project", None)
    margins = np.abs(project(vectors)) if project is not None else np.full(codes.shape, np.nan)
    return BitEvidence(codes[0] == codes[1], margins[0], margins[1])
