"""Moments whose products are computed and summed on a CUDA device, also in float64."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.backbones import Backbone
from core.backbones.runner import GridRunner
from core.reduction.moments import Moments


class DeviceMoments(Moments):
    """As ``Moments``, but the sum of products stays on the device until it is needed."""

    def __init__(self, device: str) -> None:
        super().__init__()
        self._device = device
        self._there: Tensor | None = None

    def _multiply(self, values: NDArray[np.float64]) -> None:
        rows = torch.from_numpy(values).to(self._device)
        if self._there is None:
            self._there = torch.zeros((rows.shape[1],) * 2, dtype=torch.float64, device=self._device)
        self._there.addmm_(rows.mT, rows)

    def _multiplied(self) -> NDArray[np.float64]:
        assert self._there is not None
        return self._there.cpu().numpy()


def moments_for(backbone: Backbone) -> Moments:
    """Moments on the network's device if it supports float64 (MPS does not), else in numpy."""
    device = backbone.device if isinstance(backbone, GridRunner) else "cpu"
    return DeviceMoments(device) if device.startswith("cuda") else Moments()
