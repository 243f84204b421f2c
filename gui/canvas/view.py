"""The canvas: the photo, zoomed and panned, with layers over it and the query box."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from core.geometry import Box
from core.records import Inspection
from gui.canvas.interaction import Drag, begin, hover
from gui.canvas.overlays import BoxItem, KeypointsItem, MaskItem
from gui.qimage import image_from_rgb

SMALLEST_PX = 8
"""A drawn box with a side of fewer screen pixels is taken for a slip of the hand."""

HANDLE_REACH_PX = 9
ZOOM_STEP = 1.2
MAX_ZOOM = 32.0

_SHAPES = Qt.CursorShape
_CURSORS = {
    "nw": _SHAPES.SizeFDiagCursor, "se": _SHAPES.SizeFDiagCursor, "ne": _SHAPES.SizeBDiagCursor,
    "sw": _SHAPES.SizeBDiagCursor, "n": _SHAPES.SizeVerCursor, "s": _SHAPES.SizeVerCursor,
    "e": _SHAPES.SizeHorCursor, "w": _SHAPES.SizeHorCursor, "move": _SHAPES.SizeAllCursor, "draw": _SHAPES.CrossCursor,
}  # fmt: skip
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class PhotoCanvas(QGraphicsView):
    """Lives on the window's thread.

    Emits ``box_changed(Box)`` while the box is drawn, moved or resized, and ``box_finished(Box | None)`` when that is done
    or the box is cleared.
    """

    box_changed = Signal(object)
    box_finished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self._photo_item = QGraphicsPixmapItem()
        self._photo_item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._masks, self._points, self._box_item = MaskItem(), KeypointsItem(), BoxItem()
        for z, item in enumerate((self._photo_item, self._masks, self._points, self._box_item)):
            item.setZValue(z)
            self._scene.addItem(item)
        self._inspection: Inspection | None = None
        self._visible = {"keypoints": False, "sift": False, "sum": False, "max": False}
        self._box: Box | None = None
        self._drag: Drag | None = None
        self._pan: QPointF | None = None
        self._fitted = True
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setMouseTracking(True)
        self.setAccessibleName("Photo")
        self.setAccessibleDescription("Draw a box with the mouse to search for what is in it; arrow keys move it.")

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_photo(self, rgb: np.ndarray | None) -> None:
        """Show a photo, (H, W, 3) uint8, fitted to the view; None shows nothing."""
        pixmap = QPixmap.fromImage(image_from_rgb(rgb)) if rgb is not None else QPixmap()
        self._photo_item.setPixmap(pixmap)
        self._scene.setSceneRect(self._photo_rect())
        self.set_inspection(None)
        self.set_box(None)
        self.fit()

    def has_photo(self) -> bool:
        """Whether a photo is shown."""
        return not self._photo_item.pixmap().isNull()

    def set_inspection(self, inspection: Inspection | None) -> None:
        """The masks and keypoints that the layers show."""
        self._inspection = inspection
        self._refresh_layers()

    def set_layer(self, name: str, visible: bool) -> None:
        """Switch ``keypoints``, ``sift``, ``sum`` or ``max``."""
        self._visible[name] = visible
        self._refresh_layers()

    def set_opacity(self, value: float) -> None:
        """How dark removed cells are, 0 to 1."""
        self._masks.strength = value
        self._masks.update()

    def box(self) -> Box | None:
        """The query box."""
        return self._box

    def set_box(self, box: Box | None) -> None:
        """Show another box, without a signal."""
        self._box = box
        self._box_item.set_box(box, self._photo_rect())

    def clear_box(self) -> None:
        """Take the box away, as a person does with Esc."""
        if self._box is not None or self._drag is not None:
            self._drag = None
            self.set_box(None)
            self.box_finished.emit(None)

    # -- zoom ----------------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """The whole photo in the view."""
        self._fitted = True
        if self.has_photo():
            self.fitInView(self._photo_rect(), Qt.AspectRatioMode.KeepAspectRatio)

    def actual_size(self) -> None:
        """One image pixel on one screen pixel."""
        self.zoom(1 / self.transform().m11())

    def zoom(self, factor: float) -> None:
        """Zoom by a factor, between a tenth of the view and ``MAX_ZOOM``."""
        scale = self.transform().m11()
        smallest = 0.1 * self.viewport().width() / max(self._photo_rect().width(), 1.0)
        factor = min(max(factor, smallest / scale), MAX_ZOOM / scale)
        self._fitted = False
        self.scale(factor, factor)

    # -- events --------------------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the mouse."""
        if self.has_photo() and event.angleDelta().y():
            self.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted photo stays fitted."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, move or resize the box, or to pan (middle button, or Ctrl)."""
        if not self.has_photo():
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.button() == Qt.MouseButton.MiddleButton or (event.button() == Qt.MouseButton.LeftButton and control):
            self._pan = event.position()
            self.viewport().setCursor(_SHAPES.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            rect, at = self._photo_rect(), self.mapToScene(event.position().toPoint())
            self._drag = begin(at.x(), at.y(), self._box, (int(rect.width()), int(rect.height())), self._reach())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, or show what a press would do."""
        at = self.mapToScene(event.position().toPoint())
        if self._pan is not None:
            moved, self._pan = event.position() - self._pan, event.position()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - int(moved.x()))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - int(moved.y()))
        elif self._drag is not None:
            self.set_box(self._drag.to(at.x(), at.y()))
            self.box_changed.emit(self._box)
        elif self.has_photo():
            self.viewport().setCursor(_CURSORS[hover(at.x(), at.y(), self._box, self._reach())])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish it; a box too small to mean anything is dropped."""
        if self._pan is not None:
            self._pan = None
            self.viewport().setCursor(_SHAPES.CrossCursor)
            return
        drag, self._drag = self._drag, None
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        at = self.mapToScene(event.position().toPoint())
        box, scale = drag.to(at.x(), at.y()), self.transform().m11()
        if min(box.width, box.height) * scale < SMALLEST_PX:
            self.set_box(drag.before)
        elif box != drag.before:
            self.set_box(box)
            self.box_finished.emit(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the box; arrows move it, with Shift by ten pixels, with Ctrl its lower right corner."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear_box()
        elif event.key() in _ARROWS and self._box is not None:
            self._nudge(*_ARROWS[Qt.Key(event.key())], event.modifiers())
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _nudge(self, dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> None:
        step = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        box, rect = self._box, self._photo_rect()
        assert box is not None
        size = int(rect.width()), int(rect.height())
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            box = box.resized("se", box.x1 + dx * step, box.y1 + dy * step, *size)
        else:
            box = box.moved(dx * step, dy * step, *size)
        self.set_box(box)
        self.box_finished.emit(box)

    def _refresh_layers(self) -> None:
        self._masks.set_masks(self._inspection, self._visible)
        self._points.set_inspection(self._inspection, self._visible["keypoints"])

    def _photo_rect(self) -> QRectF:
        return QRectF(self._photo_item.pixmap().rect())

    def _reach(self) -> float:
        """How near a press must be to a handle, in image pixels."""
        return HANDLE_REACH_PX / self.transform().m11()
