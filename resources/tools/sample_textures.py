"""The flat things of the sample collection: façades of houses and posters, each with structure of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Texture = NDArray[np.float32]
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Facade:
    """A house front: wall and trim colours, rows and columns of windows, their shape, and what stands in the middle."""

    name: str
    wall: Colour
    trim: Colour
    rows: int
    columns: int
    arched: bool
    brick: int
    feature: str


FACADES = (
    Facade("harbour-house", (0.72, 0.30, 0.22), (0.93, 0.90, 0.82), 4, 5, False, 14, "gable"),
    Facade("town-hall", (0.80, 0.72, 0.52), (0.42, 0.30, 0.22), 3, 7, True, 0, "clock"),
    Facade("blue-theatre", (0.30, 0.45, 0.62), (0.95, 0.88, 0.62), 2, 5, True, 0, "columns"),
    Facade("old-mill", (0.50, 0.47, 0.42), (0.22, 0.26, 0.22), 5, 3, False, 30, "wheel"),
    Facade("rose-chapel", (0.78, 0.68, 0.66), (0.45, 0.38, 0.40), 2, 3, True, 22, "rose"),
    Facade("glass-works", (0.36, 0.42, 0.40), (0.72, 0.80, 0.78), 7, 9, False, 0, "name"),
)


@dataclass(frozen=True)
class Poster:
    """A poster: paper and ink colours, a motif and a word."""

    name: str
    paper: Colour
    ink: Colour
    accent: Colour
    motif: str
    word: str


POSTERS = (
    Poster("kite-poster", (0.95, 0.90, 0.72), (0.72, 0.16, 0.14), (0.12, 0.30, 0.52), "kite", "KITES"),
    Poster("sun-poster", (0.98, 0.80, 0.36), (0.50, 0.12, 0.10), (0.95, 0.45, 0.12), "sun", "SOL"),
    Poster("fish-sign", (0.16, 0.42, 0.52), (0.95, 0.95, 0.90), (0.96, 0.70, 0.28), "fish", "FISH"),
    Poster("chess-club", (0.92, 0.92, 0.88), (0.10, 0.10, 0.12), (0.60, 0.10, 0.16), "chess", "CHESS"),
    Poster("wave-print", (0.90, 0.93, 0.94), (0.10, 0.24, 0.46), (0.32, 0.56, 0.74), "waves", "NORD"),
    Poster("leaf-label", (0.20, 0.34, 0.22), (0.88, 0.92, 0.70), (0.80, 0.66, 0.28), "leaf", "TEA 7"),
)


def noise(rng: np.random.Generator, shape: tuple[int, int], cell: int) -> NDArray[np.float32]:
    """Smooth noise on 0..1 with blots of about ``cell`` pixels."""
    small = rng.random((max(shape[0] // cell, 2), max(shape[1] // cell, 2))).astype(np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def clouds(rng: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Cover of clouds on 0..1: noise of several sizes."""
    total = sum(noise(rng, shape, 320 >> i) * 0.5**i for i in range(6))
    return np.clip((np.asarray(total, dtype=np.float32) / 2 - 0.42) * 3.2, 0, 1)


@cache
def facade(number: int) -> Texture:
    """The front of a house, (H, W, 3) on 0..1."""
    kind, rng = FACADES[number], np.random.default_rng([5, number])
    height, width = 560, 760
    wall = np.ones((height, width, 3), np.float32) * kind.wall
    wall *= 0.88 + 0.2 * noise(rng, (height, width), 4)[:, :, None] + 0.1 * noise(rng, (height, width), 70)[:, :, None]
    if kind.brick:
        _bricks(wall, rng, kind.brick)
    _windows(wall, kind, rng)
    _feature(wall, kind)
    cv2.rectangle(wall, (0, 0), (width - 1, 26), kind.trim, -1)
    for x in range(0, width, 24):
        cv2.rectangle(wall, (x, 26), (x + 11, 38), kind.trim, -1)
    cv2.rectangle(wall, (width // 2 - 34, height - 110), (width // 2 + 34, height), _darker(kind.trim, 0.45), -1)
    cv2.rectangle(wall, (width // 2 - 34, height - 110), (width // 2 + 34, height), kind.trim, 7)
    return np.clip(wall, 0, 1)


def _bricks(wall: Texture, rng: np.random.Generator, size: int) -> None:
    height, width = wall.shape[:2]
    for row, y in enumerate(range(0, height, size)):
        for x in range(-(row % 2) * size, width, size * 2):
            wall[y + 1 : y + size - 1, max(x + 1, 0) : max(x + 2 * size - 1, 0)] *= rng.uniform(0.8, 1.15)
        wall[y : y + 1] *= 0.7


def _windows(wall: Texture, kind: Facade, rng: np.random.Generator) -> None:
    height, width = wall.shape[:2]
    step_x, step_y = width / kind.columns, (height - 160) / kind.rows
    for row in range(kind.rows):
        for column in range(kind.columns):
            x, y = int((column + 0.5) * step_x), int(60 + (row + 0.5) * step_y)
            w, h = int(step_x * 0.27), int(step_y * 0.34)
            glass = (np.array([0.22, 0.27, 0.33]) * rng.uniform(0.6, 1.6)).tolist()
            cv2.rectangle(wall, (x - w, y - h), (x + w, y + h), glass, -1)
            if kind.arched:
                cv2.ellipse(wall, (x, y - h), (w, w), 0, 180, 360, glass, -1, cv2.LINE_AA)
                cv2.ellipse(wall, (x, y - h), (w, w), 0, 180, 360, kind.trim, 5, cv2.LINE_AA)
            cv2.rectangle(wall, (x - w, y - h), (x + w, y + h), kind.trim, 5)
            cv2.line(wall, (x, y - h), (x, y + h), kind.trim, 3)
            cv2.line(wall, (x - w, y), (x + w, y), kind.trim, 3)
            cv2.rectangle(wall, (x - w - 6, y + h + 3), (x + w + 6, y + h + 10), kind.trim, -1)


def _feature(wall: Texture, kind: Facade) -> None:
    """What tells one house from all others."""
    height, width = wall.shape[:2]
    x, y = width // 2, height // 3
    dark = _darker(kind.trim, 0.4)
    if kind.feature == "clock":
        cv2.circle(wall, (x, y), 74, kind.trim, -1, cv2.LINE_AA)
        cv2.circle(wall, (x, y), 62, (0.96, 0.94, 0.88), -1, cv2.LINE_AA)
        for hour in range(12):
            a = hour * np.pi / 6
            cv2.line(wall, _at(x, y, 48, a), _at(x, y, 58, a), dark, 4, cv2.LINE_AA)
        cv2.line(wall, (x, y), _at(x, y, 34, -0.6), dark, 6, cv2.LINE_AA)
        cv2.line(wall, (x, y), _at(x, y, 50, 1.4), dark, 4, cv2.LINE_AA)
    elif kind.feature in ("rose", "wheel"):
        spokes = 12 if kind.feature == "rose" else 8
        cv2.circle(wall, (x, y), 92, dark, -1, cv2.LINE_AA)
        for ring in (92, 62, 30):
            cv2.circle(wall, (x, y), ring, kind.trim, 8, cv2.LINE_AA)
        for spoke in range(spokes):
            a = spoke * 2 * np.pi / spokes
            cv2.line(wall, (x, y), _at(x, y, 92, a), kind.trim, 7, cv2.LINE_AA)
            if kind.feature == "rose":
                hue = (0.75, 0.2, 0.25) if spoke % 2 else (0.2, 0.35, 0.7)
                cv2.circle(wall, _at(x, y, 77, a + 0.26), 10, hue, -1, cv2.LINE_AA)
    elif kind.feature == "columns":
        for left in range(40, width, 136):
            cv2.rectangle(wall, (left, 44), (left + 34, height), kind.trim, -1)
            for line in range(left + 5, left + 34, 8):
                cv2.line(wall, (line, 60), (line, height), _darker(kind.trim, 0.75), 2)
    elif kind.feature == "gable":
        points = np.array([[x - 150, y + 24], [x, y - 120], [x + 150, y + 24]])
        cv2.fillPoly(wall, [points], _darker(kind.wall, 0.72), cv2.LINE_AA)
        cv2.polylines(wall, [points], True, kind.trim, 10, cv2.LINE_AA)
        _write(wall, "1874", (x - 62, y), 1.7, kind.trim, 4)
    else:
        cv2.rectangle(wall, (60, y - 42), (width - 60, y + 34), dark, -1)
        _write(wall, "GLASS WORKS", (96, y + 18), 2.5, kind.trim, 5)


@cache
def poster(number: int) -> Texture:
    """A poster, (H, W, 3) on 0..1."""
    kind, rng = POSTERS[number], np.random.default_rng([6, number])
    height, width = 420, 320
    sheet = np.ones((height, width, 3), np.float32) * kind.paper
    _motif(sheet, kind, rng)
    cv2.rectangle(sheet, (8, 8), (width - 9, height - 9), kind.ink, 6)
    size = 1.9 if len(kind.word) > 4 else 2.3
    (w, _), _ = cv2.getTextSize(kind.word, cv2.FONT_HERSHEY_TRIPLEX, size, 5)
    _write(sheet, kind.word, ((width - w) // 2, height - 34), size, kind.ink, 5)
    sheet *= 0.94 + 0.08 * noise(rng, (height, width), 3)[:, :, None]
    return np.clip(sheet, 0, 1)


def _motif(sheet: Texture, kind: Poster, rng: np.random.Generator) -> None:
    x, y = 160, 170
    if kind.motif == "kite":
        points = np.array([[x, 40], [x + 90, 140], [x, 290], [x - 90, 140]])
        cv2.fillPoly(sheet, [points], kind.ink, cv2.LINE_AA)
        cv2.fillPoly(sheet, [np.array([[x, 40], [x + 90, 140], [x, 140]])], kind.accent, cv2.LINE_AA)
        cv2.fillPoly(sheet, [np.array([[x, 140], [x - 90, 140], [x, 290]])], kind.accent, cv2.LINE_AA)
        for i in range(5):
            cv2.circle(sheet, (x + 20 * (i % 2) - 10, 300 + 12 * i), 6, kind.ink, -1, cv2.LINE_AA)
    elif kind.motif == "sun":
        for ray in range(24):
            a = ray * np.pi / 12
            cv2.line(sheet, _at(x, y, 70, a), _at(x, y, 140, a), kind.ink if ray % 2 else kind.accent, 9, cv2.LINE_AA)
        for radius, colour in ((66, kind.accent), (48, kind.paper), (30, kind.ink)):
            cv2.circle(sheet, (x, y), radius, colour, -1, cv2.LINE_AA)
    elif kind.motif == "fish":
        for row in range(4):
            centre = (x - 20 + 30 * (row % 2), 70 + row * 72)
            cv2.ellipse(sheet, centre, (80, 26), 0, 0, 360, kind.accent if row % 2 else kind.ink, -1, cv2.LINE_AA)
            tail = np.array(
                [[centre[0] + 70, centre[1]], [centre[0] + 112, centre[1] - 26], [centre[0] + 112, centre[1] + 26]]
            )
            cv2.fillPoly(sheet, [tail], kind.accent if row % 2 else kind.ink, cv2.LINE_AA)
            cv2.circle(sheet, (centre[0] - 56, centre[1] - 6), 6, kind.paper, -1, cv2.LINE_AA)
    elif kind.motif == "chess":
        for row in range(7):
            for column in range(6):
                if (row + column) % 2:
                    cv2.rectangle(sheet, (22 + column * 46, 22 + row * 44), (67 + column * 46, 65 + row * 44), kind.ink, -1)
        cv2.circle(sheet, (x, y), 62, kind.accent, -1, cv2.LINE_AA)
        _write(sheet, "K", (x - 36, y + 40), 3.4, kind.paper, 7)
    elif kind.motif == "waves":
        for row in range(7):
            for column in range(-1, 5):
                centre = (column * 80 + 40 * (row % 2), 60 + row * 42)
                for radius in (44, 32, 20, 8):
                    colour = kind.ink if radius in (44, 20) else kind.accent
                    cv2.ellipse(sheet, centre, (radius, radius), 0, 180, 360, colour, 5, cv2.LINE_AA)
    else:
        for i in range(9):
            a, size = rng.uniform(0, 360), rng.uniform(40, 74)
            centre = (int(rng.uniform(60, 260)), int(rng.uniform(60, 290)))
            cv2.ellipse(
                sheet, centre, (int(size), int(size * 0.36)), a, 0, 360, kind.ink if i % 2 else kind.accent, -1, cv2.LINE_AA
            )
            tip = _at(centre[0], centre[1], size, np.deg2rad(a))
            cv2.line(sheet, centre, tip, kind.paper, 3, cv2.LINE_AA)


def _write(sheet: Texture, word: str, at: tuple[int, int], size: float, colour: Colour, thickness: int) -> None:
    """Letters of strokes; OpenCV draws them on bytes only."""
    cover = np.zeros(sheet.shape[:2], np.uint8)
    cv2.putText(cover, word, at, cv2.FONT_HERSHEY_TRIPLEX, size, 255, thickness, cv2.LINE_AA)
    share = (cover / np.float32(255))[:, :, None]
    sheet[:] = sheet * (1 - share) + share * np.array(colour, dtype=np.float32)


def _at(x: int, y: int, radius: float, angle: float) -> tuple[int, int]:
    return int(x + radius * np.cos(angle)), int(y + radius * np.sin(angle))


def _darker(colour: Colour, factor: float) -> Colour:
    return colour[0] * factor, colour[1] * factor, colour[2] * factor
