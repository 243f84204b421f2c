"""Where the flat things hang and lie: hoardings and walls, a tram stop, rooms, an easel, a table with books."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import bpy
import numpy as np

from resources.tools.town import nature, parts, sites, stage
from resources.tools.town.kit import Mesh
from resources.tools.town.materials import picture_material
from resources.tools.town.paintings import FLAT
from resources.tools.town.plan import SIZES, Shot
from resources.tools.town.rooms import floor_lamp, room, table, things_on_table

Rng = np.random.Generator
Placed = list[bpy.types.Object]
_sheets: dict[str, bpy.types.Mesh] = {}


def height(name: str) -> float:
    """A flat thing's height in metres."""
    sheet(name)
    return float(_sheets[name]["tall"])


def sheet(name: str) -> bpy.types.Mesh:
    """The picture itself as one rectangle, standing, its middle at the origin; corners in the order of ``quad``."""
    if name not in _sheets:
        draw, wide, gloss, _ = FLAT[name]
        canvas = draw()
        tall = wide * canvas.data.shape[0] / canvas.data.shape[1]
        mesh = bpy.data.meshes.new(name)
        a, b = wide / 2, tall / 2
        mesh.from_pydata([(-a, 0, b), (a, 0, b), (a, 0, -b), (-a, 0, -b)], [], [(3, 2, 1, 0)])
        layer = mesh.uv_layers.new(name="picture")
        layer.data.foreach_set("uv", [0, 0, 1, 0, 1, 1, 0, 1])
        mesh.materials.append(picture_material(name, canvas.image(name), gloss))
        mesh["tall"] = tall
        mesh.update()
        _sheets[name] = mesh
    return _sheets[name]


def hang(
    name: str,
    x: float,
    y: float,
    z: float,
    turn: float = 0,
    roll: float = 0,
    lean: float = 0,
    index: int = 1,
    size: float = 1,
) -> bpy.types.Object:
    """Put a flat thing somewhere with what carries it: a board, a frame, or the pages of a book behind it."""
    data = sheet(name)
    kind, wide, tall = FLAT[name][3], FLAT[name][1], height(name)
    m = Mesh()
    a, b = wide / 2, tall / 2
    if kind == "sheet":
        m.box((-a - 0.03, 0.005, -b - 0.03), (a + 0.03, 0.03, b + 0.03), "paint:#d8d2c4")
    if kind == "frame":
        for grow, low, high in ((0.09, 0.002, -0.05), (0.05, -0.02, -0.065)):
            for x0, z0, x1, z1 in (
                (-a - grow, b, a + grow, b + grow),
                (-a - grow, -b - grow, a + grow, -b),
                (-a - grow, -b, -a, b),
                (a, -b, a + grow, b),
            ):
                m.box((x0, high, z0), (x1, 0.03, z1), "gold:#8f7038" if low > 0 else "wood:#4a3020")
    if kind == "book":
        m.box((-a, 0.001, -b), (a, 0.006, b), "cloth:#2a2a2e")
        m.box((-a + 0.004, 0.006, -b + 0.004), (a - 0.004, 0.03, b - 0.004), "paint:#e4dcc4")
        m.box((-a, 0.03, -b), (a, 0.035, b), "cloth:#2a2a2e")
    made = [stage.put(data, index=index), stage.put(m.data("carrier"))]
    for thing in made:
        thing.location, thing.scale = (x, y, z), (size,) * 3
        thing.rotation_euler = (math.radians(lean), math.radians(roll), math.radians(turn))
    return made[0]


def wall(shot: Shot, rng: Rng) -> tuple[Placed, tuple[float, float, float]]:
    """Posters on a house wall or a hoarding of boards, with a pavement."""
    spec = ("brick:#8f5340", "boards:#6d6a5c", "plaster:#c9b48c", "stone:#a39a86", "plaster:#a9b3b0", "brick:#7a5a4c")[
        shot.view % 6
    ]
    m = Mesh()
    m.box((-14, 0, 0), (14, 0.5, 7 if spec[:6] != "boards" else 2.7), spec)
    m.box((-14, -0.06, 0), (14, 0, 0.4), "stone:#8f887a")
    for x in (-6.5, 5.5):
        if spec[:6] != "boards":
            parts.window(m, x, 1.3, 1.2, 1.7, trim="stone:#cfc6b2")
    stage.put(m.data("wall"))
    _pavement()
    if spec[:6] == "boards":
        sites.row(rng, 40 + shot.seed, (-40, 9), (40, 9))
    for k, x in enumerate((-3.4, 3.6)):
        if (shot.view + k) % 2:
            sites.plant("bush", rng, x, -0.7, 0, 0.8)
        else:
            stage.put(sites.furniture("bench"), x, -0.8)
    placed = []
    at = -0.75 * len(shot.things) + 0.75
    for k, name in enumerate(shot.things):
        placed.append(
            hang(
                name,
                at + 1.45 * k + float(rng.uniform(-0.1, 0.1)),
                -0.06,
                float(rng.uniform(1.5, 1.75)),
                0,
                float(rng.normal(0, 1.2)),
                0,
                k + 1,
            )
        )
    for _ in range(shot.view % 3):
        sites.person(rng, float(rng.choice([-1, 1])) * float(rng.uniform(0.9, 1.9)), float(rng.uniform(-1.7, -0.9)))
    return placed, (0, 0, 1.45)


def _pavement() -> None:
    stage.put(nature.plane(0, "paving:#9a9486", 0.0, (-60, -2.6), (60, 10)))
    stage.put(nature.plane(200, "asphalt:#66635e", -0.14))


def stop(shot: Shot, rng: Rng) -> tuple[Placed, tuple[float, float, float]]:
    """A tram stop with a poster at each end, rails before it."""
    m = Mesh()
    for x in (-2, 2):
        for y in (-0.2, 1.1):
            m.tube((x, y, 0), (x, y, 2.5), 0.05, 0.05, "paint:#2c4038")
    m.box((-2.2, -0.5, 2.5), (2.2, 1.4, 2.6), "paint:#2c4038")
    m.box((-2, 1.1, 0.3), (2, 1.14, 2.4), "paint:#56645c")
    m.block(0, 0.8, 0.42, (2.2, 0.4, 0.06), "wood:#7a5a3c")
    for y in (-3.6, -5.0):
        m.box((-60, y - 0.04, -0.13), (60, y + 0.04, -0.09), "metal:#8a8a88")
    m.box((-0.6, -0.55, 2.62), (0.6, -0.5, 2.95), "paint:#e8e0cc")
    parts.write(m, "CANALE  7", 0, -0.57, 2.7, 0.2, "paint:#7c2a24")
    stage.put(m.data("stop"))
    _pavement()
    sites.row(rng, 44 + shot.seed % 2, (-45, 9), (45, 9))
    sites.plant("tree", rng, -5.5, 4, 0, 0.8)
    sites.plant("tree", rng, 5.8, 3.5, 0, 0.8)
    placed = [hang(name, (-1.15, 1.15)[k], 1.06, 1.5, 0, 0, 0, k + 1) for k, name in enumerate(shot.things)]
    sites.person(rng, 2.9, 0.2)
    sites.person(rng, -0.1, 0.1)
    return placed, (0, 0.5, 1.45)


def gallery(shot: Shot, rng: Rng) -> tuple[Placed, tuple[float, float, float]]:
    """Pictures on the wall of a room."""
    room(shot.seed, rng)
    placed = []
    for k, name in enumerate(shot.things):
        placed.append(
            hang(name, -0.95 + 1.9 * k, 2.94, 1.65 + float(rng.uniform(-0.1, 0.1)), 0, float(rng.normal(0, 0.6)), 0, k + 1)
        )
    if shot.view % 2:
        sites.person(rng, float(rng.uniform(-1.6, 1.6)), 1.7)
    return placed, (0, 2.9, 1.5)


def easel(shot: Shot, rng: Rng) -> tuple[Placed, tuple[float, float, float]]:
    """One picture on an easel, the other on the wall behind."""
    room(shot.seed, rng)
    m = Mesh()
    for x in (-0.42, 0.42):
        m.tube((x, -0.05, 0), (x * 0.3, 0.2, 2.1), 0.025, 0.025, "wood:#9a7044", 6)
    m.tube((0, 0.9, 0), (0, 0.2, 2.0), 0.025, 0.025, "wood:#9a7044", 6)
    m.block(0, -0.0, 0.78, (0.9, 0.14, 0.04), "wood:#9a7044")
    stage.put(m.data("easel"), -0.5, 0.9, 0, -14)
    first = shot.things[0]
    placed = [hang(first, -0.5, 0.98, 0.86 + height(first) / 2, -14, 0, -7, 1)]
    if len(shot.things) > 1:
        placed.append(hang(shot.things[1], 1.25, 2.94, 1.65, 0, 0, 0, 2))
    return placed, (0.15, 1.4, 1.35)


def books(shot: Shot, rng: Rng) -> tuple[Placed, tuple[float, float, float]]:
    """Books that lie and stand on a table."""
    room(shot.seed, rng)
    table(0, 0.6)
    things_on_table(rng, shot.view)
    places = [(-0.15, 0.42, 0.79), (0.14, 0.55, 0.79)]
    placed = []
    for k, name in enumerate(shot.things):
        x, y, _ = places[k]
        if (shot.view + k) % 2:
            placed.append(hang(name, x, y + 0.06, 0.76 + height(name) * 0.49, float(rng.uniform(-18, 18)), 0, -12, k + 1))
        else:
            placed.append(hang(name, x, y - 0.1, 0.797, float(rng.uniform(-25, 25)), 0, -90, k + 1))
    return placed, (0.0, 0.46, 0.82)


SCENES: dict[str, Callable[[Shot, Rng], tuple[Placed, tuple[float, float, float]]]] = {
    "wall": wall,
    "stop": stop,
    "gallery": gallery,
    "easel": easel,
    "books": books,
}
AWAY = {"wall": (3.6, 6.0), "stop": (5.2, 8.0), "gallery": (2.6, 4.0), "easel": (2.6, 3.6), "books": (0.75, 1.15)}


def build(shot: Shot) -> tuple[Placed, tuple[float, float]]:
    """Set the stage for a picture of flat things."""
    rng = np.random.default_rng([shot.seed, shot.view, 8])
    placed, target = SCENES[shot.scene](shot, rng)
    inside = shot.scene in ("gallery", "easel", "books")
    stage.illuminate(stage.LIGHTS[shot.light], shot.seed, inside)
    if inside:
        floor_lamp(rng)
    near, far = AWAY[shot.scene]
    turn = math.radians((-1) ** shot.view * float(rng.uniform(4, 38 if shot.scene != "books" else 28)))
    away = float(rng.uniform(near, far))
    lift = 0.55 * away if shot.scene == "books" else float(rng.uniform(-0.1, 0.25))
    eye = (target[0] + away * math.sin(turn), target[1] - away * math.cos(turn), target[2] + lift)
    wobble = [t + float(rng.normal(0, 0.04)) * away for t in target]
    stage.aim(
        eye,
        wobble,
        32 if shot.scene != "books" else 35,
        shot.size,
        blur=5.6 if shot.scene == "books" else 0,
        tilt=float(rng.normal(0, 1.5)),
    )
    return placed, (30, 400)


PLAN: Sequence[tuple[str, str, str, str]] = (
    ("wall", "noon", "heron-poster", "mask-poster"),
    ("wall", "overcast", "cycle-poster", "heron-poster"),
    ("wall", "afternoon", "mask-poster", "cycle-poster"),
    ("stop", "morning", "heron-poster", "cycle-poster"),
    ("stop", "grey", "mask-poster", "heron-poster"),
    ("wall", "golden", "cycle-poster", ""),
    ("wall", "bright", "mask-poster", ""),
    ("wall", "overcast", "heron-poster", ""),
    ("gallery", "noon", "cycle-poster", "mask-poster"),
    ("gallery", "noon", "harbour-painting", "portrait-painting"),
    ("gallery", "overcast", "portrait-painting", "still-painting"),
    ("gallery", "afternoon", "still-painting", "harbour-painting"),
    ("easel", "noon", "harbour-painting", "still-painting"),
    ("easel", "afternoon", "portrait-painting", "harbour-painting"),
    ("easel", "overcast", "still-painting", "portrait-painting"),
    ("gallery", "morning", "harbour-painting", ""),
    ("gallery", "overcast", "portrait-painting", ""),
    ("easel", "morning", "still-painting", ""),
    ("books", "noon", "fern-book", "comet-book"),
    ("books", "afternoon", "comet-book", "fern-book"),
    ("books", "overcast", "fern-book", "comet-book"),
    ("books", "morning", "comet-book", "fern-book"),
    ("books", "noon", "fern-book", ""),
    ("books", "afternoon", "comet-book", ""),
)


def shots() -> list[Shot]:
    """The pictures of flat things, named by the first."""
    rows, count = [], dict.fromkeys(FLAT, 0)
    for k, (scene, light, *names) in enumerate(PLAN):
        things = tuple(name for name in names if name)
        count[things[0]] += 1
        rows.append(
            Shot(f"{things[0]}-{count[things[0]]:02}", scene, light, SIZES[(k * 5 + k // 4) % 6], 100 + k, k, things)
        )
    return rows
