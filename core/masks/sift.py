"""SIFT mask: the cells on which SIFT keypoints fall (paper III-B, equation (1))."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photos.images import grey_of

OCTAVE_LAYERS = 3


def detect_keypoints(
    photo: NDArray[np.uint8], contrast: float = 4.0, edge: float = 10.0
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """SIFT keypoints of an RGB photo.

    The authors use VLFeat (PeakThresh 4 on 0..255, EdgeThresh 10, FirstOctave 0, 3 levels).  OpenCV's detector is similar.
    It divides the contrast threshold by the number of levels, works on 0..1, and doubles the photo's size first, so the
    masks are similar but not equal (ALGORITHMS section 2).

    Args:
        photo: (H, W, 3) uint8 RGB, already resized.
        contrast: VLFeat's peak threshold.

    Returns:
        ``xy`` (N, 2) 0-based pixels, ``size`` (N,) diameters in pixels, ``angle`` (N,) degrees; sorted, so that the result
        does not depend on the detector's threads.
    """
    detector = cv2.SIFT_create(  # type: ignore[attr-defined]
        nOctaveLayers=OCTAVE_LAYERS, contrastThreshold=contrast * OCTAVE_LAYERS / 255, edgeThreshold=edge
    )
    rows = [(*point.pt, point.size, point.angle) for point in detector.detect(grey_of(photo), None)]
    table = np.array(sorted(rows), dtype=np.float64).reshape(-1, 4)
    return table[:, :2], table[:, 2], table[:, 3]


def sift_mask(
    xy: NDArray[np.float64], photo_shape: tuple[int, int], grid_shape: tuple[int, int], dilation: int = 1
) -> NDArray[np.bool_]:
    """Mark the cells of the keypoints:  x' = round(x W / W_I),  y' = round(y H / H_I), and the block around each.

    The paper's equation marks one cell.  The authors' code and the published figures mark 3x3 cells, clipped to the grid
    (ALGORITHMS section 11, 6), so ``dilation`` is 1 by default.  If there are no keypoints, the authors' mask is empty and
    the photo has no features; here the mask keeps every cell.

    Args:
        xy: (N, 2) keypoints, 0-based pixels of the resized photo.
        photo_shape: ``(H_I, W_I)`` of the resized photo.
        grid_shape: ``(H, W)``.
        dilation: radius of the marked block in cells; 0 is the paper's equation, with coordinate 0 clipped into the grid.

    Returns:
        (H, W) bool.
    """
    if len(xy) == 0:
        return np.ones(grid_shape, dtype=bool)
    (height, width), (rows, columns) = photo_shape, grid_shape
    # 1-based as in the authors' code; rounding half away from zero, as MATLAB does.
    centre_x = np.floor((xy[:, 0] + 1) * columns / width + 0.5).astype(int)
    centre_y = np.floor((xy[:, 1] + 1) * rows / height + 0.5).astype(int)
    if dilation == 0:
        centre_x, centre_y = np.maximum(centre_x, 1), np.maximum(centre_y, 1)
    return _mark_blocks(centre_y - 1, centre_x - 1, grid_shape, dilation)


def _mark_blocks(
    row: NDArray[np.intp], column: NDArray[np.intp], grid_shape: tuple[int, int], radius: int
) -> NDArray[np.bool_]:
    """Mark the square of ``radius`` around each 0-based centre; centres may lie one cell outside the grid."""
    padded = np.zeros((grid_shape[0] + 2 * radius + 2, grid_shape[1] + 2 * radius + 2), dtype=bool)
    for dy in range(2 * radius + 1):
        for dx in range(2 * radius + 1):
            padded[row + dy + 1, column + dx + 1] = True
    return padded[radius + 1 : radius + 1 + grid_shape[0], radius + 1 : radius + 1 + grid_shape[1]]
