"""Train the embedded backbone further: distillation from two teachers, and metric learning on views of one photo.

    python -m resources.tools.backbone.train PHOTOS --teachers WEIGHTS --out DIR --steps 2000

Starts from the shipped weights (``--scratch``: from random ones).  Every fifth ``bsds`` photo is kept for validation.
``DIR/log.txt`` gets the curve, ``DIR/state.pt`` a checkpoint that ``--resume`` goes on from, ``DIR/compact.safetensors``
the result.  ``--minutes`` ends a run early, with a checkpoint, for machines that are lent by the piece; ``--metric 0``
leaves the metric learning out, so that only the teachers are followed.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from core.backbones.compact import WEIGHTS, load_weights
from core.backbones.compact_sizes import CHANNELS
from core.photos.images import Rgb, read_photo, shrink
from resources.tools.backbone import losses as losses_of
from resources.tools.backbone.crops import BORDER, PairedViews, Pairs
from resources.tools.backbone.losses import Heads
from resources.tools.backbone.network import NormalisedConvolution, folded, save, trainable
from resources.tools.backbone.targets import DIMENSION, Targets
from resources.tools.backbone.validation import Validation, as_input

SIDES = ((0.0, 160), (0.4, 224), (0.85, 288))
"""The views' side from this share of the steps on."""
WARM_UP = 200
LOG_EVERY, VALIDATE_EVERY = 25, 250


@dataclass
class Trainer:
    """The networks, their optimisers, and the curve so far."""

    arguments: argparse.Namespace
    views: PairedViews
    validation: Validation
    step: int = 0
    sums: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loader = iter(DataLoader(self.views, batch_size=None, num_workers=1, prefetch_factor=4))
        self.device = torch.device(self.arguments.device)
        first = [next(self.loader).pixels.to(self.device) for _ in range(12)]
        self.targets = Targets(self.arguments.teachers, [unit(pixels) for pixels in first])
        state = None if self.arguments.scratch else load_weights(WEIGHTS)
        self.network = trainable(state, [as_input(_inner(pixels)).cpu() for pixels in first[:4]]).to(self.device)
        self.network.train()
        self.heads = Heads(CHANNELS, DIMENSION).to(self.device)
        self.weights = losses_of.weighted(self.arguments.metric)
        matrices = [m.matrix for m in self.network.modules() if isinstance(m, NormalisedConvolution)]
        chosen = {id(matrix) for matrix in matrices}
        norms = [p for p in self.network.parameters() if id(p) not in chosen]
        self.optimisers: list[torch.optim.Optimizer] = [
            torch.optim.Muon(matrices, lr=self.arguments.rate, weight_decay=0.0),
            torch.optim.AdamW(norms, 1e-3, weight_decay=0.0),
            torch.optim.AdamW(self.heads.parameters(), 4e-3, weight_decay=0.0),
        ]
        self.rates = [optimiser.param_groups[0]["lr"] for optimiser in self.optimisers]

    def advance(self) -> None:
        """One step."""
        done = self.step / self.arguments.steps
        side = [side for start, side in SIDES if done >= start][-1]
        self.views.side.fill_(side + 2 * BORDER)
        # The heads start from nothing: until they have learnt, their gradients would only harm the network.
        ramp = min(1.0, (self.step + 1) / WARM_UP)
        for optimiser, rate, rising in zip(self.optimisers, self.rates, (ramp**2, ramp**2, 1.0), strict=True):
            optimiser.param_groups[0]["lr"] = rate * rising * (0.5 + 0.5 * math.cos(math.pi * done))
            optimiser.zero_grad(set_to_none=True)
        parts = self._losses(next(self.loader))
        torch.stack([self.weights[name] * value for name, value in parts.items()]).sum().backward()  # type: ignore[no-untyped-call]
        for optimiser in self.optimisers:
            optimiser.step()
        self.step += 1
        for name, value in parts.items():
            self.sums[name] = self.sums.get(name, 0.0) + float(value.detach())

    def _losses(self, pairs: Pairs) -> dict[str, Tensor]:
        pixels = pairs.pixels.to(self.device, non_blocking=True)
        cells, similarity = self.targets(unit(pixels))
        with torch.autocast(self.device.type, torch.bfloat16):
            grid = self.network(as_input(_inner(pixels)))
        grid = grid.float()
        parts = losses_of.distillation(grid, self.heads, cells, similarity)
        return parts | losses_of.metric(grid, self.heads, pairs.homographies.to(self.device))

    def save(self) -> None:
        """The weights to ship and the checkpoint."""
        out: Path = self.arguments.out
        save(folded(self.network), str(out / "compact.safetensors"))
        kept = {"step": self.step, "network": self.network.state_dict(), "heads": self.heads.state_dict()}
        torch.save(kept | {"optimisers": [optimiser.state_dict() for optimiser in self.optimisers]}, out / "state.pt")

    def resume(self) -> None:
        """Go on from the checkpoint."""
        kept = torch.load(self.arguments.out / "state.pt", weights_only=True, map_location=self.device)
        self.step = kept["step"]
        self.network.load_state_dict(kept["network"])
        self.heads.load_state_dict(kept["heads"])
        for optimiser, state in zip(self.optimisers, kept["optimisers"], strict=True):
            optimiser.load_state_dict(state)


def _inner(pixels: Tensor) -> Tensor:
    return pixels[:, BORDER:-BORDER, BORDER:-BORDER]


def unit(pixels: Tensor) -> Tensor:
    """(N, H, W, 3) uint8 to (N, 3, H, W) on 0..1."""
    return (pixels.permute(0, 3, 1, 2).float() / 255).contiguous(memory_format=torch.channels_last)


def read_photos(folder: Path) -> tuple[list[Rgb], list[float], list[Rgb]]:
    """Photos to train on with their weights, and those to validate on."""
    paths = sorted(folder.glob("*.jpg"))
    kept = set([path for path in paths if path.name.startswith("bsds")][::5])
    training = [path for path in paths if path not in kept]
    # Frames of one video resemble each other: they count less.
    weights = [0.4 if path.name.startswith("indoor") else 1.0 for path in training]
    photos = [shrink(read_photo(path), 640) for path in training]
    return photos, weights, [shrink(read_photo(path), 320) for path in sorted(kept)]


def write_line(out: Path, text: str) -> None:
    print(text, flush=True)
    with (out / "log.txt").open("a") as file:
        file.write(text + "\n")


def main() -> None:
    """Train, print the curve, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--teachers", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=0.02, help="Muon's learning rate at its highest")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop then, with a checkpoint for --resume")
    parser.add_argument("--metric", type=float, default=1.0, help="weight of the metric learning, against its usual one")
    parser.add_argument("--scratch", action="store_true")
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(arguments.seed)
    photos, weights, held = read_photos(arguments.photos)
    write_line(arguments.out, f"{len(photos)} photos to train on, {len(held)} to validate on, seed {arguments.seed}")
    views = PairedViews(photos, weights, arguments.batch, arguments.seed, SIDES[1][1], int(arguments.resume))
    trainer = Trainer(arguments, views, Validation(held))
    if arguments.resume:
        trainer.resume()
    _run(trainer)


def _run(trainer: Trainer) -> None:
    out, steps = trainer.arguments.out, trainer.arguments.steps
    began = time.monotonic()
    while trainer.step < steps:
        if trainer.step % VALIDATE_EVERY == 0:
            mean, most = trainer.validation.score(trainer.network)
            write_line(out, f"step {trainer.step} validation: average pooling {mean:.4f}, maximum pooling {most:.4f}")
            trainer.save()
        trainer.advance()
        if trainer.step % LOG_EVERY == 0:
            minutes = (time.monotonic() - began) / 60
            parts = " ".join(f"{name} {value / LOG_EVERY:.4f}" for name, value in trainer.sums.items())
            write_line(out, f"step {trainer.step} minute {minutes:.1f} {parts}")
            trainer.sums.clear()
            if minutes > trainer.arguments.minutes:
                trainer.save()
                write_line(out, f"stopped at step {trainer.step} of {steps}: go on with --resume")
                return
    trainer.save()
    mean, most = trainer.validation.score(trainer.network)
    write_line(out, f"step {steps} validation: average pooling {mean:.4f}, maximum pooling {most:.4f}")


if __name__ == "__main__":
    main()
