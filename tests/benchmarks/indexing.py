"""How fast photos are described: against a plain loop, against the bare network, and where the time goes.

    python -m tests.benchmarks.indexing [--folder PHOTOS] [--number 12] [--longest 650 1024] [--stages]

``plain``: VGG16 as public research code runs it: Pillow, a float32 tensor in NCHW, one photo at a time without gradients.
``ours``: the same photos from file to grid by the program's own code.  ``bare``: its network alone on the resized photo.
VGG16 has random weights here, which take as long as others.  All kinds take turns on each photo, so that other work on the
machine meets them alike; a row tells photos a second by the median, the ratio to the plain loop, the share of the bare
network of the same precision and of the quickest, and the processor seconds of all threads.  The second table has the
stages of the embedded default from file to code, in processor time of one thread; the last lines what comes after the
network against the network, the embedded one and VGG16 at the largest size: the paper's chain, mask to code, and the same
with the codes of the nine windows that a library has besides; and decoding alone.
"""

from __future__ import annotations

import argparse
import resource
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

from core.backbones import EIGHT_BITS, Backbone, load_backbone
from core.backbones.eight_bits import usable
from core.chain.describer import Describer, make_mask, prepare
from core.chain.load import shipped_describer
from core.indexing.pipeline import SHARPER
from core.photos.images import SUFFIXES, make_thumbnail, read_photo, read_whole, resize_longest
from core.photos.keypoints import find_points
from core.util.progress import Ticket
from core.util.resources import SAMPLE
from core.util.threads import NETWORK_THREADS, keep_to_one_thread

COLUMNS = (
    "network", "device", "longest side", "photos/s", "times the plain loop", "of its bare network", "of the quickest",
    "processor s a photo",
)  # fmt: skip
CHAIN = "embedding, aggregation, hashing"
ENCODING = f"{CHAIN}, with windows"
DECODE = "decode, of the wall"
NETWORKS = (
    ("VGG16", "vgg16", "cpu"), ("VGG16, bfloat16", "vgg16", "cpu+bf16"),
    ("embedded", "compact", "cpu"), ("embedded, bfloat16", "compact", "cpu+bf16"),
    ("embedded, eight bits", "compact", EIGHT_BITS),
)  # fmt: skip
"""Name, backbone and device; the last needs the extra ``fast``."""

MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=SAMPLE / "photos")
    parser.add_argument("--number", type=int, default=12)
    parser.add_argument("--longest", type=int, nargs="+", default=[650, 1024])
    parser.add_argument("--stages", action="store_true", help="only the second table")
    arguments = parser.parse_args()
    paths = [path for path in sorted(arguments.folder.iterdir()) if path.suffix.lower() in SUFFIXES]
    paths = paths[:: max(1, len(paths) // arguments.number)][: arguments.number]
    heaviest: float | None = None
    if not arguments.stages:
        print(f"{len(paths)} photos, {torch.get_num_threads()} threads\n")
        print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
        heaviest = [_compared(paths, longest) for longest in arguments.longest][-1]
    middle = _stages(paths)
    for stage, what in ((CHAIN, "mask to code"), (ENCODING, "with the windows' codes")):
        after = middle["mask"] + middle[stage]
        shares = [f"{100 * after / middle['network']:.1f} % of the embedded network's"]
        shares += [f"{100 * after / heaviest:.2f} % of VGG16's"] if heaviest is not None else []
        print(f"\nAfter the network, {what}: {after:.1f} processor ms a photo, {', '.join(shares)}.")
    print(f"Decoding alone {middle[DECODE]:.1f} ms.")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Peak memory of all of these {peak:.0f} MiB.")


def _compared(paths: list[Path], longest: int) -> float:
    """Print the rows of one size; returns the processor milliseconds of VGG16 for a photo."""
    network = vgg16(weights=None)
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "vgg16.pth"
        torch.save(network.state_dict(), weights)
        kinds: dict[str, Callable[[Path], object]] = {"VGG16, plain": _plain(network.features.eval(), longest)}
        bare: dict[str, Callable[[np.ndarray], object]] = {}
        for name, backbone, device in NETWORKS if usable() else NETWORKS[:-1]:
            layer, pool = ("conv5_3", True) if backbone == "vgg16" else ("head", False)
            loaded = load_backbone(backbone, layer, pool, device, weights if backbone == "vgg16" else None)
            kinds[name] = _ours(loaded, longest)
            bare[name] = loaded.grid
    times: dict[str, list[tuple[float, float]]] = {}
    for path in paths:
        shown = resize_longest(read_photo(path), longest)
        for name, run in kinds.items():
            times.setdefault(name, []).append(_seconds(partial(run, path)))
        for name, forward in bare.items():
            times.setdefault(f"{name} bare", []).append(_seconds(partial(forward, shown)))
    middle = {name: np.median(values, axis=0) for name, values in times.items()}
    for name in kinds:
        own, network_name = middle[name][0], name.partition(",")[0]
        best = min(middle[other][0] for other in middle if other.startswith(network_name) and other.endswith("bare"))
        share = f"{middle[f'{name} bare'][0] / own:.2f} | {best / own:.2f}" if name in bare else " | "
        device = next((device for known, _, device in NETWORKS if known == name), "cpu")
        ratio = middle["VGG16, plain"][0] / own
        cells = [name, device, str(longest), f"{1 / own:.2f}", f"{ratio:.2f}", share, f"{middle[name][1]:.2f}"]
        print("| " + " | ".join(cells) + " |", flush=True)
    return float(1000 * middle["VGG16 bare"][1])


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


def _stages(paths: list[Path]) -> dict[str, float]:
    """Print the stages; returns the milliseconds of each in single precision, and of ``CHAIN``, a part of ``ENCODING``."""
    # A second thread waits busily for a while after the network, and the stages behind it would be charged with that.
    torch.set_num_threads(1)
    NETWORK_THREADS.want(1)
    keep_to_one_thread()
    kinds = {"single precision": "cpu"} | ({"eight bits": EIGHT_BITS} if usable() else {})
    describers = {name: shipped_describer("standard", device, None, Ticket()) for name, device in kinds.items()}
    times: dict[str, list[dict[str, float]]] = {name: [] for name in kinds}
    for describer in describers.values():
        _staged(paths[0], describer)  # what is made once
    for path in paths:
        for name, describer in describers.items():
            times[name].append(_staged(path, describer))
    middle = {
        name: {stage: 1000 * float(np.median([one[stage] for one in staged])) for stage in staged[0]}
        for name, staged in times.items()
    }
    print(f"\n| processor ms a photo, of the embedded default | {' | '.join(kinds)} |\n|---{'|---' * len(kinds)}|")
    for stage in middle["single precision"]:
        if stage != CHAIN:
            print(f"| {stage} | {' | '.join(f'{each[stage]:.1f}' for each in middle.values())} |")
    totals = [sum(value for stage, value in each.items() if stage != CHAIN) for each in middle.values()]
    print(f"| all | {' | '.join(f'{total:.1f}' for total in totals)} |")
    return middle["single precision"]


def _staged(path: Path, describer: Describer) -> dict[str, float]:
    """Seconds of each stage."""
    began = time.perf_counter()
    photo = read_whole(path, least=SHARPER * describer.config.longest_side).pixels
    decoding = time.perf_counter() - began  # another process does it
    marks = [("", time.process_time())]

    def done(stage: str) -> None:
        marks.append((stage, time.process_time()))

    make_thumbnail(photo)
    done("thumbnail")
    find_points(photo)
    done("keypoints")
    shown = prepare(photo, None, describer.config, describer.backbone.stride)
    done("resize")
    grid = describer.backbone.grid(shown)
    done("network")
    mask = make_mask(describer.config, grid, shown)
    done("mask")
    describer.encode(grid, mask)
    done(CHAIN)
    describer.encode_all(grid, mask, "half")
    done(ENCODING)
    return {DECODE: decoding} | {stage: end - start for (_, start), (stage, end) in pairwise(marks)}


def _seconds(run: Callable[[], object]) -> tuple[float, float]:
    """Of the wall, and of the processor with all threads."""
    wall, work = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - work


if __name__ == "__main__":
    main()
