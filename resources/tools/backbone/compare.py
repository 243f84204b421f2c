"""Other networks through the whole chain of the standard preset, beside the embedded one.

    python -m resources.tools.backbone.compare HOLIDAYS --held-out PHOTOS --teachers WEIGHTS --work DIR

Holidays' protocol, mAP of descriptors and codes; every network has a fit of its own on the same photos.  ``random`` is the
embedded network before training, the floor; ``pw11``, ``pw13`` and ``fire9`` are the teachers, ``vgg51`` is a pruned VGG-19
that was not learnt from.  ``--weights NAME=FILE`` adds other weights of the embedded network.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor

from core.backbones import Backbone
from core.backbones.compact import CompactBackbone, build_network
from core.chain.presets import preset
from core.chain.stages import Stages
from core.evaluation.protocols import Benchmark, load_benchmark
from core.evaluation.scores import score
from core.fitting.grid_store import GridStore, Item
from core.fitting.photo_set import PhotoSet, descriptors_of
from core.fitting.training import fit_stages
from core.hashing.bits import hamming, pack
from core.photos.scan import scan
from core.util.progress import Ticket
from resources.tools.backbone.teachers import MobileNet, PrunedVgg, SqueezeNet

SEED = 1
STRIDES = {"pw11": 16, "pw13": 32, "fire9": 16, "vgg51": 16}


class TeacherBackbone:
    """A teacher in the place of the embedded network."""

    channels, dense, receptive_field, learned = 512, True, 0, None

    def __init__(self, name: str, folder: Path, dtype: torch.dtype = torch.bfloat16) -> None:
        self.stride = STRIDES[name]
        if name in ("fire9", "vgg51"):
            self._grid: Callable[[Tensor], Tensor] = (SqueezeNet if name == "fire9" else PrunedVgg)(
                folder, dtype=dtype
            ).grid
        else:
            network, layer = MobileNet(folder, dtype=dtype), int(name == "pw13")
            self._grid = lambda x: network.grids(x)[layer]
            self.channels = 1024 if layer else 512

    def grid(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        """See ``Backbone``; the grid may have a row or column more than full cells, as the teachers pad."""
        with torch.inference_mode():
            x = torch.tensor(photo).permute(2, 0, 1)[None].float() / 255
            return np.ascontiguousarray(self._grid(x)[0].permute(1, 2, 0).float().numpy())


def random_backbone(work: Path) -> Backbone:
    """The embedded network as it is before training."""
    torch.manual_seed(SEED)
    path = work / f"random-{SEED}.safetensors"
    save_file(build_network().state_dict(), path)
    return CompactBackbone("head", False, "cpu", path)


def measured(backbone: Backbone, benchmark: Benchmark, held_out: list[Item], work: Path) -> tuple[float, float]:
    """Mean average precision of descriptors and of codes."""
    config, ticket = preset("standard"), Ticket()
    store = GridStore(work, config, backbone)
    stages = fit_stages(config, store, store.fill(held_out, ticket), ticket)
    photos = PhotoSet(store, store.fill([Item(path) for path in benchmark.images], ticket), ticket)
    return precisions(descriptors_of(photos, stages), stages, benchmark)


def precisions(vectors: NDArray[np.float32], stages: Stages, benchmark: Benchmark) -> tuple[float, float]:
    """Mean average precision of descriptors and of codes, by the descriptors of the benchmark's images (N, D)."""
    codes = pack(stages.hashing.transform(vectors))
    asked = [benchmark.images.index(question.path) for question in benchmark.questions]
    by_cosine = np.stack([np.argsort(-(vectors @ vectors[query]), kind="stable") for query in asked])
    by_code = np.stack([np.argsort(hamming(codes, codes[query]), kind="stable") for query in asked])
    return score(by_cosine, benchmark, ""), score(by_code, benchmark, "")


def main() -> None:
    """Print a row for each network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=Path)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--networks", nargs="*", default=["random", "shipped", *STRIDES])
    parser.add_argument("--weights", nargs="*", default=[], metavar="NAME=FILE")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    benchmark = load_benchmark("holidays", arguments.images, None, None, (), Ticket())
    held_out = [Item(file.path) for file in scan([arguments.held_out], Ticket())]
    others = {name: Path(path) for name, path in (pair.split("=", 1) for pair in arguments.weights)}

    def backbone_of(name: str) -> Backbone:
        if name == "random":
            return random_backbone(arguments.work)
        if name in STRIDES:
            return TeacherBackbone(name, arguments.teachers)
        return CompactBackbone("head", False, "cpu", others.get(name))

    print("| network | channels | stride | descriptor | code |\n|---|---|---|---|---|", flush=True)
    for name in [*arguments.networks, *others]:
        backbone = backbone_of(name)
        real, binary = measured(backbone, benchmark, held_out, arguments.work / name)
        print(f"| {name} | {backbone.channels} | {backbone.stride} | {real:.3f} | {binary:.3f} |", flush=True)


if __name__ == "__main__":
    main()
