"""What the lens adds to the canvas, as data: heat, sets of cells, grid lines, the probed cell, painted cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.engine import mask_of
from core.records import CellMaps, Inspection
from gui.canvas.overlays import GridOverlay, HeatOverlay, MaskOverlay, Overlay, area_of, probe_of, scaled
from gui.widgets.text import later, tr

Cell = tuple[int, int]
Masks = Mapping[str, NDArray[np.bool_]]

HEATS = {
    "": later("none"), "sums": later("Σ over all channels"), "winners": later("channels won by the cell"),
    "channel": later("one channel"), "similar": later("likeness to the pinned cell"),
    "pairs": later("pairs in the bin under the mouse"),
}  # fmt: skip

SETS: dict[str, tuple[str, Callable[[Masks], NDArray[np.bool_]]]] = {
    "": (later("none"), lambda m: np.zeros_like(m["max"])),
    "max-sum": (later("in MAX, not in SUM"), lambda m: m["max"] & ~m["sum"]),
    "sum-max": (later("in SUM, not in MAX"), lambda m: m["sum"] & ~m["max"]),
    "max-sift": (later("in MAX, not in SIFT"), lambda m: m["max"] & ~m["sift"]),
    "sift-max": (later("in SIFT, not in MAX"), lambda m: m["sift"] & ~m["max"]),
    "all": (later("in all three"), lambda m: m["max"] & m["sum"] & m["sift"]),
    "nowhere": (later("in none"), lambda m: ~(m["max"] | m["sum"] | m["sift"])),
}
"""Sets of cells that can be shown: their words, and how they follow from the masks."""

SET_COLOUR, PAINT_COLOUR, PROBE_COLOUR = "#CC79A7", "#FFFFFF", "#F0E442"
TINT = 0.35


@dataclass(frozen=True)
class LensState:
    """What is switched on.

    Attributes:
        heat: one of ``HEATS``, with its ``opacity`` and ``palette``.
        sets: one of ``SETS``.
        hovered, pinned: cells.
        painted: painted cells; None: none were painted.
    """

    heat: str = ""
    opacity: float = 0.6
    palette: str = "cividis"
    channel: int = 0
    grid: bool = False
    sets: str = ""
    hovered: Cell | None = None
    pinned: Cell | None = None
    painted: frozenset[Cell] | None = None


def extra_overlays(
    inspection: Inspection | None, state: LensState, asked: NDArray[np.floating] | None
) -> dict[str, Overlay]:
    """The overlays of a state; ``asked`` holds the values of heat layers that the engine computes on demand."""
    if inspection is None or inspection.maps is None:
        return {}
    area, overlays = area_of(inspection), dict[str, Overlay]()
    rows, columns, _ = inspection.grid_shape
    heat = heat_values(inspection.maps, state.heat, asked)
    if heat is not None and heat[0].shape == (rows, columns):
        overlays["heat"] = HeatOverlay(heat[0], area, state.opacity, True, heat[1], palette=state.palette)
    if state.grid:
        overlays["grid"] = GridOverlay((rows, columns), area, True)
    if state.sets:
        cells = SETS[state.sets][1]({name: mask.cells for name, mask in inspection.masks.items()})
        overlays["set"] = MaskOverlay(cells, cells, area, SET_COLOUR, 0, TINT, True, 26.0)
    if state.painted is not None:
        painted = mask_of(state.painted, (rows, columns))
        overlays["painted"] = MaskOverlay(painted, painted, area, PAINT_COLOUR, 0, TINT, True, 28.0)
    if (cell := state.pinned or state.hovered) is not None and cell[0] < rows and cell[1] < columns:
        overlays["probe"] = probe_of(inspection, cell, PROBE_COLOUR)
    return overlays


def heat_values(
    maps: CellMaps, heat: str, asked: NDArray[np.floating] | None
) -> tuple[NDArray[np.float64], float | None] | None:
    """Values in 0..1 and where their contour lies; None when there is nothing to draw yet."""
    if heat == "sums":
        low, high = float(maps.sums.min()), float(maps.sums.max())
        return scaled(maps.sums), (maps.threshold - low) / (high - low) if high > low else None
    if heat == "winners":
        return scaled(maps.winners.astype(np.float64)), None
    return (scaled(asked), None) if heat and asked is not None else None


def heat_ends(inspection: Inspection | None, heat: str, asked: NDArray[np.floating] | None) -> tuple[float, float] | None:
    """The least and the greatest value of a heat layer; None when nothing is drawn."""
    maps = inspection.maps if inspection is not None else None
    if maps is None or not heat:
        return None
    values: NDArray[Any] | None = maps.sums if heat == "sums" else maps.winners if heat == "winners" else asked
    return (float(values.min()), float(values.max())) if values is not None and values.size else None


def probe_text(inspection: Inspection, cell: Cell) -> str:
    """What is known of a cell: row and column, Σ and rank, the masks that keep it, the channels that chose it."""
    maps = inspection.maps
    if maps is None:
        return ""
    row, column = cell
    total = float(maps.sums[row, column])
    rank = int((maps.sums > total).sum()) + 1
    masks = "  ".join(
        f"{n.upper()} {'✓' if inspection.masks[n].cells[row, column] else '–'}" for n in ("sift", "sum", "max")
    )
    channels = np.flatnonzero((maps.peaks == cell).all(axis=1)).tolist()
    first = ", ".join(map(str, channels[:12])) + ("…" if len(channels) > 12 else "")
    chosen = tr("%n channels chose it: {first}", "", len(channels), first=first) if channels else tr("no channel chose it")
    where = tr("row {row}, column {column}", row=row, column=column)
    lines = (
        where,
        tr("Σ {total:.1f}, rank {rank:,} of {cells:,}", total=total, rank=rank, cells=maps.sums.size),
        masks,
        chosen,
        tr("it sees {pixels:.0f} pixels of the photo", pixels=maps.receptive_field),
    )
    return "\n".join(lines)
