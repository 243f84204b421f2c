"""The façade's part for pixels: photos, and the small copies of a library where a photo itself cannot be read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from core.library.shared import OpenLibrary
from core.photos import images
from core.photos.kinds import MOST_PIXELS
from core.util.errors import UserError

TOGETHER = 24
"""Thumbnails of a shared library that are read together."""


class Pictures:
    """Safe to share between threads.

    Args:
        opened: the open library, or none.
        photo: reads a photo; see ``Engine.photo``.
    """

    def __init__(self, opened: OpenLibrary, photo: Callable[[Path], images.Rgb]) -> None:
        self._open, self._photo = opened, photo

    def thumbnail(self, path: Path, edge: int) -> images.Rgb:
        """See ``Engine.thumbnail``."""
        if data := self._open.thumbnail(path, edge <= images.THUMBNAIL_EDGE):
            return images.shrink(images.decode_jpeg(data, images.THUMBNAIL_EDGE), edge)
        try:
            return images.read_thumbnail(path, edge)
        except UserError:
            if (copy := self._copy(path)) is None:
                raise
            return images.shrink(copy[0], edge)

    @property
    def together(self) -> int:
        """How many thumbnails it pays to ``expect`` together: several of a shared library, whose server may be far away."""
        with self._open.held() as library:
            return TOGETHER if library is not None and library.host else 1

    def expect(self, paths: Sequence[Path]) -> None:
        """Told of the photos whose thumbnails are asked for next; what fails is told then."""
        with self._open.held() as library, contextlib.suppress(UserError):
            if library is not None:
                library.expect_pictures(paths)

    def photo_or_copy(self, path: Path) -> tuple[images.Rgb, UserError | None]:
        """A photo; if it cannot be read, the small copy of the open shared library in its size, and why.

        Raises:
            UserError: a bad file of which there is no copy.
        """
        try:
            return self._photo(path), None
        except UserError as error:
            copy = self._copy(path)
            if copy is None or min(copy[1]) < 1 or copy[1][0] * copy[1][1] > MOST_PIXELS:
                raise
            return np.asarray(Image.fromarray(copy[0]).resize(copy[1], Image.Resampling.BICUBIC)), error

    def _copy(self, path: Path) -> tuple[images.Rgb, tuple[int, int]] | None:
        """The small copy that the open shared library has of a photo, and that photo's width and height; None: none."""
        with self._open.held() as library:
            known = library.find(path) if library is not None and library.host else []
            data = library.thumbnail(known[0].id) if library is not None and known else b""
            if library is None or not data:
                return None
            size = library.sides(known[0].id)
        return images.decode_jpeg(data, images.THUMBNAIL_EDGE), size
