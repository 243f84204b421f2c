"""What crosses the border between the engine and its callers: frozen records of numpy arrays, paths and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box, clipped_polygon

RANKINGS = ("hamming", "cosine", "rerank", "expanded", "windows", "cells", "verified")
"""Ways to rank: the codes alone; the descriptors alone; the descriptors on a shortlist made with the codes; the codes of
windows; a shortlist by windows and descriptors ordered by matching cells; and that with the hits first whose keypoints
agree with the query's in geometry."""

JOINS = ("mean", "best")
"""How the scores of several wanted examples are joined."""

STAR = "*"
"""The mark of a starred photo; every other mark is a tag."""

MASK_NAMES = ("none", "sift", "sum", "max")


EXPORT_KINDS = ("png", "svg", "pdf", "masks-png", "masks-npy", "csv")
"""What is exported of a photo: figures; masks, one white pixel a kept cell, or boolean arrays; one table of all photos."""

LOW_COVARIANCE = 0.15
"""Two features count as nearly uncorrelated when their dot product lies within this of 0 (Fig. 3b)."""

BINS = 100
"""Bins of a covariance histogram, over [-1, 1]."""

BIN_EDGES: NDArray[np.float64] = np.linspace(-1.0, 1.0, BINS + 1)


@dataclass(frozen=True)
class PhotoRecord:
    """One photo of a collection or library.

    ``id`` is the library's number for it, -1 when it is only scanned.  ``state`` is ``"new"`` (scanned, not yet indexed),
    ``"indexed"``, ``"skipped"``, or ``"missing"`` (its file is gone); ``reason`` says why it was skipped.  ``width`` and
    ``height`` are pixels after the EXIF turn, 0 while unknown; ``taken`` is when, ``YYYY-MM-DD HH:MM:SS``, empty while
    unknown.  ``marks`` are what a person marked it with: ``STAR`` and tags.
    """

    path: Path
    id: int = -1
    width: int = 0
    height: int = 0
    state: str = "new"
    reason: str = ""
    taken: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """Another photo, or a box on one, that belongs to a query: ``good`` when it is wanted too, else what is not wanted."""

    path: Path
    box: Box | None = None
    good: bool = True


@dataclass(frozen=True)
class Query:
    """What is looked for: a photo file, and the box on it (None: the whole photo).

    ``cells`` are the ``(row, column)`` of the grid's cells that a person painted as those to search with; None: the mask's.
    ``more`` are further examples; the wanted ones are joined ``how``: one of ``JOINS``, see ``core.search.multi_query``.
    """

    path: Path
    box: Box | None = None
    cells: frozenset[tuple[int, int]] | None = None
    more: tuple[Example, ...] = ()
    how: str = "mean"

    def parts(self) -> tuple[tuple[Query, bool], ...]:
        """Every example as a query of its own, this one first, and whether it is wanted.

        What is not wanted of a photo that is wanted is cut out of the wanted boxes too, so it stays with them.
        """
        whole = (Example(self.path, self.box), *self.more)
        parts = []
        for place, example in enumerate(whole):
            against = tuple(e for e in self.more if not e.good and e.path == example.path and e.box is not None)
            cells = self.cells if place == 0 else None
            parts.append((Query(example.path, example.box, cells, against if example.good else ()), example.good))
        return tuple(parts)


@dataclass(frozen=True)
class SavedQuery:
    """A query that a library keeps under a name, with the way it was ranked, and the filter that was on."""

    name: str
    query: Query
    ranking: str
    only: str = ""


@dataclass(frozen=True)
class LensSettings:
    """What may be changed to see what it does; None or the default is the paper's, or the library's, value.

    ``longest_side`` and ``pool`` decide another grid; the others only masks on the same one.
    """

    sum_percentile: float = 50.0
    sift_contrast: float = 4.0
    sift_dilation: int = 1
    ignore_dead_channels: bool = False
    longest_side: int | None = None
    pool: bool | None = None


@dataclass(frozen=True)
class Hit:
    """One row of a ranking.

    ``rank`` counts from 1.  ``score`` is the cosine of the descriptors; for ``hamming`` and ``windows`` the share of equal
    bits; for ``cells`` and ``verified`` what ``core.search.ranking.searcher`` makes of cosine and cells, at most 1.
    ``distance`` is the number of different bits of the photos' codes.  ``place`` is where the matching cells lie on the
    photo.  For ``verified``: ``inliers`` is the number of keypoints that agree (0: not verified), ``quadrilateral`` where
    the query's corners lie on the photo, in its pixels.  ``like`` is the id of the first photo of the ranking that this one
    is a near-duplicate of: its own when it is none.  ``confidence`` is the share of hits like this one that are right,
    measured elsewhere (``core.search.confidence``); None: not measured for this ranking.
    """

    rank: int
    photo: PhotoRecord
    score: float
    distance: int
    inliers: int = 0
    quadrilateral: tuple[tuple[float, float], ...] | None = None
    place: Box | None = None
    like: int = -1
    confidence: float | None = None

    @property
    def corners(self) -> tuple[tuple[float, float], ...] | None:
        """Where the query is seen on the photo: verified, or else from the matching cells; None: unknown.

        Of a verified one the part within the photo, so that there may be more or fewer corners than four.
        """
        if self.quadrilateral is not None and self.photo.width:
            return clipped_polygon(self.quadrilateral, Box(0, 0, self.photo.width, self.photo.height)) or None
        if self.quadrilateral is not None:
            return self.quadrilateral
        return self.place.corners if self.place is not None else None


@dataclass(frozen=True)
class Ranking:
    """The ordered hits of one query.

    ``ranking`` is one of ``RANKINGS``; ``cells`` tells how many cells the query kept; ``apart`` how many photos are left
    out because a person told them apart from the query (``core.search.rejections``).
    """

    query: Query
    hits: tuple[Hit, ...]
    ranking: str
    preset: str
    seconds: float
    cells: int
    apart: int = 0

    def hit_of(self, path: Path) -> Hit | None:
        """The hit that is a photo; None when it is none."""
        return next((hit for hit in self.hits if hit.photo.path == path), None)

    @property
    def likely(self) -> int | None:
        """The rank of the last hit that is more likely right than wrong, 0 when none is; None: unknown."""
        told = [hit for hit in self.hits if hit.confidence is not None]
        return max((hit.rank for hit in told if (hit.confidence or 0) >= 0.5), default=0) if told else None


@dataclass(frozen=True)
class Stability:
    """How many of ``boxes`` near the query's box find each of its first hits too: ``stays``, by photo id."""

    query: Query
    stays: dict[int, int]
    boxes: int


@dataclass(frozen=True)
class PipelineInfo:
    """A preset, or settings that might become one.

    ``values`` are the settings of ``core.chain.config.DescriberConfig``; ``fitted`` tells whether it can be used at once,
    ``note`` what to know before.
    """

    name: str
    values: dict[str, Any]
    dimensions: int
    bits: int
    descriptor_bytes: int
    code_bytes: int
    fitted: bool
    note: str = ""


@dataclass(frozen=True)
class Keypoints:
    """SIFT keypoints in image pixels, 0-based: ``xy`` (N, 2), ``size`` (N,) diameters, ``angle`` (N,) degrees."""

    xy: NDArray[np.float32]
    size: NDArray[np.float32]
    angle: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.xy)


@dataclass(frozen=True)
class MaskStatistics:
    """One mask of one photo, and what it does to the covariances of the features it keeps (Fig. 2).

    Attributes:
        cells: (H, W) bool, True where the feature is kept.
        histogram: (100,) share of feature pairs in each bin of [-1, 1]; zeros with fewer than two features.
        low_covariance_fraction: share of pairs with |dot| <= 0.15 (Fig. 3b); None with fewer than two features.
    """

    name: str
    cells: NDArray[np.bool_]
    histogram: NDArray[np.float64]
    low_covariance_fraction: float | None

    @property
    def kept(self) -> int:
        """Number of kept cells."""
        return int(self.cells.sum())

    @property
    def kept_fraction(self) -> float:
        """Kept cells over all cells."""
        return self.kept / self.cells.size


@dataclass(frozen=True)
class CellMaps:
    """What is known of each cell of a grid.

    Attributes:
        sums: Σ, (H, W) float32, the sum over the channels.
        threshold: of the SUM mask.
        winners: (H, W) uint16, the number of channels whose maximum lies on the cell.
        peaks: (K, 2) int16, row and column of each channel's maximum.
        dead: (K,) bool, channels that are zero everywhere; the MAX mask puts them on the top left cell.
        receptive_field: the side in image pixels of the square, around a cell's middle, that the cell's feature depends on.
    """

    sums: NDArray[np.float32]
    threshold: float
    winners: NDArray[np.uint16]
    peaks: NDArray[np.int16]
    dead: NDArray[np.bool_]
    receptive_field: float


@dataclass(frozen=True)
class MaskSummary:
    """Fig. 3 of one mask over a collection: means and the half widths of their 95 % intervals.

    ``low_covariance`` is the share of feature pairs with |dot| <= 0.15; photos with fewer than two features are left out.
    """

    mask: str
    photos: int
    kept: float
    kept_error: float
    low_covariance: float
    low_covariance_error: float
    histogram: NDArray[np.float64]


@dataclass(frozen=True)
class PhotoMasks:
    """A photo in a survey: by mask the share of cells that are kept, and of nearly uncorrelated pairs (None: too few)."""

    path: Path
    kept: dict[str, float]
    low_covariance: dict[str, float | None]


@dataclass(frozen=True)
class Survey:
    """Fig. 3 of a collection, or of a sample of it, with the photos it was measured on.

    ``total`` is the number of photos of the collection; ``summaries`` has one for each of ``MASK_NAMES``.
    """

    total: int
    summaries: dict[str, MaskSummary]
    photos: tuple[PhotoMasks, ...]
    skipped: tuple[Skipped, ...]
    cells: float


@dataclass(frozen=True)
class Inspection:
    """Everything Fig. 2 shows of one photo, or of a box on it.

    Attributes:
        region: the part of the photo that was described, in image pixels (the whole photo when ``query.box`` is None).
        grid_shape: ``(H, W, K)``.
        cell_size: ``(height, width)`` of one cell in image pixels; cell (r, c) begins at
            ``(region.x0 + c * width, region.y0 + r * height)``.
        masks: a ``MaskStatistics`` for each of ``MASK_NAMES``.
        keypoints: in image pixels of the whole photo.
    """

    query: Query
    region: Box
    grid_shape: tuple[int, int, int]
    cell_size: tuple[float, float]
    masks: dict[str, MaskStatistics]
    keypoints: Keypoints
    preset: str
    seconds: float
    maps: CellMaps | None = None
    settings: LensSettings = field(default_factory=LensSettings)


@dataclass(frozen=True)
class Skipped:
    """A photo that could not be used, and the reason, a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True)
class IndexReport:
    """What an indexing run did.

    ``passing`` of the skipped photos could only not be read now, and are tried again by the next run.
    """

    library: Path
    indexed: int
    unchanged: int
    removed: int
    skipped: tuple[Skipped, ...]
    seconds: float
    passing: int = 0


@dataclass(frozen=True)
class LibraryInfo:
    """What a library holds.  ``bytes_per_photo`` is the file's size over the number of indexed photos.

    ``fingerprint`` is that of the settings, ``fit`` that of what was learned with them.

    ``agreed`` is False for a library that was not made on this computer, or names folders that this person has not agreed
    to: it is only read, and none of its photos is opened, until ``FolderService.agree``.
    """

    path: Path
    preset: str
    fingerprint: str
    roots: tuple[Path, ...]
    photos: int
    skipped: tuple[Skipped, ...]
    bits: int
    dimensions: int
    bytes_per_photo: int
    config: dict[str, object] = field(default_factory=dict)
    windows: str = "none"
    fit: str = ""
    agreed: bool = True

    @property
    def mask(self) -> str:
        """The mask that its descriptors were made with, of those that can be shown."""
        mask = str(self.config.get("mask", "max"))
        return mask if mask in MASK_NAMES else "max"
