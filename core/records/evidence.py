"""The records of an explanation of a hit (``core.search.explanation``)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box


def no_matches() -> NDArray[np.float32]:
    """The matches of two photos without similar keypoints, (0, 4)."""
    return np.zeros((0, 4), dtype=np.float32)


DECIDED_BY = ("verified", "cells", "descriptor")
"""What decided a rank: keypoints that agree in geometry; similar cells in similar positions; the descriptors alone."""


def no_lines() -> NDArray[np.float64]:
    """The lines of a hit that is not explained yet, (0, 5)."""
    return np.zeros((0, 5))


@dataclass(frozen=True, eq=False)
class EvidenceSide:
    """The query's or the hit's part in an explanation.

    Attributes:
        region: the part of the photo that was described, in image pixels; the first cell begins at its corner.
        cell: side of a cell in image pixels.
        heat: (H, W) float32, each cell's share of the cosine; 0 for cells that the mask removes.
        positions: (n, 2) row and column of the kept cells; ``centres``: (n, 2) their centres ``(x, y)`` in image pixels.
        values: (n,) their shares.
    """

    region: Box
    cell: float
    heat: NDArray[np.float32]
    positions: NDArray[np.intp]
    centres: NDArray[np.float64]
    values: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BitEvidence:
    """The codes of query and hit, bit by bit.

    Attributes:
        agree: (L,) bool.
        query_margin, hit_margin: (L,) distance of each projected value from the threshold of its bit; NaN for K-means
            hashing, which has no such values.
    """

    agree: NDArray[np.bool_]
    query_margin: NDArray[np.floating]
    hit_margin: NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Evidence:
    """Why a hit was found, see ``core.search.explanation``.

    Attributes:
        cosine: of the two descriptors; equals the sum of all shares.
        pairs: (P, 2) the strongest pairs, rows of ``query.positions`` and ``hit.positions``; ``values``: (P,) their shares.
        matches: (M, 4) matched keypoints that agree in geometry, ``x, y`` on the query's photo and ``x, y`` on the hit;
            ``others``: matched keypoints that do not agree; all of them when the hit is not verified.
        quadrilateral: where the query's box, or its whole photo, lies on the hit; None when it is not verified.
        decided_by: what decided the hit's rank: one of ``DECIDED_BY``.
        lines: (L, 5) the matches that decided, the strongest first: ``x, y`` on the query's photo, ``x, y`` on the hit, and
            the share of each.  With ``verified`` it is a share of the certainty that the agreement is not by chance, with
            ``cells`` of the cells' score, with ``descriptor`` of the cosine.
        example: index in ``Query.parts`` of the example that is explained: the wanted one with the largest cosine.
    """

    cosine: float
    query: EvidenceSide
    hit: EvidenceSide
    pairs: NDArray[np.intp]
    values: NDArray[np.float64]
    bits: BitEvidence
    matches: NDArray[np.float32] = field(default_factory=no_matches)
    others: NDArray[np.float32] = field(default_factory=no_matches)
    quadrilateral: tuple[tuple[float, float], ...] | None = None
    example: int = 0
    decided_by: str = "descriptor"
    lines: NDArray[np.float64] = field(default_factory=no_lines)
