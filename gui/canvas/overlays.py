"""What is drawn over the photo: masks at grid size, keypoints as one item, the query box."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.geometry import Box
from core.records import Inspection
from gui.qimage import image_from_cells
from gui.theme import LAYER_COLOURS

MASKS = ("sift", "sum", "max")
HANDLE_PX = 9
_DASHES = {"sift": [1.0, 0.0], "sum": [4.0, 3.0], "max": [1.0, 0.0]}


class MaskItem(QGraphicsItem):
    """The chosen masks of an inspection: cells that no chosen mask keeps are darkened, each mask is outlined.

    The shade is an image of one pixel a cell, scaled without smoothing, so that cells are crisp at every zoom.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF()
        self._whole = QRectF()
        self._shade = image_from_cells(np.zeros((1, 1), dtype=bool), QColor())
        self._outlines: list[tuple[str, QPainterPath]] = []
        self.strength = 0.6
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def set_masks(self, inspection: Inspection | None, visible: Mapping[str, bool]) -> None:
        """Show the visible masks of an inspection."""
        self.prepareGeometryChange()
        names = [name for name in MASKS if visible.get(name)]
        self._outlines = []
        if inspection is None or not names:
            self._rect = self._whole = QRectF()
            self.update()
            return
        region, (cell_h, cell_w) = inspection.region, inspection.cell_size
        rows, columns = inspection.grid_shape[:2]
        self._rect = QRectF(region.x0, region.y0, columns * cell_w, rows * cell_h)
        self._whole = QRectF(region.x0, region.y0, region.width, region.height)
        kept = np.logical_or.reduce([inspection.masks[name].cells for name in names])
        self._shade = image_from_cells(~kept, QColor("black"))
        for name in names:
            self._outlines.append((name, outline(inspection.masks[name].cells, self._rect)))
        self.update()

    def boundingRect(self) -> QRectF:
        """In image pixels."""
        return self._rect.united(self._whole)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Shade, then outlines."""
        if self._rect.isEmpty():
            return
        painter.save()
        painter.setClipRect(self._whole)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setOpacity(self.strength)
        painter.drawImage(self._rect, self._shade)
        # The grid may end before the photo does; what it does not reach is in no mask.
        rest = QPainterPath()
        rest.addRect(self._whole)
        inner = QPainterPath()
        inner.addRect(self._rect)
        painter.fillPath(rest.subtracted(inner), QColor("black"))
        painter.setOpacity(1.0)
        for name, path in self._outlines:
            pen = QPen(QColor(LAYER_COLOURS[name]), 1.6)
            pen.setCosmetic(True)
            if _DASHES[name][1]:
                pen.setDashPattern(_DASHES[name])
            painter.setPen(pen)
            painter.drawPath(path)
        painter.restore()


def outline(cells: np.ndarray, rect: QRectF) -> QPainterPath:
    """The borders between kept and other cells of a mask that covers ``rect``."""
    rows, columns = cells.shape
    height, width = rect.height() / rows, rect.width() / columns
    path = QPainterPath()
    padded = np.pad(cells, 1)
    for r, c in zip(*np.nonzero(padded[1:-1, 1:] != padded[1:-1, :-1]), strict=True):
        x, y = rect.x() + c * width, rect.y() + r * height
        path.moveTo(x, y)
        path.lineTo(x, y + height)
    for r, c in zip(*np.nonzero(padded[1:, 1:-1] != padded[:-1, 1:-1]), strict=True):
        x, y = rect.x() + c * width, rect.y() + r * height
        path.moveTo(x, y)
        path.lineTo(x + width, y)
    return path


class KeypointsItem(QGraphicsItem):
    """All SIFT keypoints in one item: a circle of the point's scale, and a line for its orientation."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def set_inspection(self, inspection: Inspection | None, visible: bool) -> None:
        """Show the keypoints of an inspection."""
        self.prepareGeometryChange()
        self._path = QPainterPath()
        if inspection is None or not visible:
            return
        points = inspection.keypoints
        radius = np.maximum(points.size / 2, 0.5)
        turn = np.deg2rad(points.angle)
        tips = points.xy + radius[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        for (x, y), r, (tx, ty) in zip(points.xy.tolist(), radius.tolist(), tips.tolist(), strict=True):
            self._path.addEllipse(QPointF(x, y), r, r)
            self._path.moveTo(x, y)
            self._path.lineTo(tx, ty)

    def boundingRect(self) -> QRectF:
        """In image pixels."""
        return self._path.boundingRect().adjusted(-2, -2, 2, 2)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw them with a line that keeps its width at every zoom."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(LAYER_COLOURS["keypoints"]), 1.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPath(self._path)


class BoxItem(QGraphicsItem):
    """The query box: the photo around it is dimmed, its border and eight handles keep their size at every zoom."""

    def __init__(self) -> None:
        super().__init__()
        self._box: Box | None = None
        self._photo = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def set_box(self, box: Box | None, photo: QRectF) -> None:
        """Draw another box, or none."""
        self.prepareGeometryChange()
        self._box, self._photo = box, photo
        self.update()

    def boundingRect(self) -> QRectF:
        """In image pixels; the handles reach a little over the photo's border."""
        margin = max(self._photo.width(), self._photo.height()) * 0.05
        return self._photo.adjusted(-margin, -margin, margin, margin)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Dim, border, handles."""
        if self._box is None:
            return
        box = self._box
        rect = QRectF(box.x0, box.y0, box.width, box.height)
        around = QPainterPath()
        around.addRect(self._photo)
        hole = QPainterPath()
        hole.addRect(rect)
        painter.fillPath(around.subtracted(hole), QColor(0, 0, 0, 70))
        for colour, width in (("#000000", 3.0), ("#ffffff", 1.5)):
            pen = QPen(QColor(colour), width)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(rect)
        edge = HANDLE_PX / painter.worldTransform().m11()
        painter.setPen(QPen(QColor("#000000"), 0))
        painter.setBrush(QColor("#ffffff"))
        for x, y in box.handle_positions().values():
            painter.drawRect(QRectF(x - edge / 2, y - edge / 2, edge, edge))
