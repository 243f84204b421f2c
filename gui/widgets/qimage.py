"""numpy arrays to Qt images, safely: always contiguous, with their stride given, and copied before the array can die."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from gui.widgets.text import later


def image_from_rgb(rgb: NDArray[np.uint8]) -> QImage:
    """(H, W, 3) uint8 to an image that owns its pixels."""
    pixels = np.ascontiguousarray(rgb)
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
        raise ValueError(f"expected (H, W, 3) uint8, got {pixels.shape} {pixels.dtype}")
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888).copy()


def pixmap_from_rgb(rgb: NDArray[np.uint8]) -> QPixmap:
    """(H, W, 3) uint8 to a pixmap; on the window's thread only."""
    return QPixmap.fromImage(image_from_rgb(rgb))


def image_from_cells(cells: NDArray[np.bool_], colour: QColor) -> QImage:
    """(H, W) bool to an image of H x W pixels: ``colour`` with its alpha where True, transparent elsewhere."""
    return _image_from_argb(np.where(cells, np.uint32(colour.rgba()), np.uint32(0)))


def image_from_alpha(alpha: NDArray[np.floating], colour: QColor) -> QImage:
    """(H, W) opacities in 0..1 to an image of H x W pixels of one colour."""
    levels = np.rint(np.clip(alpha, 0, 1) * 255).astype(np.uint32)
    return _image_from_argb((levels << np.uint32(24)) | np.uint32(colour.rgb() & 0xFFFFFF))


PALETTES = {"cividis": later("Cividis"), "viridis": later("Viridis"), "magma": later("Magma"), "grey": later("Grey")}
"""Of heat: the first is made for colour-blind eyes."""


def image_from_heat(
    values: NDArray[np.floating], opacity: float, kept: NDArray[np.bool_] | None = None, palette: str = "cividis"
) -> QImage:
    """(H, W) values in 0..1 to an image of H x W pixels in one of ``PALETTES``.

    Where ``kept`` is False the image is transparent.
    """
    red, green, blue = _table(palette)[np.rint(np.clip(values, 0, 1) * 255).astype(int)].transpose(2, 0, 1)
    alpha = np.full(values.shape, round(min(max(opacity, 0.0), 1.0) * 255), dtype=np.uint32)
    if kept is not None:
        alpha[~kept] = 0
    return _image_from_argb((alpha << np.uint32(24)) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue)


@cache
def _table(palette: str) -> NDArray[np.uint32]:
    """(256, 3): the palette."""
    if palette == "grey":
        return np.repeat(np.arange(256, dtype=np.uint32)[:, None], 3, axis=1)
    # Imported here, as the window is on screen sooner without it.
    import pyqtgraph as pg

    table: NDArray[np.uint32] = pg.colormap.get(palette).getLookupTable(nPts=256, alpha=False).astype(np.uint32)
    return table


def _image_from_argb(argb: NDArray[np.unsignedinteger]) -> QImage:
    pixels = np.ascontiguousarray(argb, dtype=np.uint32)
    height, width = pixels.shape
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_ARGB32).copy()
