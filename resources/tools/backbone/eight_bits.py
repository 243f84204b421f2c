"""Make the embedded network in eight bits (``core.backbones.eight_bits``) from its weights.

    pip install openvino nncf
    python -m resources.tools.backbone.eight_bits PHOTOS [--weights DIR/thin.safetensors]

Writes ``resources/models/compact-8bit.xml`` and ``.bin``; the bytes are the same for the same photos and versions of these
packages.  Ranges of the layers are measured on ``MEASURED`` of the photos, biases are corrected by NNCF.  The first two
layers and the last stay in single precision, and so do the sums of the residual blocks, which in eight bits add their
roundings up from block to block; ``tests/benchmarks/HISTORY.md`` has what other choices gave.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core.backbones.compact import WEIGHTS, build_network, load_weights
from core.backbones.eight_bits import MODEL
from core.chain.presets import DEFAULT_PRESET, preset
from core.photos.images import read_photo, resize_longest
from core.photos.scan import scan
from core.util.progress import Ticket
from resources.tools.backbone.pruning import inner_of

MEASURED = 96
EXACT = ("stem", "down1", "head", "aten::add/Add")
"""Parts of the names of layers that stay in single precision; the last is of the residual blocks' sums."""


def main() -> None:
    """Quantise and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="also of resources.tools.backbone.follow")
    arguments = parser.parse_args()
    paths = sorted(file.path for file in scan([arguments.photos.resolve()], Ticket(), ()))
    make(paths[:: max(1, len(paths) // MEASURED)][:MEASURED], arguments.out, arguments.weights)


def make(photos: list[Path], out: Path, weights: Path = WEIGHTS) -> None:
    """Write the model file, and the one beside it with its numbers."""
    # Both packages would report their use by this one; without it they have a stub.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import nncf
    import openvino

    state = load_weights(weights)
    network = build_network(inner_of(state))
    network.load_state_dict(state)
    model = openvino.convert_model(network.eval(), example_input=torch.zeros(1, 3, 64, 64))
    model.reshape([1, 3, -1, -1])  # photos of all shapes
    exact = nncf.IgnoredScope(patterns=[f".*{name}.*" for name in EXACT])
    quantised: Any = nncf.quantize(model, nncf.Dataset(photos, _pixels), subset_size=len(photos), ignored_scope=exact)
    openvino.save_model(quantised, out)


def _pixels(path: Path) -> NDArray[np.float32]:
    """A photo as the network takes it, (1, 3, H, W)."""
    photo = resize_longest(read_photo(path), preset(DEFAULT_PRESET).longest_side)
    return np.ascontiguousarray((photo.transpose(2, 0, 1)[None] / np.float32(255) - np.float32(0.5)) * np.float32(4))


if __name__ == "__main__":
    main()
