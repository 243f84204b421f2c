"""Put the hits that geometry verifies first: the ranking ``verified``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.errors import UserError
from core.images import Rgb, read_photo
from core.progress import Ticket
from core.records import Hit, Ranking
from core.search.verification import NOTHING, Points, Verification, find_points, verify

WEIGHT, FULL = 0.5, 40.0
"""What full verification adds to a score, and the surprise at which it is full."""


class Verifier:
    """Keeps the keypoints of the photos it has seen last, as a box is often asked for again a little larger."""

    def __init__(self, limit: int = 200) -> None:
        self._limit, self._kept = limit, dict[tuple[Path, float], Points]()

    def verified(self, ranking: Ranking, photo: Rgb, ticket: Ticket, depth: int) -> Ranking:
        """The ranking's hits by their score, to which verification of the first ``depth`` adds.

        A photo that cannot be read any more keeps its score.  ``seconds`` stays the time of the first answer.

        Args:
            photo: the query's, decoded.

        Raises:
            Cancelled: by the ticket.
        """
        query, hits = find_points(photo, ranking.query.box), ranking.hits
        judged = []
        for place, hit in enumerate(ticket.each(hits[:depth], min(len(hits), depth), "verifying")):
            found = self._verified(query, hit.photo.path)
            judged.append((-total(hit.score, found), place, _marked(hit, found)))
        ordered = [hit for _, _, hit in sorted(judged, key=lambda row: row[:2])] + list(hits[depth:])
        ranked = tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1))
        return replace(ranking, hits=ranked, ranking="verified")

    def _verified(self, query: Points, path: Path) -> Verification:
        try:
            key = path, path.stat().st_mtime
            if key not in self._kept:
                while len(self._kept) >= self._limit:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = find_points(read_photo(path))
            return verify(query, self._kept[key])
        except (UserError, OSError):
            return NOTHING


def total(score: float, found: Verification) -> float:
    """The descriptor's score, and up to ``WEIGHT`` more for a verified hit."""
    return score + (WEIGHT * min(found.surprise / FULL, 1.0) if found.verified else 0.0)


def _marked(hit: Hit, found: Verification) -> Hit:
    return replace(hit, inliers=found.inliers if found.verified else 0, quadrilateral=found.quadrilateral)
