"""The embedded backbone: a small dense residual network of ours, distilled from MobileNet and SqueezeNet.

Input RGB; output 512 non-negative channels at stride 16.  Every layer of stride 2 has an even kernel (4x4 with padding 1,
or 2x2 without), so cell (r, c) is centred exactly on the pixels [16 r, 16 r + 16) x [16 c, 16 c + 16) and masks made from
pixels need no offset.  Batch normalisation is folded into the convolutions.

    stem   4x4/2    3 ->  32
    down1  4x4/2   32 ->  64   stage1: 1 residual block
    down2  2x2/2   64 -> 128   stage2: 2 residual blocks
    down3  2x2/2  128 -> 224   stage3: 3 residual blocks
    head   1x1    224 -> 512   ReLU

A residual block is relu(x + conv3x3(relu(conv3x3(x)))).
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from core.backbones.compact_sizes import CHANNELS, RECEPTIVE_FIELD, STRIDE, check_layer
from core.backbones.runner import GridRunner
from core.backbones.torch_file import plain
from core.util.errors import UserError
from core.util.regular_files import opened_regular
from core.util.resources import MODELS

WEIGHTS = MODELS / "compact.safetensors"
WIDTHS = (32, 64, 128, 224)
DEPTHS = (1, 2, 3)


class CompactBackbone(GridRunner):
    """The embedded network, cut after its only layer, ``head``.

    Raises:
        UserError: no such layer, or weights that are missing or do not fit.
    """

    lanes = 2

    def __init__(self, layer: str, pool: bool, device: str, weights: Path | None = None) -> None:
        check_layer(layer)
        super().__init__(
            _load(weights or WEIGHTS), _normalised, STRIDE, CHANNELS, pool, device, receptive_field=RECEPTIVE_FIELD
        )


class Residual(nn.Module):
    """relu(x + conv3x3(relu(conv3x3(x)))), with ``inner`` channels between the two."""

    def __init__(self, channels: int, inner: int) -> None:
        super().__init__()
        self.a = nn.Conv2d(channels, inner, 3, padding=1)
        self.b = nn.Conv2d(inner, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) to the same shape."""
        return torch.relu(x + self.b(torch.relu(self.a(x))))


def build_network(inner: tuple[int, int, int] = WIDTHS[1:]) -> nn.Sequential:
    """The network of the module's docstring, with random weights; ``inner``: of the residual blocks of each stage."""
    w1, w2, w3, w4 = WIDTHS
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    layers["stem"], layers["stem_relu"] = nn.Conv2d(3, w1, 4, 2, 1), nn.ReLU()
    layers["down1"], layers["down1_relu"] = nn.Conv2d(w1, w2, 4, 2, 1), nn.ReLU()
    layers["stage1"] = nn.Sequential(*(Residual(w2, inner[0]) for _ in range(DEPTHS[0])))
    layers["down2"], layers["down2_relu"] = nn.Conv2d(w2, w3, 2, 2), nn.ReLU()
    layers["stage2"] = nn.Sequential(*(Residual(w3, inner[1]) for _ in range(DEPTHS[1])))
    layers["down3"], layers["down3_relu"] = nn.Conv2d(w3, w4, 2, 2), nn.ReLU()
    layers["stage3"] = nn.Sequential(*(Residual(w4, inner[2]) for _ in range(DEPTHS[2])))
    layers["head"], layers["head_relu"] = nn.Conv2d(w4, CHANNELS, 1), nn.ReLU()
    return nn.Sequential(layers)


def _normalised(pixels: Tensor) -> Tensor:
    """RGB on 0..255 to the network's -2..2."""
    return (pixels / 255 - 0.5) * 4.0


def load_weights(path: Path) -> dict[str, Tensor]:
    """The weights in a safetensors file, by the names of ``build_network``; half precision on disk, returned as single."""
    # The first training wrapped each convolution in a module, so that stored names have another prefix.
    return {name.replace(".conv.", "."): plain(value).float() for name, value in load_file(path).items()}


def _load(path: Path) -> nn.Sequential:
    network = build_network()
    try:
        opened_regular(path).close()  # refuses pipes, which would block
        network.load_state_dict(load_weights(path))
    except FileNotFoundError as error:
        raise UserError("the backbone's weights are missing", str(path), "Install Cropseek again.") from error
    except (SafetensorError, RuntimeError, OSError, ValueError, KeyError, MemoryError) as error:
        raise UserError("these are not weights of the backbone 'compact'", str(path)) from error
    return network
