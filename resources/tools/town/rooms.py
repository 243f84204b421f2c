"""Inside: a room with a window, a corridor, a table and what lies on it."""

from __future__ import annotations

import math

import bpy
import numpy as np

from resources.tools.town import stage
from resources.tools.town.kit import Mesh
from resources.tools.town.nature import boulder

Rng = np.random.Generator
PAINTS = ("plaster:#d8cdb8", "plaster:#8fa39a", "plaster:#c9a98c", "plaster:#a3accb", "plaster:#b8b49a", "plaster:#b08a80")
FLOORS = ("boards:#8a6038", "boards:#6b4a2e", "paving:#b5a488", "boards:#a57c4c")


def room(seed: int, rng: Rng) -> None:
    """A room 8 by 6 metres; daylight falls in from the left."""
    m = Mesh()
    paint, floor = PAINTS[seed % 6], FLOORS[seed % 4]
    m.box((-4, -3, -0.1), (4, 3, 0), floor)
    m.box((-4, 3, 0), (4, 3.2, 3.2), paint)
    m.box((4, -3, 0), (4.2, 3, 3.2), paint)
    m.box((-4.2, -3.2, 3.2), (4.2, 3.2, 3.3), "plaster:#e6e2d8")
    m.box((-4.0, -3.2, 0), (4.0, -3.0, 3.2), paint)
    for y0, y1, z0, z1 in (
        (-3, -1.8, 0, 3.2),
        (-0.4, 0.4, 0, 3.2),
        (1.8, 3, 0, 3.2),
        (-1.8, -0.4, 0, 0.8),
        (-1.8, -0.4, 2.7, 3.2),
        (0.4, 1.8, 0, 0.8),
        (0.4, 1.8, 2.7, 3.2),
    ):
        m.box((-4.2, y0, z0), (-4, y1, z1), paint)
    for y in (-1.1, 1.1):
        m.box((-4.12, y - 0.03, 0.8), (-4.06, y + 0.03, 2.7), "paint:#e8e4d8")
        m.box((-4.12, y - 0.7, 1.9), (-4.06, y + 0.7, 1.96), "paint:#e8e4d8")
    for z, h in ((0, 0.14), (0.95, 0.06), (3.08, 0.12)):
        m.box((-4, 2.96, z), (4, 3, z + h), "paint:#e4dfd2")
        m.box((3.96, -3, z), (4, 3, z + h), "paint:#e4dfd2")
    stage.put(m.data("room"))
    stage.put(_ground())
    if seed % 3 == 0:
        stage.put(chair(), 2.6, 2.2, 0, float(rng.uniform(-40, 40)))
    if seed % 3 == 1:
        stage.put(cupboard(seed), 3.1, 2.7)
    if seed % 2:
        stage.put(rug(seed), 0, 0.4)


def _ground() -> bpy.types.Mesh:
    m = Mesh()
    m.poly([(-300, -300, -0.3), (300, -300, -0.3), (300, 300, -0.3), (-300, 300, -0.3)], "grass:#8a8f70")
    return m.data("ground")


def floor_lamp(rng: Rng) -> None:
    """A soft light under the ceiling, as from a second window behind the viewer."""
    lamp = bpy.data.lights.new("soft", "AREA")
    lamp.energy, lamp.size = 40, 2.4
    lamp.color = (1.0, 0.93, 0.84)
    stage.put(lamp, float(rng.uniform(-1, 1)), -1.2, 3.1)
    door = bpy.data.lights.new("window", "AREA")
    door.energy, door.size = 70, 1.9
    door.color = (0.86, 0.93, 1.0)
    stage.put(door, -4.3, 0, 1.8).rotation_euler = (0, math.radians(-90), 0)


def chair() -> bpy.types.Mesh:
    """A wooden chair."""
    m = Mesh()
    for x in (-0.2, 0.2):
        for y in (-0.2, 0.2):
            m.tube((x, y, 0), (x * 0.95, y * 0.95, 0.46 if y < 0 else 0.95), 0.022, 0.02, "wood:#5a3a22", 8)
    m.block(0, 0, 0.44, (0.46, 0.46, 0.04), "cloth:#7c3a30")
    for z in (0.62, 0.75, 0.88):
        m.block(0, 0.2, z, (0.4, 0.03, 0.06), "wood:#5a3a22")
    return m.data("chair")


def rug(seed: int) -> bpy.types.Mesh:
    """A carpet of nested borders and lozenges."""
    m = Mesh()
    tones = (("#7c2a24", "#c9a86a", "#23344a"), ("#2f4a5c", "#d8c8a8", "#8a4a34"), ("#5a6a48", "#d8c39a", "#6b3a44"))[
        seed % 3
    ]
    for k in range(5):
        w, d = 2.6 - 0.4 * k, 1.7 - 0.3 * k
        m.block(0, 0, 0.004 * k, (w, d, 0.004), f"cloth:{tones[k % 3]}")
    for k in range(7):
        x = -1.05 + 0.35 * k
        for y in (-0.6, 0.6):
            m.prism([(x - 0.12, y), (x, y - 0.12), (x + 0.12, y), (x, y + 0.12)], 0.02, 0.024, f"cloth:{tones[k % 2 + 1]}")
    return m.data("rug")


def cupboard(seed: int) -> bpy.types.Mesh:
    """A low cupboard with a vase on it."""
    m = Mesh()
    wood = ("wood:#5a3a22", "wood:#8a6238", "paint:#4a6258")[seed % 3]
    m.block(0, 0, 0.1, (1.3, 0.5, 0.85), wood)
    for x in (-0.33, 0.33):
        m.block(x, -0.25, 0.18, (0.56, 0.03, 0.68), wood)
        m.ball(x * 0.3, -0.28, 0.55, 0.02, "gold:#b08d3c", n=8)
    with m.at(0.2, 0, 0.95):
        m.lathe([(0.06, 0), (0.12, 0.12), (0.1, 0.25), (0.045, 0.32), (0.06, 0.36)], "gloss:#35606e", 24)
    return m.data("cupboard")


def table(x: float, y: float, cloth: str = "wood:#7a5230") -> None:
    """A table 0.76 m high."""
    m = Mesh()
    m.block(0, 0, 0.72, (1.5, 0.95, 0.04), cloth if cloth.startswith("wood") else "wood:#7a5230")
    for sx in (-0.66, 0.66):
        for sy in (-0.4, 0.4):
            m.tube((sx, sy, 0), (sx, sy, 0.72), 0.03, 0.04, "wood:#5a3a22", 10)
    if not cloth.startswith("wood"):
        m.block(0, 0, 0.76, (1.54, 0.99, 0.006), cloth)
        m.box((-0.77, -0.5, 0.45), (0.77, -0.49, 0.766), cloth)
    stage.put(m.data("table"), x, y)


def things_on_table(rng: Rng, kind: int) -> None:
    """Cups, fruit, bottles, a candle: a few of them around the middle."""
    m = Mesh()
    for k in range(4):
        x, y = (-0.48, 0.4, -0.32, 0.5)[k] + float(rng.uniform(-0.06, 0.06)), (0.75, 0.85, 0.9, 0.45)[k]
        with m.at(x, y, 0.76):
            _small(m, rng, (k + kind) % 6)
    stage.put(m.data("things"))


def _small(m: Mesh, rng: Rng, kind: int) -> None:
    if kind == 0:
        m.lathe([(0.03, 0), (0.036, 0.02), (0.042, 0.09), (0.038, 0.09), (0.034, 0.03), (0, 0.025)], "gloss:#d8d2c4", 24)
        m.lathe([(0, 0.002), (0.075, 0.006), (0.08, 0.014), (0.04, 0.008)], "gloss:#d8d2c4", 24)
        m.lathe([(0, 0.08), (0.039, 0.08)], "gloss:#3a2416", 20)
    elif kind == 1:
        m.lathe([(0.05, 0), (0.11, 0.03), (0.15, 0.07), (0.145, 0.075), (0.1, 0.035), (0, 0.02)], "gloss:#8fa8a0", 28)
        for k in range(5):
            a = 2 * math.pi * k / 5
            m.ball(
                0.06 * math.cos(a),
                0.06 * math.sin(a),
                0.085,
                0.042,
                ("gloss:#b8402c", "gloss:#d8a83c", "gloss:#8a9a3c")[k % 3],
                0.92,
                16,
            )
    elif kind == 2:
        m.lathe(
            [(0.04, 0), (0.042, 0.01), (0.042, 0.17), (0.016, 0.23), (0.015, 0.3), (0.018, 0.3), (0.018, 0.31), (0, 0.31)],
            "gloss:#2f4a34",
            24,
        )
        m.lathe([(0.0425, 0.05), (0.0425, 0.13)], "paint:#e0d6bc", 24)
    elif kind == 3:
        m.lathe([(0.05, 0), (0.055, 0.01), (0.015, 0.03), (0.012, 0.1), (0.03, 0.115), (0.012, 0.12)], "gold:#b08d3c", 20)
        m.lathe([(0.011, 0.115), (0.011, 0.28), (0, 0.285)], "paint:#e8e0cc", 14)
    elif kind == 4:
        m.lathe([(0.05, 0), (0.085, 0.06), (0.08, 0.13), (0.04, 0.19), (0.055, 0.22)], "gloss:#9a5a3c", 24)
        for k in range(9):
            a = 2.4 * k
            x, y, z = 0.09 * math.cos(a), 0.09 * math.sin(a), 0.33 + 0.02 * (k % 4)
            m.tube((0, 0, 0.2), (x, y, z), 0.003, 0.003, "leaf:#5f7a3c", 5)
            m.ball(x, y, z, 0.028, ("cloth:#c8506a", "cloth:#e0b83c", "cloth:#e8e0d0")[k % 3], 0.7, 8)
    else:
        for k in range(3):
            m.ball(
                0.07 * (k - 1),
                0.03 * (k % 2),
                0.038,
                0.038,
                ("gloss:#d8922c", "gloss:#c8a03c", "gloss:#c8722c")[k],
                0.95,
                18,
            )


def corridor(rng: Rng, seed: int) -> None:
    """A vaulted passage of arches along y."""
    m = Mesh()
    wall = ("plaster:#d8c7a0", "stone:#b0a28a", "plaster:#b9a39a")[seed % 3]
    m.box((-1.8, -4, -0.1), (1.8, 30, 0), ("paving:#a3907a", "setts:#8c857a")[seed % 2])
    for k in range(9):
        with m.at(0, 3.4 * k - 2):
            m.arched_wall(0, 0, (3.6, 4.2), (2.8, 2.4), (-0.3, 0.3), "stone:#c4b598")
    m.box((1.8, -4, 0), (2.1, 30, 4.2), wall)
    for k in range(9):
        with m.at(-1.8, 3.4 * k - 0.3, 0, -90):
            m.arched_wall(0, 0, (3.4, 4.2), (2.2, 1.9), (-0.2, 0.2), wall)
    m.box((-2.1, -4, 4.1), (2.1, 30, 4.3), wall)
    m.box((-1.8, 29, 0), (1.8, 29.2, 4.2), wall)
    with m.at(0, 28.9):
        m.box((-0.7, -0.1, 0), (0.7, 0, 2.3), "wood:#5a3a22")
    stage.put(m.data("corridor"))
    stage.put(_ground())


def clutter(rng: Rng) -> None:
    """A still life: cloth, bowl, bottles, fruit and stones."""
    m = Mesh()
    for k in range(6):
        with m.at(-0.42 + 0.17 * k + float(rng.uniform(-0.03, 0.03)), 0.35 + float(rng.uniform(0, 0.35)), 0.77):
            _small(m, rng, int(rng.integers(0, 6)))
    for _ in range(3):
        boulder(m, rng, float(rng.uniform(-0.4, 0.4)), float(rng.uniform(0.25, 0.5)), 0.77, 0.03, "rock:#7d7466")
    stage.put(m.data("still"))
