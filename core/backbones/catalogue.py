"""What a person may choose from: the networks that the libraries have, and the layers at which each can be cut.

Networks are made without numbers (torch's device ``meta``), so that a layer's stride and channels are known before anything
is downloaded.
"""

from __future__ import annotations

import contextlib
import importlib.util
from importlib import import_module

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from core.backbones import check_name
from core.records import LayerInfo, NetworkInfo
from core.util.errors import UserError

SIDE = 224
"""Pixels of the square that is shown to a network without numbers; every network takes it."""


def network_names() -> tuple[str, ...]:
    """The names of all networks with weights that can be had: torchvision's, and timm's where it is installed."""
    import torchvision

    names = [f"torchvision:{name}" for name in torchvision.models.list_models(module=torchvision.models)]
    if importlib.util.find_spec("timm") is not None:
        import timm

        names += [f"timm:{name}" for name in timm.list_pretrained()]
    return tuple(names)


def network_info(name: str) -> NetworkInfo:
    """What a network of a library is.

    Raises:
        UserError: no library has such a network, or none of its layers has rows and columns.
    """
    check_name(name)
    library, colon, network = name.partition(":")
    if not colon:
        raise UserError(
            f"'{name}' is no network of torchvision or timm", "configuration", "It has the layers of its presets."
        )
    networks = import_module(f"core.backbones.{library}_networks")
    with torch.device("meta"):
        model: nn.Module = networks.made_empty(network)
    modules: dict[str, str] = networks.layer_modules(model)
    layers = _seen(model, modules)
    if not layers:
        raise UserError(f"'{name}' has no layer with rows and columns", "configuration", "Choose another network.")
    return NetworkInfo(name, sum(each.numel() for each in model.parameters()) * 4, layers)


def _seen(model: nn.Module, modules: dict[str, str]) -> tuple[LayerInfo, ...]:
    """The layers whose output has rows and columns, from the first to the last."""
    shapes: dict[str, tuple[int, ...]] = {}
    known = dict(model.named_modules())

    def watch(name: str, module: nn.Module) -> RemovableHandle:
        def note(_module: nn.Module, _given: object, out: object) -> None:
            if isinstance(out, Tensor):
                shapes.setdefault(name, tuple(out.shape))

        return module.register_forward_hook(note)

    hooks = [watch(name, known[module]) for name, module in modules.items()]
    # What comes after the layers may want another size, or cannot do without numbers.
    with torch.inference_mode(), contextlib.suppress(RuntimeError, AssertionError, NotImplementedError, ValueError):
        model(torch.empty(1, 3, SIDE, SIDE, device="meta"))
    for hook in hooks:
        hook.remove()
    return tuple(layer for name, shape in shapes.items() if (layer := _layer(name, shape)) is not None)


def _layer(name: str, shape: tuple[int, ...]) -> LayerInfo | None:
    """A layer by the shape of its output; None when that has no rows and columns that divide the photo evenly."""
    if len(shape) == 3 and shape[0] == 1:  # tokens of the photo, and a few of no place
        rows, channels = int(shape[1] ** 0.5), shape[2]
    elif len(shape) == 4 and shape[2] == shape[3]:
        rows, channels = shape[2], shape[1]
    elif len(shape) == 4 and shape[1] == shape[2]:
        rows, channels = shape[1], shape[3]
    else:
        return None
    return LayerInfo(name, SIDE // rows, channels) if rows > 1 and SIDE % rows == 0 else None
