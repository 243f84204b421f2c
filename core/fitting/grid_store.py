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
"""Photos decoded ahead of the network, for each thread that decodes."""


@dataclass(frozen=True)
class Item:
    """A photo file, and the box on it (None: the whole photo)."""

    path: Path
    box: Box | None = None


Looked = tuple[Item, Rgb | UserError]
"""An item and what the network is shown of it, or why there is nothing."""


def _state_of(weights: Path | None) -> str:
    """Tells one file of weights from another; empty when there is none."""
    if weights is None:
        return ""
    status = weights.stat()
    return hashlib.sha256(f"{weights.resolve()} {status.st_size} {status.st_mtime_ns}".encode()).hexdigest()[:12]


class GridStore:
    """Grids by photo and box, in a folder; what is there already is not computed again, so a stopped run goes on.

    Args:
        folder: where the grids lie; one folder may serve several networks.
        config: decides network and size; the other settings do not matter.
        backbone: the network of ``config``.
        weights: the file that its weights were read from, when they are not the usual ones.
        precision: what its numbers are, when they are not the usual ones.

    Attributes:
        key: tells the grids of this network, size, weights and precision from all others.
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
        """What the network was shown, decoded again (the SIFT mask needs it)."""
        return prepare(read_photo(item.path), item.box, self._config, self.backbone.stride)

    def shown_for(self, mask: str, item: Item) -> Rgb:
        """``shown`` when the mask looks at pixels, as only SIFT's does, else a stand-in, to spare the decoding."""
        return self.shown(item) if mask == "sift" else np.zeros((1, 1, 3), dtype=np.uint8)

    def looked(self, items: Sequence[Item]) -> Iterator[Looked]:
        """What the network is shown of each item, in order, decoded ahead in threads."""
        from core.backbones.lanes import lanes_of  # loads torch

        threads = lanes_of(self.backbone).decoders
        return ahead(items, self._try, threads, AHEAD * threads)

    def _computed(self, items: Sequence[Item]) -> Iterator[tuple[Item, str]]:
        """Compute and store grids, in groups of one shape; each item, with the reason when there is no grid."""
        from core.backbones.lanes import Halving, lanes_of

        lanes = lanes_of(self.backbone)
        work = Halving(self._work, lambda looked, error: (looked[0], error.what))
        jobs = self._jobs(self.looked(items), ShapeGroups(lanes.size))
        for done in ahead(jobs, work, lanes.threads, lanes.threads, lanes.begin):
            yield from done

    def _jobs(self, looked: Iterator[Looked], groups: ShapeGroups[tuple[int, ...], Looked]) -> Iterator[list[Looked]]:
        for item, shown in looked:
            if isinstance(shown, UserError):
                yield [(item, shown)]
            else:
                yield from groups.add(shown.shape, (item, shown))
        yield from groups.rest()

    def _work(self, group: Sequence[Looked]) -> list[tuple[Item, str]]:
        """Stores the grids of a group of one shape; of what is no photo it tells the reason."""
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
        """Where a grid lies: named by the photo's path, its state on disk, and the box."""
        box = item.box.as_tuple() if item.box is not None else None  # in words it would be rounded
        key = f"{photo_key(item.path)}\n{box}"
        return self._folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.npy"


def photo_key(path: Path) -> str:
    """Tells a photo's file, as it is now, from all others."""
    size, changed = state_of(path)
    state = f"{size}:{changed}" if size >= 0 else "missing"
    return f"{path.resolve()}\n{state}"
