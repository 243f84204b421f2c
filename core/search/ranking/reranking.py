"""The ranking ``verified``: hits verified by geometry come first, and hits that resemble them gain.

Keypoints are those stored in the library.  For libraries of earlier versions and small boxes they are detected in the
photos.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.photos.disk import state_of
from core.photos.images import read_photo
from core.photos.keypoints import Points, find_points, within
from core.records import Hit, Ranking
from core.search.confidence import RIGHT, after_verification
from core.search.verification import NOTHING, Verification, verify
from core.util.caches import Kept
from core.util.errors import UserError
from core.util.progress import Ticket

WEIGHT, FULL = 0.5, 20.0
"""The most that verification adds to a score, and the surprise (``core.search.surprise``) from which it does."""

EXPANSION, SHARE = 0.4, 0.7
"""Weight of what the expanded query adds to the cosine, and of each verified hit in the expanded query."""

Descriptors = Callable[[Sequence[int]], NDArray[np.float32]]
"""From photo ids to their descriptors, (n, D)."""


Stored = Callable[[Path], Points | None]
"""From a photo's path to its stored keypoints; None if there are none, or if the file has changed since."""

ENOUGH = 300
"""Stored keypoints are used for a box that contains at least so many; in a smaller one detection on the crop finds more."""


def _nobody(photos: Sequence[int]) -> None:
    """Prepare nothing."""


class Verifier:
    """Verifies hits; safe to share between threads.

    Args:
        stored: see ``Stored``.
        expect: called with the ids of the photos that ``stored`` is called for next.
        limit: number of photos and boxes whose keypoints are cached.
    """

    def __init__(
        self, stored: Stored = lambda path: None, expect: Callable[[Sequence[int]], None] = _nobody, limit: int = 200
    ) -> None:
        self._stored, self._expect = stored, expect
        self._kept: Kept[tuple[Path, tuple[int, int], Box | None], Points] = Kept(limit)

    def verified(
        self,
        ranking: Ranking,
        descriptor: NDArray[np.float32],
        descriptors: Descriptors,
        ticket: Ticket,
        depth: int,
    ) -> Ranking:
        """The ranking after verification of its first ``depth`` hits.

        Verified hits gain, and so do hits that resemble them.  A hit is compared with every wanted example, and the best
        comparison counts.  A photo that can no longer be read keeps its score.  ``seconds`` does not change.

        Args:
            descriptor: the query's, (D,).

        Raises:
            UserError: a photo of the query cannot be read.
            Cancelled: by the ticket.
        """
        hits = ranking.hits
        queries = [self.points(part.path, part.box) for part, wanted in ranking.query.parts() if wanted]
        found = [NOTHING] * len(hits)
        self._expect([hit.photo.id for hit in hits[:depth]])
        for index, hit in enumerate(ticket.each(hits[:depth], min(len(hits), depth), "verifying")):
            found[index] = self._verified(queries, hit.photo.path)
        gained = np.array([hit.score + bonus(one) for hit, one in zip(hits, found, strict=True)])
        verified = np.flatnonzero([one.verified for one in found])
        if len(verified):
            gained += EXPANSION * expansion(descriptor, descriptors([hit.photo.id for hit in hits]), verified)
        return replace(ranking, hits=_reordered(hits, found, gained, depth), ranking="verified")

    def _verified(self, queries: Sequence[Points], path: Path) -> Verification:
        try:
            points = self.points(path)
        except (UserError, OSError):
            return NOTHING
        return max((verify(query, points) for query in queries), key=lambda found: found.surprise)

    def points(self, path: Path, box: Box | None = None) -> Points:
        """The keypoints of a photo or a box on it; cached.

        Raises:
            UserError: they are not stored and the photo cannot be read, or the box lies outside it.
        """
        key = path, state_of(path), box
        return self._kept.get(key, lambda: self._found(path, box))

    def _found(self, path: Path, box: Box | None) -> Points:
        stored = self._stored(path)
        part = stored if stored is None or box is None else within(stored, box)
        if part is not None and (box is None or len(part) >= ENOUGH):
            return part
        return find_points(read_photo(path), box)


def _reordered(
    hits: Sequence[Hit], found: Sequence[Verification], scores: NDArray[np.floating], depth: int
) -> tuple[Hit, ...]:
    """The verified hits, then the others, each by score, with their new confidences.

    Args:
        depth: number of hits that verification looked at.
    """
    sure = np.array([one.verified for one in found], dtype=bool)
    order = np.lexsort((np.arange(len(hits)), -scores, ~sure))
    others = [
        (hit.confidence, index < depth)
        for index, (hit, one) in enumerate(zip(hits, found, strict=True))
        if not one.verified
    ]
    left = iter(after_verification([confidence for confidence, _ in others], sum(seen for _, seen in others)))
    ranked = []
    for rank, index in enumerate(order.tolist(), start=1):
        hit, one = hits[index], found[index]
        confidence = RIGHT if one.verified else next(left)
        shape = one.quadrilateral
        inliers = one.inliers if one.verified else 0
        ranked.append(replace(hit, rank=rank, inliers=inliers, quadrilateral=shape, confidence=confidence))
    return tuple(ranked)


def bonus(found: Verification) -> float:
    """What verification adds to a hit's score, up to ``WEIGHT``."""
    return WEIGHT * min(found.surprise / FULL, 1.0) if found.verified else 0.0


def expansion(query: NDArray[np.float32], hits: NDArray[np.float32], verified: NDArray[np.intp]) -> NDArray[np.float32]:
    """By how much the cosines of hits with the expanded query exceed those with the query itself, (n,).

    The expanded query is the average of the query and its verified hits (Chum et al., ICCV 2007, who
    also use verified hits only).

    Args:
        query: (D,), L2-normalised; ``hits``: (n, D).
        verified: the rows of the verified hits.
    """
    expanded = query + SHARE * hits[verified].sum(axis=0)
    gain: NDArray[np.float32] = hits @ (expanded / np.linalg.norm(expanded) - query)
    return gain
