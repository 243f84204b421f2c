"""Train a thinner embedded network to give what the full one gives.

    python -m resources.tools.backbone.follow PHOTOS --out DIR [--inner 64 160] [--steps 3600]

Starts from the full network's weights without some channels (``resources.tools.backbone.pruning``) and follows the full
network on views of photos: the grid after each stage, and the cells.  The layers up to the first stage stay as they are, as
both networks can then share them while training.  It needs neither teachers nor labels.  Every fifth
``bsds`` photo is kept to compare the two on.  ``DIR/log.txt`` gets the curve, ``DIR/thin.safetensors`` the weights.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader

from core.backbones.compact import WEIGHTS, WIDTHS, build_network, load_weights
from core.photos.images import Rgb
from resources.tools.backbone.crops import BORDER, PairedViews
from resources.tools.backbone.network import save
from resources.tools.backbone.pruning import STAGES, pruned
from resources.tools.backbone.train import read_photos, write_line
from resources.tools.backbone.validation import as_input

SHARED = "stage1"
"""The last layer that both networks have with the same weights."""
FITTED = 31
"""Photos for the least squares of the start."""
WARM_UP = 100
LOG_EVERY, COMPARE_EVERY = 25, 500


class Follower:
    """Both networks and the optimiser of the thinner one."""

    def __init__(self, thin: nn.Sequential, full: nn.Sequential, rate: float, steps: int, device: str = "cpu") -> None:
        self.thin, self.full = (each.to(device, memory_format=torch.channels_last) for each in (thin, full))
        self.first = 1 + [name for name, _ in full.named_children()].index(SHARED)
        self.optimiser = torch.optim.AdamW(thin[self.first :].parameters(), rate, weight_decay=0.0)
        # Rises at the start, then falls to nothing: the averages of Adam start from nothing too.
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda step: min((step + 1) / WARM_UP, 1.0) * (1 - step / steps)
        )

    def advance(self, pixels: Tensor) -> dict[str, float]:
        """One step; the parts of its loss."""
        with torch.no_grad():
            shared = self.full[: self.first](pixels)
            wanted = grids(self.full[self.first :], shared)
        parts = losses(grids(self.thin[self.first :], shared), wanted)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
        self.schedule.step()
        return {name: float(value.detach()) for name, value in parts.items()}

    @torch.no_grad()
    def compare(self, photos: list[Tensor]) -> tuple[float, float]:
        """The mean cosine of cells, and the share of largest cells (of each channel) that are the same."""
        cosines, same = [], []
        for photo in photos:
            guess, wanted = self.thin(photo)[0], self.full(photo)[0]
            cosines.append(functional.cosine_similarity(guess, wanted, dim=0).mean())
            same.append((guess.flatten(1).argmax(1) == wanted.flatten(1).argmax(1)).float().mean())
        return float(torch.stack(cosines).mean()), float(torch.stack(same).mean())


def grids(network: nn.Sequential, pixels: Tensor) -> dict[str, Tensor]:
    """The grids after each stage and of the cells, (N, C, h, w) each."""
    kept: dict[str, Tensor] = {}
    for name, layer in network.named_children():
        pixels = layer(pixels)
        if name in (*STAGES[1:], "head_relu"):
            kept[name] = pixels
    return kept


def losses(guess: dict[str, Tensor], wanted: dict[str, Tensor]) -> dict[str, Tensor]:
    """Squared differences against the squares of what is wanted, by grid, and one minus the cosine of cells."""
    parts = {name: functional.mse_loss(guess[name], value) / value.square().mean() for name, value in wanted.items()}
    cosines = functional.cosine_similarity(guess["head_relu"], wanted["head_relu"], dim=1)
    return parts | {"cosine": (1 - cosines).mean()}


def main() -> None:
    """Prune, train, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--inner", type=int, nargs=2, default=(64, 160), help="channels within the last two stages' blocks")
    parser.add_argument("--steps", type=int, default=3600)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--side", type=int, default=256, help="of the views, in pixels")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(arguments.seed)
    photos, weights, held = read_photos(arguments.photos)
    full = build_network()
    full.load_state_dict(load_weights(WEIGHTS))
    thin = pruned(full.eval(), (WIDTHS[1], *arguments.inner), [_whole(photo) for photo in photos[:: len(photos) // FITTED]])
    views = PairedViews(photos, weights, arguments.batch, arguments.seed, arguments.side, 0)
    follower = Follower(thin, full, arguments.rate, arguments.steps, arguments.device)
    _run(follower, views, [_whole(photo).to(arguments.device) for photo in held], arguments)


def _whole(photo: Rgb) -> Tensor:
    return as_input(torch.from_numpy(photo.copy())[None])


def _run(follower: Follower, views: PairedViews, held: list[Tensor], arguments: argparse.Namespace) -> None:
    out, began, sums = arguments.out, time.monotonic(), dict[str, float]()
    loader = iter(DataLoader(views, batch_size=None, num_workers=1, prefetch_factor=4))
    for step in range(arguments.steps + 1):
        if step % COMPARE_EVERY == 0 or step == arguments.steps:
            cosine, largest = follower.compare(held)
            save(follower.thin.state_dict(), str(out / "thin.safetensors"))
            write_line(out, f"step {step}: cosine of cells {cosine:.4f}, largest cells the same {largest:.3f}")
        if step == arguments.steps:
            return
        pixels = next(loader).pixels[:, BORDER:-BORDER, BORDER:-BORDER]
        for name, value in follower.advance(as_input(pixels.to(arguments.device))).items():
            sums[name] = sums.get(name, 0.0) + value / LOG_EVERY
        if step % LOG_EVERY == LOG_EVERY - 1:
            parts = " ".join(f"{name} {value:.4f}" for name, value in sums.items())
            write_line(out, f"step {step + 1} minute {(time.monotonic() - began) / 60:.1f} {parts}")
            sums.clear()


if __name__ == "__main__":
    main()
