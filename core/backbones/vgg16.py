"""VGG16 (configuration D), the paper's backbone, from torchvision.

Weights: ``VGG16_Weights.IMAGENET1K_FEATURES``, the conversion of the original Caffe release.  torchvision documents its
preprocessing as RGB on 0..1 minus (0.48235, 0.45882, 0.40784), divided by 1/255: that is 0..255 minus (123, 117, 104).
The authors subtract one scalar, 114.80, the mean over these channels (ALGORITHMS section 1); so does this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torchvision.models import VGG16_Weights, vgg16

from core.backbones.runner import GridRunner
from core.backbones.weights import cached_download, read_state
from core.util.errors import UserError
from core.util.progress import Ticket

MEAN = (123.68 + 116.779 + 103.939) / 3

# Index of the ReLU after each layer in torchvision's ``features``, and the stride there.
LAYERS = {
    "conv4_1": (18, 8), "conv4_2": (20, 8), "conv4_3": (22, 8),
    "conv5_1": (25, 16), "conv5_2": (27, 16), "conv5_3": (29, 16),
}  # fmt: skip
CHANNELS = 512

FIELDS = {18: 60, 20: 76, 22: 92, 25: 132, 27: 164, 28: 196, 29: 196}
"""Receptive field after a layer, by its index in ``features``: 3x3 kernels, five blocks, a 2x2 pool between two."""


class Vgg16Backbone(GridRunner):
    """VGG16 cut after the ReLU of ``layer``; with ``pool``, ``conv5_3`` is the paper's pool5.

    Several layers joined by ``+`` make a hyper-column (Table VI): each is pooled and their channels are concatenated.

    Raises:
        UserError: no such layer; the weights cannot be downloaded, or are not VGG16's.
        Cancelled: by the ticket, while downloading.
    """

    def __init__(self, layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> None:
        ends, stride = layer_ends(layer)
        path = weights or cached_download(VGG16_Weights.IMAGENET1K_FEATURES.url, ticket)
        state = {k.removeprefix("features."): v.float() for k, v in read_state(path).items() if k.startswith("features.")}
        network = Columns(build_features(state, str(path)), ends)
        super().__init__(
            network, _normalised, stride, CHANNELS * len(ends), pool, device, receptive_field=FIELDS[max(ends)]
        )


class Columns(nn.Module):
    """Outputs of several layers in one pass, with concatenated channels in the order given.

    Args:
        features: torchvision's ``features``.
        ends: index of each layer whose output is wanted.
    """

    def __init__(self, features: nn.Sequential, ends: Sequence[int]) -> None:
        super().__init__()
        self.features, self._ends = features[: max(ends) + 1], list(ends)

    def forward(self, images: Tensor) -> Tensor:
        """(N, 3, H, W) to (N, 512 n, H', W')."""
        outputs: dict[int, Tensor] = {}
        for index, layer in enumerate(self.features):
            # torchvision's ReLUs are in-place, and would change a stored output.
            images = torch.relu(images) if isinstance(layer, nn.ReLU) else layer(images)
            if index in self._ends:
                outputs[index] = images
        return torch.cat([outputs[end] for end in self._ends], dim=1)


def layer_ends(layer: str) -> tuple[list[int], int]:
    """Indices in torchvision's ``features`` of the layers named in ``conv5_3+conv5_2``, and their stride.

    Raises:
        UserError: an unknown layer, one twice, or layers of different strides.
    """
    names = layer.split("+")
    for name in names:
        if name not in LAYERS:
            raise UserError(f"the backbone 'vgg16' has no layer '{name}'", "configuration", f"It has: {', '.join(LAYERS)}.")
    if len({LAYERS[name][1] for name in names}) > 1 or len(set(names)) < len(names):
        raise UserError(f"the layers {layer} cannot be joined", "configuration", "Join different layers of one size.")
    return [LAYERS[name][0] for name in names], LAYERS[names[0]][1]


def build_features(state: dict[str, Tensor], where: str) -> nn.Sequential:
    """torchvision's ``features`` with given weights, by names such as ``0.weight``, without the classifier.

    Raises:
        UserError: the weights are not VGG16's.
    """
    with torch.device("meta"):
        features = vgg16().features
    assert isinstance(features, nn.Sequential)
    try:
        features.load_state_dict(state, assign=True)
    except RuntimeError as error:
        raise UserError("these are not weights of VGG16", where) from error
    return features


def _normalised(pixels: Tensor) -> Tensor:
    """RGB on 0..255 minus the scalar mean."""
    return pixels - MEAN
