"""Whether a drawn box is the query's own, or a further example, wanted or not."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent

from core.geometry import Box
from gui.canvas.interaction import Interaction

BUTTONS = Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton


class DrawingAs(QObject):
    """Holds the query's box while an example is drawn in its place.

    Emits ``chosen(good | None)`` when the next box is to be an example, wanted or not, or the query's own again.
    """

    chosen = Signal(object)

    def __init__(self, interaction: Interaction, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._interaction = interaction
        self.next: bool | None = None
        self.now: bool | None = None
        self._kept: Box | None = None

    def choose(self, good: bool | None) -> None:
        """The next box is a further example, wanted or not; None: the query's own."""
        if good is not self.next:
            self.next = good
            self.chosen.emit(good)

    def begin(self, event: QMouseEvent) -> bool:
        """Whether a press begins an example: wanted with Shift, not wanted with the right button, or as chosen before."""
        right = event.button() is Qt.MouseButton.RightButton
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.now = False if right else True if shift else self.next
        if self.now is None:
            return False
        self._kept = self._interaction.box
        self._interaction.set_box(None)
        return True

    def end(self) -> tuple[Box, bool] | None:
        """Finish the example and restore the query's box; returns the example, None if it is too small."""
        good, outcome = self.now, self._interaction.release()
        self._put_back()
        if not outcome.finished or outcome.box is None or good is None:
            return None
        self.choose(None)
        return outcome.box, good

    def cancel(self) -> bool:
        """Cancel the example and restore the query's box; False if none was being drawn or chosen."""
        given_up = self.now is not None or self.next is not None
        self._put_back()
        self.choose(None)
        return given_up

    def _put_back(self) -> None:
        if self.now is not None:
            self.now = None
            self._interaction.set_box(self._kept)
