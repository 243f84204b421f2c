"""Keypoints of a photo or box for verification: position, size, direction, and a short RootSIFT descriptor.

SIFT (Lowe, IJCV 2004) with the square roots of L1-normalised descriptors (Arandjelović and Zisserman, CVPR 2012).  The
contrast threshold is half of OpenCV's, so that dark and faint objects have keypoints too.  If there are too many keypoints,
the strongest of each neighbourhood are kept, so that one busy corner does not take them all.  Descriptors are reduced to
their first principal components (``resources/tools/fit_keypoints.py``), which hold 95 % of the variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from core.geometry import Box
from core.photos.images import Rgb, crop, grey_of, resize_by
from core.util.resources import MODELS

LONGEST = 640
"""Longest side in pixels at which photos are compared; SIFT then doubles it."""

LARGEST_ZOOM = 2.0
"""Largest factor by which small photos and boxes are enlarged."""

KEPT = 1000
"""Largest number of keypoints of a photo or box."""

CHOSEN_FROM = 1300
"""Largest number of the strongest keypoints of which those to keep are chosen.  Of 541 pairs that show the same thing, and
1,000 that do not, as many are verified as with 2,000 (299 and 295; none wrong), in 0.83 of the time."""

CONTRAST = 0.02

SPREAD, SHARE = 8, 0.5
"""The photo is divided into ``SPREAD`` by ``SPREAD`` fields; their strongest keypoints get this share, in turn."""

UNIT = 256.0
"""Factor between the reduced descriptor and the stored numbers."""

LENGTH = 64


@dataclass(frozen=True, eq=False)
class Points:
    """Keypoints of a photo or box.

    Attributes:
        xy: (N, 2) float32, in pixels of the photo; ``size``: (N,) float32 diameters, also in pixels; ``angle``: (N,)
            float32 directions in radians, clockwise as the y axis points down.
        descriptors: (N, 64) int8, ``UNIT`` times the reduced descriptors.
        region: the part of the photo, in its pixels; ``scale``: the factor by which it was resized for detection.
    """

    xy: NDArray[np.float32]
    size: NDArray[np.float32]
    angle: NDArray[np.float32]
    descriptors: NDArray[np.int8]
    region: Box
    scale: float

    def __len__(self) -> int:
        return len(self.xy)

    def taken(self, rows: NDArray[np.intp] | NDArray[np.bool_], region: Box) -> Points:
        """A subset of the keypoints, as those of ``region``."""
        parts = (self.xy[rows], self.size[rows], self.angle[rows], self.descriptors[rows])
        return Points(*parts, region, self.scale)


def find_points(photo: Rgb, box: Box | None = None) -> Points:
    """Keypoints of a photo, (H, W, 3) uint8, or of a box on it.

    Raises:
        UserError: the box lies outside the photo.
    """
    # Imported here so that the window starts without it.
    import cv2

    height, width = photo.shape[:2]
    region = box.clipped(width, height) if box is not None else Box(0, 0, width, height)
    part = crop(photo, box) if box is not None else photo
    scale = scale_of(part.shape[1], part.shape[0])
    detector = cv2.SIFT_create(nfeatures=CHOSEN_FROM, contrastThreshold=CONTRAST)  # type: ignore[attr-defined]
    found, rows = detector.detectAndCompute(grey_of(resize_by(part, scale)), None)
    if not found:
        return no_points(region, scale)
    numbers = np.array([(*point.pt, point.size, point.angle, point.response) for point in found], dtype=np.float32)
    kept = strongest(numbers[:, :2] * (1 / scale / max(region.width, 1), 1 / scale / max(region.height, 1)), numbers[:, 4])
    numbers = numbers[kept]
    xy = (numbers[:, :2] / scale + (region.x0, region.y0)).astype(np.float32)
    return Points(xy, numbers[:, 2] / np.float32(scale), np.radians(numbers[:, 3]), quantised(rows[kept]), region, scale)


def within(points: Points, box: Box) -> Points:
    """The keypoints in a box on the photo."""
    x, y = points.xy.T
    inside = (x >= box.x0) & (x < box.x1) & (y >= box.y0) & (y < box.y1)
    return points.taken(inside, box.clipped(points.region.x1, points.region.y1))


def scale_of(width: float, height: float) -> float:
    """The resize factor of a region with these sides in pixels."""
    return float(min(LONGEST / max(width, height), LARGEST_ZOOM))


def no_points(region: Box, scale: float = 1.0) -> Points:
    """The empty keypoints of a region without structure."""
    none = np.zeros(0, np.float32)
    return Points(np.zeros((0, 2), np.float32), none, none, np.zeros((0, LENGTH), np.int8), region, scale)


def quantised(rows: NDArray[np.float32]) -> NDArray[np.int8]:
    """SIFT rows (N, 128) as stored, (N, 64)."""
    known = _fitted()
    return np.asarray(np.clip(np.rint(UNIT * (rooted(rows) - known["mean"]) @ known["basis"]), -127, 127), dtype=np.int8)


def rooted(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """RootSIFT of SIFT descriptors, (N, 128)."""
    return np.asarray(np.sqrt(rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-12)), dtype=np.float32)


def packing() -> tuple[NDArray[np.intp], float]:
    """How rows are kept in fewer bytes: the bits of each number, (64,), and the width of their steps in ``UNIT``."""
    known = _fitted()
    return known["bits"].astype(np.intp), float(known["step"][0])


@cache
def _fitted() -> dict[str, NDArray[np.float32]]:
    """Mean (128,) and principal components (128, 64) of RootSIFT rows, and ``packing``."""
    return {name: values.astype(np.float32) for name, values in load_file(MODELS / "keypoints.safetensors").items()}


def strongest(positions: NDArray[np.floating], responses: NDArray[np.floating], kept: int = KEPT) -> NDArray[np.intp]:
    """Indices of the keypoints to keep: ``SHARE`` of them in turn from each field, then the rest by strength.

    So the first few represent all keypoints when fewer are compared.

    Args:
        positions: (N, 2), 0 to 1 over the region.
        responses: (N,).
    """
    fields = np.clip((positions * SPREAD).astype(np.intp), 0, SPREAD - 1) @ (1, SPREAD)
    order = np.argsort(-responses, kind="stable")
    turn = np.empty(len(order), dtype=np.intp)
    by_field = order[np.argsort(fields[order], kind="stable")]
    counts = np.bincount(fields, minlength=SPREAD**2)
    turn[by_field] = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    fair = order[np.argsort(turn[order], kind="stable")][: int(SHARE * min(kept, len(order)))]
    rest = order[~np.isin(order, fair)][: kept - len(fair)]
    return np.concatenate([fair, rest])
