"""A hint on the photo, shown until the user has drawn a box once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot

from gui.canvas.view import PhotoCanvas
from gui.widgets.plain_text import Label
from gui.widgets.text import later, tr

HINT = later("Drag a box around anything to find it in the other photos")
MARGIN_PX = 24


class BoxHint(Label):
    """Lies over the lower end of the canvas and lets the mouse through.  Emits ``learnt()`` when a box was drawn."""

    learnt = Signal()

    def __init__(self, canvas: PhotoCanvas) -> None:
        super().__init__(tr(HINT), canvas, objectName="hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas, self._wanted = canvas, True
        canvas.installEventFilter(self)
        canvas.box_changed.connect(self._on_box)
        self.hide()

    @Slot()
    def show_over_photo(self) -> None:
        """Show the hint if there is a photo, and no box was drawn yet."""
        self.setVisible(self._wanted and self._canvas.has_photo() and self._canvas.box() is None)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def dismiss(self) -> None:
        """A box was drawn: never show the hint again."""
        self._wanted = False
        self.hide()

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._canvas.width() - self.width()) // 2, self._canvas.height() - self.height() - MARGIN_PX)

    @Slot(object)
    def _on_box(self, box: object) -> None:
        if box is not None and self._wanted:
            self.dismiss()
            self.learnt.emit()
