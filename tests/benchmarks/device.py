"""How fast a device describes photos, how near that is to its bare network, and whether it agrees with the CPU.

    python -m tests.benchmarks.device [--devices cuda cuda+bf16] [--folder PHOTOS] [--number 64] [--networks vgg16 compact]

First table, of VGG16 at 1024 pixels (random weights take as long as others) and the embedded network at 650: photos a
second of all that indexing does with decoded photos, and with files; of the network alone on photos that lie on the device,
in groups as large as indexing makes them, and the arithmetic it comes to.  Second table, of the embedded default: the
batched chain on the device against the reference on the CPU; each photo asks for all others.  Third: milliseconds a photo,
by how many are given at once, of the embedded network, and of all after it (the reference takes them one by one).
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode
from torchvision.models import vgg16

from core.backbones import check_device, load_backbone
from core.backbones.batch_sizes import lanes_of
from core.backbones.runner import GridRunner
from core.chain.describer import Describer, Shown, make_mask, photo_shown
from core.chain.load import shipped_stages
from core.chain.presets import preset
from core.chain.stages import SelectiveStages
from core.chain.subwindows import DEFAULT_LAYOUT
from core.indexing.batched import batched
from core.indexing.describing import describing
from core.indexing.pipeline import described
from core.indexing.prefetch import ShapeGroups, ahead
from core.photos.images import read_photo
from core.photos.scan import scan
from core.util.progress import Ticket
from core.util.resources import SAMPLE
from core.util.threads import keep_to_one_thread

ROUNDS = 6
"""Of the third table; the first is not counted."""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--devices", nargs="+", default=["auto"])
    parser.add_argument("--folder", type=Path, default=SAMPLE / "photos")
    parser.add_argument("--number", type=int, default=64)
    parser.add_argument("--at-once", nargs="+", type=int, default=[1, 2, 4, 8])
    parser.add_argument("--networks", nargs="+", choices=("vgg16", "compact"), default=["vgg16", "compact"])
    arguments = parser.parse_args()
    keep_to_one_thread()  # as the program does
    devices = [check_device(device) for device in arguments.devices]
    paths = [file.path for file in scan([arguments.folder], Ticket())][: arguments.number]
    print(f"{len(paths)} photos; {torch.get_num_threads()} threads; {', '.join(map(_card, devices))}\n")
    print("| network | device | photos at once | decoded photos/s | files/s | bare/s | decoded : bare | bare TFLOP/s |")
    print("|---|---|---|---|---|---|---|---|")
    for network in arguments.networks:
        for device in devices:
            print(f"| {network} | {device} | {rates(made_describer(network, device), paths)} |", flush=True)
    print("\n| device | least cosine | median cosine | bits that differ | same in the first ten |\n|---|---|---|---|---|")
    for device in devices:
        print(f"| {device} | {agreement(device, paths)} |", flush=True)
    print("\n| device | at once | network, ms | batched chain, ms | reference, ms |\n|---|---|---|---|---|")
    for device in devices:
        for row in at_once(device, paths[0], arguments.at_once):
            print(f"| {device} | {row} |", flush=True)


def _card(device: str) -> str:
    return torch.cuda.get_device_name(device.partition("+")[0]) if device.startswith("cuda") else device


def made_describer(network: str, device: str) -> Describer:
    """The embedded default; of VGG16 the paper's chain with the default's learned arrays, which have the same shapes."""
    stages, config = shipped_stages("standard"), preset("standard" if network == "compact" else "paper-512")
    assert isinstance(stages, SelectiveStages)
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "vgg16.pth"
        if network == "vgg16":
            torch.save(vgg16(weights=None).state_dict(), weights)
        backbone = load_backbone(
            config.backbone, config.layer, config.pool, device, weights if network == "vgg16" else None
        )
    return Describer(config, dataclasses.replace(stages, config=config), backbone)


def rates(describer: Describer, paths: Sequence[Path]) -> str:
    """A row of the first table."""
    shown = [photo_shown(read_photo(path), describer.config, describer.backbone.stride) for path in paths]
    files = scan(sorted({path.parent for path in paths}), Ticket())
    chosen = [file for file in files if file.path in set(paths)]
    _pass(describer, shown[: len(shown) // 4 + 1])  # kernels are chosen and memory is taken before the clock runs
    decoded = _rate(len(shown), lambda: _pass(describer, shown))
    whole = _rate(len(chosen), lambda: list(described(chosen, describer, lambda entry: False, DEFAULT_LAYOUT)))
    size, bare, flops = _bare(describer, shown[0])
    return f"{size} | {decoded:.1f} | {whole:.1f} | {bare:.1f} | {decoded / bare:.2f} | {flops * bare / 1e12:.2f}"


def _pass(describer: Describer, shown: Sequence[Shown]) -> None:
    """What ``core.indexing.pipeline`` does between decoding and storing."""
    lanes = lanes_of(describer.backbone)
    groups: ShapeGroups[tuple[int, ...], Shown] = ShapeGroups(lanes.size)
    jobs = [group for photo in shown for group in groups.add(photo.pixels.shape, photo)] + groups.rest()
    work = describing(describer, DEFAULT_LAYOUT)
    for _ in ahead(jobs, work, lanes.threads, lanes.threads, lanes.begin):
        pass


def _bare(describer: Describer, shown: Shown) -> tuple[int, float, float]:
    """Photos at once, the network's photos a second, and operations a photo."""
    backbone = describer.backbone
    assert isinstance(backbone, GridRunner)
    lanes = lanes_of(backbone)
    lanes.begin()
    size = lanes.size(shown.pixels.shape)
    photos = backbone.pixels([shown.pixels] * size)
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        backbone.forward(photos)
    rounds = max(2, 48 // size)

    def run() -> None:
        with torch.inference_mode():
            for _ in range(rounds):
                backbone.forward(photos)
        _finish(backbone.device)

    run()
    return size, _rate(rounds * size, run), counter.get_total_flops() / size


def _finish(device: str) -> None:
    """A device works on its own: wait for it."""
    if device.startswith("cuda"):
        torch.cuda.synchronize(device)
    if device.startswith("mps"):
        torch.mps.synchronize()


def _rate(count: int, run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return count / (time.perf_counter() - started)


def agreement(device: str, paths: Sequence[Path]) -> str:
    """A row of the second table."""
    reference, own = made_describer("compact", "cpu"), made_describer("compact", device)
    work, rows = batched(own, DEFAULT_LAYOUT), []
    for path in paths:
        shown = photo_shown(read_photo(path), own.config, own.backbone.stride)
        first, second = reference.describe_shown(shown, DEFAULT_LAYOUT).description, work([shown])[0].description
        rows.append((first.descriptor, second.descriptor, np.bitwise_count(first.code ^ second.code).mean() / 8))
    theirs, ours = (np.stack([row[place] for row in rows]) for place in (0, 1))
    cosines, (a, b) = (theirs * ours).sum(axis=1), (_first(vectors) for vectors in (theirs, ours))
    same = np.mean([len(set(x) & set(y)) / len(x) for x, y in zip(a.tolist(), b.tolist(), strict=True)])
    bits = np.mean([row[2] for row in rows])
    return f"{cosines.min():.6f} | {np.median(cosines):.6f} | {100 * bits:.2f} % | {100 * same:.1f} %"


def at_once(device: str, path: Path, counts: Sequence[int]) -> list[str]:
    """Rows of the third table; the counts take turns, so that other work on the machine meets them alike."""
    describer = made_describer("compact", device)
    work, backbone = batched(describer, DEFAULT_LAYOUT), describer.backbone
    assert isinstance(backbone, GridRunner)
    shown = photo_shown(read_photo(path), describer.config, backbone.stride)
    grid = backbone.grid(shown.pixels)
    mask = make_mask(describer.config, grid, shown.pixels)
    times: dict[int, list[tuple[float, float, float]]] = {count: [] for count in counts}
    with torch.inference_mode():
        for _ in range(ROUNDS):
            for count, rows in times.items():
                pixels, grids = backbone.pixels([shown.pixels] * count), torch.tensor(grid, device=backbone.device)
                together = grids.expand(count, -1, -1, -1).contiguous()
                network = _seconds(lambda pixels=pixels: backbone.forward(pixels), backbone.device)  # type: ignore[misc]
                chain = _seconds(lambda t=together, n=count: work.described(t, [shown] * n), backbone.device)  # type: ignore[misc]
                reference = _seconds(lambda: describer.encode_all(grid, mask, DEFAULT_LAYOUT), backbone.device)
                rows.append((network / count, chain / count, reference))
    medians = {count: 1000 * np.median(rows[1:], axis=0) for count, rows in times.items()}
    return [f"{count} | {' | '.join(f'{value:.1f}' for value in row)}" for count, row in medians.items()]


def _seconds(run: Callable[[], object], device: str) -> float:
    _finish(device)
    started = time.perf_counter()
    run()
    _finish(device)
    return time.perf_counter() - started


def _first(vectors: np.ndarray) -> np.ndarray:
    """The ten nearest others of each."""
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -np.inf)
    return np.argsort(-scores, axis=1, kind="stable")[:, : min(10, len(vectors) - 1)]


if __name__ == "__main__":
    main()
