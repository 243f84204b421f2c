"""Fig. 3 of a collection: how much each mask keeps, and its effect on the covariances, for each photo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.chain.config import DescriberConfig
from core.chain.describer import make_mask
from core.chain.stages import Grid
from core.inspect.covariance import mask_statistics
from core.photos.images import Rgb
from core.records import BINS, MASK_NAMES, MaskStatistics, MaskSummary, PhotoMasks, Skipped, Survey
from core.util.errors import UserError
from core.util.progress import Ticket

Look = Callable[[Path], tuple[Grid, Rgb]]
"""A photo's grid, and the resized photo.  Raises UserError for a photo that cannot be read."""


def survey(config: DescriberConfig, paths: Sequence[Path], total: int, look: Look, ticket: Ticket) -> Survey:
    """Measure every mask on each photo.

    Args:
        paths: the photos to measure, out of ``total``.

    Raises:
        Cancelled: by the ticket.
    """
    rows, skipped, cells = [], [], []
    histograms: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(BINS))
    for path in ticket.each(paths, len(paths), "comparing masks"):
        try:
            grid, shown = look(path)
        except UserError as error:
            skipped.append(Skipped(path, error.what))
            continue
        cells.append(grid.shape[0] * grid.shape[1])
        found = {name: _statistics(config, name, grid, shown) for name in MASK_NAMES}
        for name, statistics in found.items():
            histograms[name] += statistics.histogram
        rows.append(_row(path, found))
    summaries = {name: _summary(name, rows, histograms[name]) for name in MASK_NAMES}
    return Survey(total, summaries, tuple(rows), tuple(skipped), float(np.mean(cells)) if cells else 0.0)


def _statistics(config: DescriberConfig, name: str, grid: Grid, shown: Rgb) -> MaskStatistics:
    return mask_statistics(name, grid, make_mask(replace(config, mask=name), grid, shown))


def _row(path: Path, found: dict[str, MaskStatistics]) -> PhotoMasks:
    kept = {name: statistics.kept_fraction for name, statistics in found.items()}
    return PhotoMasks(path, kept, {name: statistics.low_covariance_fraction for name, statistics in found.items()})


def _summary(name: str, rows: Sequence[PhotoMasks], histogram: NDArray[np.float64]) -> MaskSummary:
    kept = _mean(row.kept[name] for row in rows)
    low = _mean(value for row in rows if (value := row.low_covariance[name]) is not None)
    return MaskSummary(name, len(rows), *kept, *low, histogram / max(len(rows), 1))


def _mean(values: Iterable[float]) -> tuple[float, float]:
    """The mean, and the half width of its 95 % confidence interval."""
    known = np.array(list(values))
    if len(known) < 2:
        return (float(known[0]) if len(known) else float("nan")), float("nan")
    return float(known.mean()), float(1.96 * known.std(ddof=1) / np.sqrt(len(known)))
