"""Posters, each drawn by a function; nothing is anybody else's."""

from __future__ import annotations

import math

import numpy as np

from resources.tools.town.canvas import Canvas, smooth


def heron_poster() -> Canvas:
    """A heron in reeds before a large sun."""
    c = Canvas(1.42, "#e9dfc6", 1)
    c.wash("#2f6f78", "#9cc2b4", 0.25, 1.3)
    c.ellipse(0.64, 0.98, 0.25, 0.25, "#e8b64a")
    c.ellipse(0.64, 0.98, 0.21, 0.21, "#eec868")
    for k in range(9):
        c.stroke([(0.05 + 0.03 * (k % 2), 0.3 + 0.028 * k), (0.95 - 0.05 * (k % 3), 0.3 + 0.028 * k)], 0.007, "#d9e4d6")
    for k in range(15):
        x = 0.08 + 0.06 * k
        c.curve(
            [(x, 0.22), (x + 0.02, 0.45), (x + 0.06 * math.sin(k * 1.7), 0.62 + 0.13 * math.sin(k * 2.3))],
            0.016,
            "#1f4238",
            0.004,
        )
        c.ellipse(x + 0.06 * math.sin(k * 1.7), 0.62 + 0.13 * math.sin(k * 2.3), 0.011, 0.045, "#6b4426", 8 * math.sin(k))
    c.shape(
        smooth([(0.2, 0.58), (0.33, 0.72), (0.52, 0.74), (0.6, 0.66), (0.5, 0.56), (0.34, 0.52), (0.2, 0.58)]), "#46607c"
    )
    for k in range(6):
        c.curve(
            [(0.5 - 0.04 * k, 0.7), (0.4 - 0.04 * k, 0.62), (0.27 - 0.02 * k, 0.55)],
            0.018,
            ("#2c405c", "#6d8aa4")[k % 2],
            0.004,
        )
    c.curve([(0.55, 0.7), (0.63, 0.8), (0.56, 0.9), (0.53, 1.0), (0.6, 1.08)], 0.06, "#dfe6e4", 0.045)
    c.ellipse(0.61, 1.09, 0.055, 0.037, "#dfe6e4", 10)
    c.shape([(0.64, 1.115), (0.86, 1.07), (0.64, 1.075)], "#d88a2c")
    c.curve([(0.63, 1.115), (0.55, 1.125), (0.42, 1.09)], 0.022, "#1f2a3c", 0.004)
    c.ellipse(0.625, 1.097, 0.009, 0.009, "#1a1a1a")
    c.stroke([(0.44, 0.55), (0.45, 0.4), (0.43, 0.24)], 0.016, "#c07a34")
    c.stroke([(0.5, 0.56), (0.56, 0.42), (0.5, 0.36), (0.51, 0.24)], 0.016, "#c07a34")
    c.wash("#17352f", "#17352f", 0.0, 0.235)
    c.text("HERON LAKE", 0.5, 0.115, 0.13, "#efe3c4", 0.84)
    c.text("by the morning train", 0.5, 0.045, 0.055, "#e8b64a", 0.6)
    c.border(0.025, "#efe3c4")
    return c


def mask_poster() -> Canvas:
    """A theatre's mask, half sun, half moon, on red rays."""
    c = Canvas(1.45, "#8c1f24", 2)
    for k in range(24):
        a, b = (2 * math.pi * (k + e) / 24 for e in (0, 0.5))
        c.shape(
            [
                (0.5, 0.82),
                (0.5 + 1.3 * math.cos(a), 0.82 + 1.3 * math.sin(a)),
                (0.5 + 1.3 * math.cos(b), 0.82 + 1.3 * math.sin(b)),
            ],
            "#b8342c",
        )
    c.ellipse(0.5, 0.8, 0.31, 0.38, "#1c1430")
    c.ellipse(0.5, 0.8, 0.29, 0.36, "#f0dfb8")
    half = [
        (0.5, 1.17),
        *smooth([(0.5, 1.16), (0.7, 1.07), (0.79, 0.8), (0.71, 0.54), (0.5, 0.44)]),
        (0.46, 0.6),
        (0.53, 0.75),
        (0.5, 0.95),
    ]
    c.shape(half, "#2c3f78")
    for s, tone in ((-1, "#1c1430"), (1, "#f0dfb8")):
        c.shape(
            smooth(
                [
                    (0.5 + s * 0.06, 0.86),
                    (0.5 + s * 0.13, 0.92),
                    (0.5 + s * 0.22, 0.86),
                    (0.5 + s * 0.13, 0.83),
                    (0.5 + s * 0.06, 0.86),
                ]
            ),
            tone,
        )
        c.ellipse(0.5 + s * 0.135, 0.872, 0.027, 0.027, "#c8922e")
        c.curve([(0.5 + s * 0.05, 0.97), (0.5 + s * 0.14, 1.02), (0.5 + s * 0.24, 0.96)], 0.025, tone, 0.006)
    _mask_ornament(c)
    return c


def _mask_ornament(c: Canvas) -> None:
    """Nose, mouth, rays, stars and words."""
    c.curve([(0.49, 0.9), (0.46, 0.74), (0.52, 0.7)], 0.02, "#1c1430", 0.01)
    c.shape(smooth([(0.34, 0.64), (0.5, 0.59), (0.66, 0.68), (0.58, 0.54), (0.42, 0.53), (0.34, 0.64)]), "#a3242c")
    c.curve([(0.34, 0.64), (0.5, 0.57), (0.66, 0.68)], 0.012, "#1c1430")
    for k in range(7):
        a = math.radians(100 + 22 * k)
        c.curve(
            [
                (0.5 + 0.32 * math.cos(a), 0.8 + 0.39 * math.sin(a)),
                (0.5 + 0.4 * math.cos(a + 0.1), 0.8 + 0.47 * math.sin(a + 0.1)),
            ],
            0.05,
            "#e0a83a",
            0.006,
        )
    for k in range(9):
        c.ellipse(0.76 + 0.17 * math.sin(2.1 * k), 1.2 - 0.08 * k, 0.012, 0.012, "#f0dfb8")
    c.wash("#1c1430", "#1c1430", 0.0, 0.36)
    c.text("MASQUERADE", 0.5, 0.22, 0.16, "#e0a83a", 0.88)
    c.text("TEATRO DEL CANALE", 0.5, 0.12, 0.07, "#f0dfb8", 0.7)
    c.text("14 - 28 FEBRVARY", 0.5, 0.045, 0.05, "#b8342c", 0.5)


def cycle_poster() -> Canvas:
    """A bicycle race over a mountain."""
    c = Canvas(1.4, "#f1e3c0", 3)
    c.wash("#f1c27a", "#5f9ab0", 0.5, 1.4)
    for k, (tone, base) in enumerate((("#8aa4a8", 0.95), ("#54788a", 0.82), ("#2f5a5c", 0.66))):
        points = [
            (x, base + 0.13 * math.sin(5.3 * x + 2 * k) + 0.06 * math.sin(13 * x + k)) for x in np.linspace(-0.02, 1.02, 30)
        ]
        c.shape([*points, (1.02, 0.3), (-0.02, 0.3)], tone)
    c.shape([(-0.02, 0.28), (1.02, 0.5), (1.02, 0.2), (-0.02, 0.2)], "#c9a878")
    c.stroke([(0, 0.25), (1, 0.4)], 0.008, "#f1e3c0")
    for x, y in ((0.26, 0.45), (0.7, 0.52)):
        c.ring(x, y, 0.145, 0.018, "#20242c")
        for k in range(8):
            a = math.pi * k / 8
            c.stroke(
                [(x - 0.14 * math.cos(a), y - 0.14 * math.sin(a)), (x + 0.14 * math.cos(a), y + 0.14 * math.sin(a))],
                0.004,
                "#6b6f74",
            )
    frame = [(0.26, 0.45), (0.47, 0.44), (0.63, 0.71), (0.38, 0.68), (0.47, 0.44)]
    c.stroke([*frame, (0.26, 0.45), (0.38, 0.68)], 0.02, "#c8322c")
    c.stroke([(0.63, 0.76), (0.7, 0.52)], 0.02, "#c8322c")
    c.stroke([(0.35, 0.73), (0.42, 0.73)], 0.022, "#20242c")
    c.shape(
        smooth([(0.36, 0.74), (0.34, 0.9), (0.48, 1.02), (0.58, 0.97), (0.5, 0.86), (0.44, 0.74), (0.36, 0.74)]), "#e0b02c"
    )
    c.stroke([(0.36, 0.88), (0.55, 0.98)], 0.035, "#1f4a7c")
    c.curve([(0.55, 0.96), (0.58, 0.84), (0.66, 0.78)], 0.045, "#d8a07c", 0.03)
    c.curve([(0.4, 0.74), (0.54, 0.66), (0.47, 0.44)], 0.07, "#20242c", 0.035)
    c.ellipse(0.62, 1.06, 0.065, 0.07, "#d8a07c")
    c.shape([(0.54, 1.08), (0.62, 1.15), (0.7, 1.1), (0.74, 1.075), (0.68, 1.075)], "#1f4a7c")
    c.ellipse(0.655, 1.055, 0.008, 0.012, "#20242c")
    c.text("GIRO DEI TRE LAGHI", 0.5, 1.26, 0.1, "#20242c", 0.9)
    c.wash("#c8322c", "#c8322c", 0.0, 0.19)
    c.text("9 MAY", 0.24, 0.055, 0.12, "#f1e3c0", 0.34)
    c.text("187 km", 0.74, 0.055, 0.12, "#f1e3c0", 0.4)
    c.border(0.018, "#20242c")
    return c
