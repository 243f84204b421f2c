"""Grids of many photos, computed once and kept on disk, so that fits and evaluations of one network share them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.backbones import Backbone, grids
from core.chain.config import DescriberConfig
from core.chain.describer import prepare
from core.chain.stages import Grid
from core.geometry import Box
from core.indexing.prefetch import ShapeGroups, ahead
from core.photos.disk import state_of
from core.photos.images import Rgb, read_photo
from core.records import Skipped
from core.util.atomic_write import replacing
from core.util.errors import UserError
from core.util.progress import Ticket

AHEAD = 2
"""Number of photos decoded ahead of the network, for each decoding thread."""


@dataclass(frozen=True)
class Item:
    """A photo file, and the box on it (None: the whole photo)."""

    path: Path
    box: Box | None = None


Looked = tuple[Item, Rgb | UserError]
"""An item and the network's input for it, or the reason why there is none."""


def _state_of(weights: Path | None) -> str:
    """A key for the file of weights; empty if there is none."""
    if weights is None:
        return ""
    status = weights.stat()
    return hashlib.sha256(f"{weights.resolve()} {status.st_size} {status.st_mtime_ns}".encode()).hexdigest()[:12]


class GridStore:
    """Grids by photo and box, stored in a folder; stored grids are not computed again, so a stopped run can continue.

    Args:
        folder: of the grids; several networks may share one.
        config: only its network and image size are used.
        backbone: the network of ``config``.
        weights: the file of its weights, if not the default.
        precision: of its numbers, if not the default.

    Attributes:
        key: identifies network, size, weights and precision.
    """

    def __init__(
        self, folder: Path, config: DescriberConfig, backbone: Backbone, weights: Path | None = None, precision: str = ""
    ) -> None:
        self.key = "-".join(filter(None, (config.grid_key(), _state_of(weights), precision)))
        self._folder = folder / self.key
        self._config, self.backbone = config, backbone
        self._folder.mkdir(parents=True, exist_ok=True)
        self.skipped: list[Skipped] = []

    def fill(self, items: Sequence[Item], ticket: Ticket, what: str = "extracting features") -> list[Item]:
        """Compute the grids that are missing; unreadable photos go to ``skipped``.

        Returns:
            The items whose grids are there, in the order given.

        Raises:
            Cancelled: by the ticket; what is stored stays.
        """
        missing = [item for item in items if not self._file(item).exists()]
        present = len(items) - len(missing)
        bad: set[Item] = set()
        for done, (item, reason) in enumerate(self._computed(missing), start=present + 1):
            if reason:
                bad.add(item)
                self.skipped.append(Skipped(item.path, reason))
            ticket.checkpoint(done, len(items), what)
        return [item for item in items if item not in bad]

    def grid(self, item: Item) -> Grid:
        """A stored grid, (H, W, K) float32."""
        grid: Grid = np.load(self._file(item), allow_pickle=False)
        return grid

    def shown(self, item: Item) -> Rgb:
        """The network's input, decoded again, as the SIFT mask needs it."""
        return prepare(read_photo(item.path), item.box, self._config, self.backbone.stride)

    def shown_for(self, mask: str, item: Item) -> Rgb:
        """``shown`` for the SIFT mask, the only one that uses pixels; else a placeholder, to avoid decoding."""
        return self.shown(item) if mask == "sift" else np.zeros((1, 1, 3), dtype=np.uint8)

    def looked(self, items: Sequence[Item]) -> Iterator[Looked]:
        """The network's input for each item, in order, decoded ahead in threads."""
        from core.backbones.batch_sizes import lanes_of  # loads torch

        threads = lanes_of(self.backbone).decoders
        return ahead(items, self._try, threads, AHEAD * threads)

    def _computed(self, items: Sequence[Item]) -> Iterator[tuple[Item, str]]:
        """Compute and store grids in groups of one shape; yields each item, with the reason if there is no grid."""
        from core.backbones.batch_sizes import Halving, lanes_of

        lanes = lanes_of(self.backbone)

        def work(group: Sequence[Looked]) -> list[tuple[Item, str]]:
            with lanes.turn():
                return self._work(group)

        jobs = self._jobs(self.looked(items), ShapeGroups(lanes.size))
        halving = Halving(work, lambda looked, error: (looked[0], error.what))
        try:
            for done in ahead(jobs, halving, lanes.threads, lanes.threads, lanes.begin):
                yield from done
        finally:
            lanes.end()

    def _jobs(self, looked: Iterator[Looked], groups: ShapeGroups[tuple[int, ...], Looked]) -> Iterator[list[Looked]]:
        for item, shown in looked:
            if isinstance(shown, UserError):
                yield [(item, shown)]
            else:
                yield from groups.add(shown.shape, (item, shown))
        yield from groups.rest()

    def _work(self, group: Sequence[Looked]) -> list[tuple[Item, str]]:
        """Store the grids of a group of one shape; yields each item with the reason if there is no grid."""
        refused = [(item, shown.what) for item, shown in group if isinstance(shown, UserError)]
        photos = [(item, shown) for item, shown in group if not isinstance(shown, UserError)]
        if photos:
            for (item, _), grid in zip(photos, grids(self.backbone, [shown for _, shown in photos]), strict=True):
                self._store(item, grid)
        return refused + [(item, "") for item, _ in photos]

    def _try(self, item: Item) -> Looked:
        try:
            return item, self.shown(item)
        except UserError as error:
            return item, error

    def _store(self, item: Item, grid: Grid) -> None:
        with replacing(self._file(item)) as part, part.open("wb") as file:
            np.save(file, grid)

    def _file(self, item: Item) -> Path:
        """The path of a grid, named by the photo's path, its state on disk, and the box."""
        box = item.box.as_tuple() if item.box is not None else None  # as text it would be rounded
        key = f"{photo_key(item.path)}\n{box}"
        return self._folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.npy"


def photo_key(path: Path) -> str:
    """A key for a photo's file in its present state."""
    size, changed = state_of(path)
    state = f"{size}:{changed}" if size >= 0 else "missing"
    return f"{path.resolve()}\n{state}"
