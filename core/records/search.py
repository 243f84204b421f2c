"""A query, and the ranking of hits that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.geometry import Box, clipped_polygon
from core.records.library import PhotoRecord

RANKINGS = ("hamming", "cosine", "rerank", "expanded", "windows", "cells", "verified")
"""What each ranks by.  ``hamming``: codes; ``cosine``: descriptors; ``rerank``: descriptors, on a shortlist by codes;
``expanded``: as ``rerank``, with averaged descriptors; ``windows``: codes of windows; ``cells``: matching cells, on a
shortlist by windows and descriptors; ``verified``: as ``cells``, with hits first whose keypoints agree in geometry."""

JOINS = ("mean", "best")
"""How the scores of several wanted examples are joined."""


@dataclass(frozen=True)
class Example:
    """A further photo, or a box on one, of a query: ``good`` if hits should look like it, else they should not."""

    path: Path
    box: Box | None = None
    good: bool = True


@dataclass(frozen=True)
class Query:
    """What is searched for: a photo file, and the box on it (None: the whole photo).

    ``cells`` are the ``(row, column)`` of the cells that the user painted to search with; None: those of the mask.
    ``more`` are further examples.  ``how``, one of ``JOINS``, says how the scores of the wanted ones are joined
    (``core.search.multi_query``).
    """

    path: Path
    box: Box | None = None
    cells: frozenset[tuple[int, int]] | None = None
    more: tuple[Example, ...] = ()
    how: str = "mean"

    def parts(self) -> tuple[tuple[Query, bool], ...]:
        """Each example as a separate query, and whether it is wanted; this query's own photo comes first.

        A wanted query keeps the unwanted boxes on its photo as ``more``, as they are cut out of its box.
        """
        whole = (Example(self.path, self.box), *self.more)
        parts = []
        for index, example in enumerate(whole):
            against = tuple(e for e in self.more if not e.good and e.path == example.path and e.box is not None)
            cells = self.cells if index == 0 else None
            parts.append((Query(example.path, example.box, cells, against if example.good else ()), example.good))
        return tuple(parts)


@dataclass(frozen=True)
class SavedQuery:
    """A query stored in a library under a name, with its ranking and its filter."""

    name: str
    query: Query
    ranking: str
    only: str = ""


@dataclass(frozen=True)
class Hit:
    """One row of a ranking.

    ``rank`` counts from 1.  ``score`` is the cosine of the descriptors; for ``hamming`` and ``windows`` the share of equal
    bits; for ``cells`` and ``verified`` it combines cosine and cells (``core.search.ranking.searcher``), at most 1.
    ``distance`` is the number of different bits of the photos' codes.  ``matched_box`` is where the query lies on the photo
    by its matching cells.  For ``verified``: ``inliers`` is the number of keypoints that agree (0: not verified),
    ``quadrilateral`` where the query's corners lie on the photo, in its pixels.  ``like`` is the id of the first photo of
    the ranking that is a near-duplicate of this one; its own id if there is none.  ``confidence`` is the share of similar
    hits that were right, measured on other photos (``core.search.confidence``); None: not measured for this ranking.
    """

    rank: int
    photo: PhotoRecord
    score: float
    distance: int
    inliers: int = 0
    quadrilateral: tuple[tuple[float, float], ...] | None = None
    matched_box: Box | None = None
    like: int = -1
    confidence: float | None = None

    @property
    def verified(self) -> bool:
        """Whether geometry confirms it: it stands under *Verified*, the others under *Similar*.

        Verified ones come first, and within each the confidence falls.
        """
        return self.inliers > 0

    @property
    def corners(self) -> tuple[tuple[float, float], ...] | None:
        """The outline of the query on the photo, from the verified geometry or else the matching cells; None: unknown.

        A verified outline is clipped to the photo, so it may have more or fewer than four corners.
        """
        if self.quadrilateral is not None and self.photo.width:
            return clipped_polygon(self.quadrilateral, Box(0, 0, self.photo.width, self.photo.height)) or None
        if self.quadrilateral is not None:
            return self.quadrilateral
        return self.matched_box.corners if self.matched_box is not None else None


@dataclass(frozen=True)
class Ranking:
    """The ordered hits of one query.

    ``ranking`` is one of ``RANKINGS``.  ``cells`` is the number of cells that the query kept.  ``rejected`` is the number
    of photos left out because the user rejected them for this query (``core.search.rejections``).
    """

    query: Query
    hits: tuple[Hit, ...]
    ranking: str
    preset: str
    seconds: float
    cells: int
    rejected: int = 0

    def hit_of(self, path: Path) -> Hit | None:
        """The hit of a photo, or None."""
        return next((hit for hit in self.hits if hit.photo.path == path), None)

    @property
    def likely(self) -> int | None:
        """The rank of the last hit with a confidence of at least 0.5, 0 if there is none; None: unknown."""
        measured = [hit for hit in self.hits if hit.confidence is not None]
        return max((hit.rank for hit in measured if (hit.confidence or 0) >= 0.5), default=0) if measured else None


@dataclass(frozen=True)
class Stability:
    """How stable the first hits are when the box moves: ``stays`` maps each photo id to how many of ``boxes`` near the
    query's box find it too."""

    query: Query
    stays: dict[int, int]
    boxes: int
