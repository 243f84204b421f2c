"""Landmarks that pray or ring: domed church, gothic tower, campanile, and the covered walk beside them."""

from __future__ import annotations

import itertools
import math

from resources.tools.town import parts
from resources.tools.town.figures import add_statue, lion
from resources.tools.town.kit import Mesh, circle, rect

PALE, COPPER, GOLD = "stone:#c9b48c", "copper:#5f9a86", "gold:#c09a4a"


def domed_church() -> Mesh:
    """A portico under a pediment, a drum with windows, a ribbed dome; one bell tower only, on the left."""
    m = Mesh()
    wall, trim = "plaster:#d9b779", "stone:#e0d8c4"
    m.prism(rect(19, 18, 0, 4), 0, 11, wall)
    parts.cornice(m, rect(19, 18, 0, 4), 10.6, 0.8, trim, 0.5)
    parts.steps(m, 0, 13, 6, "stone:#b8ae9a")
    with m.at(0, -5):
        parts.door(m, 0, 2.4, 3.4, "wood:#5a2f1c", trim)
        for x in (-4.2, 4.2):
            parts.arched_window(m, x, 2.2, 1.3, 2.4, trim)
        parts.write(m, "STELLA MATUTINA", 0, -0.1, 6.1, 0.75, GOLD, 6.5)
        for x in (-8, 8):
            parts.window(m, x, 5.5, 1.2, 2.0, trim=trim)
            m.ring(x, 3.2, 0.6, 0.8, -0.15, 0, trim)
    _portico(m, trim)
    with m.at(0, 5):
        _dome(m, trim, wall)
    _bell_tower(m, wall, trim)
    return m


def _portico(m: Mesh, trim: str) -> None:
    m.prism(rect(13, 3.6, 0, -5.6), 1.0, 1.15, trim)
    for x in (-5.6, -3.3, -1.5, 1.5, 3.3, 5.6):
        parts.column(m, x, -6.7, 1.02, 0.42, 7.2, trim)
    m.prism(rect(13, 3.4, 0, -5.6), 8.2, 9.1, trim)
    parts.cornice(m, rect(13, 3.4, 0, -5.6), 9.1, 0.5, trim, 0.4)
    m.slab([(-7, 9.6), (7, 9.6), (0, 13)], -7.5, -4, trim)
    m.slab([(-5.6, 9.9), (5.6, 9.9), (0, 12.5)], -7.56, -7.4, "plaster:#a8683c")
    for a, b in (((-7.2, 9.6), (0, 13.1)), ((7.2, 9.6), (0, 13.1))):
        with m.at(0, -7.5):
            m.beam(a, b, 0.5, 0.9, trim)
    with m.at(0, -7.6):
        parts.shield(m, 0, 10.1, 1.3, "paint:#254a7c", GOLD, "star")
        m.ring(-2.3, 10.7, 0.35, 0.5, -0.1, 0, trim)
        m.ring(2.3, 10.7, 0.35, 0.5, -0.1, 0, trim)
    for x, pose in ((-6.6, "wave"), (0, "pour"), (6.6, "think")):
        with m.at(x, -6.6, 9.9 + (3.1 if x == 0 else 0), 0, 1.15):
            add_statue(m, pose, trim)


def _dome(m: Mesh, trim: str, wall: str) -> None:
    m.lathe([(6.2, 11), (6.2, 12), (5.6, 12.2), (5.6, 17), (6.2, 17.4), (6.2, 17.9), (5.5, 18)], wall, 48)
    for k in range(12):
        with m.at(turn=30 * k + 15), m.at(0, -5.6):
            parts.arched_window(m, 0, 13, 1.1, 1.9, trim)
        with m.at(turn=30 * k):
            parts.column(m, 0, -5.8, 12.2, 0.24, 4.9, trim)
    dome = [(5.5 * math.cos(t), 18 + 5.6 * math.sin(t)) for t in (math.pi / 2 * k / 14 for k in range(14))]
    m.lathe([*dome, (1.0, 23.55)], COPPER, 48)
    for k in range(12):
        with m.at(turn=30 * k):
            for a, b in itertools.pairwise(dome):
                m.tube((0, -a[0] - 0.03, a[1]), (0, -b[0] - 0.03, b[1]), 0.15, 0.14, "copper:#7fb09c", 6)
    with m.at(0, 0, 23.4):
        m.lathe(
            [(1.3, 0), (1.3, 0.3), (0.95, 0.4), (0.95, 2.2), (1.3, 2.4), (1.1, 2.6), (0.8, 3.2), (0.2, 3.8), (0.15, 4.2)],
            trim,
            16,
        )
        for k in range(8):
            with m.at(turn=45 * k):
                m.box((-0.17, -0.99, 0.6), (0.17, -0.9, 2.0), parts.GLASS)
        m.ball(0, 0, 4.4, 0.32, GOLD)
        m.block(0, 0, 4.6, (0.14, 0.14, 1.8), GOLD)
        m.block(0, 0, 5.5, (1.0, 0.14, 0.14), GOLD)


def _bell_tower(m: Mesh, wall: str, trim: str) -> None:
    with m.at(-11, -2):
        m.prism(rect(4.4, 4.4), 0, 19, wall)
        for z in (10.7, 15, 18.8):
            parts.cornice(m, rect(4.4, 4.4), z, 0.45, trim, 0.35)
        for turn in (0, 90, 180, 270):
            with m.at(turn=turn), m.at(0, -2.2):
                parts.arched_window(m, 0, 16, 1.4, 1.2, trim)
                parts.window(m, 0, 6.5, 1.0, 2.0, trim=trim)
                parts.clock(m, 0, 13, 1.1, "paint:#efe6cf", "paint:#20180f", 10.15, trim)
        m.lathe(
            [(2.5, 19.4), (2.3, 20.6), (1.2, 21.6), (1.0, 22.4), (1.3, 23.2), (0.9, 24.2), (0.1, 26)],
            "slate:#4b525c",
            8,
            22.5,
            flat=True,
        )
        m.ball(0, 0, 26.1, 0.22, GOLD)


def gothic_tower() -> Mesh:
    """A tower of brown stone with buttresses, rose window and spires of four heights; a chapel leans on its right."""
    m = Mesh()
    wall, trim = "stone:#8d7d6a", "stone:#b3a48c"
    m.prism(rect(8, 8), 0, 24, wall)
    for z in (6.2, 12.5, 18, 23.6):
        parts.cornice(m, rect(8, 8), z, 0.35, trim, 0.4)
    for turn in (0, 90, 180, 270):
        with m.at(turn=turn), m.at(0, -4):
            for x in (-1.5, 1.5):
                parts.arched_window(m, x, 18.8, 1.3, 2.6, trim, True)
            parts.arched_window(m, 0, 13.2, 1.2, 2.4, trim, True)
            for x in (-2.6, 2.6):
                m.slab([(x - 0.5, 13), (x + 0.5, 13), (x + 0.5, 16), (x, 17), (x - 0.5, 16)], -0.12, 0, trim)
    _gothic_front(m, wall, trim)
    for k, (x, y) in enumerate(rect(8.4, 8.4)):
        for step, z in enumerate((0, 7, 14)):
            m.block(x, y, z, (1.7 - 0.3 * step, 1.7 - 0.3 * step, 24 - z), wall)
        parts.pinnacle(m, x, y, 24, 1.3, (8.5, 5.5, 6.5, 7.2)[k], trim)
    m.taper(circle(3.6, 8, 22.5), 24, 40, 0, "slate:#515b58")
    for k in range(8):
        with m.at(turn=45 * k + 22.5):
            for j in range(1, 14):
                r = 3.6 * (1 - j / 14.5)
                m.ball(0, -r, 24 + 16 * j / 14.5, 0.2, trim, 1.4, 6)
    m.block(0, 0, 39.5, (0.16, 0.16, 2.2), GOLD)
    m.slab([(0.1, 41), (0.9, 41.2), (0.5, 41.5), (1.0, 41.9), (0.1, 41.6)], -0.05, 0.05, GOLD)
    _chapel(m, wall, trim)
    return m


def _gothic_front(m: Mesh, wall: str, trim: str) -> None:
    with m.at(0, -4):
        parts.door(m, 0, 2.2, 2.8, "wood:#4a2a1a", trim, True)
        m.slab([(-2.6, 3.2), (2.6, 3.2), (0, 7.6)], -0.28, 0, wall)
        with m.at(0, -0.32):
            m.beam((-2.7, 3.2), (0, 7.8), 0.3, 0.3, trim)
            m.beam((2.7, 3.2), (0, 7.8), 0.3, 0.3, trim)
            parts.shield(m, 0, 5.3, 0.8, "paint:#7c2a24", "paint:#e8dcc0", "cross")
        m.ring(0, 9.7, 1.7, 2.1, -0.3, 0, trim, 32)
        m.disc(0, 9.7, 1.7, -0.04, 0, "glass:#3a2050")
        for k in range(10):
            a = 2 * math.pi * k / 10
            m.ring(1.15 * math.cos(a), 9.7 + 1.15 * math.sin(a), 0.3, 0.4, -0.2, 0, trim, 12)
            with m.at(0, -0.12):
                m.beam(
                    (0.4 * math.cos(a + 0.3), 9.7 + 0.4 * math.sin(a + 0.3)),
                    (1.7 * math.cos(a + 0.3), 9.7 + 1.7 * math.sin(a + 0.3)),
                    0.1,
                    0.2,
                    trim,
                )
        m.ring(0, 9.7, 0.35, 0.5, -0.25, 0, trim, 16)
        for x in (-2.9, 2.9):
            m.arch_ring(x, 9.8, 0.8, 0.18, (-0.5, 0), trim, True)
            m.block(x, -0.3, 7.2, (1.0, 0.6, 0.3), trim)
            if x < 0:
                with m.at(x, -0.3, 7.5, 0, 1.2):
                    add_statue(m, "think", trim)
        parts.clock(m, 2.55, 21.2, 0.0001, trim, trim, 3.1, trim)


def _chapel(m: Mesh, wall: str, trim: str) -> None:
    with m.at(8.8, 1):
        m.prism(rect(9.4, 7), 0, 7, wall)
        parts.gable_roof(m, 9.4, 7, 7, 4.5, "slate:#566063", wall)
        with m.at(0, -3.5):
            for x in (-2.9, 0, 2.9):
                parts.arched_window(m, x, 1.8, 1.4, 2.6, trim, True)
            for x in (-1.45, 1.45, 4.4):
                m.slab([(x - 0.4, 0), (x + 0.4, 0), (x + 0.4, 6.5), (x - 0.4, 6.5)], -0.9, 0, wall)
                m.taper(rect(0.9, 1.0, x, -0.45), 6.5, 7.6, 0.1, trim)
        parts.pinnacle(m, 4.7, 0, 11, 0.7, 3.2, trim)


def campanile() -> Mesh:
    """A tall brick tower with white bands, a belfry, a copper spire; a small loggia at its foot, stairs on the right."""
    m = Mesh()
    brick, white = "brick:#a5563a", "stone:#e2dac8"
    m.prism(rect(6.4, 6.4), 0, 30, brick)
    for x in (-2.7, -0.9, 0.9, 2.7):
        for turn in (0, 90, 180, 270):
            with m.at(turn=turn):
                m.box((x - 0.35, -3.42, 3), (x + 0.35, -3.2, 27.5), brick)
    for z in (2.6, 13.5, 20.5, 27.5):
        m.prism(rect(6.95, 6.95), z, z + 0.5, white)
    for turn in (0, 90, 180, 270):
        with m.at(turn=turn), m.at(0, -3.24):
            for k, z in enumerate((5.5, 9.5, 15.5, 22.5)):
                parts.arched_window(m, (0, 1.8, -1.8, 0)[k], z, 0.55, 1.2, white, bars=1)
    with m.at(0, -3.42):
        parts.clock(m, 0, 17.6, 1.7, "paint:#1f3d66", GOLD, 4.72, white)
        parts.shield(m, -1.9, 23.8, 1.3, "paint:#d8c48a", "paint:#7c2a24", "bars")
        parts.shield(m, 1.9, 23.8, 1.3, "paint:#305c48", "paint:#e8dcc0", "chevron")
    _belfry(m, white, brick)
    _loggetta(m, white, brick)
    return m


def _belfry(m: Mesh, white: str, brick: str) -> None:
    parts.cornice(m, rect(6.6, 6.6), 30, 0.7, white, 0.5)
    for turn in (0, 90, 180, 270):
        with m.at(turn=turn):
            for x in (-2.4, -0.8, 0.8, 2.4):
                m.arched_wall(x, 31, (1.6, 5.2), (1.15, 3.4), (-3.2, -2.7), white)
                parts.column(m, x - 0.8, -3.3, 31, 0.17, 3.5, white, False)
            parts.balustrade(m, (-3.2, -3.35), (3.2, -3.35), 30.7, white, 0.8)
    m.lathe([(0.75, 31.6), (0.7, 31.8), (0.5, 32.8), (0.35, 33.2), (0, 33.3)], "gold:#8a6a34", 20)
    m.prism(rect(6.2, 6.2), 36.2, 36.6, white)
    parts.cornice(m, rect(6.4, 6.4), 36.4, 0.7, white, 0.5)
    m.prism(rect(5.4, 5.4), 37, 40, brick)
    for turn in (0, 90, 180, 270):
        with m.at(turn=turn), m.at(0, -2.7, 37.2, 0, 0.9):
            m.add(*lion(), white)
    m.taper(rect(6, 6), 40, 49, 0, COPPER)
    parts.cornice(m, rect(5.6, 5.6), 39.7, 0.4, white)
    with m.at(0, 0, 48.8, 0, 1.4):
        add_statue(m, "wave", GOLD)


def _loggetta(m: Mesh, white: str, brick: str) -> None:
    with m.at(0.8, -5.4):
        for k, x in enumerate((-3.6, 0, 3.6)):
            m.arched_wall(x, 0.5, (3.6, 5), (2.1, 2.6), (-1.5, -1.0), "ashlar:#d9c7b2" if k != 1 else brick)
            m.disc(x + 1.8, 4.4, 0.3, -1.6, -1.5, "paint:#3d6a52")
            m.disc(x - 1.8, 4.4, 0.3, -1.6, -1.5, "paint:#7c2a24")
        for x in (-5.2, -1.8, 1.8, 5.2):
            parts.column(m, x, -1.75, 0.5, 0.25, 4.4, white)
        m.prism(rect(11.2, 4.2, 0, 0.2), 5.4, 5.9, white)
        parts.balustrade(m, (-5.5, -1.7), (5.5, -1.7), 5.9, white)
        m.prism(rect(11.2, 4.4, 0, 0.2), 0, 0.5, "stone:#b8ae9a")
        m.box((-5.4, 1.2, 0.5), (5.4, 1.8, 5.4), brick)
    with m.at(6.4, -7.4):
        parts.steps(m, 1.6, 3, 5, "stone:#b8ae9a")


def loggia() -> Mesh:
    """Five arches with medallions, paired windows above, battlements; arms off the middle and a stair on the left."""
    m = Mesh()
    wall, white, red = "plaster:#b5704a", "stone:#ddd2ba", "paint:#2f4a6a"
    for k in range(5):
        x = -8.4 + 4.2 * k
        m.arched_wall(x, 0, (4.2, 5.8), (3.2, 3.0), (-3.5, -2.9), "ashlar:#cbbb9c")
        m.arch_ring(x, 3.0, 3.2, 0.35, (-3.62, -3.4), white)
        parts.column(m, x - 2.1, -3.6, 0, 0.3, 3.4, white)
        if k:
            m.ring(x - 2.1, 4.9, 0.55, 0.72, -3.66, -3.4, white)
            m.disc(x - 2.1, 4.9, 0.55, -3.56, -3.4, red)
            with m.at(x - 2.1, -3.6, 4.45, 0, 0.5):
                add_statue(m, ("wave", "think", "pour", "stand")[k % 4], white)
    parts.column(m, 10.5, -3.6, 0, 0.3, 3.4, white)
    m.prism(rect(21, 7), 5.8, 6.3, white)
    m.box((-10.5, 0.5, 0), (10.5, 3.5, 5.8), wall)
    with m.at(0, 0.5):
        for x in (-6, 0.5, 6):
            parts.door(m, x, 1.6, 2.4, "wood:#4f3420", white)
    m.prism(rect(21, 7), 6.3, 11.6, wall)
    with m.at(0, -3.5):
        for k in range(5):
            x = -8.4 + 4.2 * k
            for s in (-0.5, 0.5):
                parts.arched_window(m, x + s, 7.3, 0.8, 1.7, white, bars=1)
            m.ring(x, 9.9, 0.2, 0.34, -0.2, 0, white, 14)
        parts.shield(m, 2.1, 8.0, 1.5, "paint:#8c2f26", GOLD, "quarters")
        parts.shield(m, -6.3, 8.3, 1.0, "paint:#2f5a44", "paint:#e8dcc0", "bend")
        parts.clock(m, 6.3, 9.0, 0.85, "paint:#e8dcc0", "paint:#20180f", 2.4, white)
    parts.cornice(m, rect(21, 7), 11.4, 0.7, white, 0.45)
    for a, b in (((-10.5, -3.5), (10.5, -3.5)), ((10.5, -3.5), (10.5, 3.5)), ((-10.5, 3.5), (-10.5, -3.5))):
        parts.battlements(m, a, b, 12, wall, 0.9, 1.0)
    with m.at(7, 1.5):
        m.prism(rect(3, 3), 11, 16, wall)
        parts.hip_roof(m, 3, 3, 16, 2, "tiles:#a4583a")
        with m.at(0, -1.5):
            parts.arched_window(m, 0, 13, 1.1, 1.3, white)
    for k in range(16):
        m.box((-14.8 + 0.28 * k, -3.3, 0), (-14.5 + 0.28 * k, -1.2, 0.36 * (k + 1)), "stone:#b8ae9a")
    parts.flag(m, -9.6, 0, 12, 6, ("cloth:#8c2f26", "cloth:#e0d6bc", "cloth:#2f4a6a"))
    return m
