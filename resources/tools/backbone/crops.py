"""Two views of each photo of a batch, with the homographies between them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset

from core.photos.images import Rgb

BORDER = 16
"""Pixels around what the student sees, so that the teachers' padding stays outside of it."""
LEVELS = 3

Homography = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Rows 2i and 2i + 1 are views of one photo.

    Attributes:
        pixels: (N, side, side, 3) uint8; side includes the border on both sides.
        homographies: (N / 2, 3, 3) from pixels of the first view to pixels of the second, border included.
    """

    pixels: Tensor
    homographies: Tensor


class PairedViews(IterableDataset[Pairs]):
    """Endless batches of views: part, perspective, rotation, light, colour, blur, noise, compression.

    Args:
        photos: RGB photos.
        weights: how often each is taken.
        batch: views of a batch, twice the photos.
        seed: of the one random generator.
        start: batches that were already taken, for going on after a break (other views than without one).
    """

    def __init__(
        self, photos: Sequence[Rgb], weights: Sequence[float], batch: int, seed: int, side: int, start: int
    ) -> None:
        self.pyramids = [_pyramid(photo) for photo in photos]
        self.shares = np.asarray(weights) / np.sum(weights)
        self.batch, self.seed, self.start = batch, seed, start
        self.side = torch.tensor(side + 2 * BORDER).share_memory_()

    def __iter__(self) -> Iterator[Pairs]:
        rng = np.random.default_rng([self.seed, self.start])
        while True:
            side = int(self.side)
            chosen = rng.choice(len(self.pyramids), self.batch // 2, p=self.shares)
            views = []
            for index in chosen:
                mirrored = rng.random() < 0.5
                views += [_view(self.pyramids[index], side, mirrored, rng) for _ in range(2)]
            maps = [homography for _, homography in views]
            between = [second @ np.linalg.inv(first) for first, second in zip(maps[::2], maps[1::2], strict=True)]
            pixels = np.stack([picture for picture, _ in views])
            yield Pairs(torch.from_numpy(pixels), torch.from_numpy(np.stack(between)).float())


def _pyramid(photo: Rgb) -> list[Rgb]:
    levels = [photo]
    while len(levels) < LEVELS:
        height, width = levels[-1].shape[:2]
        levels.append(cv2.resize(levels[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA))  # type: ignore[arg-type]
    return levels


def _view(levels: list[Rgb], side: int, mirrored: bool, rng: np.random.Generator) -> tuple[Rgb, Homography]:
    """A square view and the homography from the photo's pixels to its own."""
    height, width = levels[0].shape[:2]
    corners = _corners(height, width, rng)
    if mirrored:
        corners = corners[[1, 0, 3, 2]]
    extent = math.sqrt(abs(cv2.contourArea(corners.astype(np.float32))))
    # The coarsest level that is not enlarged: a shrunken fine one would alias.
    level = next((k for k in range(LEVELS - 1, 0, -1) if extent / 2**k > side), 0)
    scale = np.array([levels[level].shape[1] / width, levels[level].shape[0] / height])
    target = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32) - 0.5
    source = (corners + 0.5) * scale - 0.5
    picture = cv2.warpPerspective(
        levels[level],
        cv2.getPerspectiveTransform(source.astype(np.float32), target),
        (side, side),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT_101,
    )
    return _relit(picture, rng), cv2.getPerspectiveTransform(corners.astype(np.float32), target)  # type: ignore[arg-type]


def _corners(height: int, width: int, rng: np.random.Generator) -> Homography:
    """(4, 2): a part of 15 to 100 % of the area, half of them turned, half of them tilted."""
    area, aspect = rng.uniform(0.15, 1.0) * height * width, math.exp(rng.uniform(-0.29, 0.29))
    w, h = min(math.sqrt(area * aspect), width), min(math.sqrt(area / aspect), height)
    x, y = rng.uniform(0, width - w), rng.uniform(0, height - h)
    corners = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
    if rng.random() < 0.5:
        angle, centre = math.radians(rng.uniform(-20, 20)), corners.mean(0)
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        corners = (corners - centre) @ turn.T + centre
    if rng.random() < 0.5:
        corners = corners + rng.uniform(-0.14, 0.14, (4, 2)) * (w, h)
    return corners


def _relit(picture: Rgb, rng: np.random.Generator) -> Rgb:
    """Other light and colours, and what cameras and the web do to a picture."""
    if rng.random() < 0.85:
        tones = np.arange(256) / 255
        gain, gamma = math.exp(rng.uniform(-0.4, 0.4)), math.exp(rng.uniform(-0.4, 0.4))
        curves = [
            np.clip((tones**gamma - 0.5) * gain * math.exp(rng.uniform(-0.1, 0.1)) + 0.5 + rng.uniform(-0.1, 0.1), 0, 1)
            for _ in range(3)
        ]
        picture = cv2.LUT(picture, (np.stack(curves, -1)[None] * 255).astype(np.uint8))  # type: ignore[assignment]
    if rng.random() < 0.5:
        saturation = 0.0 if rng.random() < 0.1 else rng.uniform(0.4, 1.5)
        grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        picture = cv2.addWeighted(picture, saturation, grey, 1 - saturation, 0)  # type: ignore[assignment]
    chance = rng.random()
    if chance < 0.15:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.5, 2.0))  # type: ignore[assignment]
    elif chance < 0.25:
        noise = rng.normal(0, rng.uniform(2, 10), picture.shape)
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    elif chance < 0.4:
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))])
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR)  # type: ignore[assignment]
    return picture
