"""Put the hits that geometry verifies first, and with their help those that resemble them: the ranking ``verified``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.photos.disk import state_of
from core.photos.images import read_photo
from core.records import Hit, Ranking
from core.search.confidence import MOST
from core.search.verification import NOTHING, Points, Verification, find_points, verify
from core.util.caches import Kept
from core.util.errors import UserError
from core.util.progress import Ticket

WEIGHT, FULL = 0.5, 20.0
"""What full verification adds to a score, and the surprise at which it is full."""

EXPANSION, SHARE = 0.4, 0.7
"""What the expanded query's cosine adds beyond the query's own, and a verified hit's weight in it."""

Descriptors = Callable[[Sequence[int]], NDArray[np.float32]]
"""From photo ids to their descriptors, (n, D)."""


class Verifier:
    """Keeps the keypoints of the photos it has seen last, as a box is often asked for again a little larger.

    Safe to share between threads.
    """

    def __init__(self, limit: int = 200) -> None:
        self._kept: Kept[tuple[Path, tuple[int, int], Box | None], Points] = Kept(limit)

    def verified(
        self,
        ranking: Ranking,
        descriptor: NDArray[np.float32],
        descriptors: Descriptors,
        ticket: Ticket,
        depth: int,
    ) -> Ranking:
        """The ranking's hits by score, to which verification of the first ``depth`` adds, and likeness to the verified.

        A hit is compared with every example that is wanted, and the clearest comparison counts.  A photo that cannot be
        read any more keeps its score.  ``seconds`` stays the time of the first answer.

        Args:
            descriptor: the query's, (D,).

        Raises:
            UserError: a photo of the query cannot be read.
            Cancelled: by the ticket.
        """
        hits = ranking.hits
        queries = [self._points(part.path, part.box) for part, wanted in ranking.query.parts() if wanted]
        gained = np.zeros(len(hits))
        marked = list(hits)
        for place, hit in enumerate(ticket.each(hits[:depth], min(len(hits), depth), "verifying")):
            found = self._verified(queries, hit.photo.path)
            gained[place] = bonus(found)
            marked[place] = _marked(hit, found)
        verified = np.flatnonzero(gained)
        if len(verified):
            gained += EXPANSION * expansion(descriptor, descriptors([hit.photo.id for hit in hits]), verified)
        order = np.argsort([-hit.score - gain for hit, gain in zip(hits, gained, strict=True)], kind="stable")
        ranked = tuple(replace(marked[place], rank=rank) for rank, place in enumerate(order.tolist(), start=1))
        return replace(ranking, hits=ranked, ranking="verified")

    def _verified(self, queries: Sequence[Points], path: Path) -> Verification:
        try:
            points = self._points(path)
        except (UserError, OSError):
            return NOTHING
        return max((verify(query, points) for query in queries), key=lambda found: found.surprise)

    def _points(self, path: Path, box: Box | None = None) -> Points:
        """The keypoints of a photo or a box on it; those of the last photos are kept."""
        key = path, state_of(path), box
        return self._kept.get(key, lambda: find_points(read_photo(path), box))


def _marked(hit: Hit, found: Verification) -> Hit:
    if not found.verified:
        return replace(hit, inliers=0, quadrilateral=None)
    sure = None if hit.confidence is None else MOST
    return replace(hit, inliers=found.inliers, quadrilateral=found.quadrilateral, confidence=sure)


def bonus(found: Verification) -> float:
    """What verification adds to a score, up to ``WEIGHT``."""
    return WEIGHT * min(found.surprise / FULL, 1.0) if found.verified else 0.0


def expansion(query: NDArray[np.float32], hits: NDArray[np.float32], verified: NDArray[np.intp]) -> NDArray[np.float32]:
    """By how much the cosines of hits with the expanded query exceed those with the query itself, (n,).

    The expanded query is the average of the query and its verified hits (Chum et al., ICCV 2007: only what geometry
    confirms may speak for the query).

    Args:
        query: (D,), L2-normalised; ``hits``: (n, D).
        verified: the rows of the verified hits.
    """
    expanded = query + SHARE * hits[verified].sum(axis=0)
    gain: NDArray[np.float32] = hits @ (expanded / np.linalg.norm(expanded) - query)
    return gain
