"""Drawing with numpy alone: shapes, strokes, washes and letters on a canvas of linear coordinates (0..1, y upwards)."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np

from resources.tools.town.parts import letters

Colour = str


def screen(word: Colour) -> np.ndarray:
    """#rrggbb as numbers between 0 and 1."""
    return np.array([int(word[i : i + 2], 16) / 255 for i in (1, 3, 5)], dtype=np.float32)


class Canvas:
    """A picture of width 1 and height ``tall``, in display colours."""

    def __init__(self, tall: float, ground: Colour, seed: int, pixels: int = 720) -> None:
        self.tall, self.n = tall, pixels
        self.rng = np.random.default_rng([seed, 31])
        rows = round(pixels * tall)
        self.y, self.x = np.mgrid[0:rows, 0:pixels].astype(np.float32) / pixels
        self.y = tall - self.y
        self.data = np.empty((rows, pixels, 3), dtype=np.float32)
        self.data[:] = screen(ground)

    def blend(self, cover: np.ndarray, colour: Colour | np.ndarray) -> None:
        """Lay a colour over where the cover is."""
        paint = screen(colour) if isinstance(colour, str) else colour
        self.data += cover[..., None] * (paint - self.data)

    def _window(self, low: np.ndarray, high: np.ndarray) -> tuple[slice, slice]:
        rows, cols = self.data.shape[:2]
        x0, x1 = (int(np.clip(v * self.n, 0, cols)) for v in (low[0] - 0.01, high[0] + 0.01))
        y0, y1 = (int(np.clip((self.tall - v) * self.n, 0, rows)) for v in (high[1] + 0.01, low[1] - 0.01))
        return slice(y0, y1), slice(x0, x1)

    def _lay(self, window: tuple[slice, slice], distance: np.ndarray, colour: Colour) -> None:
        """Cover where the distance to the edge is negative, softly over one pixel."""
        cover = np.clip(0.5 - distance * self.n, 0, 1)[..., None]
        part = self.data[window]
        part += cover * (screen(colour) - part)

    def ellipse(self, x: float, y: float, a: float, b: float, colour: Colour, turn: float = 0) -> None:
        """An ellipse, turned by degrees."""
        reach = max(a, b)
        window = self._window(np.array([x - reach, y - reach]), np.array([x + reach, y + reach]))
        dx, dy = self.x[window] - x, self.y[window] - y
        c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        u, v = (dx * c + dy * s) / a, (dy * c - dx * s) / b
        self._lay(window, (np.hypot(u, v) - 1) * min(a, b), colour)

    def ring(self, x: float, y: float, r: float, wide: float, colour: Colour) -> None:
        """A circle's line."""
        window = self._window(np.array([x - r - wide, y - r - wide]), np.array([x + r + wide, y + r + wide]))
        self._lay(window, np.abs(np.hypot(self.x[window] - x, self.y[window] - y) - r) - wide / 2, colour)

    def shape(self, points: Sequence[Sequence[float]], colour: Colour) -> None:
        """A filled polygon (even-odd), four samples a pixel."""
        p = np.array(points, dtype=np.float32)
        window = self._window(p.min(axis=0), p.max(axis=0))
        cover = np.zeros(self.x[window].shape, dtype=np.float32)
        for ox, oy in ((0.1, 0.35), (0.6, 0.1), (0.35, 0.85), (0.85, 0.6)):
            inside = np.zeros(cover.shape, dtype=bool)
            px, py = self.x[window] + (ox - 0.5) / self.n, self.y[window] + (oy - 0.5) / self.n
            for a, b in zip(p, np.roll(p, -1, axis=0), strict=True):
                if a[1] != b[1]:
                    inside ^= ((a[1] > py) != (b[1] > py)) & (px < (b[0] - a[0]) * (py - a[1]) / (b[1] - a[1]) + a[0])
            cover += inside / 4
        part = self.data[window]
        part += cover[..., None] * (screen(colour) - part)

    def stroke(self, points: Sequence[Sequence[float]], wide: float, colour: Colour, thin: float | None = None) -> None:
        """A line through points that may get thinner to its end."""
        p = np.array(points, dtype=np.float32)
        ends = np.linspace(wide, wide if thin is None else thin, len(p))
        for a, b, wa in zip(p[:-1], p[1:], ends[:-1], strict=True):
            reach = np.array([wa, wa])
            window = self._window(np.minimum(a, b) - reach, np.maximum(a, b) + reach)
            way = b - a
            share = ((self.x[window] - a[0]) * way[0] + (self.y[window] - a[1]) * way[1]) / max(float(way @ way), 1e-9)
            share = np.clip(share, 0, 1)
            away = np.hypot(self.x[window] - a[0] - share * way[0], self.y[window] - a[1] - share * way[1])
            self._lay(window, away - wa / 2, colour)

    def curve(self, points: Sequence[Sequence[float]], wide: float, colour: Colour, thin: float | None = None) -> None:
        """A smooth line through points."""
        self.stroke(smooth(points), wide, colour, thin)

    def wash(self, low: Colour, high: Colour, y0: float, y1: float) -> None:
        """A band that changes from one colour to another upwards."""
        share = np.clip((self.y - y0) / (y1 - y0), 0, 1)[..., None]
        band = ((self.y >= y0) & (self.y <= y1)).astype(np.float32)
        self.blend(band, screen(low) * (1 - share) + screen(high) * share)

    def noise(self, scale: float, octaves: int = 3) -> np.ndarray:
        """Smooth noise between 0 and 1; ``scale`` is the number of lumps across."""
        total, weight = np.zeros(self.x.shape, dtype=np.float32), 0.0
        for k in range(octaves):
            cells = max(int(scale * 2**k), 2)
            grid = self.rng.random((int(cells * self.tall) + 3, cells + 3)).astype(np.float32)
            u, v = self.x * cells, (self.tall - self.y) * cells
            i, j = v.astype(int), u.astype(int)
            fv, fu = v - i, u - j
            fv, fu = fv * fv * (3 - 2 * fv), fu * fu * (3 - 2 * fu)
            top = grid[i, j] * (1 - fu) + grid[i, j + 1] * fu
            low = grid[i + 1, j] * (1 - fu) + grid[i + 1, j + 1] * fu
            total += (top * (1 - fv) + low * fv) / 2**k
            weight += 1 / 2**k
        return total / weight

    def brush(self, amount: float = 0.12, long: float = 4) -> None:
        """The structure of oil paint."""
        grain = self.noise(60, 2) * 0.6 + self.noise(long * 5, 3) * 0.4
        self.data *= (1 + amount * 2 * (grain - 0.5))[..., None]

    def text(self, words: str, x: float, y: float, high: float, colour: Colour, wide: float = 0) -> None:
        """Letters centred at x on the line y; ``wide`` limits their length."""
        verts, faces = letters(words)
        size = min(high, wide / float(np.ptp(verts[:, 0]))) if wide else high
        points = verts[:, [0, 2]] * size + (x, y)
        for face in faces:
            corners = points[list(face)]
            flat = (corners[1] - corners[0])[0] * (corners[-1] - corners[0])[1] - (corners[1] - corners[0])[1] * (
                corners[-1] - corners[0]
            )[0]
            if abs(flat) > 1e-9 and abs(verts[list(face), 1] - verts[face[0], 1]).max() < 1e-6:
                self.shape(corners, colour)

    def border(self, wide: float, colour: Colour) -> None:
        """A frame line along the edge."""
        edge = np.minimum(np.minimum(self.x, 1 - self.x), np.minimum(self.y, self.tall - self.y))
        self.blend((edge < wide).astype(np.float32), colour)

    def image(self, name: str) -> bpy.types.Image:
        """The canvas as Blender's image."""
        rows, cols = self.data.shape[:2]
        image = bpy.data.images.new(name, cols, rows)
        full = np.ones((rows, cols, 4), dtype=np.float32)
        full[..., :3] = np.clip(self.data, 0, 1)[::-1]
        image.pixels.foreach_set(full[:].ravel())
        image.update()
        image.pack()
        return image


def smooth(points: Sequence[Sequence[float]], parts: int = 10) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through points."""
    p = np.array([points[0], *points, points[-1]], dtype=float)
    row = []
    for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True):
        row += [
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            for t in np.linspace(0, 1, parts, endpoint=False)
        ]
    return [(float(q[0]), float(q[1])) for q in [*row, p[-1]]]
