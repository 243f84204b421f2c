"""Why a hit was found, drawn with matplotlib: heat over both photos and lines between the strongest pairs of cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch

from core.exports.fig2 import write_figure
from core.photos.images import Rgb
from core.records import Evidence, EvidenceSide

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINES = 20
LINE_COLOUR = "#FFD23F"


def draw_evidence(query: Rgb, hit: Rgb, found: Evidence, out: Path) -> None:
    """Write the figure as PNG, PDF or SVG.

    Args:
        query, hit: the whole photos, (H, W, 3) uint8.

    Raises:
        UserError: another suffix, or the file cannot be written.
    """
    write_figure(lambda: _figure(query, hit, found), out)


def _figure(query: Rgb, hit: Rgb, found: Evidence) -> Figure:
    figure = Figure(figsize=(7.2, 3.4), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    top = max(float(np.abs(side.heat).max()) for side in (found.query, found.hit)) or 1.0
    _draw_side(left, query, found.query, top, "query")
    _draw_side(right, hit, found.hit, top, "hit")
    for (first, second), value in zip(found.pairs[:LINES], found.values[:LINES], strict=True):
        ends = found.query.centres[first], found.hit.centres[second]
        line = ConnectionPatch(
            ends[0].tolist(), ends[1].tolist(), "data", "data", axesA=left, axesB=right, color=LINE_COLOUR, lw=0.8
        )
        line.set_alpha(0.25 + 0.75 * float(value / found.values[0]))
        figure.add_artist(line)
    figure.suptitle(f"cosine {found.cosine:.3f}, {found.bits.agree.sum()} of {len(found.bits.agree)} bits agree")
    return figure


def _draw_side(axis: Axes, photo: Rgb, side: EvidenceSide, top: float, title: str) -> None:
    region, (rows, columns) = side.region, side.heat.shape
    crop = photo[int(region.y0) : int(region.y1), int(region.x0) : int(region.x1)]
    extent = (region.x0, region.x1, region.y1, region.y0)
    axis.imshow(crop, extent=extent, aspect="equal")
    reach = (region.x0, region.x0 + columns * side.cell, region.y0 + rows * side.cell, region.y0)
    heat = np.ma.masked_equal(side.heat, 0)
    axis.imshow(heat, extent=reach, cmap="cividis", vmin=-top, vmax=top, alpha=0.55, interpolation="nearest")
    axis.set(xlim=(region.x0, region.x1), ylim=(region.y1, region.y0), title=title, xticks=[], yticks=[])
