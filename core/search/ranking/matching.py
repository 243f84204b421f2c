"""Match the kept cells of a query with those of a hit, and find where on the hit the query lies.

Two measures, both averages over the query's n cells.  With s_i the largest dot product of the query's cell i with a cell
of the hit, and σ(s) = s^α for s > τ, else 0 (the selectivity of Tolias, Avrithis and Jégou, ICCV 2013):

    likeness  A = 1/n Σ_i σ(s_i)
    placed    H = 1/n max over (scale, shift) of Σ σ(s_i) for the i whose best match lies where scale and shift put it

H is a Hough vote over translations, in bins of two cells, for a few scales; the winning bin gives where the query lies on
the hit.  The cells are those that the library stores: those of the mask, reduced to d numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

ALPHA, TAU = 6, 0.5
"""The selectivity σ."""

SCALES = np.array([0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8])
BIN = 2.0
"""Side of a bin of the vote, in cells; a vote also counts for the neighbouring bins."""

Area = tuple[float, float, float, float]
"""``(row0, column0, row1, column1)``, in cells."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Kept cells of a photo or box.

    Attributes:
        shape: ``(H, W)`` of the grid.
        positions: (n, 2) row and column.
        features: (n, d) float32, rows L2-normalised.
        area: the part of the grid that is searched for; None: all of it.
    """

    shape: tuple[int, int]
    positions: NDArray[np.integer]
    features: NDArray[np.float32]
    area: Area | None = None

    @cached_property
    def rays(self) -> NDArray[np.float64]:
        """The position of each cell at each scale, in bins, (2, scales, n); cached, as it is the same for every hit."""
        return SCALES[:, None] * self.positions.T.astype(np.float64)[:, None] / BIN


@dataclass(frozen=True)
class Agreement:
    """How well two sets of cells agree: see the module.

    Attributes:
        area: where the query's area lies on the hit's grid; None: unknown.
    """

    likeness: float
    placed: float
    area: Area | None


NOTHING = Agreement(0.0, 0.0, None)


@dataclass(frozen=True, eq=False)
class Votes:
    """The cells of a query that voted for the winning bin.

    Attributes:
        pairs: (m, 2) rows of the query's and the hit's cells, the strongest first.
        shares: (m,) of the cells' score, likeness plus placed; their sum is below 1 if other cells contributed.
    """

    pairs: NDArray[np.intp]
    shares: NDArray[np.float64]


def voters(query: Cells, hit: Cells) -> Votes:
    """The cells that voted for the area of ``agreement``."""
    if not len(query.features) or not len(hit.features):
        return Votes(np.zeros((0, 2), np.intp), np.zeros(0))
    nearest, best, votes = _nearest(query, hit)
    placed, inside = _hough(query.rays, hit.positions.T[:, nearest].astype(np.float64), votes)
    clear = np.where(best > TAU, votes, 0.0)
    shares = (votes + clear)[inside] / max(placed + float(clear.sum()), 1e-12)
    order = np.argsort(-shares, kind="stable")
    rows = np.flatnonzero(inside)[order]
    return Votes(np.stack([rows, nearest[rows]], axis=1), shares[order].astype(np.float64))


def _nearest(query: Cells, hit: Cells) -> tuple[NDArray[np.intp], NDArray[np.floating], NDArray[np.floating]]:
    """For each cell of the query the nearest of the hit, their dot product, and the weight of its vote."""
    products = query.features @ hit.features.T
    nearest = products.argmax(axis=1)
    best = np.maximum(products[np.arange(len(products)), nearest], 0)
    return nearest, best, best**ALPHA


def agreement(query: Cells, hit: Cells) -> Agreement:
    """Compare a query's cells with a hit's."""
    if not len(query.features) or not len(hit.features):
        return NOTHING
    nearest, best, votes = _nearest(query, hit)
    target = hit.positions.T[:, nearest].astype(np.float64)
    placed, inside = _hough(query.rays, target, votes)
    area = query.area or (0.0, 0.0, float(query.shape[0]), float(query.shape[1]))
    likeness = float(votes[best > TAU].sum()) / len(votes)
    source = query.positions[inside].astype(np.float64)
    return Agreement(likeness, placed / len(votes), _placed(source, target.T[inside], votes[inside], area))


def _hough(
    rays: NDArray[np.float64], target: NDArray[np.float64], votes: NDArray[np.floating]
) -> tuple[float, NDArray[np.bool_]]:
    """The sum of the strongest three by three bins, and which cells voted for them."""
    rows, columns = np.floor(target[:, None] / BIN - rays).astype(np.intp)
    rows -= rows.min() - 1
    columns -= columns.min() - 1
    height, width = int(rows.max()) + 2, int(columns.max()) + 2
    index = (np.arange(len(SCALES))[:, None] * height + rows) * width + columns
    counts = np.bincount(index.ravel(), np.tile(votes, len(SCALES)), len(SCALES) * height * width)
    # All layers in one row: the empty borders keep bins of other rows and layers from being neighbours.
    across = counts[:-2] + counts[1:-1]
    across += counts[2:]
    blurred = across[: -2 * width] + across[width:-width]
    blurred += across[2 * width :]
    first = int(blurred.argmax())
    layer, index_in_layer = divmod(first + width + 1, height * width)
    row, column = divmod(index_in_layer, width)
    near = (np.abs(rows[layer] - row) <= 1) & (np.abs(columns[layer] - column) <= 1)
    return float(blurred[first]), near


def _placed(
    source: NDArray[np.float64], target: NDArray[np.float64], votes: NDArray[np.floating], area: Area
) -> Area | None:
    """An area after the scale and shift that fit the votes of the winning bin best."""
    total = float(votes.sum())
    if total <= 0:
        return None
    share = votes.astype(np.float64) / total
    middle, mean = share @ source, share @ target
    away = source - middle
    weighted = share[:, None] * away
    spread = float(np.vdot(weighted, away))
    # The weighted offsets sum to zero, so the target's mean need not be subtracted.
    scale = float(np.vdot(weighted, target)) / spread if spread > 1 else 1.0
    scale = min(max(scale, float(SCALES[0])), float(SCALES[-1]))
    # Positions are those of a cell's corner; scale and shift are about its centre, half a cell further.
    down, right = (mean + 0.5 - scale * (middle + 0.5)).tolist()
    return down + scale * area[0], right + scale * area[1], down + scale * area[2], right + scale * area[3]
