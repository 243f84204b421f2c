"""The whole chain, fitted: a photo, or a box on it, to its descriptor and code.  The only place that composes the families.

    photo -> resize or crop -> backbone -> grid -> mask -> PCA, L2 -> embedding, L2 -> aggregation, L2
          -> rotation, truncation -> power law, L2 -> descriptor -> hashing -> code

The order is the authors' code's (ALGORITHMS section 0); where the paper differs see section 11 there and the stages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.aggregation.democratic import democratic_weights
from core.aggregation.sum import sum_weights
from core.backbones import Backbone
from core.config import DescriberConfig
from core.embeddings.temb import TEmbedding
from core.errors import UserError
from core.geometry import Box
from core.hashing.bits import pack
from core.hashing.itq import Itq
from core.images import Rgb, crop, resize_by
from core.masks import kept_positions, select
from core.masks.max import max_mask
from core.masks.sift import detect_keypoints, sift_mask
from core.masks.sum import sum_mask
from core.reduction.moments import l2_normalise
from core.reduction.pca import Pca
from core.reduction.power import power_law
from core.reduction.rotation import Rotation

Grid = NDArray[np.float32]
Mask = NDArray[np.bool_]

WEIGHTS: dict[str, Callable[[NDArray[np.floating]], NDArray[np.floating]]] = {
    "sum": sum_weights,
    "democratic": democratic_weights,
}


@dataclass(frozen=True)
class Description:
    """What is known of one photo or box.

    Attributes:
        descriptor: (D,) float32, L2-normalised; zeros when no cell was kept.
        code: (L / 8,) uint8.
        positions: (n, 2) row and column of the kept cells.
        features: (n, d) float32, their reduced local features, rows L2-normalised.
    """

    descriptor: NDArray[np.float32]
    code: NDArray[np.uint8]
    positions: NDArray[np.intp]
    features: NDArray[np.float32]


@dataclass(frozen=True)
class Stages:
    """The fitted stages of a chain."""

    pca: Pca
    embedding: TEmbedding
    rotation: Rotation
    hashing: Itq


def prepare(photo: Rgb, box: Box | None, config: DescriberConfig, stride: int) -> Rgb:
    """What the network is shown: the photo, or the crop of ``box``, resized with the ratio of the whole photo.

    The crop is cut from the original and resized with the full photo's ratio (ALGORITHMS section 1); when its shorter side
    then falls below ``config.shortest_query_side`` it is enlarged to that.  A side shorter than one cell is continued with
    its border pixels, so that every photo has at least one cell.

    Raises:
        UserError: the box lies outside the photo.
    """
    ratio = config.longest_side / max(photo.shape[:2])
    if box is not None:
        photo = crop(photo, box)
        ratio = max(ratio, config.shortest_query_side / min(photo.shape[:2]))
        ratio = min(ratio, config.longest_side / max(photo.shape[:2]))
    shown = resize_by(photo, ratio)
    missing = [max(0, stride - side) for side in shown.shape[:2]]
    return np.pad(shown, ((0, missing[0]), (0, missing[1]), (0, 0)), mode="edge") if any(missing) else shown


def make_mask(config: DescriberConfig, grid: Grid, shown: Rgb) -> Mask:
    """The configured mask of a grid; ``shown`` is the resized photo that the grid was computed from."""
    if config.mask == "max":
        return max_mask(grid, config.ignore_dead_channels)
    if config.mask == "sum":
        return sum_mask(grid, config.sum_percentile)
    if config.mask == "sift":
        points, _, _ = detect_keypoints(shown, config.sift_contrast)
        return sift_mask(points, shown.shape[:2], grid.shape[:2], config.sift_dilation)
    return np.ones(grid.shape[:2], dtype=bool)


def aggregate(embedded: NDArray[np.floating], aggregation: str) -> NDArray[np.floating]:
    """(n, D) embedded features to one L2-normalised vector (D,); zeros when n is 0."""
    return l2_normalise(WEIGHTS[aggregation](embedded) @ embedded)


class Describer:
    """A configuration with its fitted stages and the network.

    Safe to share between threads: describing changes nothing.
    """

    def __init__(self, config: DescriberConfig, stages: Stages, backbone: Backbone) -> None:
        self.config, self.stages, self.backbone = config, stages, backbone

    def describe(self, photo: Rgb, box: Box | None = None) -> Description:
        """The description of a photo, or of a box on it.

        Raises:
            UserError: the box lies outside the photo.
        """
        shown = prepare(photo, box, self.config, self.backbone.stride)
        grid = self.backbone.grid(shown)
        return self.encode(grid, make_mask(self.config, grid, shown))

    def encode(self, grid: Grid, mask: Mask) -> Description:
        """The description of the cells of ``grid`` that ``mask`` keeps."""
        features = self.stages.pca.transform(select(grid, mask))
        # A feature without length says nothing, and would spoil the aggregation.
        alive = features.any(axis=1)
        features, positions = features[alive], kept_positions(mask)[alive]
        vector = aggregate(self.stages.embedding.transform(features), self.config.aggregation)
        descriptor = self.finish(vector)
        return Description(descriptor, pack(self.stages.hashing.transform(descriptor)), positions, features)

    def finish(self, vectors: NDArray[np.floating]) -> NDArray[np.float32]:
        """Rotation, truncation and power law of aggregated vectors, (..., D) to (..., D - t)."""
        if not vectors.any():  # no cell was kept: the rotation's mean must not stand in for a photo
            return np.zeros((*vectors.shape[:-1], self.config.dimensions), dtype=np.float32)
        return power_law(self.stages.rotation.transform(vectors), self.config.power).astype(np.float32)


def check_backbone(config: DescriberConfig, backbone: Backbone, stages: Stages) -> None:
    """Refuse stages that were fitted on another network.

    Raises:
        UserError: the channels differ.
    """
    fitted = len(stages.pca.mean_)
    if fitted != backbone.channels:
        raise UserError(
            f"the describer was fitted on {fitted} channels, the backbone '{config.backbone}' has {backbone.channels}"
        )
