"""How fast photos are described: against a plain loop, against the bare network, and where the time goes.

    python -m tests.benchmarks.indexing [--folder PHOTOS] [--number 12] [--longest 1024]

``plain``: VGG16 as public research code runs it: Pillow, a float32 tensor in NCHW, one photo at a time without gradients.
``ours``: the same photos from file to grid by the program's own code.  ``bare``: its network alone on the resized photo.
VGG16 has random weights here, which take as long as others.  All kinds take turns on each photo, so that other work on the
machine meets them alike; a row tells the median seconds, and the ratio to the plain loop.  The second table has the stages
of the embedded default from file to code.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision.models import vgg16
from torchvision.transforms.functional import normalize, to_tensor

from core.backbones import Backbone, load_backbone
from core.describer import Describer, make_mask, prepare
from core.describers import shipped_describer
from core.images import SUFFIXES, THUMBNAIL_EDGE, encode_jpeg, read_photo, resize_longest, shrink
from core.progress import Ticket
from core.resources import SAMPLE

MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=SAMPLE / "photos")
    parser.add_argument("--number", type=int, default=12)
    parser.add_argument("--longest", type=int, default=1024)
    arguments = parser.parse_args()
    paths = [path for path in sorted(arguments.folder.iterdir()) if path.suffix.lower() in SUFFIXES]
    paths = paths[:: max(1, len(paths) // arguments.number)][: arguments.number]
    print(f"{len(paths)} photos, longest side {arguments.longest}, {torch.get_num_threads()} threads\n")
    _compared(paths, arguments.longest)
    _stages(paths)


def _compared(paths: list[Path], longest: int) -> None:
    network = vgg16(weights=None)
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "vgg16.pth"
        torch.save(network.state_dict(), weights)
        kinds: dict[str, Callable[[Path], object]] = {"VGG16, plain": _plain(network.features.eval(), longest)}
        bare: dict[str, Callable[[np.ndarray], object]] = {}
        for name, backbone, device in (
            ("VGG16", "vgg16", "cpu"), ("VGG16, bfloat16", "vgg16", "cpu+bf16"),
            ("embedded", "compact", "cpu"), ("embedded, bfloat16", "compact", "cpu+bf16"),
        ):  # fmt: skip
            layer, pool = ("conv5_3", True) if backbone == "vgg16" else ("head", False)
            loaded = load_backbone(backbone, layer, pool, device, weights if backbone == "vgg16" else None)
            kinds[name] = _ours(loaded, longest)
            bare[name] = loaded.grid
    times: dict[str, list[float]] = {}
    for path in paths:
        shown = resize_longest(read_photo(path), longest)
        for name, run in kinds.items():
            times.setdefault(name, []).append(_seconds(partial(run, path)))
        for name, forward in bare.items():
            times.setdefault(f"{name} bare", []).append(_seconds(partial(forward, shown)))
    plain = np.median(times["VGG16, plain"])
    print("| network | s a photo | times the plain loop | of the bare network |\n|---|---|---|---|")
    for name in kinds:
        own = np.median(times[name])
        share = f"{np.median(times[f'{name} bare']) / own:.2f}" if name in bare else ""
        print(f"| {name} | {own:.3f} | {plain / own:.2f} | {share} |", flush=True)


def _plain(features: torch.nn.Module, longest: int) -> Callable[[Path], object]:
    def run(path: Path) -> object:
        image = Image.open(path).convert("RGB")
        ratio = longest / max(image.size)
        image = image.resize((round(image.width * ratio), round(image.height * ratio)), Image.Resampling.BICUBIC)
        with torch.no_grad():
            return features(normalize(to_tensor(image), MEAN, DEVIATION)[None])[0].numpy()

    return run


def _ours(backbone: Backbone, longest: int) -> Callable[[Path], object]:
    return lambda path: backbone.grid(resize_longest(read_photo(path), longest))


def _stages(paths: list[Path]) -> None:
    describer = shipped_describer("standard", "cpu", None, Ticket())
    times: dict[str, list[float]] = {}
    for path in paths:
        for stage, seconds in _staged(path, describer).items():
            times.setdefault(stage, []).append(seconds)
    total = sum(sum(values) for values in times.values())
    print("\n| stage of the embedded default | ms a photo | share |\n|---|---|---|")
    for stage, values in times.items():
        print(f"| {stage} | {1000 * np.median(values):.1f} | {100 * sum(values) / total:.1f} % |")


def _staged(path: Path, describer: Describer) -> dict[str, float]:
    """Seconds of each stage."""
    marks = [("", time.perf_counter())]

    def done(stage: str) -> None:
        marks.append((stage, time.perf_counter()))

    photo = read_photo(path)
    done("decode")
    encode_jpeg(shrink(photo, THUMBNAIL_EDGE))
    done("thumbnail")
    shown = prepare(photo, None, describer.config, describer.backbone.stride)
    done("resize")
    grid = describer.backbone.grid(shown)
    done("network")
    mask = make_mask(describer.config, grid, shown)
    done("mask")
    describer.encode(grid, mask)
    done("embedding, aggregation, hashing")
    describer.describe_windows(grid, mask, "half")
    done("codes of windows")
    return {stage: end - start for (_, start), (stage, end) in pairwise(marks)}


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
