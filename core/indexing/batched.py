"""Describe photos of one shape together: network, masks and chain on the network's device."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.backbones.runner import GridRunner
from core.chain.batched import BatchedChain
from core.chain.describer import DescribedPhoto, Describer, Shown
from core.chain.stages import SelectiveStages
from core.chain.subwindows import subwindow_count, subwindows
from core.masks.batched import max_masks, sum_masks
from core.masks.sift import sift_mask


def batched(describer: Describer, layout: str) -> Batched:
    """The batched chain of a describer; ``supported`` must be true for it, and its backbone must be a network."""
    backbone, stages = describer.backbone, describer.stages
    assert isinstance(backbone, GridRunner)
    assert isinstance(stages, SelectiveStages)
    return Batched(describer, backbone, BatchedChain(stages, backbone.device), layout)


class Batched:
    """``Describer.describe_shown`` for several photos, on the network's device; see ``core.chain.batched``."""

    def __init__(self, describer: Describer, backbone: GridRunner, chain: BatchedChain, layout: str) -> None:
        self._config, self._backbone, self._chain, self._layout = describer.config, backbone, chain, layout

    @torch.inference_mode()
    def __call__(self, photos: Sequence[Shown]) -> list[DescribedPhoto]:
        """Describe photos of one shape."""
        grids = self._backbone.tensor([shown.pixels for shown in photos])
        return self.described(grids, photos)

    def described(self, grids: Tensor, photos: Sequence[Shown]) -> list[DescribedPhoto]:
        """Describe photos whose grids, (B, H, W, K) on the device, are computed already."""
        whole = self._masks(grids, photos)
        shape = (grids.shape[1], grids.shape[2])
        masks = torch.stack(
            [whole, *(self._window(grids, whole, *window) for window in subwindows(shape, self._layout))], 1
        )
        descriptions, codes = self._chain.encode(grids, masks)
        rows = codes if subwindow_count(self._layout) else [None] * len(photos)
        return [DescribedPhoto(description, shape, row) for description, row in zip(descriptions, rows, strict=True)]

    def _masks(self, grids: Tensor, photos: Sequence[Shown]) -> Tensor:
        """The masks, (B, H, W); keypoints were found on the CPU, see ``Shown``."""
        if self._config.mask != "sift":
            return self._learnt(grids)
        shape, dilation = (grids.shape[1], grids.shape[2]), self._config.sift_dilation
        made = [sift_mask(_points(shown), shown.pixels.shape[:2], shape, dilation) for shown in photos]
        return torch.from_numpy(np.stack(made)).to(grids.device)

    def _window(self, grids: Tensor, whole: Tensor, row0: int, row1: int, column0: int, column1: int) -> Tensor:
        """The cells that a window keeps, (B, H, W), as in ``Describer.parts``."""
        mask = torch.zeros_like(whole)
        window = (slice(None), slice(row0, row1), slice(column0, column1))
        mask[window] = whole[window] if self._config.mask == "sift" else self._learnt(grids[window])
        return mask

    def _learnt(self, grids: Tensor) -> Tensor:
        """Masks that depend only on the grids."""
        if self._config.mask == "max":
            return max_masks(grids, self._config.ignore_dead_channels)
        if self._config.mask == "sum":
            return sum_masks(grids, self._config.sum_percentile)
        return torch.ones(grids.shape[:3], dtype=torch.bool, device=grids.device)


def _points(shown: Shown) -> NDArray[np.float64]:
    assert shown.points is not None, "photo_shown finds them for this mask"
    return shown.points
