"""Geometric verification: do the keypoints of a query box lie on a hit as they would on another view of the same thing?

    matches     of each keypoint of the query the nearest of the hit, when clearly nearer than the second, one a place
    hypotheses  each of the clearest matches alone tells a similarity by its places, sizes and directions; those that the most
                others agree with are taken (Philbin et al., CVPR 2007, with the full transformation of Avrithis and Tolias)
    models      around each a similarity, an affine map and a homography are fitted to all that agree, and judged by one
                a-contrario score (``core.search.surprise``)
    doubt       the fit's covariance at the corners: where it is too large the simpler model speaks (``core.search.models``)
    outline     what no camera makes is refused (``core.search.outline``)

Places are compared in pixels of the resized photos, on both sides: a hit that shows the thing small may not be vague there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from core.records.evidence import no_matches
from core.geometry import Box
from core.search.models import KINDS, Fit, Matrix, fit
from core.search.outline import possible
from core.photos.points import Points
from core.search.surprise import surprise

RATIO = 0.9
"""Of the distances to the nearest and the second descriptor."""

ASKED, HYPOTHESES, REFINED = 500, 150, 3
"""Keypoints of the query that are compared; the clearest matches that tell a hypothesis; hypotheses that are refined."""

WIDE, TOLERANCE = 32.0, 12.0
"""Pixels by which a match may be off a hypothesis of one keypoint, and off a fitted model."""

TURN, GROWTH = np.radians(35.0), np.log(1.8)
"""By so much the direction of a keypoint, and the logarithm of its size, may be off what a hypothesis says."""

LEAST = 4
"""Matches that must agree with a hypothesis of one keypoint for it to be looked at."""

SURE = 5.0
"""-log10 NFA from which a hit counts as verified: one wrong in a hundred thousand pairs, if the model held."""

LEAST_SPREAD = 0.006
"""The part of the query's area that the inliers' hull must cover."""

DOUBT, MOST_DOUBT = 0.06, 0.15
"""A corner's standard deviation over the outline's size, beyond which a simpler model speaks, and beyond which none does."""

PLACE = 2.0
"""Pixels within which two keypoints are at one place: several directions of one point are one witness."""

APART = 8.0
"""Side in pixels of the squares of which each, on either photo, gives one witness: what lies closer shows the same detail."""


@dataclass(frozen=True)
class Verification:
    """What comparing a query with a hit gave.

    Attributes:
        matches, inliers: numbers of them.
        surprise: -log10 NFA, at least 0.
        quadrilateral: where the query's corners lie on the hit, in its pixels; None when it is not verified.
        pairs: (inliers, 4) the places of the inliers on both photos; ``others``: (matches - inliers, 4) those of the
            other matches.
        model: the name of the model that tells the outline, one of ``core.search.models.KINDS``; empty when not verified.
        errors: (inliers,) how far each inlier is off it, in pixels of the resized photos.
    """

    matches: int
    inliers: int
    surprise: float
    quadrilateral: tuple[tuple[float, float], ...] | None
    pairs: NDArray[np.float32] = field(default_factory=no_matches, repr=False, compare=False)
    others: NDArray[np.float32] = field(default_factory=no_matches, repr=False, compare=False)
    model: str = ""
    errors: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32), repr=False, compare=False)

    @property
    def verified(self) -> bool:
        """Whether the hit shows the same thing, as far as geometry tells."""
        return self.quadrilateral is not None


NOTHING = Verification(0, 0, 0.0, None)


@dataclass(frozen=True, eq=False)
class Matched:
    """Matches of two photos' keypoints, the clearest first, in pixels of the resized photos.

    Attributes:
        rows: (n, 2) of the query's and the hit's keypoints.
        source, target: (n, 2) places.
        turn, growth: (n,) by how much the direction differs, in radians, and the logarithm of the size.
    """

    rows: NDArray[np.intp]
    source: Matrix
    target: Matrix
    turn: NDArray[np.float64]
    growth: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class _Found:
    """A fitted model, its score, its inliers, and all matches' errors."""

    fit: Fit
    score: float
    inliers: NDArray[np.intp]
    errors: NDArray[np.float64]


def verify(query: Points, hit: Points) -> Verification:
    """Compare a query with a hit."""
    matched = match(query, hit)
    if len(matched) < LEAST:
        return _told(query, hit, matched, None, None)
    area = max(hit.region.width * hit.region.height * hit.scale**2, (8 * TOLERANCE) ** 2)
    ladders = [_ladder(matched, start, area) for start in hypotheses(matched)]
    best = max((found for ladder in ladders for found in ladder), key=lambda found: found.score, default=None)
    if best is None:
        return _told(query, hit, matched, None, None)
    ladder = next(ladder for ladder in ladders if any(found is best for found in ladder))
    return _told(query, hit, matched, best, _certain(ladder, best, query, hit))


def match(query: Points, hit: Points) -> Matched:
    """Matches by Lowe's ratio, one for each place on either photo, the clearest first."""
    if not len(query) or len(hit) < 2:
        none = np.zeros(0)
        return Matched(np.zeros((0, 2), np.intp), np.zeros((0, 2)), np.zeros((0, 2)), none, none)
    products = as_rows(query) @ as_rows(hit).T
    rows = np.arange(len(products))
    nearest = products.argmax(axis=1)
    best = products[rows, nearest]
    products[rows, nearest] = -1.0  # so that the next largest is the second
    near, far = (np.maximum(2 - 2 * values, 1e-9) for values in (best, products.max(axis=1)))
    ratios = near / far
    kept = np.flatnonzero(ratios < RATIO**2)
    kept = kept[np.argsort(ratios[kept], kind="stable")]
    pairs = np.stack([kept, nearest[kept]], axis=1)
    source, target = _resized(query)[pairs[:, 0]], _resized(hit)[pairs[:, 1]]
    alone = _first_at(target)
    alone = alone[_first_at(source[alone])]
    pairs = pairs[alone]
    turn = (hit.angle[pairs[:, 1]] - query.angle[pairs[:, 0]]).astype(np.float64)
    growth = np.log(hit.size[pairs[:, 1]] * hit.scale / (query.size[pairs[:, 0]] * query.scale)).astype(np.float64)
    return Matched(pairs, source[alone], target[alone], turn, growth)


def as_rows(points: Points) -> NDArray[np.float32]:
    """The descriptors, L2-normalised, (N, 128)."""
    rows = points.descriptors.astype(np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1.0))


def _resized(points: Points) -> Matrix:
    return (points.xy.astype(np.float64) - (points.region.x0, points.region.y0)) * points.scale


def _first_at(places: Matrix, side: float = PLACE) -> NDArray[np.intp]:
    """Rows of the first in each square, ascending."""
    squares = np.rint(places / side).astype(np.int64) @ (1, 1 << 20)
    return np.sort(np.unique(squares, return_index=True)[1])


def hypotheses(matched: Matched) -> list[NDArray[np.intp]]:
    """The matches that agree with each of the best similarities of single matches."""
    first = slice(0, HYPOTHESES)
    here, there = (places.astype(np.float32) @ np.array([1, 1j], np.complex64) for places in (matched.source, matched.target))
    factor = np.exp(matched.growth[first] + 1j * matched.turn[first]).astype(np.complex64)[:, None]
    left = np.abs(factor * (here - here[first, None]) + there[first, None] - there)
    turned = np.abs(_wrapped(matched.turn - matched.turn[first, None]))
    grown = np.abs(matched.growth - matched.growth[first, None])
    shrunk = np.maximum(1 / np.abs(factor), 1)
    agree = (left * shrunk < WIDE) & (turned < TURN) & (grown < GROWTH)
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


def _wrapped(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((angles + np.pi) % (2 * np.pi) - np.pi)


ROUNDS = 3


def _ladder(matched: Matched, start: NDArray[np.intp], area: float) -> list[_Found]:
    """The models of each kind that a hypothesis grows to, from the simplest on."""
    found: list[_Found] = []
    inliers = start
    for kind in range(len(KINDS)):
        best: _Found | None = None
        for _ in range(ROUNDS):
            known = _fitted(matched, kind, inliers, area)
            if known is None or (best is not None and known.score <= best.score):
                break
            best, inliers = known, known.inliers
        if best is None:
            break
        found.append(best)
    return found


def _fitted(matched: Matched, kind: int, inliers: NDArray[np.intp], area: float) -> _Found | None:
    """A model fitted to some matches, with those of all that agree with it."""
    model = fit(kind, matched.source[inliers], matched.target[inliers])
    if model is None:
        return None
    growth, turn = _alike(model.matrix, matched.source[inliers].mean(axis=0))
    left = np.linalg.norm(model.mapped(matched.source) - matched.target, axis=1) * max(np.exp(-growth), 1.0)
    agree = (left < TOLERANCE) & (np.abs(_wrapped(matched.turn - turn)) < TURN) & (np.abs(matched.growth - growth) < GROWTH)
    rows = np.flatnonzero(agree)
    rows = rows[np.argsort(left[rows], kind="stable")]
    rows = rows[_first_at(matched.target[rows], APART)]
    rows = rows[_first_at(matched.source[rows], APART)]
    score, count = surprise(left[rows], len(matched), KINDS[kind].needed, area)
    return _Found(model, score, rows[:count], left) if count else None


def _alike(matrix: Matrix, place: Matrix) -> tuple[float, float]:
    """The logarithm of the scale, and the turn, of the similarity nearest to a model at a place."""
    around = place + np.array([[0, 0], [1, 0], [0, 1]])
    middle, right, down = (matrix @ np.append(point, 1.0) for point in around)
    middle, right, down = (point[:2] / (point[2] or 1e-12) for point in (middle, right, down))
    across, along = right - middle, down - middle
    turn = float(np.arctan2(across[1] - along[0], across[0] + along[1]))
    return 0.5 * float(np.log(max(abs(across[0] * along[1] - across[1] * along[0]), 1e-12))), turn


def _certain(ladder: list[_Found], best: _Found, query: Points, hit: Points) -> _Found | None:
    """The best model, or a simpler one where its corners are in doubt or no camera makes them; None: none will do."""
    box = np.array(query.region.corners) - (query.region.x0, query.region.y0)
    for found in reversed(ladder[: best.fit.kind + 1]):
        corners = found.fit.mapped(box * query.scale)
        if not np.isfinite(corners).all():
            continue
        size = np.sqrt(max(float(cv2.contourArea(corners.astype(np.float32))), 1.0))
        doubt = float(found.fit.doubt(box * query.scale).max()) / size
        bound = DOUBT if found.fit.kind else MOST_DOUBT
        if doubt < bound and found.score >= SURE and possible(_on_photo(corners, hit), query.region, hit.region):
            return found
    return None


def _on_photo(places: Matrix, hit: Points) -> Matrix:
    return places / hit.scale + (hit.region.x0, hit.region.y0)


def _told(query: Points, hit: Points, matched: Matched, best: _Found | None, used: _Found | None) -> Verification:
    places = np.hstack([query.xy[matched.rows[:, 0]], hit.xy[matched.rows[:, 1]]]).astype(np.float32)
    shown = used or best
    if shown is None:
        return Verification(len(matched), 0, 0.0, None, others=places)
    inside = np.zeros(len(matched), dtype=bool)
    inside[shown.inliers] = True
    shape = None
    if used is not None and _spread(query.xy[matched.rows[used.inliers, 0]], query.region) >= LEAST_SPREAD:
        box = (np.array(query.region.corners) - (query.region.x0, query.region.y0)) * query.scale
        corners = _on_photo(used.fit.mapped(box), hit)
        shape = tuple((float(x), float(y)) for x, y in corners)
    model = KINDS[shown.fit.kind].name if shape is not None else ""
    errors = shown.errors[inside].astype(np.float32)
    return Verification(len(matched), int(inside.sum()), shown.score, shape, places[inside], places[~inside], model, errors)


def _spread(points: NDArray[np.float32], region: Box) -> float:
    """The part of the region that the points' hull covers."""
    if len(points) < 3:
        return 0.0
    hull = cv2.convexHull(points.astype(np.float32))
    return float(cv2.contourArea(hull) / max(region.width * region.height, 1e-9))
