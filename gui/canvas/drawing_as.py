"""What a box is drawn as: the query's own, or a further example of what is wanted or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from core.geometry import Box
from gui.canvas.interaction import Interaction

BUTTONS = Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton


class DrawingAs:
    """Lives on the window's thread and emits nothing.  Holds the query's box while an example is drawn in its place."""

    def __init__(self, interaction: Interaction) -> None:
        self._interaction = interaction
        self.next: bool | None = None
        self.now: bool | None = None
        self._kept: Box | None = None

    def begin(self, event: QMouseEvent) -> bool:
        """Whether a press begins an example: wanted with Shift, not wanted with the right button, or as chosen before."""
        right = event.button() is Qt.MouseButton.RightButton
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.now = False if right else True if shift else self.next
        self.next = None
        if self.now is None:
            return False
        self._kept = self._interaction.box
        self._interaction.place(None)
        return True

    def end(self) -> tuple[Box, bool] | None:
        """The example that was drawn, None when it was too small to be meant; the query's box is back."""
        good, outcome = self.now, self._interaction.release()
        self.cancel()
        return (outcome.box, good) if outcome.finished and outcome.box is not None and good is not None else None

    def cancel(self) -> None:
        """Give the example up; the query's box is back."""
        if self.now is not None:
            self.now = None
            self._interaction.place(self._kept)
