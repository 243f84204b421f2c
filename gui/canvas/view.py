"""The canvas: the photo, zoomed and panned, with layers over it and the query box."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from core.geometry import Box
from core.records import Inspection
from gui.canvas.box_item import BoxItem
from gui.canvas.camera import Camera
from gui.canvas.cursors import ARROWS, cursor_for
from gui.canvas.drawing_as import BUTTONS, DrawingAs
from gui.canvas.interaction import Interaction, Mode, Outcome
from gui.canvas.overlay_items import OverlayStack
from gui.canvas.overlays import DEFAULT_OPACITY, LAYERS, Overlay, overlays_of
from gui.canvas.photo_item import PhotoItem
from gui.canvas.text import described, draw_hint
from gui.canvas.turns import arrow, cursor
from gui.widgets.text import tr
from gui.widgets.zoom import wheel_factor


class PhotoCanvas(QGraphicsView):
    """The photo on show with its layers and the box that a person draws on it.

    Emits ``box_changed(Box)`` while the box is drawn, moved or resized, and ``box_finished(Box | None)`` once, when that is
    done or the box is cleared; ``example_drawn(Box, good)`` for a further box; ``hovered((x, y) | None)`` in image pixels
    while the mouse is over the photo; when picking ``picked((x, y), first)`` for each point that the pressed mouse
    passes; and ``camera_moved()`` after zoom and pan.
    """

    box_changed = Signal(object)
    box_finished = Signal(object)
    example_drawn = Signal(object, bool)
    hovered = Signal(object)
    picked = Signal(object, bool)
    camera_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self._photo_item, self._box_item = PhotoItem(), BoxItem()
        self._overlays = OverlayStack(self._scene)
        self.marks: dict[str, Overlay] = {}
        self._interaction = Interaction()
        self.drawing_as = DrawingAs(self._interaction, self)
        self._inspection: Inspection | None = None
        self._visible = dict.fromkeys(LAYERS, False)
        self._opacity, self._strengths = DEFAULT_OPACITY, dict[str, float]()
        self.camera = Camera(self)
        self._pan_from: QPointF | None = None
        self._space = self._nudged = self._picking = self._picked = False
        self._extra: dict[str, Overlay] = {}
        self._box_item.setZValue(40)
        self._scene.addItem(self._photo_item)
        self._scene.addItem(self._box_item)
        self._configure()

    def _configure(self) -> None:
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        # ``Camera`` does the anchoring, as Qt's anchors drift at the borders of the scene.
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        # A scene would accept and ignore everything that is dropped; the window handles drops.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setAccessibleName(tr("Photo"))
        self.setMinimumSize(160, 120)
        self._box_item.set_accent(self.palette().color(QPalette.ColorRole.Highlight))
        self._describe()

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_photo(self, rgb: np.ndarray | None) -> None:
        """Show a photo, (H, W, 3) uint8, fitted to the view, without box and inspection; None shows nothing."""
        height, width = rgb.shape[:2] if rgb is not None else (0, 0)
        self._photo_item.set_photo(rgb)
        self._interaction.reset(width, height)
        self._box_item.set_photo_size(width, height)
        self._pan_from, self._nudged = None, False
        self.set_inspection(None)
        self.camera.set_photo(self._photo_item.boundingRect())
        self._show_box()
        self._update_cursor(None)
        self.viewport().update()

    def has_photo(self) -> bool:
        """Whether a photo is shown."""
        return self._interaction.enabled

    def set_inspection(self, inspection: Inspection | None) -> None:
        """The masks and keypoints that the layers show."""
        self._inspection = inspection
        self._refresh_overlays()

    def set_layer(self, name: str, visible: bool) -> None:
        """Switch ``keypoints``, ``sift``, ``sum`` or ``max``."""
        if name not in self._visible:
            raise KeyError(name)
        self._visible[name] = visible
        self._refresh_overlays()

    def set_opacity(self, value: float) -> None:
        """How dark removed cells are, 0 to 1."""
        self._opacity = min(max(value, 0.0), 1.0)
        self._refresh_overlays()

    def set_extra(self, overlays: dict[str, Overlay]) -> None:
        """Overlays beyond the masks and keypoints: heat, grid lines, the cell under the mouse."""
        self._extra = overlays
        self._refresh_overlays()

    def set_marks(self, marks: dict[str, Overlay]) -> None:
        """Marks of the query on the photo: further examples, and its outline if the photo is a hit."""
        self.marks = marks
        self._refresh_overlays()

    def draw_next_as(self, good: bool | None) -> None:
        """The next box drawn is a further example, wanted or not; None: the query's own."""
        self.drawing_as.choose(good)
        self._update_cursor(None)

    def look_at(self, part: QRectF) -> None:
        """Bring a part of the photo near."""
        self.camera.look_at(part)
        self.camera_moved.emit()

    def set_picking(self, picking: bool) -> None:
        """Whether the left button picks points (cells to paint or pin) instead of drawing the box."""
        self._picking, self._picked = picking, False
        self._update_cursor(None)

    def follow(self, other: PhotoCanvas) -> None:
        """Look at the same part of the photo, as far in."""
        self.camera.follow(other.camera)

    def set_strength(self, name: str, value: float) -> None:
        """How strongly a layer is drawn, 0 to 1."""
        self._strengths[name] = min(max(value, 0.0), 1.0)
        self._refresh_overlays()

    def box(self) -> Box | None:
        """The query box."""
        return self._interaction.box

    def set_box(self, box: Box | None) -> None:
        """Show another box, cut to the photo, without a signal."""
        self._interaction.set_box(box)
        self._nudged = False
        self._show_box()

    def clear_box(self) -> None:
        """Take the box away, as a person does with Esc."""
        if self._interaction.box is not None:
            self._interaction.set_box(None)
            self._finish(Outcome(True, None))

    # -- zoom ----------------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole photo until it is zoomed or moved."""
        self.camera.fit_photo()

    def actual_size(self) -> None:
        """One image pixel on one pixel of the screen, high-DPI screens included."""
        self.zoom(1 / self.devicePixelRatioF() / self.camera.scale)

    def turn(self, quarters: int) -> None:
        """Turn the view of the photo clockwise by a number of quarters; the file does not change."""
        self.camera.turn(quarters)

    def zoom(self, factor: float) -> None:
        """Zoom about the middle of the view; bounded."""
        self.camera.zoom_photo(factor, QRectF(self.viewport().rect()).center())

    # -- mouse ---------------------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the mouse."""
        self.camera.zoom_photo(wheel_factor(event), event.position())
        self.camera_moved.emit()
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom with two fingers, if the system reports such gestures."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.camera.zoom_photo(1 + event.value(), event.position())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, move or resize the box, or to pan (middle button, or Ctrl or space held)."""
        left = event.button() is Qt.MouseButton.LeftButton
        panning = self._space or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self.has_photo() or self._interaction.mode is not Mode.IDLE:
            return
        if event.button() is Qt.MouseButton.MiddleButton or (left and panning):
            self._interaction.pan()
            self._pan_from = event.position()
        elif left and self._picking:
            self._picked = True
            self._pick(event, first=True)
        elif left or event.button() is Qt.MouseButton.RightButton:
            self._finish_nudging()
            self.drawing_as.begin(event)
            at = self.camera.point_at(event.position())
            self._interaction.press(at.x(), at.y(), self._pixel())
        self._update_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continue the gesture, or show what a press would do."""
        self.hovered.emit(self._on_photo(event.position()))
        if self._picked:
            self._pick(event, first=False)
        elif self._interaction.mode is Mode.PAN and self._pan_from is not None:
            self.camera.move(event.position() - self._pan_from)
            self._pan_from = event.position()
            self.camera_moved.emit()
        elif self._interaction.mode is not Mode.IDLE:
            at = self.camera.point_at(event.position())
            if self._interaction.drag(at.x(), at.y(), self._pixel()):
                self._show_box()
                if self.drawing_as.now is None:
                    self.box_changed.emit(self._interaction.box)
        else:
            self._update_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the gesture."""
        self._picked = False
        if event.button() in BUTTONS and self._interaction.mode is not Mode.IDLE:
            self._pan_from = None
            if self.drawing_as.now is None:
                self._finish(self._interaction.release())
            else:
                self._finish_example()
            self._update_cursor(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def _on_photo(self, at: QPointF) -> tuple[float, float] | None:
        point = self.camera.point_at(at)
        inside = self.has_photo() and self._photo_item.boundingRect().contains(point)
        return (point.x(), point.y()) if inside else None

    def _pick(self, event: QMouseEvent, first: bool) -> None:
        if (point := self._on_photo(event.position())) is not None:
            self.picked.emit(point, first)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click counts as two presses, so that drawing boxes quickly works."""
        self.mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the canvas's keys from shortcuts of the window while they mean something here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the box, arrows move it (Shift: ten pixels; Ctrl: its lower right corner), space pans."""
        if not self._wants(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape and self.drawing_as.cancel():
            self._show_box()
        elif event.key() == Qt.Key.Key_Escape:
            self._finish(self._interaction.escape())
        elif event.key() == Qt.Key.Key_Space:
            self._space = True
        else:
            self._nudge(*arrow(*ARROWS[Qt.Key(event.key())], self.camera.quarters), event.modifiers())
        self._update_cursor(None)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave panning; a nudged box is finished when its key is let go, not at every repetition."""
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._space = False
        elif event.key() in ARROWS:
            self._finish_nudging()
        self._update_cursor(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the focus the release of a held key is not received."""
        self._space = False
        self._finish_nudging()
        super().focusOutEvent(event)

    def _wants(self, event: QKeyEvent) -> bool:
        if not self.has_photo() or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if event.key() in ARROWS or event.key() == Qt.Key.Key_Escape:
            return self._interaction.box is not None or self._interaction.mode is not Mode.IDLE
        return event.key() == Qt.Key.Key_Space

    def _nudge(self, dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> None:
        step = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        resize = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if self._interaction.nudge(dx * step, dy * step, resize):
            self._nudged = True
            self._show_box()
            self.box_changed.emit(self._interaction.box)

    def _finish_nudging(self) -> None:
        if self._nudged:
            self._finish(Outcome(True, self._interaction.box))

    def _finish(self, outcome: Outcome) -> None:
        self._nudged = False
        self._show_box()
        self._describe()
        if outcome.finished:
            self.box_finished.emit(outcome.box)

    def _finish_example(self) -> None:
        drawn = self.drawing_as.end()
        self._show_box()
        if drawn is not None:
            self.example_drawn.emit(*drawn)

    def _show_box(self) -> None:
        changing = self._nudged or self._interaction.mode in (Mode.DRAW, Mode.MOVE, Mode.RESIZE)
        self._box_item.set_box(self._interaction.box, self._pixel())
        self._box_item.set_state(self._interaction.handle, changing)
        if not changing:
            self._describe()

    def _refresh_overlays(self) -> None:
        seen = self._inspection
        masks = overlays_of(seen, self._visible, self._opacity, self._strengths) if seen is not None else {}
        self._overlays.show({**masks, **(self._extra if masks else {}), **self.marks})

    def _update_cursor(self, at: QPointF | None) -> None:
        """Show what a press at ``at`` (None: where the mouse is) would do."""
        point = at if at is not None else QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))
        image = self.camera.point_at(point)
        shape, held = cursor_for(
            self._interaction,
            self._space,
            self._picking,
            self.drawing_as.next is not None,
            (image.x(), image.y(), self._pixel()),
        )
        self.viewport().setCursor(cursor(shape, self.camera.quarters))
        changing = self._interaction.mode in (Mode.DRAW, Mode.MOVE, Mode.RESIZE)
        self._box_item.set_state(held, self._nudged or changing)

    def _pixel(self) -> float:
        """How many image pixels one screen pixel covers."""
        return 1 / self.camera.scale

    def _describe(self) -> None:
        self.setAccessibleDescription(described(self.has_photo(), self._interaction.box))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted photo stays fitted; a zoomed one keeps its middle."""
        old = event.oldSize()
        middle = self.camera.point_at(QPointF(old.width() / 2, old.height() / 2)) if old.isValid() else None
        super().resizeEvent(event)
        self.camera.resized(middle)

    def changeEvent(self, event: QEvent) -> None:
        """Take the accent colour of another theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self._box_item.set_accent(self.palette().color(QPalette.ColorRole.Highlight))
        super().changeEvent(event)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """A calm surface in the theme's colour."""
        painter.fillRect(rect, self.palette().color(QPalette.ColorRole.Window))

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Draw a hint while there is no photo."""
        if not self.has_photo():
            draw_hint(painter, self.viewport().rect(), self.palette())
