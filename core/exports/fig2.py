"""Fig. 2 for one photo, drawn with matplotlib: masks over the photo above, covariance histograms below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import CircleCollection, LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from core.photos.images import Rgb, shrink
from core.records import BIN_EDGES, LAYER_COLOURS, LOW_COVARIANCE, Inspection, MaskStatistics
from core.util.errors import UserError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLES = {"sift": "SIFT mask", "sum": "SUM mask", "max": "MAX mask"}
FORMATS = frozenset({".png", ".pdf", ".svg"})
EDGE_PX = 1000
# No dates, so that equal photos give equal files.
_UNDATED: dict[str, dict[str, None]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
_STYLE: Any = {
    "font.size": 8,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "svg.hashsalt": "cropseek",
}


def draw_inspection(photo: Rgb, inspection: Inspection, out: Path) -> None:
    """Write the figure as PNG, PDF or SVG.

    Args:
        photo: the whole photo, (H, W, 3) uint8.
        out: the file to write; its suffix decides the format.

    Raises:
        UserError: another suffix, or the file cannot be written.
    """
    write_figure(lambda: _figure(photo, inspection), out)


def write_figure(draw: Callable[[], Figure], out: Path) -> None:
    """Draw in the program's style and write it as PNG, PDF or SVG.

    Raises:
        UserError: another suffix, or the file cannot be written.
    """
    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        raise UserError("a figure is written as .png, .pdf or .svg", str(out), "Choose one of these.")
    with mpl.rc_context(_STYLE):
        try:
            draw().savefig(out, dpi=200, metadata=_UNDATED.get(suffix, {}))
        except OSError as error:
            raise UserError(f"the figure cannot be written ({error.strerror})", str(out)) from error


def _figure(photo: Rgb, inspection: Inspection) -> Figure:
    region = inspection.region
    aspect = region.height / region.width
    picture_height = min(1.75 * aspect, 3.2)
    figure = Figure(figsize=(7.2, picture_height + 1.75), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(2, 4, height_ratios=(picture_height, 1.2))
    crop = photo[int(region.y0) : int(region.y1), int(region.x0) : int(region.x1)]
    _draw_keypoints(axes[0, 0], crop, inspection)
    for axis, name in zip(axes[0, 1:], TITLES, strict=True):
        _draw_mask(axis, crop, inspection, inspection.masks[name])
    _draw_summary(axes[1, 0], inspection)
    top = max(float(m.histogram.max()) for m in inspection.masks.values()) * 1.08 or 1.0
    for axis, name in zip(axes[1, 1:], TITLES, strict=True):
        _draw_histogram(axis, inspection.masks["none"], inspection.masks[name], top, leftmost=name == "sift")
    return figure


def _show(axis: Axes, crop: Rgb, inspection: Inspection, title: str) -> None:
    region = inspection.region
    axis.imshow(shrink(crop, EDGE_PX), extent=(region.x0, region.x1, region.y1, region.y0), interpolation="antialiased")
    axis.set(xlim=(region.x0, region.x1), ylim=(region.y1, region.y0), xticks=[], yticks=[])
    axis.set_title(title, fontsize=8)
    axis.spines[:].set_visible(False)


def _draw_keypoints(axis: Axes, crop: Rgb, inspection: Inspection) -> None:
    """The photo with its SIFT keypoints: circles that show scale and orientation."""
    points = inspection.keypoints
    _show(axis, crop, inspection, f"{len(points)} SIFT keypoints")
    if not len(points):
        return
    points_per_pixel = 72 * 1.75 / inspection.region.width
    radius = np.maximum(points.size / 2, 0.5)
    circles = CircleCollection(
        np.pi * (radius * points_per_pixel) ** 2, offsets=points.xy, transOffset=axis.transData, facecolors="none",
        edgecolors=LAYER_COLOURS["keypoints"], linewidths=0.45,
    )  # fmt: skip
    turn = np.deg2rad(points.angle)
    tips = points.xy + radius[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    axis.add_collection(circles)
    axis.add_collection(
        LineCollection(list(np.stack([points.xy, tips], axis=1)), colors=LAYER_COLOURS["keypoints"], linewidths=0.45)
    )


def _draw_mask(axis: Axes, crop: Rgb, inspection: Inspection, mask: MaskStatistics) -> None:
    """Kept cells show the photo, other cells are darkened; thin lines mark the border of the kept cells."""
    _show(axis, crop, inspection, f"{TITLES[mask.name]}: {mask.kept_fraction:.0%} kept")
    (cell_h, cell_w), region = inspection.cell_size, inspection.region
    rows, columns = mask.cells.shape
    shade = np.zeros((rows, columns, 4))
    shade[..., 3] = np.where(mask.cells, 0.0, 0.72)
    extent = (region.x0, region.x0 + columns * cell_w, region.y0 + rows * cell_h, region.y0)
    axis.imshow(shade, extent=extent, interpolation="nearest")
    axis.add_collection(
        LineCollection(
            _borders(mask.cells, region.x0, region.y0, cell_h, cell_w), colors=LAYER_COLOURS[mask.name], linewidths=0.7
        )
    )
    # The grid does not cover the last pixels at the right and the bottom (less than a cell), so no mask saw them.
    for x, y, w, h in (
        (extent[1], region.y0, region.x1 - extent[1], region.height),
        (region.x0, extent[2], extent[1] - region.x0, region.y1 - extent[2]),
    ):
        if w > 0 and h > 0:
            axis.add_patch(Rectangle((x, y), w, h, facecolor="black", alpha=0.72, linewidth=0))
    axis.set(xlim=(region.x0, region.x1), ylim=(region.y1, region.y0))


def _borders(cells: np.ndarray, x0: float, y0: float, cell_h: float, cell_w: float) -> list[list[tuple[float, float]]]:
    """The line segments between kept and removed cells, in image pixels."""
    padded = np.pad(cells, 1)
    lines = []
    for r, c in zip(*np.nonzero(padded[1:-1, 1:] != padded[1:-1, :-1]), strict=True):
        lines.append([(x0 + c * cell_w, y0 + r * cell_h), (x0 + c * cell_w, y0 + (r + 1) * cell_h)])
    for r, c in zip(*np.nonzero(padded[1:, 1:-1] != padded[:-1, 1:-1]), strict=True):
        lines.append([(x0 + c * cell_w, y0 + r * cell_h), (x0 + (c + 1) * cell_w, y0 + r * cell_h)])
    return lines


def _draw_histogram(axis: Axes, before: MaskStatistics, after: MaskStatistics, top: float, leftmost: bool) -> None:
    """The covariances with the mask, drawn over those without."""
    axis.axvspan(-LOW_COVARIANCE, LOW_COVARIANCE, color="0.93", linewidth=0)
    axis.stairs(before.histogram, BIN_EDGES, fill=True, color="0.62", label="without mask")
    axis.stairs(after.histogram, BIN_EDGES, color=LAYER_COLOURS[after.name], linewidth=1.1, label="with mask")
    axis.set(xlim=(-0.2, 1), ylim=(0, top), xticks=(0, 0.5, 1))
    axis.set_xlabel("dot product of two features", fontsize=7)
    axis.yaxis.set_major_locator(MaxNLocator(3))
    axis.tick_params(labelleft=leftmost, labelsize=7)
    axis.spines[["top", "right"]].set_visible(False)
    if leftmost:
        axis.set_ylabel("share of pairs", fontsize=7)
    axis.legend(frameon=False, fontsize=6.5, handlelength=1.2, borderpad=0, loc="upper right")
    axis.text(0.98, 0.55, _rise(before, after), transform=axis.transAxes, ha="right", va="top", fontsize=6.5)


def _rise(before: MaskStatistics, after: MaskStatistics) -> str:
    """How the share of nearly uncorrelated pairs changes."""
    if before.low_covariance_fraction is None or after.low_covariance_fraction is None:
        return "too few features"
    return f"within ±{LOW_COVARIANCE}:\n{before.low_covariance_fraction:.0%} → {after.low_covariance_fraction:.0%}"


def _draw_summary(axis: Axes, inspection: Inspection) -> None:
    """A text that describes the figure."""
    height, width, channels = inspection.grid_shape
    region = inspection.region
    lines = [
        inspection.query.path.name if len(inspection.query.path.name) < 30 else f"…{inspection.query.path.name[-28:]}",
        f"{region.width:.0f} × {region.height:.0f} px" + (" (box)" if inspection.query.box else ""),
        f"grid {height} × {width} × {channels}: {height * width} cells",
        f"preset {inspection.preset}",
    ]
    axis.text(0.0, 0.95, "\n".join(lines), transform=axis.transAxes, va="top", fontsize=7, linespacing=1.6)
    axis.set_axis_off()
