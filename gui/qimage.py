"""numpy arrays to Qt images, safely."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage


def image_from_rgb(rgb: NDArray[np.uint8]) -> QImage:
    """(H, W, 3) uint8 to an image that owns its pixels, since the array may die first."""
    pixels = np.ascontiguousarray(rgb)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888).copy()


def image_from_cells(cells: NDArray[np.bool_], colour: QColor) -> QImage:
    """(H, W) bool to an image of H x W pixels: ``colour`` where True, transparent elsewhere."""
    pixels = np.where(cells, np.uint32(colour.rgba()), np.uint32(0))
    pixels = np.ascontiguousarray(pixels, dtype=np.uint32)
    height, width = pixels.shape
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_ARGB32).copy()
