"""What the mouse does to the box: draw, move, resize.  Knows no painting, so that it can be tested alone."""

from __future__ import annotations

from dataclasses import dataclass

from core.geometry import Box, box_from_corners


@dataclass
class Drag:
    """One gesture from press to release, in image pixels.

    Args:
        start: where the mouse was pressed.
        before: the box at that time.
        kind: ``draw``, ``move``, or the name of a handle.
        photo: ``(width, height)``.
    """

    start: tuple[float, float]
    before: Box | None
    kind: str
    photo: tuple[int, int]

    def to(self, x: float, y: float) -> Box:
        """The box when the mouse is at ``(x, y)``."""
        width, height = self.photo
        if self.kind == "move" and self.before is not None:
            return self.before.moved(x - self.start[0], y - self.start[1], width, height)
        if self.kind != "draw" and self.before is not None:
            return self.before.resized(self.kind, x, y, width, height)
        return box_from_corners(*self.start, x, y).clipped(width, height)


def begin(x: float, y: float, box: Box | None, photo: tuple[int, int], reach: float) -> Drag:
    """The gesture that a press at ``(x, y)`` begins; handles answer within ``reach`` image pixels."""
    return Drag((x, y), box, hover(x, y, box, reach), photo)


def hover(x: float, y: float, box: Box | None, reach: float) -> str:
    """What a press here would do: a handle's name, ``move`` or ``draw``."""
    if box is None:
        return "draw"
    return box.handle_at(x, y, reach) or ("move" if box.contains(x, y) else "draw")
