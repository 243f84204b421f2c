"""fc7 of VGG16 on the windows of MOP-CNN (Gong et al., ECCV 2014), at its three scales.

Weights: ``VGG16_Weights.IMAGENET1K_V1``, since the conversion of the Caffe release has no classifier.  Its preprocessing is
that of torchvision: RGB on 0..1, minus (0.485, 0.456, 0.406), divided by (0.229, 0.224, 0.225).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models import VGG16_Weights, vgg16

from core.backbones.weights import cached_download, read_state
from core.util.errors import UserError
from core.util.progress import Ticket

SIDE, WINDOW, STEP = 256, 224, 32
LENGTH = 4096
BATCH = 25
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Vgg16Fc7Backbone:
    """Rows of fc7 (after its ReLU): the photo, 25 windows of half its side and 49 of a quarter, as a (75, 1, 4096) array.

    Raises:
        UserError: another layer; the weights cannot be downloaded, or are not VGG16's with its classifier.
        Cancelled: by the ticket, while downloading.
    """

    stride, channels, dense = 1, LENGTH, False
    learned: object = None
    receptive_field = 0

    def __init__(self, layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> None:
        if layer != "fc7" or pool:
            raise UserError(f"the backbone 'vgg16-fc7' has no layer '{layer}'", "configuration", "It has: fc7, not pooled.")
        path = weights or cached_download(VGG16_Weights.IMAGENET1K_V1.url, ticket)
        self._device = device.partition("+")[0]  # always single precision: a baseline need not be fast
        self._network = _load(path).to(self._device)

    def grid(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(H_I, W_I, 3) uint8 RGB to (75, 1, 4096); the photo is resized to a square of 256 first, as MOP-CNN does."""
        with torch.inference_mode():
            pixels = torch.tensor(photo, device=self._device).permute(2, 0, 1)[None].float() / 255
            mean, deviation = (torch.tensor(v, device=self._device)[:, None, None] for v in (MEAN, DEVIATION))
            square = _resized((pixels - mean) / deviation, SIDE)
            rows = [self._network(part) for scale in _windows(square) for part in torch.split(scale, BATCH)]
        return np.ascontiguousarray(torch.cat(rows).float().cpu().numpy())[:, None, :]


def _resized(images: Tensor, side: int) -> Tensor:
    return functional.interpolate(images, size=(side, side), mode="bilinear", antialias=True, align_corners=False)


def _windows(square: Tensor) -> list[Tensor]:
    """The windows of each scale, (n, 3, 224, 224), row by row."""
    scales = []
    for side in (SIDE, SIDE // 2, SIDE // 4):
        parts = square.unfold(2, side, STEP).unfold(3, side, STEP)
        parts = parts.permute(0, 2, 3, 1, 4, 5).reshape(-1, 3, side, side)
        scales.append(_resized(parts, WINDOW))
    return scales


def _load(path: Path) -> nn.Sequential:
    """The network up to the ReLU of fc7."""
    with torch.device("meta"):
        network = vgg16()
    try:
        network.load_state_dict({name: value.float() for name, value in read_state(path).items()}, assign=True)
    except RuntimeError as error:
        raise UserError("these are not weights of VGG16 with its classifier", str(path)) from error
    layers = [network.features, network.avgpool, nn.Flatten(), *list(network.classifier)[:5]]
    return nn.Sequential(*layers).eval()
