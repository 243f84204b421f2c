"""RootSIFT instead of a network: the SIFT rows of Table VIII, and a preset that needs no weights.

There is no grid: a photo gives one row of 128 numbers per keypoint, as an (N, 1, 128) array, so that the rest of the chain
runs on it unchanged.  A configuration with it takes no mask.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photos.images import grey_of
from core.util.errors import UserError

KEYPOINTS = 2000
"""Number of keypoints of a photo that are described, the strongest."""

LENGTH = 128


class SiftBackbone:
    """OpenCV's SIFT detector and descriptor with their usual thresholds; RootSIFT as Arandjelović and Zisserman, CVPR 2012.

    Raises:
        UserError: a layer other than ``rootsift``, or an appended pool.
    """

    stride, channels, dense = 1, LENGTH, False
    learned: object = None
    receptive_field = 0

    def __init__(self, layer: str, pool: bool) -> None:
        if layer != "rootsift" or pool:
            raise UserError(f"the backbone 'sift' has no layer '{layer}'", "configuration", "It has: rootsift, not pooled.")

    def grid(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(H_I, W_I, 3) uint8 RGB to (N, 1, 128): the square roots of the L1-normalised descriptors."""
        detector = cv2.SIFT_create(nfeatures=KEYPOINTS)  # type: ignore[attr-defined]
        points = detector.detect(grey_of(photo), None)
        # Sorted, so that the result does not depend on the detector's threads; ties may exceed the limit.
        points = sorted(points, key=lambda p: (-p.response, p.pt, p.size, p.angle))[:KEYPOINTS]
        if not points:
            return np.zeros((0, 1, LENGTH), dtype=np.float32)
        _, rows = detector.compute(grey_of(photo), points)
        sums = np.maximum(rows.sum(axis=1, keepdims=True), 1e-12)
        return np.asarray(np.sqrt(rows / sums), dtype=np.float32)[:, None, :]
