"""Overlays over the photo as frozen data, without graphics items.

``gui.canvas.overlay_items`` draws them.  A new kind of overlay is a dataclass here and a row in the registry there.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.records import LAYER_COLOURS, Inspection, Keypoints, Query, Ranking
from gui.widgets.theme import FOUND_COLOUR

MASKS = ("sift", "sum", "max")
"""From the mask that keeps most cells to the one that keeps fewest; also the order of lines, from outside to inside."""

LAYERS = ("keypoints", *MASKS)
DEFAULT_OPACITY = 0.7


@dataclass(frozen=True)
class GridArea:
    """Where a grid lies on the photo.

    Cell (r, c) covers [x0 + c * cell_w, ...) x [y0 + r * cell_h, ...), cut to ``region``.

    The region is larger than the box; drawing is clipped to ``box`` if there is one.
    """

    region: Box
    cell_h: float
    cell_w: float
    box: Box | None = None

    @property
    def cut(self) -> Box:
        """The part of the grid that is drawn."""
        return self.box or self.region

    def cell(self, row: int, column: int) -> Box:
        """The image pixels of one cell."""
        x, y = self.region.x0 + column * self.cell_w, self.region.y0 + row * self.cell_h
        return Box(x, y, x + self.cell_w, y + self.cell_h)


@dataclass(frozen=True, eq=False)
class ShadeOverlay:
    """Darkness over the cells that masks remove.

    ``darkness`` is (H, W), 1 where every visible mask removes the cell; ``opacity`` is how black that is.  Pixels
    outside the grid are in no mask, and as dark as a removed cell.
    """

    darkness: NDArray[np.float64]
    area: GridArea
    opacity: float
    visible: bool
    z: float = 10.0


@dataclass(frozen=True, eq=False)
class MaskOverlay:
    """One mask: a light tint over its kept cells, and a line around them.

    ``tinted`` are the kept cells that no visible mask further inside keeps too: each cell has the tint of one mask.

    ``lane`` counts the visible masks outside this one: each line is drawn further inside the cells than the last, so that
    lines of several masks run side by side.  ``opacity`` is the tint's, ``strength`` the line's.
    """

    cells: NDArray[np.bool_]
    tinted: NDArray[np.bool_]
    area: GridArea
    colour: str
    lane: int
    opacity: float
    visible: bool
    z: float
    strength: float = 1.0


@dataclass(frozen=True, eq=False)
class KeypointsOverlay:
    """All keypoints: circles of their scale with a line of their orientation."""

    points: Keypoints
    colour: str
    opacity: float
    visible: bool
    z: float = 30.0


@dataclass(frozen=True, eq=False)
class HeatOverlay:
    """Values of cells as colours of a palette, with a line where they reach ``contour``.

    ``values`` is (H, W) between 0 and 1.
    """

    values: NDArray[np.floating]
    area: GridArea
    opacity: float
    visible: bool
    contour: float | None = None
    z: float = 5.0
    palette: str = "cividis"


@dataclass(frozen=True, eq=False)
class GridOverlay:
    """The borders of all cells."""

    shape: tuple[int, int]
    area: GridArea
    visible: bool
    z: float = 12.0


@dataclass(frozen=True, eq=False)
class ProbeOverlay:
    """One cell, and the square of the photo that its feature depends on."""

    cell: Box
    field: Box
    colour: str
    visible: bool = True
    z: float = 35.0


@dataclass(frozen=True, eq=False)
class FoundOverlay:
    """Where a query lies on a hit: corners in image pixels; ``sure`` when geometry verified it."""

    corners: tuple[tuple[float, float], ...]
    colour: str
    sure: bool
    visible: bool = True
    z: float = 40.0


@dataclass(frozen=True, eq=False)
class ExampleOverlay:
    """A further box of the query: wanted, or not."""

    box: Box
    good: bool
    visible: bool = True
    z: float = 41.0


Overlay = (
    ExampleOverlay | FoundOverlay | ShadeOverlay | MaskOverlay | KeypointsOverlay | HeatOverlay | GridOverlay | ProbeOverlay
)


def marks_on(path: Path, ranking: Ranking | None, query: Query | None) -> dict[str, Overlay]:
    """Marks on a photo: the query's further boxes, and its outline if the photo is a hit."""
    found = found_on(path, ranking)
    marks: dict[str, Overlay] = {"found": found} if found is not None else {}
    for index, example in enumerate(query.more if query is not None else ()):
        if example.path == path and example.box is not None:
            marks[f"example {index}"] = ExampleOverlay(example.box, example.good)
    return marks


def found_on(path: Path, ranking: Ranking | None) -> FoundOverlay | None:
    """The outline of a ranking's boxed query on one of its hits; None if the photo is not a hit."""
    if ranking is None or ranking.query.box is None or ranking.query.path == path:
        return None
    hit = ranking.hit_of(path)
    return FoundOverlay(hit.corners, FOUND_COLOUR, hit.inliers > 0) if hit is not None and hit.corners else None


def area_of(inspection: Inspection) -> GridArea:
    """Where an inspection's grid lies on its photo."""
    return GridArea(inspection.region, *inspection.cell_size, inspection.query.box)


def cell_at(inspection: Inspection, x: float, y: float) -> tuple[int, int] | None:
    """The ``(row, column)`` of the cell at a point of the photo; None outside the grid."""
    area, (rows, columns, _) = area_of(inspection), inspection.grid_shape
    row, column = math.floor((y - area.region.y0) / area.cell_h), math.floor((x - area.region.x0) / area.cell_w)
    return (row, column) if 0 <= row < rows and 0 <= column < columns else None


def probe_of(inspection: Inspection, cell: tuple[int, int], colour: str) -> ProbeOverlay:
    """A cell and its receptive field, which may reach past the photo."""
    box = area_of(inspection).cell(*cell)
    side = inspection.maps.receptive_field if inspection.maps else 0.0
    (x, y), half = box.centre, side / 2
    return ProbeOverlay(box, Box(x - half, y - half, x + half, y + half), colour)


def scaled(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Values scaled to 0..1; a constant becomes 0."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    return (values.astype(np.float64) - low) / (high - low) if high > low else np.zeros(values.shape)


def overlays_of(
    inspection: Inspection, visible: Mapping[str, bool], opacity: float, strengths: Mapping[str, float] | None = None
) -> dict[str, Overlay]:
    """Everything that is drawn of an inspection, by name: the shade, each mask, the keypoints.

    Args:
        opacity: how dark the cells are that every visible mask removes.
        strengths: by layer how strongly it is drawn, 0 to 1; 1 where not given.
    """
    strengths = strengths or {}
    area = area_of(inspection)
    shown = [name for name in MASKS if visible.get(name, False)]
    masks = {name: inspection.masks[name].cells for name in MASKS}
    overlays: dict[str, Overlay] = {
        "shade": ShadeOverlay(darkness([masks[name] for name in shown]), area, opacity, bool(shown))
    }
    for index, name in enumerate(MASKS):
        inner = [masks[other] for other in MASKS[index + 1 :] if other in shown]
        tinted = masks[name] & ~np.any(inner, axis=0) if inner else masks[name]
        lane = shown.index(name) if name in shown else 0
        tint = _TINT if len(shown) < 2 else _TINT_OF_SEVERAL
        strength = strengths.get(name, 1.0)
        overlays[name] = MaskOverlay(
            masks[name],
            tinted,
            area,
            LAYER_COLOURS[name],
            lane,
            tint * strength,
            name in shown,
            20.0 + index,
            strength,
        )
    overlays["keypoints"] = KeypointsOverlay(
        inspection.keypoints, LAYER_COLOURS["keypoints"], strengths.get("keypoints", 1.0), visible.get("keypoints", False)
    )
    return overlays


_TINT, _TINT_OF_SEVERAL = 0.10, 0.17


def darkness(masks: list[NDArray[np.bool_]]) -> NDArray[np.float64]:
    """(H, W): the share of the masks that remove each cell; one mask blacks out, several grade from all to none."""
    return 1.0 - np.mean(masks, axis=0) if masks else np.zeros((1, 1))


def same(a: Overlay | None, b: Overlay) -> bool:
    """Whether two overlays would be drawn alike."""
    if a is None or type(a) is not type(b):
        return False
    return all(_equal(getattr(a, field.name), getattr(b, field.name)) for field in dataclasses.fields(a))


def _equal(x: object, y: object) -> bool:
    if isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
        return np.array_equal(x, y)
    # Keypoints are thousands of numbers and are never changed in place.
    return x is y if isinstance(x, Keypoints) else x == y


def outline(cells: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The line around the kept cells, in pieces of one cell side, and how each piece moves when the line is drawn inside.

    Returns:
        ends: (S, 4) ``x0, y0, x1, y1`` in cells.
        inward: (S, 4) each -1, 0 or 1: the coordinate shifts by this many insets, so that the pieces still meet at corners.
    """
    rows, columns = cells.shape
    top, top_in = _top_sides(cells)
    bottom, bottom_in = _top_sides(cells[::-1])
    left, left_in = _top_sides(cells.T)
    right, right_in = _top_sides(cells.T[::-1])
    down, across = np.array([1, -1, 1, -1.0]), np.array([-1, 1, -1, 1.0])
    swap = [1, 0, 3, 2]
    ends = [top, bottom * down + (0, rows, 0, rows), left[:, swap], right[:, swap] * across + (columns, 0, columns, 0)]
    inward = [top_in, bottom_in * down, left_in[:, swap], right_in[:, swap] * across]
    return np.concatenate(ends), np.concatenate(inward)


def inner_edges(cells: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(E, 4) ``x0, y0, x1, y1`` in cells: the borders between two kept cells."""
    r, c = np.nonzero(cells[1:] & cells[:-1])
    across = np.stack([c, r + 1, c + 1, r + 1], axis=1)
    r, c = np.nonzero(cells[:, 1:] & cells[:, :-1])
    down = np.stack([c + 1, r, c + 1, r + 1], axis=1)
    return np.concatenate([across, down]).astype(float)


def _top_sides(cells: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The sides of kept cells that have a removed cell, or nothing, above them."""
    padded = np.pad(cells, 1)
    above, middle = padded[:-2], padded[1:-1]
    r, c = np.nonzero(middle[:, 1:-1] & ~above[:, 1:-1])
    # At each end: shorter where the line turns around this cell, longer where it turns away from it.
    start = np.where(~middle[r, c], 1, np.where(above[r, c], -1, 0))
    end = np.where(~middle[r, c + 2], -1, np.where(above[r, c + 2], 1, 0))
    one = np.ones_like(start)
    return np.stack([c, r, c + 1, r], axis=1).astype(float), np.stack([start, one, end, one], axis=1).astype(float)
