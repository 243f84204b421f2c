"""Self-made views of photos: what another photo of the same thing might look like, for validation without test sets."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.photos.images import Rgb


@dataclass(frozen=True)
class View:
    """A picture taken of a part of a photo, and the homography from the photo's pixels to the view's."""

    picture: Rgb
    homography: NDArray[np.float64]


def random_view(photo: Rgb, rng: np.random.Generator, smallest: float = 0.45) -> View:
    """A perspective view of a random part of a photo, with other light, colour, blur and noise.

    Args:
        photo: (H, W, 3) uint8.
        rng: the random source.
        smallest: the part's side is at least this share of the photo's.
    """
    height, width = photo.shape[:2]
    share = rng.uniform(smallest, 1.0)
    w, h = share * width, share * height * rng.uniform(0.85, 1.15)
    h = min(h, height)
    x, y = rng.uniform(0, width - w), rng.uniform(0, height - h)
    corners = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
    corners += rng.uniform(-0.12, 0.12, (4, 2)) * (w, h)
    corners = np.clip(corners, 0, (width - 1, height - 1))
    size = (int(w), int(h))
    target = np.array([[0, 0], [size[0], 0], size, [0, size[1]]])
    homography = cv2.getPerspectiveTransform(corners.astype(np.float32), target.astype(np.float32))
    picture = cv2.warpPerspective(photo, homography, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT)
    return View(_relit(picture, rng), homography)


def paste_into(scene: Rgb, picture: Rgb, rng: np.random.Generator, share: float) -> tuple[Rgb, Box]:
    """The scene with a picture pasted over ``share`` of its longest side, and where it lies."""
    scale = share * max(scene.shape[:2]) / max(picture.shape[:2])
    width = min(int(picture.shape[1] * scale), scene.shape[1])
    height = min(int(picture.shape[0] * scale), scene.shape[0])
    x, y = rng.integers(0, scene.shape[1] - width + 1), rng.integers(0, scene.shape[0] - height + 1)
    result = scene.copy()
    result[y : y + height, x : x + width] = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return result, Box(float(x), float(y), float(x + width), float(y + height))


def _relit(picture: Rgb, rng: np.random.Generator) -> Rgb:
    """Other exposure, contrast and white balance, a little blur, noise and JPEG."""
    values = picture.astype(np.float32) / 255
    values = values ** rng.uniform(0.7, 1.4) * rng.uniform(0.75, 1.2) * rng.uniform(0.9, 1.1, 3)
    values = cv2.GaussianBlur(values, (0, 0), rng.uniform(0.3, 1.3)) + rng.normal(0, rng.uniform(0, 0.03), values.shape)
    relit = np.clip(values * 255, 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", relit[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 95))])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[:, :, ::-1])
