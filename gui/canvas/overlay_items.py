"""The graphics items that draw overlays, and the registry that says which draws which.

Items are composed of Qt's own, or are one plain ``QGraphicsItem`` that paints; none is changed once it is built.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsPolygonItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
    QWidget,
)

from core.records import Keypoints
from gui.canvas.overlays import (
    ExampleOverlay,
    FoundOverlay,
    GridArea,
    GridOverlay,
    HeatOverlay,
    KeypointsOverlay,
    MaskOverlay,
    Overlay,
    ProbeOverlay,
    ShadeOverlay,
    inner_edges,
    outline,
    same,
)
from gui.widgets.qimage import image_from_alpha, image_from_cells, image_from_heat
from gui.widgets.theme import BAD_COLOUR, GOOD_COLOUR
from gui.widgets.zoom import scale_of

LANE_PX = 3.0
SIGN_PX = 20.0
"""Side of the square with the sign, at a corner of an example."""
LINE_PX = 2.0
CONTOUR = "#FFFFFF"
CASING = QColor(0, 0, 0, 120)
SHADOW = QColor(0, 0, 0, 150)
HAIRLINE = QColor(255, 255, 255, 58)
HAIRLINE_FROM_PX = 9.0
"""Least size of cells on the screen for drawing their edges."""


class OutlineItem(QGraphicsItem):
    """The line around a mask's cells, of one width on the screen at any zoom."""

    def __init__(self, overlay: MaskOverlay, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._area, self._colour, self._lane = overlay.area, QColor(overlay.colour), overlay.lane
        self._ends, self._inward = outline(overlay.cells)
        # Only the outermost mask draws cell edges, as those of masks inside it coincide.
        edges = inner_edges(overlay.cells) if overlay.lane == 0 else np.zeros((0, 4))
        self._edges = [QLineF(*piece) for piece in self._place_pieces(edges).tolist()]
        rows, columns = overlay.cells.shape
        self._bounds = _extent(overlay.area, rows, columns)

    def boundingRect(self) -> QRectF:
        """The grid's extent: the line is always inside it."""
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line on a dark casing, so that it shows on bright cells too."""
        scale = scale_of(painter.worldTransform())
        lines = self._lines(scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ratio = screen_ratio(painter)
        if self._edges and min(self._area.cell_w, self._area.cell_h) * scale >= HAIRLINE_FROM_PX:
            painter.setPen(_pen(HAIRLINE, ratio))
            painter.drawLines(self._edges)
        for colour, width in ((CASING, LINE_PX + 2), (self._colour, LINE_PX)):
            painter.setPen(_pen(colour, width * ratio))
            painter.drawLines(lines)

    def _lines(self, scale: float) -> list[QLineF]:
        """The pieces in image pixels, moved inside by this mask's lane."""
        cell_px = min(self._area.cell_w, self._area.cell_h) * scale
        inset = min(1.0 + LINE_PX / 2 + self._lane * LANE_PX, cell_px * (0.1 + 0.12 * self._lane)) / scale
        return [QLineF(*piece) for piece in (self._place_pieces(self._ends) + self._inward * inset).tolist()]

    def _place_pieces(self, pieces: NDArray[np.float64]) -> NDArray[np.float64]:
        """From cells to image pixels."""
        area = self._area
        return pieces * ([area.cell_w, area.cell_h] * 2) + ([area.region.x0, area.region.y0] * 2)


class KeypointsItem(QGraphicsItem):
    """Every keypoint in one item, which is ten times faster than one item for each."""

    def __init__(self, overlay: KeypointsOverlay) -> None:
        super().__init__()
        self._colour = QColor(overlay.colour)
        self.setOpacity(overlay.opacity)
        self._points = overlay.points
        self._path = keypoint_path(overlay.points)
        self._bounds = self._path.boundingRect().adjusted(-2, -2, 2, 2)

    def boundingRect(self) -> QRectF:
        """All circles."""
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw circles and lines in one stroke, over a dark copy that keeps them visible on bright skies.

        Every stroke is one pixel of the screen wide, which Qt draws several times faster than any other width; on high-DPI
        screens several lie side by side.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        strokes = math.ceil(screen_ratio(painter) - 0.01)
        step = 1 / scale_of(painter.deviceTransform())
        for offset in range(strokes, -1, -1):
            painter.save()
            painter.translate(offset * step, offset * step)
            painter.setPen(_pen(SHADOW if offset == strokes else self._colour, 1.0))
            painter.drawPath(self._path)
            painter.restore()


def keypoint_path(points: Keypoints) -> QPainterPath:
    """Circles and orientation lines in scene units, where the middle of pixel i lies at i + 0.5."""
    path = QPainterPath()
    turn = np.deg2rad(points.angle.astype(np.float64))
    radius = np.maximum(points.size.astype(np.float64) / 2, 0.5)
    centre = points.xy.astype(np.float64) + 0.5
    tips = centre + radius[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    for (x, y), (tip_x, tip_y), r in zip(centre.tolist(), tips.tolist(), radius.tolist(), strict=True):
        path.addEllipse(QPointF(x, y), r, r)
        path.moveTo(x, y)
        path.lineTo(tip_x, tip_y)
    return path


def _shade_item(overlay: ShadeOverlay) -> QGraphicsItem:
    frame = _frame(overlay.area)
    _cells_item(image_from_alpha(overlay.darkness * overlay.opacity, QColor("black")), overlay.area, frame)
    rows, columns = overlay.darkness.shape
    rest = QPainterPath()
    rest.addRect(frame.rect())
    reached = QPainterPath()
    reached.addRect(_extent(overlay.area, rows, columns))
    item = QGraphicsPathItem(rest.subtracted(reached), frame)
    item.setPen(Qt.PenStyle.NoPen)
    item.setBrush(QColor.fromRgbF(0, 0, 0, overlay.opacity))
    return frame


def _mask_item(overlay: MaskOverlay) -> QGraphicsItem:
    frame = _frame(overlay.area)
    tint = QColor(overlay.colour)
    tint.setAlphaF(overlay.opacity)
    _cells_item(image_from_cells(overlay.tinted, tint), overlay.area, frame)
    OutlineItem(overlay, frame).setOpacity(overlay.strength)
    return frame


def _cells_item(image: QImage, area: GridArea, parent: QGraphicsItem) -> None:
    """One pixel a cell, scaled by the item's transform alone."""
    item = QGraphicsPixmapItem(QPixmap.fromImage(image), parent)
    item.setTransformationMode(Qt.TransformationMode.FastTransformation)
    item.setTransform(QTransform(area.cell_w, 0, 0, area.cell_h, area.region.x0, area.region.y0))


def _frame(area: GridArea) -> QGraphicsRectItem:
    """Clips cells at the box, or at the region's border, as a padded grid extends beyond it."""
    cut = area.cut
    frame = QGraphicsRectItem(cut.x0, cut.y0, cut.width, cut.height)
    frame.setPen(Qt.PenStyle.NoPen)
    frame.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
    return frame


def _extent(area: GridArea, rows: int, columns: int) -> QRectF:
    return QRectF(area.region.x0, area.region.y0, columns * area.cell_w, rows * area.cell_h)


def screen_ratio(painter: QPainter) -> float:
    """The screen's own pixels per pixel of Qt's, in which a cosmetic pen counts on a high-DPI screen."""
    return scale_of(painter.deviceTransform()) / scale_of(painter.worldTransform())


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap)
    pen.setCosmetic(True)
    return pen


def _heat_item(overlay: HeatOverlay) -> QGraphicsItem:
    frame = _frame(overlay.area)
    _cells_item(image_from_heat(overlay.values, overlay.opacity, palette=overlay.palette), overlay.area, frame)
    if overlay.contour is not None:
        cells = overlay.values >= overlay.contour
        OutlineItem(MaskOverlay(cells, cells, overlay.area, CONTOUR, 1, 0.0, True, 0.0), frame)
    return frame


def _grid_item(overlay: GridOverlay) -> QGraphicsItem:
    frame, area, (rows, columns) = _frame(overlay.area), overlay.area, overlay.shape
    path, region = QPainterPath(), overlay.area.region
    for column in range(columns + 1):
        x = region.x0 + column * area.cell_w
        path.moveTo(x, region.y0)
        path.lineTo(x, region.y0 + rows * area.cell_h)
    for row in range(rows + 1):
        y = region.y0 + row * area.cell_h
        path.moveTo(region.x0, y)
        path.lineTo(region.x0 + columns * area.cell_w, y)
    item = QGraphicsPathItem(path, frame)
    item.setPen(_pen(QColor(255, 255, 255, 90), 1.0))
    return frame


def _probe_item(overlay: ProbeOverlay) -> QGraphicsItem:
    cell, field = overlay.cell, overlay.field
    frame = QGraphicsRectItem(field.x0, field.y0, field.width, field.height)
    for colour, width in ((CASING, 3.0), (QColor(overlay.colour), 1.0)):
        outer = QGraphicsRectItem(field.x0, field.y0, field.width, field.height, frame)
        outer.setPen(_pen(colour, width))
        inner = QGraphicsRectItem(cell.x0, cell.y0, cell.width, cell.height, frame)
        inner.setPen(_pen(colour, width + 1))
    frame.setPen(Qt.PenStyle.NoPen)
    return frame


def _found_item(overlay: FoundOverlay) -> QGraphicsItem:
    shape = QPolygonF([QPointF(x, y) for x, y in overlay.corners])
    frame = QGraphicsPolygonItem(shape)
    frame.setPen(_pen(CASING, 5.0))
    line = QGraphicsPolygonItem(shape, frame)
    pen = _pen(QColor(overlay.colour), 2.5 if overlay.sure else 2.0)
    pen.setStyle(Qt.PenStyle.SolidLine if overlay.sure else Qt.PenStyle.DashLine)
    line.setPen(pen)
    return frame


def _example_item(overlay: ExampleOverlay) -> QGraphicsItem:
    box, colour = overlay.box, QColor(GOOD_COLOUR if overlay.good else BAD_COLOUR)
    rect = QRectF(box.x0, box.y0, box.width, box.height)
    frame = QGraphicsRectItem(rect)
    frame.setPen(_pen(CASING, 5.0))
    line = QGraphicsRectItem(rect, frame)
    line.setPen(_pen(colour, 2.5))
    # Marked by a sign too, not only by colour.
    badge = QGraphicsRectItem(0, 0, SIGN_PX, SIGN_PX, frame)
    badge.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
    badge.setPos(rect.topLeft())
    badge.setBrush(colour)
    badge.setPen(QPen(Qt.PenStyle.NoPen))
    middle, arm = SIGN_PX / 2, SIGN_PX / 4
    strokes = [QLineF(middle - arm, middle, middle + arm, middle), QLineF(middle, middle - arm, middle, middle + arm)]
    for stroke in strokes if overlay.good else strokes[:1]:
        QGraphicsLineItem(stroke, badge).setPen(_pen(QColor(Qt.GlobalColor.white), 2.5))
    return frame


BUILDERS: dict[type, Callable[[Any], QGraphicsItem]] = {
    ShadeOverlay: _shade_item,
    MaskOverlay: _mask_item,
    KeypointsOverlay: KeypointsItem,
    HeatOverlay: _heat_item,
    GridOverlay: _grid_item,
    ProbeOverlay: _probe_item,
    FoundOverlay: _found_item,
    ExampleOverlay: _example_item,
}


class OverlayStack:
    """Keeps a scene's items in step with the overlays, rebuilding only what changed."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._shown: dict[str, tuple[Overlay, QGraphicsItem]] = {}

    def show(self, overlays: Mapping[str, Overlay]) -> None:
        """Draw these overlays and no others.  A hidden overlay has no item."""
        for name in list(self._shown):
            wanted = overlays.get(name)
            if wanted is None or not wanted.visible or not same(self._shown[name][0], wanted):
                # Removed explicitly: PySide leaves an item in the scene when its Python object is deleted.
                self._scene.removeItem(self._shown.pop(name)[1])
        for name, overlay in overlays.items():
            if overlay.visible and name not in self._shown:
                item = BUILDERS[type(overlay)](overlay)
                item.setZValue(overlay.z)
                self._scene.addItem(item)
                self._shown[name] = (overlay, item)

    def item(self, name: str) -> QGraphicsItem | None:
        """The item that draws an overlay; None while it is hidden."""
        return self._shown[name][1] if name in self._shown else None
