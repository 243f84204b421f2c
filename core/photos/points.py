"""Keypoints of a photo or box as verification compares them: place, size, direction, and a quantised RootSIFT row.

SIFT (Lowe, IJCV 2004) with the square roots of L1-normalised rows (Arandjelović and Zisserman, CVPR 2012).  The contrast that a
keypoint must have is half of OpenCV's, so that dark and faint things have some too; and of more keypoints than are kept those
stay that are the strongest of their neighbourhood, so that one busy corner does not take them all.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.photos.images import Rgb, crop, grey_of, resize_by

LONGEST = 640
"""Longest side in pixels at which photos are compared; SIFT doubles it once more."""

LARGEST_ZOOM = 2.0
"""Small photos and boxes are enlarged by so much at most."""

KEPT = 1000
"""Keypoints that are kept of a photo or box."""

CONTRAST = 0.02

SPREAD, SHARE = 8, 0.5
"""The photo is parted in so many by so many fields; this share of the keypoints goes to the strongest of the fields in turn."""

UNIT = 512.0
"""A stored number is so many times that of the RootSIFT row, at most 255."""

LENGTH = 128


@dataclass(frozen=True, eq=False)
class Points:
    """Keypoints of a photo or box.

    Attributes:
        xy: (N, 2) float32, in pixels of the photo; ``size``: (N,) float32 their diameters, also in pixels; ``angle``: (N,)
            float32 their directions in radians, clockwise as the y axis points down.
        descriptors: (N, 128) uint8, ``UNIT`` times the RootSIFT rows.
        region: what they are of, in pixels of the photo; ``scale``: by how much it was resized to find them.
    """

    xy: NDArray[np.float32]
    size: NDArray[np.float32]
    angle: NDArray[np.float32]
    descriptors: NDArray[np.uint8]
    region: Box
    scale: float

    def __len__(self) -> int:
        return len(self.xy)

    def taken(self, rows: NDArray[np.intp] | NDArray[np.bool_], region: Box | None = None) -> Points:
        """Some of them, as those of a region."""
        parts = (self.xy[rows], self.size[rows], self.angle[rows], self.descriptors[rows])
        return Points(*parts, region or self.region, self.scale)


def find_points(photo: Rgb, box: Box | None = None) -> Points:
    """Keypoints of a photo, (H, W, 3) uint8, or of a box on it.

    Raises:
        UserError: the box lies outside the photo.
    """
    height, width = photo.shape[:2]
    region = box.clipped(width, height) if box is not None else Box(0, 0, width, height)
    part = crop(photo, box) if box is not None else photo
    scale = scale_of(part.shape[1], part.shape[0])
    detector = cv2.SIFT_create(nfeatures=2 * KEPT, contrastThreshold=CONTRAST)  # type: ignore[attr-defined]
    found, rows = detector.detectAndCompute(grey_of(resize_by(part, scale)), None)
    if not found:
        return no_points(region, scale)
    numbers = np.array([(*point.pt, point.size, point.angle, point.response) for point in found], dtype=np.float32)
    kept = strongest(numbers[:, :2] * (1 / scale / max(region.width, 1), 1 / scale / max(region.height, 1)), numbers[:, 4])
    numbers = numbers[kept]
    xy = (numbers[:, :2] / scale + (region.x0, region.y0)).astype(np.float32)
    return Points(xy, numbers[:, 2] / np.float32(scale), np.radians(numbers[:, 3]), quantised(rows[kept]), region, scale)


def scale_of(width: float, height: float) -> float:
    """By how much a region of these sides in pixels is resized."""
    return float(min(LONGEST / max(width, height), LARGEST_ZOOM))


def no_points(region: Box, scale: float = 1.0) -> Points:
    """Of what has no structure."""
    none = np.zeros(0, np.float32)
    return Points(np.zeros((0, 2), np.float32), none, none, np.zeros((0, LENGTH), np.uint8), region, scale)


def quantised(rows: NDArray[np.float32]) -> NDArray[np.uint8]:
    """SIFT rows (N, 128) as stored RootSIFT."""
    roots = np.sqrt(rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-12))
    return np.asarray(np.minimum(np.rint(UNIT * roots), 255), dtype=np.uint8)


def strongest(places: NDArray[np.floating], responses: NDArray[np.floating], kept: int = KEPT) -> NDArray[np.intp]:
    """Rows of the keypoints to keep, ascending: ``SHARE`` of them by turns over the fields, the rest by strength.

    Args:
        places: (N, 2), 0 to 1 over the region.
        responses: (N,).
    """
    if len(places) <= kept:
        return np.arange(len(places))
    fields = np.clip((places * SPREAD).astype(np.intp), 0, SPREAD - 1) @ (1, SPREAD)
    order = np.argsort(-responses, kind="stable")
    turn = np.empty(len(order), dtype=np.intp)
    by_field = order[np.argsort(fields[order], kind="stable")]
    counts = np.bincount(fields, minlength=SPREAD**2)
    turn[by_field] = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    fair = order[np.argsort(turn[order], kind="stable")][: int(SHARE * kept)]
    rest = order[~np.isin(order, fair)][: kept - len(fair)]
    return np.sort(np.concatenate([fair, rest]))
