"""Landmarks of the squares that one walks around: two fountains and a rider."""

from __future__ import annotations

import math

from resources.tools.town import parts
from resources.tools.town.figures import add_statue, horse, lion, person
from resources.tools.town.kit import Mesh, circle, rect

GOLD, BRONZE, WHITE = "gold:#c09a4a", "metal:#5a4a34", "stone:#ded6c4"
WATER = "water:#3c5a58"


def tiered_fountain() -> Mesh:
    """Three basins above each other, shells and masks around the lowest, a figure on top that pours to its left."""
    m = Mesh()
    stone, dark = "stone:#c4b79c", "rock:#8f8672"
    m.prism(circle(5.2, 8, 22.5), 0, 0.25, stone)
    m.lathe(
        [(4.6, 0.2), (4.7, 0.5), (4.4, 0.7), (4.5, 1.2), (4.8, 1.35), (4.8, 1.5), (4.2, 1.5), (4.2, 0.8)],
        stone,
        8,
        22.5,
        flat=True,
    )
    m.lathe([(0, 1.22), (4.25, 1.22)], WATER, 48, flat=True)
    for k in range(8):
        with m.at(turn=45 * k), m.at(0, -4.3):
            tone = ("#7c2a24", "#254a7c", "#305c48", "#8a6a3c")[k % 4]
            parts.shield(m, 0, 0.62, 0.5, f"paint:{tone}", GOLD, ("bend", "cross", "star", "bars", "chevron")[k % 5])
            m.ball(-1.1, 0, 0.95, 0.2, stone, n=10)
            m.ball(1.1, 0, 0.95, 0.2, stone, n=10)
    m.lathe([(1.0, 0.8), (0.9, 1.6), (0.5, 2.0), (0.45, 2.5), (0.7, 2.7)], stone, 16)
    m.lathe([(0.5, 2.6), (1.6, 2.85), (2.5, 3.2), (2.6, 3.4), (2.4, 3.4), (1.5, 3.15), (0, 3.1)], stone, 24)
    m.lathe([(0, 3.3), (2.35, 3.3)], WATER, 32, flat=True)
    m.lathe([(0.5, 3.1), (0.35, 3.6), (0.3, 4.4), (0.5, 4.6), (1.4, 4.9), (1.45, 5.05), (0, 4.95)], stone, 20)
    for k in range(6):
        with m.at(turn=60 * k):
            with m.at(0, -0.75, 1.0, 0, 0.62):
                m.add(*person(("think", "pour", "wave", "stand", "pour", "think")[k]), dark)
            m.ball(0, -2.5, 3.2, 0.22, stone, n=10)
            for j in range(7):
                t = j / 6
                m.ball(0.02 * j, -2.6 - 0.7 * t, 3.2 - 1.9 * t * t, 0.05, "gloss:#dfe8ea", 2.2, 6)
    with m.at(0, 0, 5.0, 20, 1.15):
        add_statue(m, "pour", BRONZE)
    m.lathe([(0.2, 5.9), (0.26, 6.2), (0.1, 6.4)], BRONZE, 10)
    return m


def obelisk_fountain() -> Mesh:
    """An obelisk of red granite with carved signs on a block between four lions; one lion's basin is a shell."""
    m = Mesh()
    red, stone = "rock:#9c6450", "stone:#d0c6b0"
    m.lathe([(6, 0), (6.1, 0.5), (5.9, 0.9), (5.5, 0.9), (5.5, 0.4), (0, 0.4)], stone, 40)
    m.lathe([(0, 0.68), (5.5, 0.68)], WATER, 40, flat=True)
    for k in range(4):
        m.prism(rect(4.6 - 0.6 * k, 4.6 - 0.6 * k), 0.4 * k + 0.3, 0.4 * k + 0.75, stone)
    m.prism(rect(2.5, 2.5), 1.9, 4.2, "ashlar:#c4b79c")
    parts.cornice(m, rect(2.5, 2.5), 4.1, 0.3, stone)
    with m.at(0, -1.25):
        parts.write(m, "FONS", 0, -0.03, 3.3, 0.55, GOLD)
        parts.write(m, "AMICITIAE", 0, -0.03, 2.75, 0.4, GOLD, 2.1)
        parts.write(m, "MDCCLXI", 0, -0.03, 2.25, 0.34, GOLD)
    m.taper(rect(1.7, 1.7), 4.5, 14.5, 0.62, red)
    m.taper(rect(1.06, 1.06), 14.5, 15.7, 0, GOLD)
    for turn in (0, 90, 180, 270):
        with m.at(turn=turn):
            _signs(m, turn // 90)
    m.ball(0, 0, 15.9, 0.25, GOLD)
    for k, turn in enumerate((45, 135, 225, 315)):
        with m.at(turn=turn), m.at(3.1, 0, 0.9, 0, 1.25):
            m.block(0, 0, -0.5, (2.4, 1.1, 0.5), stone)
            m.add(*lion(), stone if k != 3 else BRONZE)
            for j in range(8):
                t = j / 7
                m.ball(1.1 + 0.6 * t, 0, 0.86 - 1.0 * t * t, 0.04, "gloss:#dfe8ea", 2, 6)
    return m


def _signs(m: Mesh, side: int) -> None:
    """Invented signs: rings, eyes, birds, steps, waves, in sunk frames."""
    dark = "paint:#3a2018"
    for k in range(9):
        z = 5.2 + k
        y = -0.85 + 0.0325 * (z - 4.5)
        with m.at(0, y + 0.03):
            kind = (k * 5 + side * 3 + k // 3) % 6
            if kind == 0:
                m.ring(0, z, 0.15, 0.25, -0.08, 0, dark, 14)
            elif kind == 1:
                m.slab([(-0.35, z), (0, z - 0.17), (0.35, z), (0, z + 0.17)], -0.06, 0, dark)
                m.disc(0, z, 0.09, -0.1, 0, red_or(side), 10)
            elif kind == 2:
                m.slab(
                    [(-0.3, z - 0.25), (0.3, z - 0.25), (0.3, z - 0.05), (0.1, z - 0.05), (0.1, z + 0.2), (-0.3, z + 0.2)],
                    -0.06,
                    0,
                    dark,
                )
            elif kind == 3:
                m.slab([(-0.3, z), (0.1, z - 0.2), (0.2, z + 0.05), (0.38, z + 0.2), (0.1, z + 0.22)], -0.06, 0, dark)
                m.box((-0.05, -0.06, z - 0.35), (0.0, 0, z - 0.12), dark)
            elif kind == 4:
                for j in range(3):
                    m.box((-0.3, -0.06, z - 0.2 + 0.17 * j), (0.3, 0, z - 0.12 + 0.17 * j), dark)
            else:
                m.slab([(-0.28, z - 0.25), (0.28, z - 0.25), (0, z + 0.28)], -0.06, 0, dark)


def red_or(side: int) -> str:
    """The eye's pupil differs from side to side."""
    return ("gold:#c09a4a", "rock:#9c6450", "paint:#e8dcc0", "paint:#254a7c")[side]


def rider_statue() -> Mesh:
    """A rider of bronze who raises one arm, on a plinth with letters, arms, a relief and two seated lions of stone."""
    m = Mesh()
    stone = "ashlar:#b8ab94"
    for k in range(3):
        m.prism(rect(7.4 - k, 5.4 - k), 0.28 * k, 0.28 * (k + 1), "stone:#a39a88")
    m.prism(rect(4.4, 2.3), 0.84, 1.6, stone)
    m.prism(rect(3.9, 1.8), 1.6, 4.2, stone)
    parts.cornice(m, rect(3.9, 1.8), 4.1, 0.35, WHITE, 0.2)
    with m.at(0, -0.9):
        m.box((-1.5, -0.05, 1.9), (1.5, 0, 3.9), BRONZE)
        parts.write(m, "ALDRIC II", 0, -0.08, 3.25, 0.45, GOLD)
        parts.write(m, "DVX ORVELLAE", 0, -0.08, 2.75, 0.3, GOLD)
        parts.shield(m, -1.0, 1.95, 0.45, "paint:#254a7c", GOLD, "star")
        for k in range(4):
            with m.at(-0.2 + 0.42 * k, -0.02, 1.95, 10 * k, 0.38):
                m.add(*person(("walk", "wave", "think", "stand")[k]), BRONZE)
    with m.at(-0.1, 0, 4.5, 0, 1.25):
        m.add(*horse(), BRONZE)
        m.lathe([(0.37, 1.35), (0.42, 1.4)], BRONZE, 16)
        with m.at(-0.15, 0, 0.82, 90, 0.95):
            m.add(*person("ride"), BRONZE)
            m.lathe([(0.26, 1.78), (0.13, 1.84), (0.1, 1.98), (0, 2.0)], BRONZE, 16)
            m.slab([(-0.3, 0.6), (0.3, 0.6), (0.2, 1.42), (-0.2, 1.42)], 0.12, 0.22, BRONZE)
        with m.at(0.3, -0.42, 2.45):
            m.tube((0, 0, 0), (1.0, -0.1, 0.7), 0.025, 0.02, GOLD)
    for s in (-1, 1):
        with m.at(s * 3.2, -2.0, 0.6, -90, 0.8):
            m.block(0, 0, -0.6, (2.5, 1.2, 0.6), stone)
            m.add(*lion(), WHITE if s < 0 else BRONZE)
    for k in range(12):
        a = 2 * math.pi * k / 12
        m.tube(
            (5.2 * math.cos(a), 4 * math.sin(a), 0),
            (5.2 * math.cos(a), 4 * math.sin(a), 0.9),
            0.1,
            0.07,
            "paint:#20241f",
            8,
        )
    return m
