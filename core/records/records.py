"""The data that the engine exchanges with its callers: frozen records of numpy arrays, paths and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box, clipped_polygon

RANKINGS = ("hamming", "cosine", "rerank", "expanded", "windows", "cells", "verified")
"""What each ranks by.  ``hamming``: codes; ``cosine``: descriptors; ``rerank``: descriptors, on a shortlist by codes;
``expanded``: as ``rerank``, with averaged descriptors; ``windows``: codes of windows; ``cells``: matching cells, on a
shortlist by windows and descriptors; ``verified``: as ``cells``, with hits first whose keypoints agree in geometry."""

JOINS = ("mean", "best")
"""How the scores of several wanted examples are joined."""

STAR = "*"
"""The mark of a starred photo; every other mark is a tag."""

MASK_NAMES = ("none", "sift", "sum", "max")


EXPORT_KINDS = ("png", "svg", "pdf", "masks-png", "masks-npy", "csv")
"""Exports of a photo: the figure; its masks as images (a white pixel for each kept cell) or boolean arrays.  ``csv`` is one
table of all photos."""

LAYER_COLOURS = {"keypoints": "#F0E442", "sift": "#56B4E9", "sum": "#E69F00", "max": "#009E73"}
"""Of masks and keypoints, in the window and in figures: Okabe and Ito's, which the colour-blind tell apart."""

LOW_COVARIANCE = 0.15
"""Two features are nearly uncorrelated if the absolute value of their dot product is at most this (Fig. 3b)."""

BINS = 100
"""Bins of a covariance histogram, over [-1, 1]."""

BIN_EDGES: NDArray[np.float64] = np.linspace(-1.0, 1.0, BINS + 1)


@dataclass(frozen=True)
class PhotoRecord:
    """One photo of a collection or library.

    ``id`` is its number in the library, -1 if it is only scanned.  ``state`` is ``"new"`` (scanned, not yet indexed),
    ``"indexed"``, ``"skipped"``, or ``"missing"`` (its file is gone); ``reason`` says why it was skipped.  ``width`` and
    ``height`` are pixels after the EXIF turn, 0 if unknown.  ``taken`` is the time it was taken, ``YYYY-MM-DD HH:MM:SS``,
    empty if unknown.  ``marks`` are the user's marks: ``STAR`` and tags.
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
class LensSettings:
    """Settings that the user may change to see their effect; None or the default is the value of the paper or the library.

    ``longest_side`` and ``pool`` change the grid; the others change only the masks.
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
    bits; for ``cells`` and ``verified`` it combines cosine and cells (``core.search.ranking.searcher``), at most 1.
    ``distance`` is the number of different bits of the photos' codes.  ``place`` is where the matching cells lie on the
    photo.  For ``verified``: ``inliers`` is the number of keypoints that agree (0: not verified), ``quadrilateral`` where
    the query's corners lie on the photo, in its pixels.  ``like`` is the id of the first photo of the ranking that is a
    near-duplicate of this one; its own id if there is none.  ``confidence`` is the share of similar hits that
    were right, measured on other photos (``core.search.confidence``); None: not measured for this ranking.
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
        return self.place.corners if self.place is not None else None


@dataclass(frozen=True)
class Ranking:
    """The ordered hits of one query.

    ``ranking`` is one of ``RANKINGS``.  ``cells`` is the number of cells that the query kept.  ``apart`` is the number of
    photos left out because the user rejected them for this query (``core.search.rejections``).
    """

    query: Query
    hits: tuple[Hit, ...]
    ranking: str
    preset: str
    seconds: float
    cells: int
    apart: int = 0

    def hit_of(self, path: Path) -> Hit | None:
        """The hit of a photo, or None."""
        return next((hit for hit in self.hits if hit.photo.path == path), None)

    @property
    def likely(self) -> int | None:
        """The rank of the last hit with a confidence of at least 0.5, 0 if there is none; None: unknown."""
        told = [hit for hit in self.hits if hit.confidence is not None]
        return max((hit.rank for hit in told if (hit.confidence or 0) >= 0.5), default=0) if told else None


@dataclass(frozen=True)
class Stability:
    """How stable the first hits are when the box moves: ``stays`` maps each photo id to how many of ``boxes`` near the
    query's box find it too."""

    query: Query
    stays: dict[int, int]
    boxes: int


@dataclass(frozen=True)
class PipelineInfo:
    """A preset, or settings that may become one.

    ``values`` are the settings of ``core.chain.config.DescriberConfig``; ``fitted``: ready for use; ``note``: what to know.
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
    """One mask of one photo, and the covariances of the features that it keeps (Fig. 2).

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
    """Properties of each cell of a grid.

    Attributes:
        sums: Σ, (H, W) float32, the sum over the channels.
        threshold: of the SUM mask.
        winners: (H, W) uint16, the number of channels whose maximum lies on the cell.
        peaks: (K, 2) int16, row and column of each channel's maximum.
        dead: (K,) bool, channels that are zero everywhere; their maximum counts as the top left cell.
        receptive_field: side in image pixels of the square around a cell's centre that the cell's feature depends on.
    """

    sums: NDArray[np.float32]
    threshold: float
    winners: NDArray[np.uint16]
    peaks: NDArray[np.int16]
    dead: NDArray[np.bool_]
    receptive_field: float


@dataclass(frozen=True)
class MaskSummary:
    """Fig. 3 for one mask over a collection: means and the half widths of their 95 % confidence intervals.

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
    """One photo of a survey: for each mask the share of kept cells, and of nearly uncorrelated pairs (None: no pairs)."""

    path: Path
    kept: dict[str, float]
    low_covariance: dict[str, float | None]


@dataclass(frozen=True)
class Survey:
    """Fig. 3 for a collection or a sample of it, with the photos it was measured on.

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
        region: the part of the photo that was described, in image pixels (the whole photo if ``query.box`` is None).
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

    ``passing`` is the number of skipped photos with a temporary failure; the next run tries them again.
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
    """A summary of a library.  ``bytes_per_photo`` is the file's size divided by the number of indexed photos,
    ``fingerprint`` identifies the settings, ``fit`` the fitted stages, ``host`` is the server of a shared library.

    ``agreed`` is False if the library was not made on this computer, or names folders that the user has not agreed to.
    Until ``FolderService.agree`` such a library is read-only, and none of its photos is opened.
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
    host: str = ""

    @property
    def mask(self) -> str:
        """The mask that its descriptors were made with; ``"max"`` if it is none of ``MASK_NAMES``."""
        mask = str(self.config.get("mask", "max"))
        return mask if mask in MASK_NAMES else "max"
