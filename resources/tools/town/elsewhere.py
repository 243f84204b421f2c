"""Pictures with none of the things: streets, sea, beach, forest, fields, rooms, walls from close by."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from resources.tools.town import nature, rooms, sites, stage
from resources.tools.town.kit import Mesh
from resources.tools.town.plan import SIZES, Shot

Rng = np.random.Generator
Camera = tuple[tuple[float, float, float], tuple[float, float, float], float, float]


def street(rng: Rng, seed: int) -> Camera:
    """Two rows of houses along y, cars at the kerb, somebody on the pavement."""
    wide = 5.0 + seed % 3
    stage.put(nature.plane(400, "asphalt:#66635e", -0.14))
    for s in (-1, 1):
        stage.put(
            nature.plane(
                0,
                "paving:#9a9486",
                0,
                (min(s * (wide - 2), s * (wide + 9)), -40),
                (max(s * (wide - 2), s * (wide + 9)), 120),
            )
        )
    stage.put(
        nature.plane(
            0, ("setts:#7d776c", "cobble:#8c857a", "asphalt:#5d5b58")[seed % 3], -0.1, (-wide + 2, -40), (wide - 2, 120)
        )
    )
    sites.row(rng, 60 + 2 * seed, (-wide, -26), (-wide, 70))
    sites.row(rng, 61 + 2 * seed, (wide, 70), (wide, -26))
    sites.row(rng, 60 + 2 * seed, (-26, 78), (26, 78))
    for k in range(5):
        if seed % 2:
            sites.plant("tree", rng, (-1) ** k * (wide - 1.4), 4 + 7 * k, 0, 0.55)
        stage.put(sites.furniture("lamp"), (-1) ** k * (wide - 1.2), 2 + 9 * k)
        sites.person(rng, (-1) ** k * float(rng.uniform(wide - 1.8, wide - 0.6)), float(rng.uniform(2, 28)))
        if k % 2 == seed % 2:
            sites.car(rng, (wide - 3) * (-1) ** k, 3 + 6.5 * k, 90)
    sites.hills(seed, 150)
    side = float(rng.uniform(-0.5, 0.5)) * wide
    return (side, -14, float(rng.uniform(1.6, 3.5))), (-side * 0.6, 14, 3.4), float(rng.uniform(26, 42)), 0


def sea(rng: Rng, seed: int) -> Camera:
    """Water to the horizon, boats, perhaps an island."""
    stage.put(nature.plane(5000, ("water:#23505c", "water:#2c5a70", "water:#3a5a58")[seed % 3], 0))
    for k in range(2 + seed % 3):
        sail = ("cloth:#e0d6bc", "cloth:#b5654a", "")[(seed + k) % 3]
        hull = ("paint:#2f4a6a", "wood:#6b4630", "paint:#7c2a24")[(seed + 2 * k) % 3]
        stage.put(
            nature.boat(hull, sail).data("boat"),
            float(rng.uniform(-12, 12)),
            14 + 13 * k,
            0,
            float(rng.uniform(0, 360)),
            1.2,
        )
    if seed % 2:
        stage.put(nature.terrain(rng, 150, 900, 60, "grass:#6a7050", arc=70, middle=60 + 30 * (seed % 3)), 0, 60, -4)
        stage.put(nature.rocks(rng, 30, 14, 2.4).data("rocks"), -22, 42, -0.8)
    return (0, -4, 2.2 + seed % 3), (float(rng.uniform(-4, 4)), 30, 2.0), float(rng.uniform(28, 55)), 0


def beach(rng: Rng, seed: int) -> Camera:
    """Sand, rocks and the sea on one side."""
    stage.put(nature.plane(4000, "water:#2c5a70", -0.25))
    sand = nature.terrain(rng, 5, 260, -2.2, "sand:#c9b48c", arc=200, middle=-90)
    stage.put(sand, 8 * (seed % 3 - 1), -2, 0.1)
    stage.put(nature.rocks(rng, 40, 9, 0.7).data("rocks"), -7 + 14 * (seed % 2), 4, -0.3)
    stage.put(
        nature.boat(("paint:#3f6a72", "wood:#8a6238", "paint:#7a3026")[seed % 3]).data("boat"),
        2.5,
        1 - seed,
        0.0,
        24 * seed,
    )
    for _ in range(6):
        sites.person(rng, float(rng.uniform(-9, 9)), float(rng.uniform(-6, 2)))
    stage.put(nature.boat("paint:#2f4a6a", "cloth:#e0d6bc").data("sail"), 20, 60, -0.3, 30)
    stage.put(nature.terrain(rng, 140, 700, 70, "grass:#5a6848", arc=90, middle=150), 0, 0, -4)
    return (float(rng.uniform(-5, 5)), -22, 2.2), (1, 10, 0.8), float(rng.uniform(26, 40)), 0


def forest(rng: Rng, seed: int) -> Camera:
    """Trunks, undergrowth and a path."""
    stage.put(nature.plane(400, ("earth:#6b5a3e", "grass:#66713f")[seed % 2], 0))
    stage.put(nature.plane(0, "earth:#8a7656", 0.02, (-1.2, -30), (1.0, 80)))
    kinds = (("fir", "fir", "tree"), ("tree", "autumn", "tree"), ("autumn", "autumn", "fir"), ("tree", "tree", "fir"))[
        seed % 4
    ]
    for k in range(80):
        x = float(rng.uniform(2.0, 22)) * (-1) ** k
        sites.plant(kinds[k % 3], rng, x, float(rng.uniform(1, 52)), 0, float(rng.uniform(1.0, 1.6)))
    for _ in range(26):
        sites.plant(
            "bush", rng, float(rng.choice([-1, 1])) * float(rng.uniform(1.8, 9)), float(rng.uniform(-6, 20)), 0, 0.8
        )
    for _ in range(110):
        x, y = float(rng.uniform(-9, 9)), float(rng.uniform(-10, 16))
        if abs(x) > 2.6:
            stage.put(sites.plants("grass")[int(rng.integers(3))][0], x, y, 0, float(rng.uniform(0, 360)))
    stage.put(nature.rocks(rng, 9, 6, 0.7).data("rocks"), 2, 5)
    return (float(rng.uniform(-0.8, 0.8)), -13, 1.6), (0, 10, float(rng.uniform(1.6, 4))), float(rng.uniform(26, 45)), 0


def field(rng: Rng, seed: int) -> Camera:
    """Fields, hedges and hills."""
    stage.put(nature.plane(1200, "grass:#6d7840", -0.03))
    for k in range(9):
        spec = ("field:#b89c58", "earth:#7a6448", "field:#8a9448", "grass:#66713f", "field:#c4aa60")[int(rng.integers(5))]
        x, y = -150 + 40 * k, 30 + 35 * float(rng.random())
        stage.put(nature.plane(0, spec, 0.01 + 0.004 * k, (x, y), (x + 36, y + 60)))
    sites.lawn(rng, -13, 13, -5, 24, 110, ("wheat", "grass")[seed % 2])
    for k in range(26):
        kind = ("tree", "cypress", "autumn", "bush")[(k + seed) % 4]
        sites.plant(kind, rng, float(rng.uniform(-80, 80)), float(rng.uniform(26, 110)), 0, 1.1)
    if seed % 2:
        sites.row(rng, 90 + seed, (20, 70), (44, 70))
    sites.hills(seed + 5, 120, 60 + 20 * (seed % 3))
    return (0, -9, 2.0), (float(rng.uniform(-6, 6)), 30, 2.6), float(rng.uniform(26, 60)), 0


def interior(rng: Rng, seed: int) -> Camera:
    """A room with chairs and a table."""
    rooms.room(seed, rng)
    rooms.table(0.6, 1.2, ("wood:#7a5230", "cloth:#8fa0a8", "cloth:#b5654a")[seed % 3])
    rooms.things_on_table(rng, seed)
    for k, (x, y, turn) in enumerate(((-0.4, 1.1, 80), (1.7, 1.4, -90), (0.6, 0.3, 180))):
        if (k + seed) % 3:
            stage.put(rooms.chair(), x, y, 0, turn + float(rng.uniform(-20, 20)))
    stage.put(rooms.cupboard(seed + 1), -2.4, 2.7)
    rooms.floor_lamp(rng)
    return (float(rng.uniform(-1.5, 1.5)), -2.7, 1.5), (0.3, 2, 1.1), float(rng.uniform(22, 30)), 0


def corridor(rng: Rng, seed: int) -> Camera:
    """A vaulted passage."""
    rooms.corridor(rng, seed)
    sites.person(rng, 0.6, 12)
    return (0.4, -3.4, 1.6), (-0.1, 12, 1.7), 24 + 6 * (seed % 2), 0


def still(rng: Rng, seed: int) -> Camera:
    """Things on a table."""
    rooms.room(seed, rng)
    rooms.table(0, 0.6, ("cloth:#8fa0a8", "wood:#7a5230", "cloth:#c9b48c")[seed % 3])
    rooms.clutter(rng)
    rooms.floor_lamp(rng)
    return (float(rng.uniform(-0.3, 0.3)), -0.45, 1.2), (0, 0.55, 0.86), 45, 4


def surface(rng: Rng, seed: int) -> Camera:
    """A surface from close by: bricks, blocks, tiles, boards, setts, leaves."""
    spec = ("brick:#8f5340", "stone:#a3947a", "tiles:#95503a", "planks:#7a6a4c", "setts:#8c857a", "plaster:#c99a72")[
        seed % 6
    ]
    m = Mesh()
    m.box((-6, 0, 0), (6, 0.4, 5), spec)
    stage.put(m.data("surface"))
    stage.put(nature.plane(60, "paving:#9a9486", 0))
    if seed % 2:
        for k in range(9):
            sites.plant("bush", rng, -2.2 + 0.5 * k, -0.25, 0.0, 0.6)
    turn = float(rng.uniform(-0.5, 0.5))
    return (2.6 * math.sin(turn), -2.6 * math.cos(turn), 1.4), (0, 0, 1.2), 38, 4


SCENES: dict[str, Callable[[Rng, int], Camera]] = {
    "street": street,
    "sea": sea,
    "beach": beach,
    "forest": forest,
    "field": field,
    "room": interior,
    "corridor": corridor,
    "still-life": still,
    "surface": surface,
}
COUNTS = {
    "street": 10,
    "sea": 5,
    "forest": 5,
    "field": 5,
    "room": 4,
    "surface": 4,
    "beach": 3,
    "still-life": 2,
    "corridor": 2,
}
TIMES = ("noon", "morning", "overcast", "golden", "bright", "mist", "evening", "afternoon", "dusk", "snow", "grey")


def build(shot: Shot) -> tuple[float, float]:
    """Set the stage; answers the depth of fog."""
    rng = np.random.default_rng([shot.seed, shot.view, 23])
    eye, target, lens, blur = SCENES[shot.scene](rng, shot.seed)
    inside = shot.scene in ("room", "still-life", "corridor")
    stage.illuminate(stage.LIGHTS[shot.light], shot.seed * 31 + len(shot.scene), inside)
    stage.aim(eye, target, lens, shot.size, blur, tilt=float(rng.normal(0, 0.8)))
    return 8, 160


def shots() -> list[Shot]:
    """The pictures without things, one of each kind in turn."""
    rows = []
    for k in range(max(COUNTS.values())):
        for number, (scene, count) in enumerate(COUNTS.items()):
            if k < count:
                plain = scene in ("room", "still-life", "corridor", "surface")
                light = (
                    ("noon", "afternoon", "overcast", "morning")[(k + number) % 4]
                    if plain
                    else TIMES[(k + 3 * number) % len(TIMES)]
                )
                rows.append(Shot(f"{scene}-{k + 1:02}", scene, light, SIZES[(k * 2 + number) % 6], k, number))
    return rows
