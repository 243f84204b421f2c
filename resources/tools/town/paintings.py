"""Paintings and book covers, each drawn by a function; nothing is anybody else's."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from resources.tools.town.canvas import Canvas, smooth
from resources.tools.town.posters import cycle_poster, heron_poster, mask_poster


def harbour_painting() -> Canvas:
    """An oil painting: boats and houses in an evening harbour."""
    c = Canvas(0.72, "#5b6f86", 4, 900)
    c.wash("#f0b878", "#4f6f9a", 0.32, 0.72)
    clouds = np.clip((c.noise(5, 5) - 0.5) * 5, 0, 1) * (c.y > 0.34)
    c.blend(clouds * 0.8, "#f3d3b0")
    c.ellipse(0.72, 0.37, 0.045, 0.045, "#fff0c0")
    tones = ("#b5654a", "#d8b06a", "#8a5a5a", "#c98a5c", "#7a8a94", "#dcc8a0", "#a54a3c")
    for k in range(11):
        x, h = 0.02 + 0.055 * k, 0.09 + 0.05 * abs(math.sin(k * 2.2))
        c.shape([(x, 0.3), (x + 0.056, 0.3), (x + 0.056, 0.3 + h), (x + 0.028, 0.33 + h), (x, 0.3 + h)], tones[k % 7])
        c.shape([(x - 0.003, 0.298 + h), (x + 0.059, 0.298 + h), (x + 0.028, 0.335 + h)], "#6b3a30")
        for j in range(2):
            for r in range(3):
                c.shape(
                    [
                        (x + 0.01 + 0.022 * j, 0.315 + 0.03 * r),
                        (x + 0.022 + 0.022 * j, 0.315 + 0.03 * r),
                        (x + 0.022 + 0.022 * j, 0.332 + 0.03 * r),
                        (x + 0.01 + 0.022 * j, 0.332 + 0.03 * r),
                    ],
                    "#2c3444" if (k + j + r) % 3 else "#f6d884",
                )
    _water_and_boats(c)
    c.brush(0.2)
    return c


def _water_and_boats(c: Canvas) -> None:
    """Water in short strokes, and three boats."""
    c.wash("#24445c", "#c89a74", 0.0, 0.3)
    for _ in range(500):
        x, y = c.rng.uniform(0, 1), c.rng.uniform(0.0, 0.3)
        long = c.rng.uniform(0.01, 0.05) * (1.2 - 2.6 * y)
        near = math.exp(-((x - 0.72) ** 2) / 0.01)
        c.stroke(
            [(x, y), (x + long, y)],
            0.005,
            str(
                c.rng.choice(
                    ["#f6d8a0", "#e8a86a"] if c.rng.random() < near else ["#2f5a78", "#1f3a50", "#7a8a94", "#b5845c"]
                )
            ),
        )
    for x, y, s, hull, sail in (
        (0.3, 0.13, 1.3, "#7c2420", "#e8d8b4"),
        (0.58, 0.22, 0.75, "#1f3a30", "#c8643c"),
        (0.84, 0.1, 1.1, "#26323e", "#d8c8a0"),
    ):
        c.shape(
            smooth(
                [
                    (x - 0.11 * s, y + 0.03 * s),
                    (x - 0.08 * s, y),
                    (x + 0.07 * s, y),
                    (x + 0.13 * s, y + 0.045 * s),
                    (x - 0.11 * s, y + 0.03 * s),
                ]
            ),
            hull,
        )
        c.stroke([(x, y), (x, y + 0.3 * s)], 0.007, "#3a2a1c")
        c.shape([(x + 0.008, y + 0.28 * s), (x + 0.008, y + 0.06 * s), (x + 0.1 * s, y + 0.065 * s)], sail)
        c.shape([(x - 0.008, y + 0.24 * s), (x - 0.008, y + 0.06 * s), (x - 0.08 * s, y + 0.06 * s)], "#f0e6cc")
        c.stroke([(x - 0.06 * s, y - 0.02), (x + 0.05 * s, y - 0.03)], 0.012, hull)


def portrait_painting() -> Canvas:
    """A woman in a blue shawl with a bird on her hand."""
    c = Canvas(1.25, "#4a3a2c", 5, 760)
    c.blend(np.clip(c.noise(4, 4) * 1.4 - 0.3, 0, 1), "#6b5a3c")
    c.shape(
        smooth([(0.05, -0.05), (0.12, 0.3), (0.3, 0.5), (0.5, 0.54), (0.7, 0.5), (0.9, 0.28), (0.97, -0.05)]), "#1f3f70"
    )
    for k in range(13):
        x = 0.12 + 0.065 * k
        c.curve(
            [(0.3 + 0.03 * k, 0.5), (x, 0.25), (x - 0.04, -0.02)], 0.02, ("#2f5a94", "#142c50", "#3f70a8")[k % 3], 0.006
        )
    c.shape(
        smooth([(0.37, 0.52), (0.42, 0.36), (0.5, 0.32), (0.58, 0.36), (0.63, 0.52), (0.5, 0.56), (0.37, 0.52)]), "#e0b090"
    )
    c.curve([(0.5, 0.7), (0.5, 0.46)], 0.15, "#d8a482")
    c.ellipse(0.5, 0.86, 0.22, 0.27, "#3a2216")
    c.ellipse(0.5, 0.83, 0.165, 0.215, "#e6b896")
    c.ellipse(0.44, 0.8, 0.12, 0.17, "#ecc4a4")
    c.curve([(0.33, 0.86), (0.38, 1.0), (0.52, 1.04), (0.64, 0.98), (0.68, 0.84)], 0.07, "#3a2216", 0.07)
    for k in range(14):
        c.curve(
            [(0.5, 1.1), (0.33 - 0.006 * k, 0.95), (0.29 - 0.004 * k, 0.72 - 0.012 * k)],
            0.007,
            ("#5a3820", "#2a160c")[k % 2],
        )
        c.curve(
            [(0.5, 1.1), (0.67 + 0.006 * k, 0.95), (0.7 + 0.005 * k, 0.72 - 0.012 * k)],
            0.007,
            ("#5a3820", "#2a160c")[k % 2],
        )
    for s in (-1, 1):
        x = 0.495 + s * 0.07
        c.ellipse(x, 0.855, 0.035, 0.018, "#f4ece0")
        c.ellipse(x + 0.006, 0.855, 0.016, 0.017, "#3f6a4a")
        c.ellipse(x + 0.006, 0.855, 0.007, 0.008, "#101010")
        c.curve([(x - 0.037, 0.855), (x, 0.876), (x + 0.037, 0.857)], 0.008, "#3a2216")
        c.curve([(x - 0.045, 0.9), (x, 0.915), (x + 0.042, 0.9)], 0.012, "#4a2c1a", 0.005)
    c.curve([(0.5, 0.86), (0.48, 0.775), (0.505, 0.765)], 0.011, "#b87c5c", 0.006)
    c.shape(
        smooth([(0.44, 0.712), (0.48, 0.727), (0.5, 0.722), (0.52, 0.727), (0.56, 0.712), (0.5, 0.69), (0.44, 0.712)]),
        "#a8403c",
    )
    _jewels_and_bird(c)
    c.brush(0.16)
    return c


def _jewels_and_bird(c: Canvas) -> None:
    """Ear rings, pearls, a hand and the bird."""
    c.ellipse(0.335, 0.73, 0.012, 0.03, "#e8c860")
    c.ellipse(0.665, 0.73, 0.012, 0.03, "#e8c860")
    for k in range(12):
        c.ellipse(0.4 + 0.018 * k, 0.5 - 0.06 * math.sin(math.pi * k / 11), 0.012, 0.012, "#efe9dc")
    c.curve([(0.98, 0.05), (0.86, 0.2), (0.78, 0.36)], 0.09, "#e0b090", 0.06)
    c.shape(
        smooth([(0.7, 0.42), (0.74, 0.52), (0.84, 0.53), (0.93, 0.44), (0.98, 0.32), (0.86, 0.38), (0.7, 0.42)]), "#d8a42c"
    )
    c.ellipse(0.745, 0.53, 0.045, 0.042, "#d8a42c")
    c.shape([(0.705, 0.535), (0.665, 0.52), (0.708, 0.515)], "#3a3a3a")
    c.ellipse(0.735, 0.54, 0.008, 0.008, "#101010")
    c.curve([(0.78, 0.48), (0.86, 0.46), (0.95, 0.36)], 0.03, "#3a4a34", 0.01)


def still_painting() -> Canvas:
    """Guitar, lemon and jug in planes of colour."""
    c = Canvas(0.8, "#c9b48c", 6, 860)
    planes = (
        ("#5f7a8a", [(0, 0.8), (0.45, 0.8), (0.3, 0.3), (0, 0.4)]),
        ("#a8553c", [(0.45, 0.8), (1, 0.8), (1, 0.45), (0.6, 0.5)]),
        ("#3a3f4a", [(0, 0.4), (0.3, 0.3), (0.5, 0), (0, 0)]),
        ("#d8c39a", [(0.3, 0.3), (0.6, 0.5), (1, 0.45), (1, 0.1), (0.5, 0)]),
        ("#6b4a34", [(0.5, 0), (1, 0.1), (1, 0)]),
    )
    for tone, points in planes:
        c.shape(points, tone)
    body = smooth(
        [
            (0.3, 0.24),
            (0.22, 0.38),
            (0.3, 0.48),
            (0.4, 0.46),
            (0.46, 0.54),
            (0.56, 0.52),
            (0.58, 0.4),
            (0.52, 0.34),
            (0.5, 0.22),
            (0.4, 0.15),
            (0.3, 0.24),
        ]
    )
    c.shape(body, "#c8843c")
    c.shape([p if p[0] < 0.42 else (0.42, p[1]) for p in body], "#8a4f28")
    c.stroke(body, 0.012, "#20160f")
    c.ellipse(0.43, 0.37, 0.055, 0.055, "#20160f")
    c.ring(0.43, 0.37, 0.07, 0.01, "#e8d8a8")
    c.stroke([(0.47, 0.43), (0.7, 0.72)], 0.045, "#3a2416")
    for k in range(5):
        c.stroke([(0.365 + 0.008 * k, 0.29 - 0.006 * k), (0.69 + 0.008 * k, 0.73 - 0.006 * k)], 0.0025, "#f0e8d0")
    c.shape([(0.68, 0.71), (0.73, 0.68), (0.78, 0.76), (0.74, 0.79)], "#20160f")
    _jug_and_lemons(c)
    c.brush(0.14)
    return c


def _jug_and_lemons(c: Canvas) -> None:
    """The jug, three lemons and a bit of newspaper."""
    jug = smooth(
        [
            (0.72, 0.14),
            (0.68, 0.3),
            (0.74, 0.42),
            (0.73, 0.5),
            (0.83, 0.5),
            (0.83, 0.42),
            (0.9, 0.3),
            (0.86, 0.14),
            (0.72, 0.14),
        ]
    )
    c.shape(jug, "#2f5a78")
    c.shape([p if p[0] > 0.79 else (0.79, p[1]) for p in jug], "#8fb4c4")
    c.stroke(jug, 0.01, "#10202c")
    c.curve([(0.84, 0.46), (0.95, 0.42), (0.89, 0.28)], 0.02, "#10202c")
    for k in range(4):
        c.stroke([(0.7 + 0.005 * k, 0.22 + 0.04 * k), (0.88, 0.22 + 0.04 * k)], 0.012, "#e8d8a8" if k % 2 else "#c8322c")
    for x, y, turn in ((0.6, 0.12, 20), (0.66, 0.085, -15), (0.16, 0.2, 35)):
        c.ellipse(x, y, 0.055, 0.04, "#e8c43c", turn)
        c.ellipse(x - 0.012, y + 0.012, 0.028, 0.016, "#f6e48a", turn)
        c.ring(x, y, 0.05, 0.004, "#6b4a14")
    c.text("LE SOIR", 0.16, 0.62, 0.1, "#20160f", 0.26)
    for k in range(4):
        c.stroke([(0.05, 0.55 - 0.022 * k), (0.27 - 0.03 * (k % 2), 0.55 - 0.022 * k)], 0.006, "#20160f")


def fern_book() -> Canvas:
    """A cloth-bound book on ferns and moths."""
    c = Canvas(1.4, "#23483a", 7, 640)
    c.border(0.05, "#1a382c")
    for inset in (0.06, 0.075):
        c.stroke(
            [(inset, inset), (1 - inset, inset), (1 - inset, 1.4 - inset), (inset, 1.4 - inset), (inset, inset)],
            0.005,
            "#cfa84e",
        )
    for x, s, y in ((0.28, 1, 0.2), (0.72, -1, 0.26), (0.5, 1, 0.18)):
        spine = smooth([(x, y), (x + s * 0.06, y + 0.25), (x - s * 0.03, y + 0.5), (x + s * 0.09, y + 0.72)])
        c.stroke(spine, 0.01, "#9cc07a", 0.003)
        for k in range(3, len(spine) - 1):
            px, py = spine[k]
            long = 0.16 * math.sin(math.pi * k / len(spine)) + 0.02
            for side in (-1, 1):
                c.curve(
                    [(px, py), (px + side * long * 0.6, py + 0.05), (px + side * long, py + 0.03)],
                    0.017,
                    ("#9cc07a", "#6fa05c")[k % 2],
                    0.003,
                )
    _moth(c)
    c.brush(0.08, 40)
    return c


def _moth(c: Canvas) -> None:
    """A moth with eyes on its wings, and the title."""
    for side in (-1, 1):
        c.shape(
            smooth(
                [
                    (0.5, 0.94),
                    (0.5 + side * 0.12, 1.05),
                    (0.5 + side * 0.3, 1.06),
                    (0.5 + side * 0.24, 0.93),
                    (0.5 + side * 0.1, 0.87),
                    (0.5, 0.9),
                ]
            ),
            "#e8d8a8",
        )
        c.shape(
            smooth(
                [(0.5, 0.9), (0.5 + side * 0.14, 0.87), (0.5 + side * 0.2, 0.77), (0.5 + side * 0.08, 0.78), (0.5, 0.88)]
            ),
            "#c8843c",
        )
        c.ellipse(0.5 + side * 0.2, 0.985, 0.04, 0.04, "#7c2a24")
        c.ellipse(0.5 + side * 0.2, 0.985, 0.018, 0.018, "#10202c")
        c.ellipse(0.5 + side * 0.12, 0.83, 0.022, 0.022, "#23483a")
        c.curve([(0.5, 0.96), (0.5 + side * 0.03, 1.05), (0.5 + side * 0.09, 1.1)], 0.007, "#e8d8a8", 0.003)
    c.ellipse(0.5, 0.88, 0.022, 0.1, "#6b3a20")
    c.text("FERNS & MOTHS", 0.5, 1.22, 0.11, "#cfa84e", 0.78)
    c.text("OF THE UPPER VALLEY", 0.5, 1.155, 0.05, "#cfa84e", 0.6)
    c.text("I. Halvorn", 0.5, 0.105, 0.06, "#e8d8a8", 0.4)


def comet_book() -> Canvas:
    """A novel: a comet over a house on a small planet."""
    c = Canvas(1.5, "#141a38", 8, 640)
    c.wash("#6b2f5a", "#141a38", 0.2, 1.1)
    for _ in range(170):
        r = c.rng.uniform(0.002, 0.006)
        c.ellipse(c.rng.uniform(0, 1), c.rng.uniform(0.5, 1.5), r, r, str(c.rng.choice(["#f4ecd0", "#b8c8e8", "#e8b48a"])))
    for k in range(16):
        c.curve(
            [(0.72, 1.02), (0.5 - 0.02 * k, 1.12 + 0.012 * k), (0.1 - 0.03 * k, 1.08 + 0.03 * k)],
            0.03,
            ("#f0c45c", "#e88a4a", "#f8e4a8")[k % 3],
            0.002,
        )
    c.ellipse(0.73, 1.015, 0.07, 0.07, "#fff4cc")
    c.ellipse(0.5, 0.06, 0.46, 0.4, "#2f5a54")
    c.ellipse(0.42, 0.12, 0.34, 0.28, "#3f7a68")
    for k in range(11):
        a = math.radians(30 + 12 * k)
        x, y = 0.5 + 0.45 * math.cos(a), 0.06 + 0.39 * math.sin(a)
        if k in (5, 6):
            continue
        c.shape(
            [(x - 0.03, y - 0.01), (x + 0.03, y - 0.01), (x + 0.03 * math.cos(a), y + 0.09 + 0.03 * (k % 3))], "#1c3a34"
        )
    c.shape([(0.4, 0.43), (0.57, 0.43), (0.57, 0.57), (0.4, 0.57)], "#d8c8a8")
    c.shape([(0.37, 0.56), (0.6, 0.56), (0.485, 0.68)], "#a33a2c")
    c.shape([(0.53, 0.6), (0.56, 0.6), (0.56, 0.7), (0.53, 0.7)], "#6b4a3c")
    c.shape([(0.43, 0.49), (0.48, 0.49), (0.48, 0.54), (0.43, 0.54)], "#f6d060")
    c.shape([(0.51, 0.43), (0.55, 0.43), (0.55, 0.52), (0.51, 0.52)], "#23344a")
    for k in range(5):
        c.ring(0.55 + 0.02 * k, 0.74 + 0.035 * k, 0.012 + 0.004 * k, 0.005, "#d8c8e0")
    c.text("THE COMET", 0.5, 1.36, 0.14, "#f8e4a8", 0.86)
    c.text("KEEPER", 0.5, 1.24, 0.13, "#f8e4a8", 0.6)
    c.text("a novel by ODA BRINDLE", 0.5, 0.04, 0.05, "#f4ecd0", 0.66)
    return c


FLAT: dict[str, tuple[Callable[[], Canvas], float, float, str]] = {
    "heron-poster": (heron_poster, 0.9, 0.35, "sheet"),
    "mask-poster": (mask_poster, 0.9, 0.3, "sheet"),
    "cycle-poster": (cycle_poster, 0.9, 0.4, "sheet"),
    "harbour-painting": (harbour_painting, 1.25, 0.35, "frame"),
    "portrait-painting": (portrait_painting, 0.8, 0.35, "frame"),
    "still-painting": (still_painting, 1.05, 0.4, "frame"),
    "fern-book": (fern_book, 0.19, 0.6, "book"),
    "comet-book": (comet_book, 0.17, 0.3, "book"),
}
"""Drawing, width in metres, roughness, and what carries it."""
