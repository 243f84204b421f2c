"""Geometric verification: do the keypoints of a query box lie on a hit as they would on another view of the same thing?

SIFT matches by Lowe's ratio, a homography by MAGSAC (OpenCV), and a score that asks how surprising so many inliers are:
with t matches of which k agree, the number of false alarms of Moisan and Stival's a-contrario model,

    NFA = (t - 4) C(t, k) C(k, 4) p^(k - 4),    p = the chance that a wrong match falls within the tolerance,

which, unlike a count of inliers, does not call a façade of a thousand equal windows the same building.  The homography must
also be one that a camera can make, and its inliers must not all lie on one spot.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from core.geometry import Box
from core.photos.images import Rgb, crop, grey_of, resize_by
from core.records import no_matches

LONGEST = 800
"""Longest side in pixels at which photos are compared."""

KEYPOINTS = 1200
RATIO, TOLERANCE = 0.8, 5.0
"""Of the distances to the nearest and the second descriptor; of an inlier, in pixels."""

NOISE_SIDE = 64.0
"""Wrong matches are taken to be spread over a square of so many tolerances at least."""

SURE = 5.0
"""-log10 NFA from which a hit counts as verified: one wrong in a hundred thousand pairs, if the model held."""

LEAST_SPREAD = 0.04
"""The part of the query's area that the inliers' hull must cover."""

LARGEST_SCALE = 8.0


@dataclass(frozen=True, eq=False)
class Points:
    """Keypoints of a photo or box: ``xy`` (N, 2) in pixels of the photo, RootSIFT (N, 128), the ``region`` they are of."""

    xy: NDArray[np.float32]
    descriptors: NDArray[np.float32]
    region: Box
    scale: float


@dataclass(frozen=True)
class Verification:
    """What comparing a query with a hit gave.

    Attributes:
        matches, inliers: numbers of them.
        surprise: -log10 NFA, at least 0.
        quadrilateral: where the query's corners lie on the hit, in its pixels; None when it is not verified.
        pairs: (inliers, 4) the places of the inliers on both photos; ``others``: (matches - inliers, 4) those of the
            other matches.
    """

    matches: int
    inliers: int
    surprise: float
    quadrilateral: tuple[tuple[float, float], ...] | None
    pairs: NDArray[np.float32] = field(default_factory=no_matches, repr=False, compare=False)
    others: NDArray[np.float32] = field(default_factory=no_matches, repr=False, compare=False)

    @property
    def verified(self) -> bool:
        """Whether the hit shows the same thing, as far as geometry tells."""
        return self.quadrilateral is not None


NOTHING = Verification(0, 0, 0.0, None)


def find_points(photo: Rgb, box: Box | None = None) -> Points:
    """Keypoints of a photo or a box on it."""
    height, width = photo.shape[:2]
    region = box.clipped(width, height) if box is not None else Box(0, 0, width, height)
    part = crop(photo, box) if box is not None else photo
    scale = min(LONGEST / max(part.shape[:2]), 2.0)
    detector = cv2.SIFT_create(nfeatures=KEYPOINTS)  # type: ignore[attr-defined]
    points, rows = detector.detectAndCompute(grey_of(resize_by(part, scale)), None)
    if not points:
        return Points(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32), region, scale)
    xy = np.array([point.pt for point in points], dtype=np.float32) / scale + (region.x0, region.y0)
    roots = np.sqrt(rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-12))
    return Points(xy.astype(np.float32), roots.astype(np.float32), region, scale)


def verify(query: Points, hit: Points) -> Verification:
    """Compare a query with a hit."""
    pairs = match(query.descriptors, hit.descriptors)
    source, target = query.xy[pairs[:, 0]].astype(np.float64), hit.xy[pairs[:, 1]].astype(np.float64)
    places = np.hstack([source, target]).astype(np.float32)
    if len(pairs) < 6:
        return Verification(len(pairs), 0, 0.0, None, others=places)
    tolerance = TOLERANCE / hit.scale
    cv2.setRNGSeed(1)
    matrix, inside = cv2.findHomography(source, target, cv2.USAC_MAGSAC, tolerance, maxIters=3000, confidence=0.999)
    found: object = matrix  # OpenCV's stubs do not know that there may be none
    if found is None:
        return Verification(len(pairs), 0, 0.0, None, others=places)
    kept = inside.ravel().astype(bool)
    kept &= _distinct(target)
    surprise = false_alarms(len(pairs), int(kept.sum()), tolerance, hit.region)
    corners = _mapped(np.asarray(matrix, dtype=np.float64), query.region)
    good = surprise >= SURE and _possible(corners, query.region) and _spread(source[kept], query.region) >= LEAST_SPREAD
    shape = tuple((float(x), float(y)) for x, y in corners) if good and corners is not None else None
    return Verification(len(pairs), int(kept.sum()), surprise, shape, places[kept], places[~kept])


def match(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.intp]:
    """Pairs of rows that are each other's nearest and pass the ratio test in the first direction, (n, 2)."""
    if len(first) < 2 or len(second) < 2:
        return np.zeros((0, 2), dtype=np.intp)
    products = first @ second.T
    rows = np.arange(len(first))
    nearest, mutual_of = products.argmax(axis=1), products.argmax(axis=0)
    best = products[rows, nearest]
    products[rows, nearest] = -1.0  # so that the next largest is the second
    near, far = (np.sqrt(np.maximum(2 - 2 * values, 0)) for values in (best, products.max(axis=1)))
    kept = np.flatnonzero((mutual_of[nearest] == rows) & (near < RATIO * far))
    return np.stack([kept, nearest[kept]], axis=1)


def false_alarms(matches: int, inliers: int, tolerance: float, region: Box) -> float:
    """-log10 of the number of false alarms, at least 0."""
    if inliers <= 4:
        return 0.0
    area = max(region.width * region.height, (NOISE_SIDE * tolerance) ** 2)
    chance = np.log10(np.pi * tolerance**2 / area)
    log_nfa = np.log10(max(matches - 4, 1)) + _log_choose(matches, inliers) + _log_choose(inliers, 4)
    return max(0.0, -float(log_nfa + chance * (inliers - 4)))


def _log_choose(n: int, k: int) -> float:
    return float((gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)) / np.log(10))


def _distinct(target: NDArray[np.float64]) -> NDArray[np.bool_]:
    """One of the matches that end on the same keypoint: several orientations of one point are one witness."""
    _, first = np.unique(np.rint(target), axis=0, return_index=True)
    mask = np.zeros(len(target), dtype=bool)
    mask[first] = True
    return mask


def _mapped(matrix: NDArray[np.float64], region: Box) -> NDArray[np.float64] | None:
    """The region's corners on the hit, (4, 2); None when one lies at or behind the horizon."""
    x0, y0, x1, y1 = region.as_tuple()
    corners = np.array([[x0, y0, 1], [x1, y0, 1], [x1, y1, 1], [x0, y1, 1]]) @ matrix.T
    depth = corners[:, 2] * np.sign(corners[:, 2].sum())
    if (depth <= 1e-6 * np.abs(depth).max()).any():
        return None
    return np.asarray(corners[:, :2] / corners[:, 2:])


def _possible(corners: NDArray[np.float64] | None, region: Box) -> bool:
    """Whether a camera could see the region so: convex, not mirrored, neither a sliver nor very much larger or smaller."""
    if corners is None:
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    turns = sides[:, 0] * np.roll(sides[:, 1], -1) - sides[:, 1] * np.roll(sides[:, 0], -1)
    lengths = np.linalg.norm(sides, axis=1)
    wanted = np.array([region.width, region.height, region.width, region.height])
    scales = lengths / np.maximum(wanted, 1e-9)
    return bool((turns > 0).all() and scales.max() < LARGEST_SCALE and scales.min() > 1 / LARGEST_SCALE
                and scales.max() < 6 * scales.min())  # fmt: skip


def _spread(points: NDArray[np.float64], region: Box) -> float:
    """The part of the region that the points' hull covers."""
    if len(points) < 3:
        return 0.0
    hull = cv2.convexHull(points.astype(np.float32))
    return float(cv2.contourArea(hull) / max(region.width * region.height, 1e-9))
