"""The query box as it is drawn: the outside dimmed, a line, eight handles, and its size while it changes.

Geometry and hit tests are in ``core.geometry.Box``; this module only draws.
"""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.geometry import Box

DIM = QColor(0, 0, 0, 76)
CASING = QColor(0, 0, 0, 150)
LINE = QColor(255, 255, 255)
HANDLE_PX = 8.0
REACH_PX = QSizeF(120.0, 44.0)
"""Screen pixels around the box that its handles and its size label may cover."""


class BoxItem(QGraphicsItem):
    """The box on the photo, with its handles."""

    def __init__(self) -> None:
        super().__init__()
        self._box: Box | None = None
        self._photo = QRectF()
        self._accent = QColor("#1f6feb")
        self._hot = ""
        self._sized = False

    def set_photo_size(self, width: int, height: int) -> None:
        """Set the size of the photo, outside of which nothing is dimmed."""
        self.prepareGeometryChange()
        self._photo = QRectF(0, 0, width, height)

    def set_box(self, box: Box | None, pixel: float) -> None:
        """Draw another box, repainting only what the old and the new one cover; ``pixel`` image pixels a screen pixel."""
        if box == self._box:
            return
        if box is None or self._box is None:
            self.update()
        else:
            self.update(_rect(box).united(_rect(self._box)).marginsAdded(_margins(pixel)))
        self._box = box

    def set_accent(self, colour: QColor) -> None:
        """The colour of handles that are held."""
        self._accent = colour
        self.update()

    def set_state(self, hot: str, sized: bool) -> None:
        """``hot``: the handle under the mouse, if any; ``sized``: write the size beside the box."""
        if (hot, sized) != (self._hot, self._sized):
            self._hot, self._sized = hot, sized
            self.update()

    def boundingRect(self) -> QRectF:
        """The whole photo, since its outside is dimmed, and room for the handles of a box at its border."""
        side = max(self._photo.width(), self._photo.height())
        return self._photo.adjusted(-side, -side, side, side) if side else QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw lines and handles in screen pixels, so that they do not grow with the zoom."""
        if self._box is None:
            return
        self._dim(painter)
        to_screen = painter.worldTransform().map
        corner = to_screen(QPointF(self._box.x0, self._box.y0))
        painter.save()
        painter.resetTransform()
        # On a turned photo the corners are in another order.
        rect = QRectF(corner, to_screen(QPointF(self._box.x1, self._box.y1))).normalized()
        handles = {name: to_screen(QPointF(*at)) for name, at in self._box.handle_positions().items()}
        self._outline(painter, rect)
        if min(rect.width(), rect.height()) > 3 * HANDLE_PX or self._hot:
            self._handles(painter, handles)
        if self._sized:
            room = widget.height() if widget is not None else rect.bottom() + REACH_PX.height()
            _label(painter, rect, f"{self._box.width:.0f} × {self._box.height:.0f}", room)
        painter.restore()

    def _dim(self, painter: QPainter) -> None:
        if self._box is None:
            return
        path = QPainterPath()
        path.addRect(self._photo)
        path.addRect(_rect(self._box))
        painter.fillPath(path, DIM)

    def _outline(self, painter: QPainter, rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((CASING, 4.0), (LINE, 2.0)):
            # Not a cosmetic pen: the painter is in screen pixels here, so the width scales with the screen's density.
            pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(rect)

    def _handles(self, painter: QPainter, handles: dict[str, QPointF]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, at in handles.items():
            hot = name == self._hot
            side = HANDLE_PX + (3 if hot else 0)
            painter.setPen(QPen(CASING, 1.0))
            painter.setBrush(self._accent if hot else LINE)
            painter.drawRoundedRect(QRectF(at.x() - side / 2, at.y() - side / 2, side, side), 2, 2)


def _label(painter: QPainter, rect: QRectF, text: str, room: float) -> None:
    """The size in pixels, under the lower right corner; inside the box where there is no room above ``room``."""
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 6
    y = rect.bottom() + 10 if rect.bottom() + 10 + height < room else rect.bottom() - height - 10
    pill = QRectF(max(rect.right() - width, 2.0), y, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 21, 23, 205))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


def _rect(box: Box) -> QRectF:
    return QRectF(box.x0, box.y0, box.width, box.height)


def _margins(pixel: float) -> QMarginsF:
    x, y = REACH_PX.width() * pixel, REACH_PX.height() * pixel
    return QMarginsF(x, y, x, y)
