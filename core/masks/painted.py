"""Sets of cells that the user painted, and the files they are stored in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.util.errors import UserError

MAX_BYTES = 1 << 24
"""Largest file that is read; a mask of cells is far smaller."""


def cells_of(mask: NDArray[np.bool_]) -> frozenset[tuple[int, int]]:
    """The ``(row, column)`` of the cells that ``mask``, (H, W), keeps."""
    rows, columns = np.nonzero(mask)
    return frozenset(zip(rows.tolist(), columns.tolist(), strict=True))


def mask_of(cells: Iterable[tuple[int, int]], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """The mask, (H, W), that keeps ``cells``; cells outside the grid are ignored."""
    mask = np.zeros(shape[:2], dtype=bool)
    for row, column in cells:
        if 0 <= row < shape[0] and 0 <= column < shape[1]:
            mask[row, column] = True
    return mask


def cut_out(mask: NDArray[np.bool_], region: Box, unwanted: Iterable[Box]) -> NDArray[np.bool_]:
    """The mask, (H, W), without the cells whose centres lie in an unwanted box.

    Args:
        region: the part of the photo that the grid covers; in image pixels, like the boxes.

    Raises:
        UserError: no kept cell is left.
    """
    rows, columns = np.indices(mask.shape) + 0.5
    x, y = region.x0 + columns * region.width / mask.shape[1], region.y0 + rows * region.height / mask.shape[0]
    left = mask.copy()
    for box in unwanted:
        left &= ~((box.x0 <= x) & (x < box.x1) & (box.y0 <= y) & (y < box.y1))
    if mask.any() and not left.any():
        raise UserError("what is not wanted covers all that is wanted", hint="Make its box smaller, or remove it.")
    return left


def read_cells(path: Path) -> frozenset[tuple[int, int]]:
    """The cells of an exported mask, a .npy file of (H, W) booleans; no code in the file can run.

    Raises:
        UserError: the file is missing, too large, or not a mask.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError("this is too large for a mask of cells", str(path))
        mask = np.load(path, allow_pickle=False)
    except OSError as error:
        raise UserError(f"the cells cannot be read ({error.strerror})", str(path)) from error
    except (ValueError, EOFError) as error:
        raise UserError("this is not a mask of cells", str(path), "Give a .npy file that was exported.") from error
    if not isinstance(mask, np.ndarray) or mask.ndim != 2 or mask.dtype != np.bool_:
        raise UserError("this is not a mask of cells", str(path), "It holds (H, W) booleans.")
    return cells_of(mask)
