"""Geometric verification: do the keypoints of a query box lie on a hit as they would on another view of the same thing?

    hypotheses  matches that agree with one of them in place, size and direction (``core.search.correspondence``)
    models      around each a similarity, an affine map and a homography are fitted to all that agree, and judged by one
                a-contrario score (``core.search.surprise``)
    doubt       the fit's covariance at the corners: where it is too large the simpler model speaks (``core.search.models``)
    outline     what no camera makes is refused (``core.search.camera_limits``)

Places are compared in pixels of the resized photos, on both sides: a hit that shows the thing small may not be vague there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.photos.keypoints import Points
from core.records.evidence import no_matches
from core.search.camera_limits import possible, seen
from core.search.correspondence import GROWTH, LEAST, TURN, Matched, first_at, hypotheses, match, wrapped
from core.search.models import KINDS, Fit, Matrix, fit
from core.search.surprise import surprise

TOLERANCE = 12.0
"""Pixels by which a match may be off a fitted model."""

SURE = 6.5
"""-log10 NFA from which a hit counts as verified: far beyond chance, as the letters of one script agree too."""

TURNED, UPRIGHT = 2.0, np.radians(45.0)
"""Photos stand upright: a thing that is turned by more than this must be so much (in -log10 NFA) clearer."""

CUT_OFF, ALL_SEEN = 3.0, 0.9
"""Photos show things whole: an outline of which less than this share lies on the hit must be so much clearer (-log10 NFA).
Of true outlines one in six is cut off, of wrong ones nearly all, as most places where a wrong outline can lie reach out."""

INLIERS, WITNESSES = 6, 5
"""Matches that agree without which nothing is verified, and of them those that lie apart."""

LEAST_SPREAD = 0.02
"""The part of the query's area that the inliers' hull must cover: a line of text, or one ornament, is not the thing."""

DOUBT, MOST_DOUBT = 0.04, 0.08
"""A corner's standard deviation over the outline's size beyond which a simpler model speaks, and that of the simplest."""

APART = 8.0
"""Side in pixels of the squares of which each, on either photo, gives one witness: what lies closer is one detail."""


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
class _Found:
    """A fitted model.

    Attributes:
        score: -log10 NFA of its ``witnesses``, so many inliers that lie apart; ``rank``: that of all inliers, by which the
            models of one hypothesis are compared, as what lies together is as good as any for telling how things lie.
        inliers: matches that agree as well as is the most surprising; ``near``: those within the tolerance.
        errors: (n,) of all matches.
    """

    fit: Fit
    score: float
    rank: float
    witnesses: int
    inliers: NDArray[np.intp]
    near: NDArray[np.intp]
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
    return _told(query, hit, matched, best, _certain(ladder, query, hit))


def _ladder(matched: Matched, start: NDArray[np.intp], area: float) -> list[_Found]:
    """The models of each kind that a hypothesis grows to, from the simplest on."""
    found: list[_Found] = []
    for kind in range(len(KINDS)):
        best = _fitted(matched, kind, start, area)
        if best is None:
            break
        fitted = start
        for of_all in (True, False, False):
            rows = best.near if of_all else best.inliers
            if np.array_equal(np.sort(rows), np.sort(fitted)):
                continue  # The same matches give the same model.
            fitted = rows
            known = _fitted(matched, kind, rows, area)
            best = known if known is not None and known.rank > best.rank else best
        found.append(best)
        start = best.near
    return found


def _fitted(matched: Matched, kind: int, inliers: NDArray[np.intp], area: float) -> _Found | None:
    """A model fitted to some matches, with those of all that agree with it."""
    model = fit(kind, matched.source[inliers], matched.target[inliers])
    if model is None:
        return None
    growth, turn = _alike(model.matrix, matched.source[inliers].mean(axis=0))
    left = np.linalg.norm(model.mapped(matched.source) - matched.target, axis=1) * max(np.exp(-growth), 1.0)
    agree = (left < TOLERANCE) & (np.abs(wrapped(matched.turn - turn)) < TURN) & (np.abs(matched.growth - growth) < GROWTH)
    rows = np.flatnonzero(agree)
    rows = rows[np.argsort(left[rows], kind="stable")]
    apart = rows[first_at(matched.target[rows], APART)]
    apart = apart[first_at(matched.source[apart], APART)]
    needed = KINDS[kind].needed
    score, witnesses = surprise(left[apart], len(matched), needed, area)
    rank, count = surprise(left[rows], len(matched), needed, area)
    score -= TURNED if abs(wrapped(np.array(turn))) > UPRIGHT else 0.0
    return _Found(model, score, rank, witnesses, rows[:count], rows, left) if witnesses and count else None


def _alike(matrix: Matrix, place: Matrix) -> tuple[float, float]:
    """The logarithm of the scale, and the turn, of the similarity nearest to a model at a place."""
    around = place + np.array([[0, 0], [1, 0], [0, 1]])
    middle, right, down = (matrix @ np.append(point, 1.0) for point in around)
    middle, right, down = (point[:2] / (point[2] or 1e-12) for point in (middle, right, down))
    across, along = right - middle, down - middle
    turn = float(np.arctan2(across[1] - along[0], across[0] + along[1]))
    return 0.5 * float(np.log(max(abs(across[0] * along[1] - across[1] * along[0]), 1e-12))), turn


def _certain(ladder: list[_Found], query: Points, hit: Points) -> _Found | None:
    """The best model, or a simpler one where its corners are in doubt or no camera makes them; None: none will do."""
    box = np.array(query.region.corners) - (query.region.x0, query.region.y0)
    best = max(ladder, key=lambda found: found.rank)
    for found in reversed(ladder[: best.fit.kind + 1]):
        corners = found.fit.mapped(box * query.scale)
        if not np.isfinite(corners).all():
            continue
        size = np.sqrt(max(float(cv2.contourArea(corners.astype(np.float32))), 1.0))
        doubt = float(found.fit.doubt(box * query.scale).max()) / size
        bound = DOUBT if found.fit.kind else MOST_DOUBT
        outline = _on_photo(corners, hit)
        if doubt < bound and possible(outline, query.region, hit.region) and _is_sure(found, seen(outline, hit.region)):
            return found
    return None


def _is_sure(found: _Found, share: float) -> bool:
    """Whether a model is far beyond chance, of whose outline this share lies on the hit."""
    least = SURE + (CUT_OFF if share < ALL_SEEN else 0.0)
    return found.score >= least and len(found.inliers) >= INLIERS and found.witnesses >= WITNESSES


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
