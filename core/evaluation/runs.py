"""Run a protocol over a folder of photos with one or several presets, sharing what they have in common."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from core import __version__
from core.collection import absolute, scan
from core.config import DescriberConfig
from core.describer import Describer, make_mask
from core.describers import backbone_of, shipped_describer
from core.errors import UserError
from core.evaluation.average_precision import average_precision
from core.evaluation.protocols import Truth, groups_by_pattern, groups_truth, holidays_truth, read_groups
from core.grids import GridStore, Item
from core.hashing.bits import hamming
from core.presets import preset
from core.progress import Ticket
from core.records import Skipped
from core.stages import Description
from core.training import fit_stages

PROTOCOLS = ("holidays", "groups")


@dataclass(frozen=True)
class Request:
    """What is to be evaluated.

    Attributes:
        protocol: one of ``PROTOCOLS``.
        images: the folder of photos.
        ground_truth: JSON of groups; ``group_by``: a regular expression instead.
        held_out: folders to fit on; none: the shipped fits.
        presets: names.
        cache: folder for the grids; a temporary one when None.
    """

    protocol: str
    images: Path
    presets: tuple[str, ...]
    ground_truth: Path | None = None
    group_by: str | None = None
    held_out: tuple[Path, ...] = ()
    cache: Path | None = None


@dataclass(frozen=True)
class Result:
    """One row: a preset's descriptors (``bits`` 0, cosine) or codes (Hamming), and their mean average precision."""

    preset: str
    mask: str
    embedding: str
    aggregation: str
    dimensions: int
    bits: int
    map: float
    fingerprint: str


@dataclass(frozen=True)
class Evaluation:
    """What a run gave; ``versions`` and ``seconds`` belong to the record of it."""

    protocol: str
    queries: int
    images: int
    results: tuple[Result, ...]
    skipped: tuple[Skipped, ...]
    seconds: float
    versions: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        values = asdict(self)
        values["skipped"] = [{"path": str(s.path), "reason": s.reason} for s in self.skipped]
        return values


def evaluate(request: Request, device: str, ticket: Ticket, weights: Path | None = None) -> Evaluation:
    """Run a protocol.

    Raises:
        UserError: an unknown protocol or preset, no photos, unusable ground truth, too few photos to fit.
        Cancelled: by the ticket; grids in ``request.cache`` stay.
    """
    started = time.monotonic()
    root = absolute(request.images)
    configs = {name: preset(name) for name in request.presets}
    files = [file.path for file in scan([root], ticket)]
    _truth(request, files, root)  # so that unusable ground truth is told before hours of work
    results: list[Result] = []
    with ExitStack() as stack:
        cache = request.cache or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cropseek-")))
        for name, config in configs.items():
            store = GridStore(cache, config, backbone_of(config, device, weights, ticket))
            describer = _describer(name, config, request, store, device, ticket)
            items = store.fill([Item(path) for path in files], ticket)
            images = [item.path for item in items]
            truths = _truth(request, images, root)
            results += _measured(name, describer, store, items, truths, ticket)
    return Evaluation(
        request.protocol,
        len(truths),
        len(images),
        tuple(results),
        tuple(store.skipped),
        time.monotonic() - started,
        _versions(),
    )


def _truth(request: Request, images: Sequence[Path], root: Path) -> list[Truth]:
    """The queries of the protocol on the photos that can be read."""
    if request.protocol == "holidays":
        return holidays_truth(images)
    if request.protocol != "groups":
        raise UserError(f"there is no protocol '{request.protocol}'", "evaluate", f"There are: {', '.join(PROTOCOLS)}.")
    group_of: Callable[[Path], str | None]
    if request.ground_truth is not None:
        group_of = read_groups(request.ground_truth, images, root)
    elif request.group_by is not None:
        group_of = groups_by_pattern(request.group_by, root)
    else:
        raise UserError(
            "the protocol 'groups' needs to know the groups",
            "evaluate",
            'Give --ground-truth FILE with {"photo.jpg": "group", ...}, or --group-by REGEX on the names.',
        )
    return groups_truth(images, group_of)


def _describer(
    name: str, config: DescriberConfig, request: Request, store: GridStore, device: str, ticket: Ticket
) -> Describer:
    """Fitted on the held-out folders when there are some, else the shipped one."""
    if not request.held_out:
        return shipped_describer(name, device)
    items = store.fill([Item(file.path) for file in scan(request.held_out, ticket)], ticket, "extracting held-out features")
    return Describer(config, fit_stages(config, store, items, ticket), store.backbone)


def _measured(
    name: str, describer: Describer, store: GridStore, items: Sequence[Item], truths: Sequence[Truth], ticket: Ticket
) -> list[Result]:
    """Mean average precision of descriptors and codes."""
    each = ticket.each(items, len(items), f"describing with {name}")
    described = [describe_stored(describer, store, item) for item in each]
    descriptors = np.stack([d.descriptor for d in described])
    codes = np.stack([d.code for d in described])
    real, binary = [], []
    for truth in truths:
        scores = descriptors @ descriptors[truth.query]
        distances = hamming(codes, codes[truth.query])
        real.append(average_precision(np.argsort(-scores, kind="stable"), truth.positives, truth.junk))
        binary.append(average_precision(np.argsort(distances, kind="stable"), truth.positives, truth.junk))
    config = describer.config
    shared = (name, config.mask, config.embedding, config.aggregation, config.dimensions)
    fingerprint = config.fingerprint()
    return [
        Result(*shared, 0, float(np.mean(real)), fingerprint),
        Result(*shared, config.bits, float(np.mean(binary)), fingerprint),
    ]


def describe_stored(describer: Describer, store: GridStore, item: Item) -> Description:
    """The description of an item whose grid is stored."""
    grid = store.grid(item)
    return describer.encode(grid, make_mask(describer.config, grid, store.shown_for(describer.config.mask, item)))


def _versions() -> dict[str, str]:
    libraries = ("torch", "numpy", "opencv-python-headless", "faiss-cpu")
    return {"cropseek": __version__} | {name: version(name) for name in libraries}


def as_markdown(evaluation: Evaluation) -> str:
    """A table for people."""
    lines = [
        f"{evaluation.protocol}: {evaluation.queries} queries, {evaluation.images} images",
        "",
        "| preset | mask | descriptor | mAP | code | mAP |",
        "|---|---|---|---|---|---|",
    ]
    rows = evaluation.results
    for real, binary in zip(rows[::2], rows[1::2], strict=True):
        lines.append(
            f"| {real.preset} | {real.mask} | {real.dimensions} floats | {real.map:.3f}"
            f" | {binary.bits} bits | {binary.map:.3f} |"
        )
    return "\n".join(lines)
