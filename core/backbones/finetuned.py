"""VGG16 fine-tuned for retrieval: siaMAC or GeM, and NetVLAD, from a local checkpoint (paper V-C2)."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from core.backbones.checkpoints import Checkpoint, read_cirtorch, read_netvlad
from core.backbones.runner import GridRunner
from core.backbones.vgg16 import FIELDS, Columns, build_features, layer_ends
from core.util.errors import UserError

SMALLEST_SIDE = 70
"""The authors pad siaMAC's inputs to this size with zeros at the bottom and right, after subtracting the mean."""

LINEAR = "conv5_3_linear"
"""The input of NetVLAD's layer is conv5_3 before its ReLU."""


class SiamacBackbone(GridRunner):
    """The convolutions of a cirtorch checkpoint; ``learned`` holds its GeM power and whitening.

    Raises:
        UserError: no file, another network, or no such layer.
    """

    def __init__(self, layer: str, pool: bool, device: str, weights: Path | None) -> None:
        where = "a VGG16 of cnnimageretrieval-pytorch (siaMAC or GeM)"
        checkpoint = read_cirtorch(_given(weights, "siamac", where))
        super().__init__(
            *_network(checkpoint, layer, weights), pool=pool, device=device, smallest=SMALLEST_SIDE, receptive_field=196
        )
        self.learned = checkpoint.learned


class NetVladBackbone(GridRunner):
    """The convolutions of a NetVLAD checkpoint; ``learned`` holds its NetVLAD layer.

    Layers: those of VGG16, and ``conv5_3_linear``, the input of the NetVLAD layer.

    Raises:
        UserError: no file, another network, or no such layer.
    """

    def __init__(self, layer: str, pool: bool, device: str, weights: Path | None) -> None:
        where = "NetVLAD's VGG16 (the .mat release, or a checkpoint of pytorch-NetVlad)"
        checkpoint = read_netvlad(_given(weights, "netvlad", where))
        parts = _network(checkpoint, layer, weights)
        super().__init__(*parts, pool=pool, device=device, receptive_field=FIELDS[29])
        self.learned = checkpoint.learned


def _given(weights: Path | None, name: str, where: str) -> Path:
    if weights is None:
        raise UserError(
            f"the backbone '{name}' needs a file of weights",
            "--weights",
            f"Give {where}, which its authors publish, with --weights FILE or --checkpoint {name}=FILE.",
        )
    return weights


def _network(checkpoint: Checkpoint, layer: str, path: Path | None) -> tuple[torch.nn.Module, _Normalise, int, int]:
    """The cut network, its normalisation, stride and channels, for ``GridRunner``."""
    ends, stride = ([28], 16) if layer == LINEAR else layer_ends(layer)
    features = build_features(checkpoint.features, str(path))
    channels = 512 * len(ends)
    return Columns(features, ends), _Normalise(checkpoint.mean, checkpoint.deviation), stride, channels


class _Normalise:
    """Normalise RGB on 0..255, (H, W, 3): subtract the mean, divide by the deviation."""

    def __init__(self, mean: tuple[float, ...], deviation: tuple[float, ...]) -> None:
        self._mean, self._deviation = (torch.tensor(v, dtype=torch.float32) for v in (mean, deviation))

    def __call__(self, pixels: Tensor) -> Tensor:
        return (pixels - self._mean.to(pixels.device)) / self._deviation.to(pixels.device)
