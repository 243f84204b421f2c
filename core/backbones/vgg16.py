"""VGG16 (configuration D), the paper's backbone, from torchvision.

Weights: ``VGG16_Weights.IMAGENET1K_FEATURES``, the conversion of the original Caffe release.  torchvision documents its
preprocessing as RGB on 0..1 minus (0.48235, 0.45882, 0.40784), divided by 1/255: that is 0..255 minus (123, 117, 104).
The authors subtract one scalar, the mean of those over the channels, 114.80 (ALGORITHMS section 1); so does this.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torchvision.models import VGG16_Weights, vgg16

from core.backbones.runner import GridRunner
from core.backbones.weights import cached_download, read_state
from core.errors import UserError
from core.progress import Ticket

MEAN = (123.68 + 116.779 + 103.939) / 3

# Index of the ReLU after each layer in torchvision's ``features``, and the stride there.
LAYERS = {
    "conv4_1": (18, 8), "conv4_2": (20, 8), "conv4_3": (22, 8),
    "conv5_1": (25, 16), "conv5_2": (27, 16), "conv5_3": (29, 16),
}  # fmt: skip
CHANNELS = 512


class Vgg16Backbone(GridRunner):
    """VGG16 cut after the ReLU of ``layer``; with ``pool``, ``conv5_3`` is the paper's pool5.

    Raises:
        UserError: no such layer; the weights cannot be downloaded, or are not VGG16's.
        Cancelled: by the ticket, while downloading.
    """

    def __init__(self, layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> None:
        if layer not in LAYERS:
            raise UserError(
                f"the backbone 'vgg16' has no layer '{layer}'", "configuration", f"It has: {', '.join(LAYERS)}."
            )
        last, stride = LAYERS[layer]
        path = weights or cached_download(VGG16_Weights.IMAGENET1K_FEATURES.url, ticket)
        super().__init__(_load(path)[: last + 1], _normalised, stride, CHANNELS, pool, device)


def _normalised(pixels: Tensor) -> Tensor:
    """RGB on 0..255 minus the scalar mean."""
    return pixels - MEAN


def _load(path: Path) -> nn.Sequential:
    """torchvision's ``features`` with the weights of a local file; the classifier is neither built nor read."""
    with torch.device("meta"):
        features = vgg16().features
    assert isinstance(features, nn.Sequential)
    state = {k.removeprefix("features."): v.float() for k, v in read_state(path).items() if k.startswith("features.")}
    try:
        features.load_state_dict(state, assign=True)
    except RuntimeError as error:
        raise UserError("these are not weights of VGG16", str(path)) from error
    return features
