"""Surroundings of the landmarks: squares with houses, a park, a coast, a river, fields; trees, people and cars."""

from __future__ import annotations

import math
from functools import cache

import bpy
import numpy as np

from resources.tools.town import figures, nature
from resources.tools.town.houses import stock
from resources.tools.town.kit import Mesh
from resources.tools.town.stage import put

Rng = np.random.Generator
Meshes = tuple[bpy.types.Mesh, ...]
CARS = ("#7c2a24", "#2f4a6a", "#c8c4b8", "#3a3f42", "#5f7a6a", "#b08a4a", "#8a9aa4")


@cache
def plants(kind: str) -> tuple[Meshes, ...]:
    """A few plants of a kind."""
    rng = np.random.default_rng([len(kind), ord(kind[0]), 9])
    makers = {
        "tree": lambda k: nature.broadleaf(rng, 8 + k, ("leaf:#6f8a3e", "leaf:#7d9044", "leaf:#63803c")[k]),
        "autumn": lambda k: nature.broadleaf(rng, 8 + k, ("leaf:#a8742a", "leaf:#8f4a24", "leaf:#b08a34")[k]),
        "cypress": lambda k: nature.cypress(rng, 9 + 2 * k),
        "fir": lambda k: nature.fir(rng, 10 + 2 * k),
        "bush": lambda k: nature.bush(
            rng, ("leaf:#5f7a3c", "leaf:#6c8448", "leaf:#526c40")[k], ("", "leaf:#c8506a", "leaf:#d8c84a")[k]
        ),
        "grass": lambda k: (nature.grass_patch(rng, ("leaf:#7c8c48", "leaf:#8a9450", "leaf:#708244")[k]),),
        "wheat": lambda k: (nature.grass_patch(rng, ("leaf:#b5964a", "leaf:#c2a456", "leaf:#a58a44")[k], 0.8, 5000),),
    }
    return tuple(tuple(makers[kind](k)) for k in range(3))


@cache
def people() -> Meshes:
    """The town's people."""
    rng = np.random.default_rng(11)
    return tuple(figures.person_object(rng).data("person") for _ in range(14))


@cache
def cars() -> Meshes:
    """The town's cars."""
    return tuple(figures.car(colour).data("car") for colour in CARS)


@cache
def furniture(kind: str) -> bpy.types.Mesh:
    """A lamp post or a bench."""
    return {"lamp": figures.lamp_post, "bench": figures.bench}[kind]().data(kind)


@cache
def houses(seed: int) -> tuple[tuple[bpy.types.Mesh, float], ...]:
    """Houses of one quarter."""
    return tuple(stock(seed, 9))


def plant(kind: str, rng: Rng, x: float, y: float, z: float = 0, size: float = 1) -> None:
    """A plant of the kind, turned and scaled at random."""
    choice = plants(kind)
    turn, own = float(rng.uniform(0, 360)), size * float(rng.uniform(0.8, 1.15))
    for mesh in choice[int(rng.integers(len(choice)))]:
        put(mesh, x, y, z, turn, own)


def person(rng: Rng, x: float, y: float, z: float = 0) -> None:
    """Somebody, looking anywhere."""
    put(people()[int(rng.integers(len(people())))], x, y, z, float(rng.uniform(0, 360)))


def car(rng: Rng, x: float, y: float, turn: float) -> None:
    """A car."""
    put(cars()[int(rng.integers(len(CARS)))], x, y, 0, turn)


def row(rng: Rng, seed: int, a: tuple[float, float], b: tuple[float, float], z: float = 0) -> None:
    """Houses side by side from a to b; their fronts look to the right of the way from a to b."""
    length, way = math.dist(a, b), math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
    at, last = 0.0, -1
    choice = houses(seed)
    while True:
        k = int(rng.integers(len(choice)))
        k = (k + 1) % len(choice) if k == last else k
        mesh, wide = choice[k]
        if at + wide > length:
            return
        share = (at + wide / 2) / length
        put(mesh, a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, z, way)
        at, last = at + wide + (0.02 if rng.random() < 0.8 else 2.0), k


def hills(seed: int, near: float = 130, high: float = 70) -> None:
    """Wooded hills far away."""
    put(nature.terrain(np.random.default_rng([seed, 3]), near, 1500, high, "grass:#56663f"))


def square(rng: Rng, seed: int, ground: str = "cobble:#8c857a") -> None:
    """A place with houses on three sides."""
    put(nature.plane(600, "asphalt:#6d6a64", -0.02))
    put(nature.plane(90, ground))
    side, back = 30 + 6 * (seed % 3), 24 + 4 * (seed % 2)
    row(rng, seed, (-side, back), (side, back))
    row(rng, seed + 1, (-side - 1, -6), (-side - 1, back + 4))
    row(rng, seed, (side + 1, back + 4), (side + 1, -6))
    row(rng, seed + 1, (-side - 50, -8), (-side - 2, 6))
    row(rng, seed + 1, (side + 2, 6), (side + 50, -8))
    for x in (-side + 6, side - 6):
        for y in (-4, 8):
            plant("tree", rng, x + float(rng.uniform(-2, 2)), y, 0, 0.85)
    for x in (-18, 18):
        for y in (-14, 0):
            put(furniture("lamp"), x, y)
        put(furniture("bench"), x * 0.9, 3, 0, 0)
    hills(seed, 160)


def park(rng: Rng, seed: int) -> None:
    """Lawn, a gravel walk, trees behind and beside."""
    put(nature.plane(700, "grass:#66713f", -0.008))
    put(nature.plane(0, "sand:#b5a27c", 0.0, (-3.2, -120), (3.2, -6)))
    put(nature.plane(0, "sand:#b5a27c", 0.004, (-60, -11), (60, -7.5)))
    lawn(rng, -26, 26, -40, 10, 150)
    for _ in range(34):
        x, y = float(rng.uniform(-60, 60)), float(rng.uniform(16, 60))
        plant(("tree", "tree", "fir", "autumn")[int(rng.integers(4 if seed % 2 else 3))], rng, x, y, 0, 1.2)
    for s in (-1, 1):
        for k in range(5):
            plant("tree", rng, s * float(rng.uniform(20, 34)), -14 + 8 * k, 0, 1.1)
            plant("bush", rng, s * float(rng.uniform(9, 20)), float(rng.uniform(4, 13)))
        put(furniture("bench"), s * 6, -7, 0, 0)
        put(furniture("lamp"), s * 4.2, -13)
    row(rng, seed, (-50, 80), (50, 80))
    hills(seed)


def lawn(rng: Rng, x0: float, x1: float, y0: float, y1: float, count: int, kind: str = "grass") -> None:
    """Tufts of grass."""
    for _ in range(count):
        x, y = float(rng.uniform(x0, x1)), float(rng.uniform(y0, y1))
        if kind == "grass" and (abs(x) < 5.6 or -13.6 < y < -5):
            continue
        for mesh in plants(kind)[int(rng.integers(3))]:
            put(mesh, x, y, 0, float(rng.uniform(0, 360)))


def coast(rng: Rng, seed: int) -> None:
    """Sea behind, a rocky shore and grass before."""
    put(nature.plane(4000, "water:#23505c", -0.9))
    shore = nature.terrain(rng, 6, 160, -0.2, "grass:#66743c", arc=150, middle=-90)
    put(shore, 0, -9, 0.12)
    put(nature.rocks(rng, 90, 14, 1.0).data("rocks"), 0, -9, -0.6)
    for mesh in (nature.rocks(rng, 16, 10, 1.4).data("rocks"),):
        put(mesh, -18, 2, -1.2)
        put(mesh, 22, -2, -1.2, 120)
    for _ in range(90):
        a, r = float(rng.uniform(-2.7, -0.45)), float(rng.uniform(10, 40))
        for mesh in plants("grass")[int(rng.integers(3))]:
            put(mesh, r * math.cos(a), -12 + r * math.sin(a), 0.05, float(rng.uniform(0, 360)), 1.3)
    put(nature.boat("wood:#5a3a2a", "cloth:#e0d6bc").data("boat"), -40, 70, -0.9, 30)
    put(nature.boat("paint:#2f4a6a").data("boat"), 34, 40, -0.9, 200)


def river(rng: Rng, seed: int) -> None:
    """A river that comes towards the viewer, quays with houses on both sides."""
    put(nature.plane(600, "water:#3a4f42", -0.6))
    for s in (-1, 1):
        m = Mesh()
        x0, x1 = (-160, -19) if s < 0 else (19, 160)
        m.box((x0, -2.45, -3), (x1, 160, 5.2), "stone:#8f8472")
        m.box((x0, -2.45, 5.2), (x1, 160, 5.3), "cobble:#8c857a")
        put(m.data("quay"))
    row(rng, seed, (-24, 4), (-24, 70), 5.2)
    row(rng, seed + 1, (24, 70), (24, 4), 5.2)
    row(rng, seed + 1, (-75, 8), (-24, 8), 5.2)
    row(rng, seed, (24, 8), (75, 8), 5.2)
    put(nature.plane(0, "grass:#66713f", 1.0, (-60, 90), (60, 400)))
    for k in range(14):
        plant("tree", rng, -45 + 7 * k, 96 + float(rng.uniform(0, 12)), 1.0, 1.3)
    for x in (-30, -22, 22, 30):
        put(furniture("lamp"), x, -1.5, 5.2)
    bank(rng)
    hills(seed, 180)


def bank(rng: Rng) -> None:
    """The near bank, low and green, where the viewer stands."""
    put(nature.terrain(rng, 24, 120, 0.9, "grass:#5c7034", arc=120, middle=-90), 0, 0, -0.55)
    for _ in range(50):
        a, r = float(rng.uniform(-2.4, -0.7)), float(rng.uniform(30, 50))
        for mesh in plants("grass")[int(rng.integers(3))]:
            put(mesh, r * math.cos(a), r * math.sin(a), -0.35, float(rng.uniform(0, 360)), 1.4)


def meadow(rng: Rng, seed: int) -> None:
    """Fields around a mill or a castle."""
    put(nature.plane(900, "grass:#68783a", -0.008))
    put(nature.plane(0, "earth:#8a7455", 0.0, (-1.6, -90), (1.4, -4)))
    put(nature.plane(0, "field:#b89c58", 0.0, (14, 12), (120, 70)))
    put(nature.plane(0, "field:#7a8a3c", 0.0, (-140, 18), (-16, 90)))
    lawn(rng, -24, 24, -40, 12, 190)
    for k in range(16):
        plant(("tree", "cypress", "tree")[k % 3], rng, float(rng.uniform(-70, 70)), float(rng.uniform(26, 80)), 0, 1.1)
    for k in range(8):
        plant("bush", rng, (-1) ** k * float(rng.uniform(9, 24)), float(rng.uniform(-6, 14)))
    for k in range(7):
        put(_fence(), -7 - 3 * k, -9, 0)
    row(rng, seed, (60, 60), (100, 60))
    hills(seed, 110, 90)


@cache
def _fence() -> bpy.types.Mesh:
    m = Mesh()
    for x in (-1.5, 0):
        m.block(x, 0, 0, (0.12, 0.12, 1.1), "wood:#7a6a54")
    for z in (0.35, 0.8):
        m.block(-0.0, 0, z, (3.0, 0.05, 0.14), "wood:#8a7a62")
    return m.data("fence")


SITES = {
    "square": square,
    "park": park,
    "coast": coast,
    "river": river,
    "meadow": meadow,
    "paved": lambda rng, seed: square(rng, seed, "paving:#a39c8c"),
    "street": lambda rng, seed: terrace(rng, seed),
}


def terrace(rng: Rng, seed: int) -> None:
    """A street along x with the thing among the houses."""
    put(nature.plane(600, "asphalt:#66635e", -0.16))
    put(nature.plane(0, "paving:#a39c8c", 0.0, (-90, -4), (90, 12)))
    put(nature.plane(0, "paving:#a39c8c", 0.0, (-90, -30), (90, -13)))
    row(rng, seed, (-70, 0), (-5.6, 0))
    row(rng, seed + 1, (5.6, 0), (70, 0))
    for x in (-16, -8.5, 9, 17):
        put(furniture("lamp"), x, -3.2)
    for x in (-22, 21):
        plant("tree", rng, x, -2.8, 0, 0.7)
    for k in range(5):
        car(rng, -20 + 9.5 * k + float(rng.uniform(-1, 1)) + (9.5 if k > 1 else 0), -5.2, 180)
    hills(seed, 160)


def foreground(
    kind: str, rng: Rng, eye: tuple[float, float, float], target: tuple[float, float, float], reach: float, ground: float
) -> None:
    """What stands between the viewer and the thing: people, cars, a tree that hides a part, a lamp post."""
    ex, ey = target[0] - eye[0], target[1] - eye[1]
    length = math.hypot(ex, ey)
    ux, uy = ex / length, ey / length

    def spot(share: float, aside: float) -> tuple[float, float]:
        return eye[0] + ex * share - uy * aside, eye[1] + ey * share + ux * aside

    for word in kind.split():
        if word == "people":
            for _ in range(7):
                x, y = spot(float(rng.uniform(0.35, 0.86)), float(rng.normal(0, reach * 0.45)))
                person(rng, x, y, ground)
        if word == "crowd":
            for _ in range(16):
                x, y = spot(float(rng.uniform(0.2, 0.8)), float(rng.normal(0, reach * 0.5)))
                person(rng, x, y, ground)
        if word == "cars":
            for k in range(3):
                x, y = spot(0.66 - 0.1 * k, float(rng.uniform(-0.8, 0.8)) * reach)
                car(rng, x, y, float(rng.choice([0, 180])))
        if word in ("tree", "autumn", "fir"):
            side = float(rng.choice([-1, 1]))
            plant(word, rng, *spot(0.52, side * reach * 0.42), ground, 0.7)
        if word == "bush":
            for _ in range(3):
                plant("bush", rng, *spot(float(rng.uniform(0.3, 0.5)), float(rng.uniform(-0.5, 0.5)) * reach), ground)
        if word == "lamp":
            put(furniture("lamp"), *spot(0.6, float(rng.choice([-1, 1])) * reach * 0.2), ground)
