"""Any classification network of torchvision, cut by its own feature extractor: ``torchvision:resnet50``, layer ``layer3``.

Weights: torchvision's newest, or named as in ``torchvision:resnet50.IMAGENET1K_V1``; downloaded once with a checksum, or
from a local file.  Layers of a vision transformer are ``blocks_N``: its patch tokens as a grid, without the class token,
at any size with interpolated position embeddings.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
import torchvision
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.feature_extraction import create_feature_extractor, get_graph_node_names

from core.backbones.library_networks import Cut, LibraryBackbone, refused
from core.backbones.weights import cached_download, read_state
from core.util.errors import UserError
from core.util.progress import Ticket

OUT = "grid"


class TorchvisionBackbone(LibraryBackbone):
    """A network of torchvision.

    Args:
        name: the network, optionally with a dot and the name of its weights.

    Raises:
        UserError: no such network, weights or layer; weights cannot be downloaded, or do not fit.
        Cancelled: by the ticket, while downloading.
    """

    def __init__(self, name: str, layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> None:
        super().__init__(_cut(name, layer, weights, ticket), f"torchvision:{name}", pool, device)


def made_empty(name: str) -> nn.Module:
    """A network with random weights.

    Raises:
        UserError: torchvision has no such network.
    """
    network = name.partition(".")[0]
    known = torchvision.models.list_models(module=torchvision.models)
    if network not in known:
        raise UserError(f"torchvision has no network '{network}'", "configuration", f"It has: {', '.join(known)}.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of how random weights are drawn, which are not used
        model: nn.Module = torchvision.models.get_model(network, weights=None)
    return model


def layer_modules(model: nn.Module) -> dict[str, str]:
    """From the names of a network's layers to its modules'."""
    if isinstance(model, torchvision.models.VisionTransformer):
        return {f"blocks_{row}": f"encoder.layers.encoder_layer_{row}" for row in range(len(model.encoder.layers))}
    return {name: name for name, _ in model.named_modules() if name and name.count(".") <= 1}


def _cut(name: str, layer: str, weights: Path | None, ticket: Ticket) -> Cut:
    model = made_empty(name)
    network, _, tag = name.partition(".")
    choices = torchvision.models.get_model_weights(network)
    if tag and tag not in choices.__members__:
        raise UserError(
            f"torchvision has no weights '{tag}' of '{network}'",
            "configuration",
            f"It has: {', '.join(choices.__members__)}.",
        )
    chosen = choices[tag] if tag else choices.DEFAULT
    layers = list(layer_modules(model))
    if layer not in layers:
        raise refused(f"torchvision:{network}", layer, layers)
    _load(model, weights or cached_download(chosen.url, ticket), network)
    transform = chosen.transforms()
    return Cut(_cut_model(model, layer, network), transform.mean, transform.std)


def _load(model: nn.Module, path: Path, network: str) -> None:
    try:
        model.load_state_dict({name: value.float() if value.is_floating_point() else value
                               for name, value in read_state(path).items()}, assign=True)  # fmt: skip
    except RuntimeError as error:
        raise UserError(f"these are not weights of torchvision's '{network}'", str(path)) from error


def _cut_model(model: nn.Module, layer: str, network: str) -> nn.Module:
    model.eval()
    if isinstance(model, torchvision.models.VisionTransformer):
        return PatchTokens(model, int(layer.removeprefix("blocks_")))
    try:
        _, names = get_graph_node_names(model)
        node = next(name for name in reversed(names) if name == layer or name.startswith(f"{layer}."))
        return _Single(create_feature_extractor(model, {node: OUT}))
    except (StopIteration, RuntimeError, ValueError, TypeError) as error:
        raise UserError(f"'{network}' cannot be cut at '{layer}'", "configuration", "Choose another layer.") from error


class _Single(nn.Module):
    """The one output of a feature extractor."""

    def __init__(self, extractor: nn.Module) -> None:
        super().__init__()
        self.extractor = extractor

    def forward(self, images: Tensor) -> Tensor:
        """(N, 3, H, W) to the layer's output."""
        out: Tensor = self.extractor(images)[OUT]
        return out


class PatchTokens(nn.Module):
    """The patch tokens of torchvision's vision transformer after a block."""

    def __init__(self, model: torchvision.models.VisionTransformer, block: int) -> None:
        super().__init__()
        self.patches, self.class_token = model.conv_proj, model.class_token
        self.positions = model.encoder.pos_embedding
        self.blocks = model.encoder.layers[: block + 1]

    def forward(self, images: Tensor) -> Tensor:
        """(N, 3, H, W), sides multiples of the patch, to (N, H', W', K)."""
        patches: Tensor = self.patches(images)
        count, channels, rows, columns = patches.shape
        tokens = patches.flatten(2).transpose(1, 2)
        tokens = torch.cat([self.class_token.expand(count, -1, -1), tokens], dim=1) + self._positions(rows, columns)
        grids: Tensor = self.blocks(tokens)[:, 1:].reshape(count, rows, columns, channels)
        return grids

    def _positions(self, rows: int, columns: int) -> Tensor:
        """The position embeddings, (1, 1 + rows * columns, K), interpolated from the trained square."""
        first, square = self.positions[:, :1], self.positions[:, 1:]
        side = round(square.shape[1] ** 0.5)
        square = square.reshape(1, side, side, -1).permute(0, 3, 1, 2)
        there = functional.interpolate(square, size=(rows, columns), mode="bicubic", antialias=True, align_corners=False)
        return torch.cat([first, there.flatten(2).transpose(1, 2)], dim=1)
