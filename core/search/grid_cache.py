"""Caches of photos and grids, so that search and inspection of one box share one pass of the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.backbones import Backbone
from core.chain.config import DescriberConfig
from core.chain.describer import Describer
from core.chain.stages import Grid, Mask
from core.geometry import Box
from core.masks.sift import detect_keypoints
from core.photos.disk import state_of
from core.photos.images import Rgb, read_photo
from core.records import MaskStatistics, Query
from core.search.query_region import look
from core.util.caches import Kept

KeypointArrays = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]

KEYPOINTS = 32
"""Number of sets of keypoints cached for a grid, one for each threshold."""

STATISTICS = 64
"""Number of masks whose statistics are cached for a grid."""

VIEWS = 3
"""Number of cached grids: of the box, of the whole photo, and with other settings."""


@dataclass(frozen=True)
class View:
    """A photo, the ``region`` of it that is described, that region resized (``shown``), and its grid."""

    photo: Rgb
    region: Box
    shown: Rgb
    grid: Grid
    _keypoints: Kept[float, KeypointArrays] = field(default_factory=lambda: Kept(KEYPOINTS), repr=False, compare=False)

    _statistics: Kept[bytes, MaskStatistics] = field(default_factory=lambda: Kept(STATISTICS), repr=False, compare=False)

    def statistics(self, name: str, mask: Mask, compute: Callable[[str, Grid, Mask], MaskStatistics]) -> MaskStatistics:
        """The statistics of a mask on this grid, cached, as most thresholds change only one mask."""
        key = name.encode() + np.packbits(mask).tobytes()
        return self._statistics.get(key, lambda: compute(name, self.grid, mask))

    def keypoints(self, contrast: float) -> KeypointArrays:
        """SIFT keypoints of ``shown``, cached; see ``detect_keypoints``."""
        return self._keypoints.get(contrast, lambda: detect_keypoints(self.shown, contrast))


PHOTO_BYTES = 100 << 20
"""Size of the cached photos: the current one, the one before, and the one read ahead; a huge one alone."""


class ViewCache:
    """Photos and grids; safe to share between threads, as what is being computed is waited for."""

    def __init__(self) -> None:
        self._photos: Kept[object, Rgb] = Kept(PHOTO_BYTES, lambda photo: min(photo.nbytes, PHOTO_BYTES))
        self._kept: Kept[object, View] = Kept(VIEWS)

    def photo(self, path: Path) -> Rgb:
        """A decoded photo, read-only.

        Raises:
            UserError: a bad file.
        """

        def read() -> Rgb:
            photo = read_photo(path)
            photo.setflags(write=False)
            return photo

        return self._photos.get(file_state(path), read)

    def view(self, query: Query, config: DescriberConfig, backbone: Backbone) -> View:
        """The grid of a photo or box.

        Raises:
            UserError: a bad file, or a box outside the photo.
        """
        photo = self.photo(query.path)

        def make() -> View:
            seen = look(photo, query.box, config, backbone)
            return View(photo, seen.region, seen.shown, seen.grid)

        key = (file_state(query.path), query.box, config.grid_key(), config.shortest_query_side)
        return self._kept.get(key, make)

    def forget(self) -> None:
        """Clear the caches, as when another collection is opened."""
        self._photos.clear()
        self._kept.clear()

    def other(self, path: Path, describer: Describer) -> View:
        """The grid of a whole photo to compare with the current one; not cached, so that the current one stays.

        Raises:
            UserError: a bad file.
        """
        photo = read_photo(path)
        seen = look(photo, None, describer.config, describer.backbone)
        return View(photo, seen.region, seen.shown, seen.grid)


def file_state(path: Path) -> tuple[Path, int, int]:
    """A key that changes with the file; a missing file raises its error when it is decoded."""
    return path, *state_of(path)
