"""What the mouse and the arrow keys do to the query box: a state machine without Qt and painting.

Positions are image pixels.  Tolerances (the reach of handles, the least size of a box) are screen pixels; calls that need
them take ``pixel``: the number of image pixels per screen pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from core.geometry import HANDLES, Box, box_from_corners

MIN_SIDE = 8.0
"""Screen pixels; a new box with a shorter side is ignored."""

HANDLE_REACH = 9.0
EDGE_REACH = 5.0
MIN_KEYBOARD_SIDE = 8.0
"""Image pixels; least side of a box that the arrow keys can make."""


class Mode(Enum):
    """What a pressed button is doing."""

    IDLE = "idle"
    DRAW = "draw"
    MOVE = "move"
    RESIZE = "resize"
    PAN = "pan"


@dataclass(frozen=True)
class Outcome:
    """How a gesture ended: ``finished`` if ``box`` (None: cleared) is to be searched for."""

    finished: bool
    box: Box | None


class Interaction:
    """Draws, moves and resizes the box with the mouse; methods return what changed."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self.box: Box | None = None
        self.mode = Mode.IDLE
        self._start: Box | None = None
        self._anchor = (0.0, 0.0)
        self._handle = ""
        self._shown = False  # whether this gesture has changed the box yet
        self._tiny = False  # whether the mouse is now where the box would be too small

    @property
    def enabled(self) -> bool:
        """Whether there is a photo to draw on."""
        return min(self.size) > 0

    @property
    def handle(self) -> str:
        """The handle that is held; empty while none is."""
        return self._handle if self.mode is Mode.RESIZE else ""

    def reset(self, width: int, height: int) -> None:
        """Forget the box: another photo is shown."""
        self.size, self.box, self.mode = (width, height), None, Mode.IDLE

    def set_box(self, box: Box | None) -> None:
        """Set the box, clipped to the photo; a gesture in progress is cancelled."""
        box = box.clipped(*self.size) if box is not None else None
        self.box = box if box is not None and box.width > 0 and box.height > 0 else None
        self.mode = Mode.IDLE

    def target(self, x: float, y: float, pixel: float) -> str:
        """What a press at this point would start: one of ``HANDLES``, ``"move"`` or ``"draw"``."""
        if self.box is None:
            return "draw"
        # The handles of a small box leave its middle free, so that it can be moved.
        side = min(self.box.width, self.box.height)
        reach = min(HANDLE_REACH * pixel, max(side / 4, 4 * pixel))
        handle = self.box.handle_at(x, y, reach) or edge_at(self.box, x, y, min(EDGE_REACH * pixel, reach))
        return handle or ("move" if self.box.contains(x, y) else "draw")

    def press(self, x: float, y: float, pixel: float) -> None:
        """The drawing button went down."""
        if not self.enabled:
            return
        target = self.target(x, y, pixel)
        self._start, self._shown, self._tiny = self.box, False, False
        if target in HANDLES and self.box is not None:
            hx, hy = self.box.handle_positions()[target]
            self.mode, self._handle, self._anchor = Mode.RESIZE, target, (hx - x, hy - y)
        elif target == "move":
            self.mode, self._anchor = Mode.MOVE, (x, y)
        else:
            self.mode, self._anchor = Mode.DRAW, self._inside(x, y)

    def pan(self) -> None:
        """A panning button went down; the canvas moves the view."""
        self.mode = Mode.PAN

    def drag(self, x: float, y: float, pixel: float) -> bool:
        """The mouse moved with the drawing button down; whether the box changed.

        The box never becomes too small: it keeps the last size that was large enough.
        """
        box = self._dragged(x, y)
        if box is None:
            return False
        least = MIN_SIDE * pixel if self.mode is not Mode.MOVE else 0.0
        self._tiny = min(box.width, box.height) < least
        if self._tiny or box == self.box:
            return False
        self.box, self._shown = box, True
        return True

    def release(self) -> Outcome:
        """The button went up.  If the new box is too small, the box before it is restored."""
        mode, self.mode = self.mode, Mode.IDLE
        if mode not in (Mode.DRAW, Mode.MOVE, Mode.RESIZE) or not self._shown:
            return Outcome(False, self.box)
        if mode is Mode.DRAW and self._tiny:
            self.box = self._start
        return Outcome(True, self.box)

    def escape(self) -> Outcome:
        """Esc: cancel the gesture, or else clear the box."""
        mode, self.mode = self.mode, Mode.IDLE
        if mode is Mode.IDLE:
            had, self.box = self.box is not None, None
            return Outcome(had, None)
        if mode is Mode.PAN:
            return Outcome(False, self.box)
        self.box = self._start
        return Outcome(self._shown, self.box)

    def nudge(self, dx: float, dy: float, resize: bool) -> bool:
        """An arrow key: move the box, or its lower right corner; whether it changed."""
        if self.box is None or self.mode is not Mode.IDLE:
            return False
        before = self.box
        if resize:
            x1 = max(before.x1 + dx, min(before.x0 + MIN_KEYBOARD_SIDE, before.x1))
            y1 = max(before.y1 + dy, min(before.y0 + MIN_KEYBOARD_SIDE, before.y1))
            self.box = before.resized("se", x1, y1, *self.size)
        else:
            self.box = before.moved(dx, dy, *self.size)
        return self.box != before

    def _dragged(self, x: float, y: float) -> Box | None:
        """The box for the present position of the mouse, in whole pixels."""
        if self.mode is Mode.DRAW:
            (xa, ya), (xb, yb) = self._anchor, self._inside(x, y)
            return box_from_corners(xa, ya, xb, yb)
        if self._start is None:
            return None
        if self.mode is Mode.MOVE:
            return self._start.moved(round(x - self._anchor[0]), round(y - self._anchor[1]), *self.size)
        if self.mode is Mode.RESIZE:
            x, y = self._inside(x + self._anchor[0], y + self._anchor[1])
            return self._start.resized(self._handle, x, y, *self.size)
        return None

    def _inside(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.size
        return float(min(max(round(x), 0), width)), float(min(max(round(y), 0), height))


def edge_at(box: Box, x: float, y: float, reach: float) -> str | None:
    """The side of the box within ``reach`` image pixels of the point, named as its handle is."""
    if not (box.x0 - reach <= x <= box.x1 + reach and box.y0 - reach <= y <= box.y1 + reach):
        return None
    distances = {"n": abs(y - box.y0), "s": abs(y - box.y1), "w": abs(x - box.x0), "e": abs(x - box.x1)}
    nearest = min(distances, key=distances.__getitem__)
    return nearest if distances[nearest] <= reach else None
