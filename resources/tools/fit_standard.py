"""Fit the describers that travel with the program on a folder of general photographs.

    python -m resources.tools.fit_standard PHOTOS --work DIR

Writes ``resources/models/PRESET.safetensors``.  Of a preset that differs from ``standard`` in its code alone the hashing is
learnt and written, and all else is that file's.  The same photos and seed give the same bytes on one machine; the grids are
computed on one thread too, since several add in another order.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

import torch
from threadpoolctl import threadpool_limits

from core.chain.config import DescriberConfig
from core.chain.fit_files import parted
from core.chain.load import backbone_of, shipped_stages
from core.chain.model_file import dump_describer
from core.chain.presets import DEFAULT_PRESET, SHORT, preset
from core.chain.registry import HASHING
from core.chain.stages import SelectiveStages
from core.fitting.fitted import fitted_describer
from core.fitting.grid_store import GridStore, Item
from core.fitting.photo_set import PhotoSet, descriptors_of
from core.photos.scan import scan
from core.util.progress import Ticket
from core.util.resources import MODELS

TRAVEL = (DEFAULT_PRESET, *(f"standard-{mask}" for mask in ("none", "sum", "sift")), *(f"standard-{n}" for n in SHORT))
"""The presets of the embedded network that travel with a fit."""


def _print_progress(done: int, total: int, what: str) -> None:
    if total and done % 100 == 0:
        print(f"{what}: {done} / {total}", file=sys.stderr, flush=True)


def hashed_anew(config: DescriberConfig, photos: Path, work: Path, ticket: Ticket) -> bytes:
    """The file of settings that differ from ``standard`` in the code: its fit with a hashing of their own."""
    base = shipped_stages(DEFAULT_PRESET)
    assert isinstance(base, SelectiveStages)
    store = GridStore(work, config, backbone_of(config, "cpu"))
    items = store.fill([Item(file.path) for file in scan([photos], ticket)], ticket)
    descriptors = descriptors_of(PhotoSet(store, items, ticket), base)
    with threadpool_limits(limits=1):
        hashing = HASHING[config.hashing](config.bits, config.seed).fit(descriptors)
    stages = SelectiveStages(config, base.pca, base.embedding, base.rotation, hashing)
    return parted(dump_describer(config, stages), DEFAULT_PRESET)


def main() -> None:
    """Fit and write each preset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the grids between runs")
    parser.add_argument("--presets", nargs="*", default=list(TRAVEL))
    parser.add_argument("--out", type=Path, default=MODELS)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for name in arguments.presets:
        config, ticket = preset(name), Ticket(on_progress=_print_progress)
        standard = preset(DEFAULT_PRESET)
        if config != standard and dataclasses.replace(config, bits=standard.bits) == standard:
            data = hashed_anew(config, arguments.photos, arguments.work, ticket)
        else:
            describer = fitted_describer(config, [arguments.photos], "cpu", ticket, cache=arguments.work)
            data = dump_describer(config, describer.stages)
        (arguments.out / f"{name}.safetensors").write_bytes(data)


if __name__ == "__main__":
    main()
