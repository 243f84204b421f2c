"""The plan: which thing is photographed from where, in what light."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from resources.tools.town import churches, civic, monuments, shore
from resources.tools.town.kit import Mesh

SIZES = ((840, 560), (720, 540), (560, 840), (900, 600), (540, 720), (800, 560))


@dataclass(frozen=True)
class Landmark:
    """A building and how it wants to be seen: (w, h) of what matters, detail (x, z), lights, and whether it is tall."""

    name: str
    make: Callable[[], Mesh]
    site: str
    size: tuple[float, float]
    detail: tuple[float, float]
    lights: str
    fore: str = "people|tree people|cars|people|tree|lamp people"
    eye: float = 1.7
    ground: float = 0.0
    turn: float = 0.0


LANDMARKS = (
    Landmark("domed-church", churches.domed_church, "square", (24, 29), (-1, 9), "noon golden overcast morning mist dusk"),
    Landmark(
        "gothic-tower", churches.gothic_tower, "paved", (19, 42), (0.5, 9), "morning afternoon grey bright snow evening"
    ),
    Landmark("campanile", churches.campanile, "paved", (14, 50), (0, 20), "bright golden overcast noon mist dusk"),
    Landmark("loggia", churches.loggia, "paved", (25, 17), (1, 7), "afternoon morning grey bright evening dusk"),
    Landmark("town-hall", civic.town_hall, "square", (18, 27), (-2.5, 11), "bright morning overcast noon snow dusk"),
    Landmark("triumphal-arch", civic.triumphal_arch, "paved", (19, 18), (1, 11), "noon golden grey afternoon mist evening"),
    Landmark(
        "castle-tower",
        civic.castle_tower,
        "meadow",
        (24, 31),
        (-1, 11),
        "afternoon morning overcast bright snowfall golden",
        "people|tree|bush|people|tree bush|people",
    ),
    Landmark(
        "bookshop",
        civic.shop_front,
        "street",
        (12, 17),
        (-0.5, 3.6),
        "noon overcast morning bright grey dusk",
        "people|lamp people|cars|people|people|lamp",
    ),
    Landmark(
        "tiered-fountain",
        monuments.tiered_fountain,
        "square",
        (10.5, 7.5),
        (0, 4),
        "noon golden overcast bright morning dusk",
        "people|people|lamp|bush|crowd|people",
    ),
    Landmark(
        "obelisk-fountain",
        monuments.obelisk_fountain,
        "paved",
        (12, 16),
        (0, 5),
        "afternoon morning grey noon snow evening",
        "people|tree people|cars|people|crowd|lamp",
    ),
    Landmark(
        "rider-statue",
        monuments.rider_statue,
        "park",
        (10, 8.6),
        (0.3, 5),
        "bright golden overcast noon mist morning",
        "people|bush|people|bush|tree|people",
    ),
    Landmark(
        "lighthouse",
        shore.lighthouse,
        "coast",
        (20, 27),
        (1, 17),
        "noon evening overcast bright mist dusk",
        "people|bush|people|people|bush|people",
    ),
    Landmark(
        "windmill",
        shore.windmill,
        "meadow",
        (15, 22),
        (0, 9),
        "bright golden overcast morning snow evening",
        "people|bush|tree|people|tree|bush",
    ),
    Landmark(
        "stone-bridge",
        shore.stone_bridge,
        "river",
        (34, 16),
        (-1.5, 8),
        "noon golden overcast morning mist dusk",
        "|||||",
        2.4,
        -0.3,
    ),
    Landmark(
        "tea-pavilion",
        shore.tea_pavilion,
        "park",
        (13, 19),
        (0.5, 5),
        "bright evening overcast morning snowfall dusk",
        "people|tree|bush|people|tree|people",
    ),
    Landmark(
        "palm-house",
        shore.palm_house,
        "park",
        (28, 17),
        (-0.5, 6),
        "morning afternoon grey noon golden dusk",
        "people|tree|bush|people|bush people|people",
    ),
)
CLEAR = 100.0
"""Hills begin behind the viewer at about this distance from a thing in the country."""
VIEWS = (  # azimuth, share of the frame, focal length, place in the frame (x, z) in shares of the thing
    (-8, 0.80, 35, 0.04, 0.0),
    (33, 0.66, 28, -0.12, 0.02),
    (-37, 0.60, 50, 0.16, 0.03),
    (15, 1.75, 85, 0.0, 0.0),
    (46, 0.44, 70, -0.3, 0.12),
    (-21, 0.72, 40, -0.06, 0.02),
)


@dataclass(frozen=True)
class Shot:
    """A picture: its name, what it shows, where, in which light and size, and numbers that steer chance."""

    name: str
    scene: str
    light: str
    size: tuple[int, int]
    seed: int
    view: int
    things: tuple[str, ...] = ()


def landmark_shots(view: int) -> list[Shot]:
    """One picture of each landmark."""
    rows = []
    for k, mark in enumerate(LANDMARKS):
        size = SIZES[(k + view * 2 + view // 3) % len(SIZES)]
        w, h = mark.size
        if view in (0, 5) and (w > 1.2 * h) == (size[1] > size[0]):
            size = size[::-1]
        rows.append(Shot(f"{mark.name}-{view + 1:02}", mark.name, mark.lights.split()[view], size, k, view, (mark.name,)))
    return rows


@dataclass(frozen=True)
class Stand:
    """Where the camera stands and what it looks at."""

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    lens: float
    reach: float


def stand(mark: Landmark, shot: Shot) -> Stand:
    """The camera of a landmark's picture: far enough that the thing fills its share of the frame."""
    rng = np.random.default_rng([shot.seed, shot.view, 17])
    azimuth, share, lens, aside, lift = VIEWS[shot.view]
    azimuth, share, lens = azimuth + rng.uniform(-6, 6), share * rng.uniform(0.92, 1.06), lens * rng.uniform(0.92, 1.1)
    w, h = mark.size
    longest = max(shot.size)
    half_w, half_h = (36 * side / longest / lens for side in shot.size)
    away = max(h / (share * half_h), w / (share * half_w)) + 2
    if mark.site in ("meadow", "park") and away > CLEAR:
        away, lens = CLEAR, lens * CLEAR / away
    a = math.radians(azimuth - 90 + mark.turn)
    way = np.array([math.cos(a), math.sin(a)])
    across = np.array([-way[1], way[0]])
    close = share > 1.2
    focus = np.array([mark.detail[0], -2.0]) if close else across * aside * w
    middle = mark.detail[1] if close else h * (0.5 + lift)
    eye = (float(way[0] * away), float(way[1] * away), mark.eye + (0.03 * away if shot.view in (2, 4) else 0))
    return Stand(eye, (float(focus[0]), float(focus[1]), middle), lens, 0.6 * share * half_w * away)


def fog(mark: Landmark, away: float) -> tuple[float, float]:
    """Where mist begins and how deep it is, so that the thing stays to be seen."""
    return away * 0.35, away * 3.2


def landmark(name: str) -> Landmark:
    """The landmark of a name."""
    return next(mark for mark in LANDMARKS if mark.name == name)
