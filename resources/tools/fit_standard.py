"""Fit the describers that travel with the program on a folder of general photographs.

    python -m resources.tools.fit_standard PHOTOS --work DIR [--presets standard]

Writes ``resources/models/PRESET.safetensors``.  The same photos and seed give the same bytes on one machine; the grids
are computed on one thread too, since several add in another order.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from core.chain.model_file import dump_describer
from core.chain.presets import preset
from core.fitting.fitted import fitted_describer
from core.util.progress import Ticket
from core.util.resources import MODELS


def _print_progress(done: int, total: int, what: str) -> None:
    if total and done % 100 == 0:
        print(f"{what}: {done} / {total}", file=sys.stderr, flush=True)


def main() -> None:
    """Fit and write each preset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--work", type=Path, help="folder that keeps the grids between runs")
    parser.add_argument("--presets", nargs="*", default=["standard"])
    parser.add_argument("--out", type=Path, default=MODELS)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for name in arguments.presets:
        config = preset(name)
        ticket = Ticket(on_progress=_print_progress)
        describer = fitted_describer(config, [arguments.photos], "cpu", ticket, cache=arguments.work)
        (arguments.out / f"{name}.safetensors").write_bytes(dump_describer(config, describer.stages))


if __name__ == "__main__":
    main()
