"""Figures 3 to 7 of the paper as plots, and the measurements of 3 and 7."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from core.chain.config import DescriberConfig
from core.chain.describer import make_mask
from core.chain.load import backbone_of
from core.chain.presets import baseline_config
from core.evaluation.results import Evaluation
from core.evaluation.tables import DIMENSIONS, LAYERS, MASKS, temb
from core.fitting.grid_store import GridStore, Item
from core.fitting.photo_set import PhotoSet
from core.fitting.training import Fitter
from core.inspect.mask_survey import survey
from core.photos.scan import scan
from core.records import LAYER_COLOURS, MaskSummary, Survey
from core.util.errors import UserError
from core.util.progress import Ticket

COLOURS = {**LAYER_COLOURS, "none": "#6b7280", "SIFT features": "#cc79a7",
           "MAX": "#009e73", "R-MAC": "#d55e00"}  # fmt: skip
"""From the palette of Okabe and Ito, for colour-blind people."""

TIMED = 60
"""Number of photos whose encoding is timed for Fig. 7."""


def mask_survey(
    config: DescriberConfig, images: Path, device: str, cache: Path, ticket: Ticket, checkpoint: Path | None = None
) -> Survey:
    """Measure Fig. 3a and 3b over a folder.

    Raises:
        UserError: no photos.
        Cancelled: by the ticket.
    """
    store = _store(config, device, cache, ticket, checkpoint)
    items = store.fill([Item(file.path) for file in scan([images], ticket)], ticket)
    look = lambda path: (store.grid(Item(path)), store.shown(Item(path)))  # noqa: E731
    return survey(config, [item.path for item in items], len(items), look, ticket)


def _store(config: DescriberConfig, device: str, cache: Path, ticket: Ticket, checkpoint: Path | None) -> GridStore:
    backbone = backbone_of(config, device, checkpoint, ticket)
    return GridStore(cache, config, backbone, checkpoint, device.partition("+")[2])


@dataclass(frozen=True)
class Timing:
    """Fig. 7: seconds of a query without the network, and of its parts."""

    series: str
    dimensions: int
    encode: float
    search: float


def query_times(
    base: DescriberConfig,
    images: Path,
    held_out: Sequence[Path],
    device: str,
    cache: Path,
    ticket: Ticket,
    checkpoint: Path | None = None,
) -> tuple[Timing, ...]:
    """Median time to encode a grid (mask, embedding, aggregation, post-processing) and to rank all descriptors by cosine.

    Args:
        checkpoint: the network's weights; None: the default.

    Raises:
        UserError: no photos, or too few to fit.
        Cancelled: by the ticket.
    """
    store = _store(base, device, cache, ticket, checkpoint)
    items = store.fill([Item(file.path) for file in scan([images], ticket)], ticket)
    learning = store.fill([Item(file.path) for file in scan(held_out, ticket)], ticket, "extracting held-out features")
    fitter = Fitter(PhotoSet(store, learning, ticket))
    configs = [(mask, temb(base, n, mask=mask)) for mask in MASKS for n in list(DIMENSIONS)[:4]]
    configs.append(("R-MAC", baseline_config(base, "rmac", 512)))
    result = []
    for series, config in configs:
        stages = fitter.stages(config, hashed=False)
        stages = replace(stages, hashing=_NoHashing())  # type: ignore[type-var]
        encode = []
        for item in items[:TIMED]:
            grid, shown = store.grid(item), store.shown_for(config.mask, item)
            started = time.perf_counter()
            descriptor = stages.encode(grid, make_mask(config, grid, shown)).descriptor
            encode.append(time.perf_counter() - started)
        database = np.repeat(descriptor[None], len(items), axis=0)
        result.append(Timing(series, config.dimensions, float(np.median(encode)), _ranking_time(database)))
    return tuple(result)


class _NoHashing:
    """Fig. 7 measures descriptors only, so no hashing is fitted."""

    ARRAYS = ()

    def transform(self, vectors: NDArray[np.floating]) -> NDArray[np.bool_]:
        return np.zeros((*vectors.shape[:-1], 8), dtype=bool)


def _ranking_time(database: NDArray[np.float32]) -> float:
    times = []
    for _ in range(9):
        started = time.perf_counter()
        np.argsort(-(database @ database[0]))
        times.append(time.perf_counter() - started)
    return float(np.median(times))


def draw_masks(summaries: Sequence[MaskSummary], out: Path) -> None:
    """Fig. 3: kept features (a) and uncorrelated pairs (b), by mask, with 95 % intervals."""
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    names = [summary.mask for summary in summaries]
    colours = [COLOURS[name] for name in names]
    left.bar(names, [100 * s.kept for s in summaries], yerr=[100 * s.kept_error for s in summaries], color=colours)
    right.bar(
        names,
        [100 * s.low_covariance for s in summaries],
        yerr=[100 * s.low_covariance_error for s in summaries],
        color=colours,
    )
    left.set(title="(a) features kept", ylabel="%")
    right.set(title="(b) pairs with |dot product| ≤ 0.15", ylabel="%")
    _save(figure, [left, right], out)


def draw_times(timings: Sequence[Timing], out: Path) -> None:
    """Fig. 7: time of a query by length of the descriptor."""
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    for series in dict.fromkeys(timing.series for timing in timings):
        points = [(t.dimensions, 1000 * (t.encode + t.search)) for t in timings if t.series == series]
        axes.plot(*zip(*points, strict=True), marker="o", label=series, color=COLOURS[series])
    axes.set(xlabel="dimensions", ylabel="ms a query, without the network", xscale="log", yscale="log")
    axes.legend(frameon=False)
    _save(figure, [axes], out)


def draw_evaluation(evaluation: Evaluation, number: str, out: Path) -> None:
    """Figs. 4 to 6: mean average precision at the rows' points.

    Raises:
        UserError: no such figure, or the file cannot be written.
    """
    labels = {"4": "exponent of the power law", "5": "dimensions", "6": "layer"}
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for result in evaluation.results:
        if result.map is not None:
            lines[result.point[0]].append((result.point[1], 100 * result.map))
    for series, points in lines.items():
        axes.plot(*zip(*sorted(points), strict=True), marker="o", label=series, color=COLOURS[series])
    axes.set(xlabel=labels[number], ylabel="mAP (%)", title=f"Fig. {number} on {evaluation.protocol}")
    if number == "5":
        axes.set_xscale("log", base=2)
    if number == "6":
        axes.set_xticks(range(len(LAYERS)), LAYERS)
    axes.legend(frameon=False)
    _save(figure, [axes], out)


def _save(figure: Figure, axes: Sequence[Axes], out: Path) -> None:
    for each in axes:
        each.spines[["top", "right"]].set_visible(False)
        each.grid(axis="y", alpha=0.3)
    try:
        figure.savefig(out, dpi=150)
    except (OSError, ValueError) as error:
        raise UserError(f"the figure cannot be written ({error})", str(out), "Use .png, .pdf or .svg.") from error
