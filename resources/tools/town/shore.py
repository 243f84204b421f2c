"""Landmarks by the water and in the park: lighthouse, windmill, bridge, tea pavilion, palm house."""

from __future__ import annotations

import itertools
import math

import numpy as np

from resources.tools.town import parts
from resources.tools.town.figures import add_statue
from resources.tools.town.kit import Mesh, circle, rect
from resources.tools.town.nature import boulder

WHITE, GOLD = "plaster:#e6e2d6", "gold:#c09a4a"


def lighthouse() -> Mesh:
    """Red bands of unequal height, a lantern with lattice panes, the keeper's house on the right, on rocks."""
    m = Mesh()
    rng = np.random.default_rng(7)
    for _ in range(46):
        a, r = rng.uniform(0, 2 * np.pi), rng.uniform(4, 11)
        boulder(m, rng, r * np.cos(a), r * np.sin(a), -0.7, rng.uniform(0.8, 2.2), "rock:#6f675a")
    m.lathe([(10, -1), (9, 0.2), (6, 0.8), (0, 0.9)], "rock:#7d7466", 24)
    m.lathe([(3.9, 0.5), (3.7, 2.2), (3.4, 2.4)], "stone:#8c8474", 32)
    edges, bands = (2.4, 6.4, 9.0, 13.2, 15.4, 19.5), ("#e6e2d6", "#a33a2c", "#e6e2d6", "#a33a2c", "#e6e2d6")
    for (low, high), tone in zip(itertools.pairwise(edges), bands, strict=True):
        m.lathe([(3.4 - 0.07 * (low - 2.4), low), (3.4 - 0.07 * (high - 2.4), high)], f"plaster:{tone}", 40)
    for turn, z in ((-20, 5), (8, 10.4), (-32, 14), (20, 17)):
        with m.at(turn=turn), m.at(0, -3.42 + 0.07 * (z - 2.4)):
            parts.window(m, 0, z, 0.7, 1.3, "paint:#2c4a4a", "stone:#cfc6b2")
    with m.at(turn=6), m.at(0, -3.5, 0.9):
        parts.door(m, 0, 1.2, 2.0, "wood:#27506a", "stone:#cfc6b2")
        parts.write(m, "SKARN 1868", 0, -0.1, 3.1, 0.42, "paint:#20242a")
    m.lathe([(2.2, 18.8), (3.1, 19.5), (3.1, 19.8), (0, 19.8)], "stone:#cfc6b2", 40)
    _lantern(m)
    _keeper(m)
    return m


def _lantern(m: Mesh) -> None:
    iron = "paint:#26302e"
    for k in range(20):
        with m.at(turn=18 * k):
            m.tube((0, -2.95, 19.8), (0, -2.95, 20.9), 0.035, 0.035, iron, 6)
    for z in (20.3, 20.9):
        m.lathe([(2.9, z), (3.0, z), (3.0, z + 0.06), (2.9, z + 0.06)], iron, 40)
    m.lathe([(1.75, 19.8), (1.75, 21)], "plaster:#a33a2c", 16)
    m.lathe([(1.65, 21), (1.65, 23.4)], "glass:#6f868c", 16, flat=True)
    for k in range(16):
        a, b = math.radians(22.5 * k), math.radians(22.5 * (k + 1))
        for p, q in ((a, b), (b, a)):
            m.tube(
                (1.7 * math.cos(p), 1.7 * math.sin(p), 21),
                (1.7 * math.cos(q), 1.7 * math.sin(q), 23.4),
                0.035,
                0.035,
                iron,
                5,
            )
    m.lathe([(0.3, 21), (0.6, 21.6), (0.6, 22.6), (0.3, 23.2)], "lamp:#e8d8a0", 12)
    m.lathe([(2.1, 23.3), (1.9, 23.7), (0.9, 24.7), (0.3, 25), (0.3, 25.5), (0.05, 25.6), (0.04, 27)], "copper:#5f9a86", 24)
    m.slab([(0, 26.3), (0.9, 26.2), (0.9, 26.6), (0, 26.5)], -0.03, 0.03, iron)


def _keeper(m: Mesh) -> None:
    with m.at(7.2, 0.5, 0.6, -8):
        m.prism(rect(6.4, 5), -1, 3.4, WHITE)
        parts.gable_roof(m, 6.4, 5, 3.4, 2.6, "slate:#50565a", WHITE)
        parts.chimney(m, 1.8, 0.4, 4.8, 1.8)
        with m.at(0, -2.5):
            parts.door(m, -0.6, 1.0, 1.7, "wood:#27506a", "stone:#cfc6b2")
            for x in (-2.3, 1.4):
                parts.window(m, x, 1.0, 1.0, 1.3, "paint:#f0ece0", "stone:#cfc6b2")
            m.ring(2.55, 1.7, 0.22, 0.36, -0.1, 0, "paint:#b8402c", 16)
    m.box((4.6, -3.2, 0), (10.6, -2.9, 1.5), "stone:#8c8474")


def windmill() -> Mesh:
    """An eight-sided mill of dark boards on a brick base, a gallery, sails of lattice; boards miss on one of them."""
    m = Mesh()
    brick, board = "brick:#9a5a44", "boards:#4f4338"
    m.lathe([(4.6, 0), (4.2, 4.6)], brick, 8, 22.5, flat=True)
    m.lathe([(4.0, 4.6), (2.6, 12.4)], board, 8, 22.5, flat=True)
    m.lathe([(5.9, 4.4), (5.9, 4.6), (4, 4.6)], "wood:#7a5a3c", 8, 22.5, flat=True)
    for k in range(8):
        with m.at(turn=45 * k):
            half = 5.9 * math.tan(math.pi / 8) * 0.94
            for j in range(7):
                m.box((-half + j * half / 3 - 0.05, -5.45, 4.6), (-half + j * half / 3 + 0.05, -5.35, 5.6), "paint:#e4dfd0")
            for z in (5.05, 5.55):
                m.box((-half, -5.46, z), (half, -5.34, z + 0.1), "paint:#e4dfd0")
            with m.at(0, -4.1):
                m.beam((-0.5, 2.4), (-0.5, 4.4), 0.2, 2.2, "wood:#7a5a3c")
    with m.at(0, -4.05):
        parts.door(m, 0, 1.6, 2.0, "wood:#2f5a48", "stone:#cfc0a4")
        parts.write(m, "DE GRIJSE GANS", 0, -0.15, 3.4, 0.4, "paint:#e8dcc0", 3.2)
    for turn in (45, -45, 90):
        with m.at(turn=turn), m.at(0, -3.98):
            parts.window(m, 0, 1.6, 0.9, 1.3, "paint:#e4dfd0", "stone:#cfc0a4")
    for turn, z in ((0, 6.5), (45, 7.2), (-45, 7.2), (0, 9.6)):
        with m.at(turn=turn), m.at(0, -3.68 + 0.165 * (z - 4.6)), m.tilted(-9.5, "X"):
            parts.window(m, 0, z, 0.8, 1.0, "paint:#e4dfd0", "paint:#2f5a48")
    _cap(m)
    _sails(m)
    return m


def _cap(m: Mesh) -> None:
    m.lathe([(2.9, 12.3), (2.9, 12.8), (2.7, 13.8), (1.9, 15), (0.6, 15.7), (0, 15.8)], "planks:#8a7a5c", 20)
    m.lathe([(2.95, 12.3), (3.0, 12.6)], "paint:#e4dfd0", 24)
    with m.at(0, -2.55):
        m.slab([(-1.3, 12.6), (1.3, 12.6), (1.1, 14.2), (0, 15), (-1.1, 14.2)], -0.3, 0.6, "paint:#2f5a48")
        m.slab([(-0.9, 12.8), (0.9, 12.8), (0, 13.5)], -0.36, 0, "paint:#c0a040")
        parts.write(m, "1743", 0, -0.36, 14.1, 0.4, "paint:#e8dcc0")


def _sails(m: Mesh) -> None:
    with m.at(0, -3.9, 13.7):
        with m.tilted(90, "X"):
            m.lathe([(0.35, -1.5), (0.35, 0.4), (0.2, 0.5), (0, 0.5)], "wood:#5a4430", 12)
        for k in range(4):
            with m.tilted(90 * k + 24, "Y"):
                m.box((-0.13, -0.13, -0.2), (0.13, 0.13, 9.4), "wood:#b04a34")
                for j in range(17):
                    z = 1.5 + 0.48 * j
                    if k == 1 and j in (9, 10, 13):
                        continue
                    m.box((-0.35, -0.05, z), (1.55, 0.03, z + 0.07), "paint:#d8d0bc")
                for x in (0.5, 1.0, 1.5):
                    m.box((x, -0.06, 1.5), (x + 0.06, 0.04, 9.25), "paint:#d8d0bc")
                if k in (0, 2):
                    m.poly(
                        [(0.15, -0.07, 1.6), (1.5, -0.07, 1.6), (1.5, -0.07, 7.2 - k), (0.15, -0.07, 7.2 - k)],
                        "cloth:#c9b48c",
                    )
    with m.at(0, 2.4, 12.8):
        m.beam((0, 0), (0, 1.5), 0.2, 3.5, "wood:#7a5a3c")


def stone_bridge() -> Mesh:
    """Three unequal arches over the river, a chapel on the left pier, a saint on the right one; the road runs along x."""
    m = Mesh()
    stone, light = "stone:#a3947a", "stone:#c9bb9f"
    y = (-2.6, 2.6)
    for x, w, size in ((-8.6, 8.4, (6.0, 1.6)), (0.4, 9.6, (7.6, 2.2)), (9.0, 7.6, (5.2, 1.4))):
        m.arched_wall(x, -1.5, (w, 8.4), (size[0], size[1] + 0.6), y, stone)
        m.arch_ring(x, size[1] - 0.9, size[0], 0.55, (-2.85, -2.5), light)
        m.slab(
            [
                (x - 0.3, size[1] - 0.9 + size[0] / 2 - 0.1),
                (x + 0.3, size[1] - 0.9 + size[0] / 2 - 0.1),
                (x + 0.45, size[1] + 0.3 + size[0] / 2),
                (x - 0.45, size[1] + 0.3 + size[0] / 2),
            ],
            -3.0,
            -2.5,
            light,
        )
    for x in (-20, 18.5):
        m.box((x - 7.2 if x < 0 else x - 5.8, y[0], -1.5), (x + 7.2 if x < 0 else x + 9, y[1], 6.9), stone)
    for x in (-4.4, 5.2):
        m.prism([(x - 0.9, -2.5), (x, -4.6), (x + 0.9, -2.5)], -1.5, 4.2, stone)
        m.taper([(x - 0.9, -2.5), (x, -4.6), (x + 0.9, -2.5)], 4.2, 5.6, 0.05, light)
    for at in (-2.75, 2.75):
        m.box((-27, at - 0.2, 6.7), (27, at + 0.2, 6.95), light)
        m.box((-27, at - 0.15, 6.95), (27, at + 0.15, 7.7), stone)
        m.box((-27, at - 0.24, 7.7), (27, at + 0.24, 7.9), light)
    _bridge_chapel(m, stone, light)
    with m.at(5.2, -2.9):
        m.block(0, 0, 6.9, (1.3, 1.3, 1.6), light)
        with m.at(0, 0, 8.5, 0, 1.35):
            add_statue(m, "think", "rock:#7d7466")
            m.ring(0, 1.78, 0.24, 0.29, 0.1, 0.14, GOLD, 14)
    with m.at(0.4, -2.92):
        parts.shield(m, 0, 5.6 - 0.75, 1.0, "paint:#8c2f26", GOLD, "quarters")
    for x in (-12, 10, 14):
        with m.at(x, -2.75, 7.9):
            m.lathe([(0.3, 0), (0.32, 0.3), (0.12, 0.45), (0.3, 0.75), (0, 1.05)], light, 12)
    return m


def _bridge_chapel(m: Mesh, stone: str, light: str) -> None:
    with m.at(-4.4, -3.4):
        m.prism(circle(1.75, 8, 22.5), 4, 11.5, "plaster:#cdb68a")
        for z in (6.8, 11.2):
            parts.cornice(m, circle(1.75, 8, 22.5), z, 0.25, light)
        for k in range(8):
            with m.at(turn=45 * k), m.at(0, -1.62):
                parts.arched_window(m, 0, 8.2, 0.6, 1.5, light, True, 1)
        m.lathe(
            [(2.1, 11.6), (1.7, 12.6), (0.6, 13.8), (0.4, 14.6), (0.6, 15), (0.05, 17)], "slate:#4f5a58", 8, 22.5, flat=True
        )
        m.block(0, 0, 16.8, (0.08, 0.08, 1.0), GOLD)
        m.block(0, 0, 17.3, (0.5, 0.08, 0.08), GOLD)


def tea_pavilion() -> Mesh:
    """Three storeys with curved roofs of green tiles, red posts, lattices, lanterns, and a plaque right of the door."""
    m = Mesh()
    red, white = "paint:#8c3226", "plaster:#e0d6c0"
    m.prism(rect(12, 12), 0, 0.9, "stone:#a39a88")
    with m.at(0, -6):
        parts.steps(m, 0, 3.4, 5, "stone:#b8ae9a", 0.18)
    for k, (half, z, h) in enumerate(((4.2, 0.9, 3.9), (3.2, 7.0, 2.7), (2.2, 11.6, 2.3))):
        m.prism(rect(2 * half - 1.2, 2 * half - 1.2), z, z + h, white)
        for turn in (0, 90, 180, 270):
            with m.at(turn=turn):
                count = 4 if k == 0 else 3
                for j in range(count):
                    x = -half + 2 * half * j / (count - 1)
                    m.tube((x, -half, z), (x, -half, z + h), 0.2, 0.18, red)
                    m.block(x, -half, z + h - 0.5, (0.9, 0.3, 0.2), "paint:#2f5a7c")
                    m.block(x, -half, z + h - 0.25, (1.3, 0.4, 0.2), GOLD)
                m.box((-half, -half - 0.12, z + h - 0.1), (half, -half + 0.12, z + h + 0.2), red)
                _lattice(m, half, z, k, turn)
        _curved_roof(m, half + 1.7, z + h, (half + 0.1) * 0.78, 2.6)
    m.lathe([(0.9, 16), (0.5, 16.5), (0.3, 17), (0.55, 17.5), (0.25, 18), (0.35, 18.4), (0.05, 19.6)], GOLD, 12)
    with m.at(0, -3.62):
        m.box((-0.9, -0.1, 0.9), (0.9, 0, 3.3), "wood:#4a2018")
        for s in (-0.45, 0.45):
            m.box((s - 0.35, -0.14, 1.1), (s + 0.35, 0, 3.1), "paint:#6b241a")
            m.ring(s, 2.1, 0.08, 0.13, -0.2, 0, GOLD, 10)
        m.box((1.5, -0.12, 1.5), (2.3, 0, 3.5), "paint:#1f2a30")
        for k, word in enumerate("TEA"):
            parts.write(m, word, 1.9, -0.15, 2.85 - 0.6 * k, 0.6, GOLD)
    for x, z in ((-4.2, 4.1), (-1.4, 4.0), (4.2, 4.1)):
        with m.at(x, -4.7, z):
            m.lathe([(0.1, -0.75), (0.3, -0.6), (0.36, -0.35), (0.3, -0.1), (0.1, 0)], "lamp:#b8402c", 12)
    return m


def _lattice(m: Mesh, half: float, z: float, k: int, turn: int) -> None:
    """A balustrade of crossed rails, and lattice windows."""
    y = -half
    rail = "paint:#6b241a"
    for a, b in ((-half, -1.1), (1.1, half)) if k == 0 else ((-half, half),):
        m.box((a, y - 0.06, z + 0.85), (b, y + 0.06, z + 0.97), rail)
        m.box((a, y - 0.06, z + 0.15), (b, y + 0.06, z + 0.25), rail)
        count = max(int((b - a) / 0.7), 1)
        for j in range(count):
            x0, x1 = a + (b - a) * j / count, a + (b - a) * (j + 1) / count
            with m.at(0, y):
                m.beam((x0, z + 0.2), (x1, z + 0.9), 0.07, 0.07, rail)
                m.beam((x1, z + 0.2), (x0, z + 0.9), 0.07, 0.07, rail)
    for x in (-half * 0.5, half * 0.5):
        if k == 0 and turn == 0 and x > 0:
            continue
        with m.at(0, y + 0.6):
            parts.window(m, x, z + 1.0, half * 0.5, 1.3, "paint:#8c3226", bars=4)


def _curved_roof(m: Mesh, a: float, z: float, b: float, rise: float) -> None:
    """A square roof from half width a to b, hollow, with corners that turn up."""
    n, rows = 12, 7
    tiles = "tiles:#4a6a58"
    for turn in (0, 90, 180, 270):
        with m.at(turn=turn):
            grid = []
            for j in range(rows + 1):
                t = j / rows
                half = a + (b * 0.8 - a) * t
                up = z + rise * (0.25 * t + 0.75 * t * t)
                lift = 0.9 * (1 - t) ** 2
                grid.append([(half * s, -half, up + lift * abs(s) ** 3) for s in (2 * i / n - 1 for i in range(n + 1))])
            for low, high in itertools.pairwise(grid):
                for i in range(n):
                    m.poly([low[i], low[i + 1], high[i + 1], high[i]], tiles)
            for i in range(n):
                p, q = grid[0][i], grid[0][i + 1]
                m.poly([(p[0], p[1], p[2] - 0.22), (q[0], q[1], q[2] - 0.22), q, p], "paint:#8c3226")
                m.poly([q, p, (p[0] * 0.7, p[1] * 0.7, z), (q[0] * 0.7, q[1] * 0.7, z)], "paint:#3f6a72")
            for low, high in itertools.pairwise(grid):
                m.tube(low[0], high[0], 0.15, 0.13, "tiles:#3a5446", 6)
            m.ball(*grid[0][0], 0.24, GOLD, n=8)


def palm_house() -> Mesh:
    """A glass hall with a great round dome, lower wings of unequal length, white ribs, palms inside."""
    m = Mesh()
    rib = "paint:#e2e4de"
    m.prism(rect(11, 11), 0, 1.0, "stone:#b5a88e")
    _vault(m, -10.2, 9.4, 3.2, 3.2, rib)
    _vault(m, 8.6, 6.2, 3.2, 3.2, rib)
    _glass_dome(m, rib)
    with m.at(0, -5.5):
        m.box((-1.9, -1.6, 0), (1.9, 0, 0.3), "stone:#b5a88e")
        m.arched_wall(0, 0, (4.2, 5), (2.2, 2.6), (-1.5, -0.3), "ashlar:#d8cdb4")
        m.slab([(-2.4, 5), (2.4, 5), (0, 6.3)], -1.7, -0.2, "stone:#d8cdb4")
        parts.write(m, "PALMARIVM", 0, -1.55, 4.25, 0.5, "paint:#2f5a48", 3.4)
        with m.at(0, -1.75):
            parts.shield(m, 0, 5.15, 0.6, "paint:#305c48", GOLD, "chevron")
        parts.column(m, -1.6, -1.9, 0, 0.22, 4.6, "stone:#d8cdb4")
        parts.column(m, 1.6, -1.9, 0, 0.22, 4.6, "stone:#d8cdb4")
    for x, z in ((-2, 5), (1.5, 6.5), (0, 8), (-11, 3), (8, 2.6), (-7.5, 2.5)):
        _palm(m, x, 1.0, z)
    for x in (-6.5, 6.5):
        with m.at(x, -5.6):
            m.lathe([(0.5, 0), (0.3, 0.3), (0.35, 0.5), (0.8, 1.2), (0.9, 1.3), (0.7, 1.3)], "stone:#d8cdb4", 16)
            m.ball(0, 0, 1.5, 0.6, "leaf:#4c6a26", n=12)
    return m


def _vault(m: Mesh, x: float, length: float, half: float, spring: float, rib: str) -> None:
    m.prism(rect(length, 2 * half, x), 0, 0.9, "stone:#b5a88e")
    turns = [math.pi * k / 10 for k in range(11)]
    curve = [(-half, 0.9), *((-half * math.cos(t), spring + half * math.sin(t)) for t in turns), (half, 0.9)]
    count = int(length / 1.1)
    for j in range(count + 1):
        at = x - length / 2 + length * j / count
        for (ya, za), (yb, zb) in itertools.pairwise(curve):
            m.tube((at, ya, za), (at, yb, zb), 0.07, 0.07, rib, 5)
    for ya, za in curve:
        m.tube((x - length / 2, ya, za), (x + length / 2, ya, za), 0.05, 0.05, rib, 5)
    for k, ((ya, za), (yb, zb)) in enumerate(itertools.pairwise(curve)):
        for j in range(count):
            a, b = (x - length / 2 + length * (j + e) / count for e in (0, 1))
            tone = ("#5f8078", "#6d8f8c", "#54746a", "#7c9a98")[(j * 3 + k * 5) % 4]
            m.poly([(a, ya, za), (b, ya, za), (b, yb, zb), (a, yb, zb)][::-1], f"pane:{tone}")
    for s in (-1, 1):
        m.poly([(x + s * length / 2, p[0], p[1]) for p in curve], "pane:#5f8078")


def _glass_dome(m: Mesh, rib: str) -> None:
    n = 24
    rings = [(5.2, 1.0), (5.2, 6.4)] + [
        (5.2 * math.cos(t), 6.4 + 5 * math.sin(t)) for t in (math.pi / 2 * k / 8 for k in range(1, 8))
    ]
    for i, ((ra, za), (rb, zb)) in enumerate(itertools.pairwise(rings)):
        for k in range(n):
            a, b = 2 * math.pi * k / n, 2 * math.pi * (k + 1) / n
            p = [(r * math.cos(t), r * math.sin(t), z) for r, t, z in ((ra, a, za), (ra, b, za), (rb, b, zb), (rb, a, zb))]
            tone = ("#5f8078", "#6d8f8c", "#54746a", "#86a3a0")[(k * 5 + i * 3) % 4]
            m.poly(p, f"pane:{tone}")
            m.tube(p[0], p[3], 0.08, 0.07, rib, 5)
            m.tube(p[0], p[1], 0.06, 0.06, rib, 5)
            if i == 0:
                for z in (2.4, 3.8, 5.2):
                    m.tube((p[0][0], p[0][1], z), (p[1][0], p[1][1], z), 0.05, 0.05, rib, 5)
    m.lathe([(5.4, 6.2), (5.5, 6.5), (5.4, 6.7)], rib, 48)
    m.lathe([(1.2, 11.2), (1.2, 12.6), (1.5, 12.7), (0.9, 13.4), (0.1, 13.9), (0.06, 15.4)], rib, 16)
    parts.flag(m, 0, 0, 13.4, 3.6, ("cloth:#305c48", "cloth:#e0d6bc"))


def _palm(m: Mesh, x: float, y: float, h: float) -> None:
    m.tube((x, y, 0), (x + 0.2, y, h), 0.16, 0.1, "bark:#6b5638", 8)
    for k in range(11):
        a = 2 * math.pi * k / 11
        far = (x + 0.2 + 1.5 * math.cos(a), y + 1.5 * math.sin(a), h - 0.4)
        top = (x + 0.2 + 0.8 * math.cos(a), y + 0.8 * math.sin(a), h + 0.45)
        side = (0.2 * math.sin(a), -0.2 * math.cos(a))
        m.poly(
            [
                (x + 0.2, y, h),
                (top[0] + side[0], top[1] + side[1], top[2]),
                far,
                (top[0] - side[0], top[1] - side[1], top[2]),
            ],
            "leaf:#3f6a2c",
        )
