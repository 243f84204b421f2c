"""Lines from query to hit for Why: the matches that decided the hit's rank."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.records import Evidence
from core.search.ranking.matching import Cells, voters
from core.search.surprise import LEAST_ERROR
from core.search.verification import TOLERANCE, Verification

Lines = NDArray[np.float64]
"""(L, 5): x, y on the query's photo, x, y on the hit, share; the strongest first."""

GIVEN = 40
"""Largest number of lines between cells; the strongest are taken."""


def of_keypoints(found: Verification) -> Lines:
    """Keypoints that agree in geometry; the smaller the error of one, the larger its share."""
    weights = np.log10(2 * TOLERANCE / np.maximum(found.errors.astype(np.float64), LEAST_ERROR))
    return _sorted(np.column_stack([found.pairs.astype(np.float64), weights / max(float(weights.sum()), 1e-12)]))


def of_cells(query: Cells, asked: Box, hit: Cells, photo: tuple[int, int]) -> Lines:
    """Cells of the box that voted for where the query lies on the hit, with their shares of the cells' score.

    A box is searched with some slack around it (``core.search.query_region``); votes from the slack are left out.

    Args:
        asked: the query's box, or its whole photo, in pixels.
        photo: width and height of the hit, in pixels.
    """
    votes = voters(query, hit)
    rows, columns = votes.pairs.T
    area = query.area or _whole(query.shape, asked)
    here = _centres(query, area, asked)[rows]
    frame = Box(0, 0, *photo)
    there = _centres(hit, _whole(hit.shape, frame), frame)[columns]
    inside = (here >= (asked.x0, asked.y0)).all(axis=1) & (here < (asked.x1, asked.y1)).all(axis=1)
    return _sorted(np.column_stack([here, there, votes.shares])[inside])[:GIVEN]


def of_descriptor(found: Evidence) -> Lines:
    """The strongest pairs of cells, with their shares of the cosine."""
    first, second = found.pairs.T
    return np.column_stack([found.query.centres[first], found.hit.centres[second], found.values])


def _whole(shape: tuple[int, int], photo: Box) -> tuple[float, float, float, float]:
    """The photo's extent on its grid, in cells; the shorter side may end within a cell."""
    cell = max(photo.width, photo.height) / max(shape)
    return 0.0, 0.0, photo.height / cell, photo.width / cell


def _centres(cells: Cells, area: tuple[float, float, float, float], region: Box) -> NDArray[np.float64]:
    """The centres of cells, ``x, y`` in pixels, if ``area`` of their grid covers ``region``."""
    row0, column0, row1, column1 = area
    down, across = region.height / max(row1 - row0, 1e-9), region.width / max(column1 - column0, 1e-9)
    centres = cells.positions.astype(np.float64) + 0.5
    return np.column_stack([region.x0 + (centres[:, 1] - column0) * across, region.y0 + (centres[:, 0] - row0) * down])


def _sorted(lines: Lines) -> Lines:
    return lines[np.argsort(-lines[:, 4], kind="stable")]
