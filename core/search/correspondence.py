"""Which keypoints of a query and a hit may be the same: clear matches, and groups of them that agree.

matches     for each keypoint of the query the nearest of the hit, if clearly nearer than the second; one for each position.
            If hardly any matches of the first keypoints agree with each other, the others are not compared.
hypotheses  each of the clearest matches gives a similarity by the positions, sizes and directions of its keypoints; those
            that most other matches agree with are taken (Philbin et al., CVPR 2007; Avrithis and Tolias, IJCV 2014).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.photos.keypoints import UNIT, Points
from core.search.models import Matrix

RATIO = 0.9
"""Largest ratio of the distances to the nearest and the second descriptor."""

HYPOTHESES, REFINED = 150, 3
"""Number of the clearest matches that give hypotheses, and of the hypotheses taken."""

WIDE = 32.0
"""Largest distance in pixels of a match from a hypothesis."""

TURN, GROWTH = np.radians(35.0), np.log(1.8)
"""Largest difference of a match's change of direction, and of the logarithm of size, from a hypothesis."""

LEAST = 4
"""Least number of matches that agree with a hypothesis, to be taken."""

FIRST, FEWEST = 600, 3
"""The others are only compared if among matches of the query's first 600 keypoints at least 3 agree.  That saves a third of
the time and lost none of 237 pairs that are verified (with 300 keypoints: 5)."""

SAME_PX = 2.0
"""Side in pixels of the squares in which keypoints count as one, as a point with several directions has several."""


@dataclass(frozen=True, eq=False)
class Matched:
    """Matches of two photos' keypoints, the clearest first, in pixels of the resized photos.

    Attributes:
        rows: (n, 2) of the query's and the hit's keypoints.
        source, target: (n, 2) positions.
        turn, growth: (n,) change of direction in radians, and of the logarithm of size.
    """

    rows: NDArray[np.intp]
    source: Matrix
    target: Matrix
    turn: NDArray[np.float64]
    growth: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rows)


def match(query: Points, hit: Points) -> Matched:
    """Matches by Lowe's ratio, one for each position on either photo, the clearest first.

    If those of the query's first keypoints do not agree, only these (``FIRST``).
    """
    if not len(query) or len(hit) < 2:
        none = np.zeros(0)
        return Matched(np.zeros((0, 2), np.intp), np.zeros((0, 2)), np.zeros((0, 2)), none, none)
    rows, columns = as_rows(query), _columns(as_rows(hit))
    ratios, nearest = _ratios(rows[:FIRST], columns)
    first = _matched(query, hit, ratios, nearest)
    if len(rows) <= FIRST or _most_agreeing(first) < FEWEST:
        return first
    more = _ratios(rows[FIRST:], columns)
    return _matched(query, hit, np.concatenate([ratios, more[0]]), np.concatenate([nearest, more[1]]))


def _matched(query: Points, hit: Points, ratios: NDArray[np.float32], nearest: NDArray[np.intp]) -> Matched:
    """The clear matches among those of the query's first n keypoints, ratios (n,) and nearest (n,)."""
    kept = np.flatnonzero(ratios < RATIO**2)
    kept = kept[np.argsort(ratios[kept], kind="stable")]
    pairs = np.stack([kept, nearest[kept]], axis=1)
    source, target = resized(query)[pairs[:, 0]], resized(hit)[pairs[:, 1]]
    alone = first_at(target)
    alone = alone[first_at(source[alone])]
    pairs = pairs[alone]
    turn = (hit.angle[pairs[:, 1]] - query.angle[pairs[:, 0]]).astype(np.float64)
    growth = np.log(hit.size[pairs[:, 1]] * hit.scale / (query.size[pairs[:, 0]] * query.scale)).astype(np.float64)
    return Matched(pairs, source[alone], target[alone], turn, growth)


def _ratios(query: NDArray[np.float32], hit: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Ratios of the squared distances to the nearest and second of the hit's ``_columns``, (n,), and the nearest, (n,)."""
    products = np.hstack([query, np.ones((len(query), 1), np.float32)]) @ hit
    rows = np.arange(len(products))
    nearest = products.argmax(axis=1)
    best = products[rows, nearest]
    products[rows, nearest] = -np.inf  # so that the next largest is the second
    norms = (query**2).sum(axis=1)
    near, far = (np.maximum(norms - 2 * values, 1e-6) for values in (best, products.max(axis=1)))
    return near / far, nearest


def _columns(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows (n, D) as columns, with -|b|² / 2 below each b: one product then gives |a - b|² = |a|² - 2 (ab - |b|² / 2)."""
    return np.hstack([rows, -0.5 * (rows**2).sum(axis=1, keepdims=True)]).T


def as_rows(points: Points) -> NDArray[np.float32]:
    """The descriptors as numbers, (N, D)."""
    return points.descriptors.astype(np.float32) / np.float32(UNIT)


def resized(points: Points) -> Matrix:
    """Positions in pixels of the resized photo or box, (N, 2)."""
    return (points.xy.astype(np.float64) - (points.region.x0, points.region.y0)) * points.scale


def first_at(positions: Matrix, side: float = SAME_PX) -> NDArray[np.intp]:
    """Rows of the first position in each square, ascending."""
    squares = np.rint(positions / side).astype(np.int64) @ (1, 1 << 20)
    return np.sort(np.unique(squares, return_index=True)[1])


def hypotheses(matched: Matched) -> list[NDArray[np.intp]]:
    """The matches that agree with each of the best similarities given by single matches."""
    agree = _agreeing(matched)
    counts = agree.sum(axis=1)
    found: list[NDArray[np.intp]] = []
    taken = np.zeros(len(counts), dtype=bool)
    for row in np.argsort(-counts, kind="stable"):
        if counts[row] < LEAST or len(found) == REFINED:
            break
        if not taken[row]:
            members = np.flatnonzero(agree[row])
            found.append(members)
            taken[members[members < len(taken)]] = True
    return found


def _most_agreeing(matched: Matched) -> int:
    """Number of matches that agree with the best similarity, with the match that gives it."""
    return int(_agreeing(matched).sum(axis=1).max(initial=0))


def _agreeing(matched: Matched) -> NDArray[np.bool_]:
    """Which matches agree with the similarity given by each of the clearest, (at most ``HYPOTHESES``, n)."""
    first = slice(0, HYPOTHESES)
    here, there = (
        points.astype(np.float32) @ np.array([1, 1j], np.complex64) for points in (matched.source, matched.target)
    )
    factor = np.exp(matched.growth[first] + 1j * matched.turn[first]).astype(np.complex64)[:, None]
    left = np.abs(factor * (here - here[first, None]) + there[first, None] - there)
    turned = np.abs(wrapped(matched.turn - matched.turn[first, None]))
    grown = np.abs(matched.growth - matched.growth[first, None])
    shrunk = np.maximum(1 / np.abs(factor), 1)
    return np.asarray((left * shrunk < WIDE) & (turned < TURN) & (grown < GROWTH))


def wrapped(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Angles in radians, within half a turn of 0."""
    return np.asarray((angles + np.pi) % (2 * np.pi) - np.pi)
