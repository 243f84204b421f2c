"""Landmarks of the squares that one can enter: town hall, triumphal arch, castle tower, shop."""

from __future__ import annotations

from resources.tools.town import parts
from resources.tools.town.figures import add_statue, horse
from resources.tools.town.kit import Mesh, circle, rect

GOLD, BRONZE, WHITE = "gold:#c09a4a", "metal:#5a4a34", "stone:#ded6c4"
WATER = "water:#3c5a58"


def town_hall() -> Mesh:
    """Half-timbered: stone below, beams in patterns above, a steep gable with a clock, an oriel left, a turret right."""
    m = Mesh()
    plaster, beam = "plaster:#e4d6b4", "wood:#4a2c1c"
    m.prism(rect(15, 10), 0, 4.2, "stone:#a08d74")
    with m.at(0, -5):
        for x in (-5.4, 0.4, 5.4):
            m.arch_ring(x, 1.9, 2.2, 0.4, (-0.15, 0), "stone:#c4b394")
            parts.door(m, x, 2.2, 1.9, "wood:#3f5a48" if x else "wood:#6b2f20", "stone:#c4b394")
        parts.shield(m, -2.6, 2.0, 0.9, "paint:#254a7c", GOLD, "star")
        parts.shield(m, 3.0, 2.0, 0.9, "paint:#8c2f26", "paint:#e8dcc0", "cross")
    for floor, out in ((0, 0.4), (1, 0.8)):
        z = 4.2 + 3.2 * floor
        m.prism(rect(15 + 2 * out, 10 + 2 * out), z, z + 3.2, plaster)
        with m.at(0, -5 - out):
            _timber(m, 15 + 2 * out, z, beam, floor)
        for turn, wide in ((90, 10), (-90, 10)):
            with m.at(turn=turn), m.at(0, -7.5 - out):
                _timber(m, wide + 2 * out, z, beam, floor + 2)
    _gable(m, plaster, beam)
    _oriel(m, plaster, beam)
    with m.at(5.6, -1.5):
        m.prism(circle(1.5, 8, 22.5), 14, 19, plaster)
        for k in range(8):
            with m.at(turn=45 * k), m.at(0, -1.39):
                parts.window(m, 0, 16.7, 0.6, 1.3, beam, bars=1)
        m.lathe([(2.1, 19), (1.6, 20), (0.7, 21), (0.5, 22), (0.8, 22.6), (0.1, 24.6)], "slate:#4b525c", 8, 22.5, flat=True)
        parts.flag(m, 0, 0, 24.4, 3.4, ("cloth:#254a7c", "cloth:#d9b84e"))
    return m


def _timber(m: Mesh, w: float, z: float, beam: str, pattern: int) -> None:
    """Posts, rails and braces of a storey 3.2 m high; the braces change with the pattern."""
    for rail in (0.15, 1.1, 3.0):
        m.beam((-w / 2, z + rail), (w / 2, z + rail), 0.3, 0.24, beam)
    count = int(w / 1.9)
    step = w / count
    for k in range(count + 1):
        x = -w / 2 + k * step
        m.beam((x, z), (x, z + 3.2), 0.26, 0.22, beam)
        if k == count:
            break
        c = x + step / 2
        if k % 2 == pattern % 2:
            parts.window(m, c, z + 1.3, step * 0.62, 1.45, "paint:#efe6d2", bars=3)
            m.block(c, -0.25, z + 1.0, (step * 0.7, 0.3, 0.2), "wood:#6b4a2c")
            m.beam((c - step / 2, z + 0.2), (c + step / 2, z + 1.05), 0.16, 0.16, beam)
            m.beam((c + step / 2, z + 0.2), (c - step / 2, z + 1.05), 0.16, 0.16, beam)
        else:
            _brace(m, c, z, step, beam, (k * 7 + pattern * 3) % 4)


def _brace(m: Mesh, c: float, z: float, step: float, beam: str, kind: int) -> None:
    h = step / 2
    lines = {
        0: [((-h, 1.1), (h, 3.0)), ((h, 1.1), (-h, 3.0))],
        1: [((-h, 1.1), (0, 3.0)), ((h, 1.1), (0, 3.0)), ((-h * 0.5, 2.05), (h * 0.5, 2.05))],
        2: [((0, 1.1), (-h, 2.05)), ((0, 1.1), (h, 2.05)), ((-h, 2.05), (0, 3.0)), ((h, 2.05), (0, 3.0))],
        3: [((-h, 2.05), (h, 2.05)), ((-h, 1.1), (h, 2.05)), ((-h, 3.0), (h, 2.05))],
    }[kind]
    for a, b in lines:
        m.beam((c + a[0], z + a[1]), (c + b[0], z + b[1]), 0.19, 0.18, beam)
    m.beam((c, z + 0.15), (c, z + 1.1), 0.2, 0.17, beam)


def _gable(m: Mesh, plaster: str, beam: str) -> None:
    tiles = "tiles:#9a4f34"
    with m.at(turn=0):
        parts.gable_roof(m, 16.6, 11.6, 10.6, 7.4, tiles, plaster)
    with m.at(-1.6, -5.8):
        m.slab([(-4.4, 10.6), (4.4, 10.6), (0, 17.6)], 0, 0.3, plaster)
        for s in (-1, 1):
            quad = [(s * 4.9, -0.4, 9.9), (s * 4.9, 6, 9.9), (0, 6, 17.9), (0, -0.4, 17.9)]
            m.poly(quad if s > 0 else quad[::-1], tiles)
            m.beam((s * 4.9, 9.9), (0, 17.9), 0.35, 0.6, "wood:#7c2f22")
        for z in (12.3, 14.4):
            half = 4.4 * (17.6 - z) / 7
            m.beam((-half, z), (half, z), 0.26, 0.22, beam)
        for x in (-3, -1.5, 1.5, 3):
            m.beam((x, 10.7), (x * 0.72, 12.3), 0.2, 0.2, beam)
            m.beam((x * 0.8, 12.3), (x * 0.35, 14.4), 0.2, 0.2, beam)
        with m.at(0, -0.12):
            parts.clock(m, 0, 13.3, 1.35, "paint:#1f3d66", GOLD, 8.35, GOLD)
        parts.window(m, 0, 14.8, 0.8, 1.0, "paint:#efe6d2")
        parts.write(m, "1587", 0, -0.15, 11.1, 0.8, GOLD)
    for x in (4.2, 7.0):
        with m.at(x, -3.6, 12.6):
            m.prism(rect(1.4, 2.2), -1.2, 1.2, plaster)
            m.slab([(-0.95, 1.2), (0.95, 1.2), (0, 2.3)], -1.25, 1.6, tiles)
            with m.at(0, -1.1):
                parts.window(m, 0, 0, 0.8, 0.9, beam)
    parts.chimney(m, -6.4, 1, 14.5, 4.2)


def _oriel(m: Mesh, plaster: str, beam: str) -> None:
    with m.at(-6.4, -5.8):
        m.taper([(-1.3, 0), (-0.8, -1.4), (0.8, -1.4), (1.3, 0)], 5.0, 4.0, 0.3, beam)
        outline = [(-1.3, 0.2), (-0.8, -1.4), (0.8, -1.4), (1.3, 0.2)]
        m.prism(outline, 5.0, 9.6, plaster)
        for z in (5.0, 6.2, 7.6, 9.5):
            parts.cornice(m, outline, z, 0.12, beam)
        with m.at(0, -1.4):
            parts.window(m, 0, 6.5, 1.2, 1.0, beam, bars=3)
            parts.window(m, 0, 8.0, 1.2, 1.3, beam, bars=3)
            parts.shield(m, 0, 5.25, 0.62, "paint:#305c48", GOLD, "chevron")
        m.taper(parts._grown(outline, 0.3), 9.8, 13, 0, "copper:#5f9a86")


def triumphal_arch() -> Mesh:
    """One great and two small arches, four columns, medallions, an attic with letters, a chariot off the middle."""
    m = Mesh()
    stone = "ashlar:#d2c2a2"
    y = (-2.6, 2.6)
    m.arched_wall(0, 0, (7, 11), (4.4, 5.6), y, stone)
    for s in (-1, 1):
        m.arched_wall(s * 6, 0, (5, 11), (2.4, 3.4), y, stone)
        m.arch_ring(s * 6, 3.4, 2.4, 0.35, (-2.8, -2.5), WHITE)
        for x in (s * 3.5, s * 8.2):
            m.block(x, -3.1, 0, (1.3, 1.1, 1.9), WHITE)
            parts.column(m, x, -3.1, 1.9, 0.45, 8, WHITE)
            with m.at(x, -3.1, 11.6, 0, 1.2):
                add_statue(m, ("think", "pour", "wave", "stand")[int(x) % 4], WHITE)
        with m.at(s * 6, -2.62):
            m.ring(0, 7.6, 0.95, 1.2, -0.2, 0, WHITE)
            m.disc(0, 7.6, 0.95, -0.05, 0, "stone:#a5937a")
            m.box((-1.7, -0.12, 5.4), (1.7, 0, 6.1), WHITE)
            with m.at(0.1, 0.05, 6.85, 0 if s < 0 else 180, 0.42):
                m.add(*horse(), WHITE)
    m.arch_ring(0, 5.6, 4.4, 0.6, (-2.85, -2.5), WHITE)
    m.block(0, -2.8, 7.6, (0.8, 0.6, 1.2), WHITE)
    parts.cornice(m, rect(17.4, 6.2), 10, 0.7, WHITE, 0.5)
    m.prism(rect(16.4, 5), 10.8, 14.2, stone)
    with m.at(0, -2.52):
        m.box((-5.4, -0.12, 11.3), (5.4, 0, 13.8), WHITE)
        for k, row in enumerate(("CIVITAS ORVELLA", "PONTEM VIAM MVROS", "FECIT MDCCXII")):
            parts.write(m, row, 0, -0.15, 13.0 - 0.75 * k, 0.72, "paint:#4a3a24", 9.6)
        parts.shield(m, -7, 11.6, 1.2, "paint:#2f4a6a", GOLD, "bend")
    parts.cornice(m, rect(16.6, 5.2), 13.9, 0.5, WHITE, 0.4)
    with m.at(1.2, 0, 14.5):
        m.block(0, 0, 0, (7, 3.4, 0.8), WHITE)
        for k in range(3):
            with m.at(-0.6 + 1.5 * k - 1, -0.8 + 0.2 * k, 0.8, -80, 1.25):
                m.add(*horse(), BRONZE)
        with m.at(0.2, 1.0, 1.4, 0, 1.6):
            add_statue(m, "wave", BRONZE)
    return m


def castle_tower() -> Mesh:
    """A round tower of rubble with machicolations, a roofed watch turret right, a wall with a gate left, a banner."""
    m = Mesh()
    stone, light = "stone:#8f8370", "stone:#b5a88e"
    m.lathe([(7.4, -1), (6.2, 3), (5.7, 6), (5.6, 17)], stone, 48)
    for k in range(28):
        with m.at(turn=360 / 28 * k):
            m.slab([(-0.2, 15.6), (0.2, 15.6), (0.2, 17.4), (-0.2, 17.4)], -6.5, -5.4, light)
            m.taper(rect(0.4, 0.9, 0, -6.05), 15.6, 14.6, 0.2, light)
    m.lathe([(6.6, 17.2), (6.6, 18.6), (6.0, 18.6), (6.0, 17.6)], stone, 48)
    for k in range(16):
        with m.at(turn=22.5 * k):
            m.block(0, -6.3, 18.5, (1.4, 0.6, 1.3), stone)
            m.block(0, -6.3, 19.8, (1.55, 0.75, 0.15), light)
    for turn, z in ((-28, 5), (14, 8), (-8, 12.2), (38, 12.4), (-46, 10), (62, 6)):
        with m.at(turn=turn), m.at(0, -5.72):
            m.box((-0.35, -0.12, z), (0.35, 0.2, z + 2.1), light)
            m.box((-0.1, -0.16, z + 0.2), (0.1, 0, z + 1.9), "paint:#14110e")
            m.box((-0.3, -0.16, z + 1.0), (0.3, 0, z + 1.15), "paint:#14110e")
    with m.at(turn=12), m.at(0, -5.66):
        parts.arched_window(m, 0, 13.2, 1.0, 0.8, light, True, 2)
    with m.at(turn=-10), m.at(0, -5.85):
        m.box((-1.2, -0.3, 11.6), (1.2, -0.2, 11.75), "wood:#4a3524")
        m.slab([(-1.1, 11.6), (-1.1, 6.6), (0, 5.7), (1.1, 6.6), (1.1, 11.6)], -0.27, -0.22, "cloth:#7c2420")
        with m.at(0, -0.2):
            parts.shield(m, 0, 7.6, 1.7, "paint:#d8b84e", "paint:#1f2a40", "cross")
    with m.at(3.4, 1.4):
        m.lathe([(2.2, 17), (2.2, 23), (2.5, 23.2), (2.5, 23.8)], stone, 24)
        m.lathe([(2.9, 23.8), (0.05, 29)], "tiles:#8c4430", 24)
        parts.flag(m, 0, 0, 28.6, 3.5, ("cloth:#d8b84e", "cloth:#1f2a40"))
        with m.at(turn=-20), m.at(0, -2.2):
            parts.window(m, 0, 20, 0.7, 1.4, "wood:#4a3524", light)
    _gate(m, stone, light)
    return m


def _gate(m: Mesh, stone: str, light: str) -> None:
    m.arched_wall(-9.5, 0, (5, 8), (2.8, 2.8), (-3, -0.6), stone, True)
    m.arch_ring(-9.5, 2.8, 2.8, 0.4, (-3.2, -2.9), light, True)
    for k in range(6):
        m.box((-10.8 + 0.5 * k, -1.6, 1.6), (-10.7 + 0.5 * k, -1.5, 5.4), "metal:#3a3632")
    for k in range(5):
        m.box((-10.9, -1.62, 1.8 + 0.65 * k), (-8.1, -1.55, 1.9 + 0.65 * k), "metal:#3a3632")
    m.box((-17, -2.4, 0), (-12, -1.0, 6.6), stone)
    parts.battlements(m, (-12, -2.9), (-7, -2.9), 8, stone)
    parts.battlements(m, (-17, -2.3), (-12, -2.3), 6.6, stone)
    with m.at(-9.5, -3):
        parts.shield(m, 0, 6.0, 1.0, "paint:#d8b84e", "paint:#7c2420", "bars")


def shop_front() -> Mesh:
    """A bookseller's house: carved green front, a big sign, striped awning on one side, shop windows full of things."""
    m = Mesh()
    green, gold, wall = "paint:#23443a", GOLD, "brick:#8e5a48"
    m.prism(rect(11, 9, 0, 4.5), 0, 12.4, wall)
    m.box((-5.6, -0.5, 0), (5.6, 0, 0.6), "stone:#7d776c")
    m.box((-5.6, -0.55, 3.5), (5.6, 0, 4.7), green)
    m.box((-5.75, -0.75, 4.7), (5.75, 0, 4.95), green)
    parts.write(m, "HEKLIN & SONS", 0.2, -0.62, 3.72, 0.95, gold, 8.6)
    parts.write(m, "old books   maps   globes", -2.9, -0.32, 3.02, 0.3, gold, 4.2)
    for x in (-5.3, -0.5, 1.9, 5.3):
        m.box((x - 0.25, -0.6, 0.3), (x + 0.25, 0, 3.5), green)
        m.box((x - 0.12, -0.66, 0.7), (x + 0.12, 0, 3.2), "paint:#2f5a4c")
        m.ball(x, -0.5, 4.1, 0.16, gold, n=10)
    _display(m, -2.9, 4.2)
    _display(m, 3.6, 2.7)
    with m.at(0.7, -0.1):
        parts.door(m, 0, 1.5, 2.2, green, "paint:#2f5a4c")
    for k in range(9):
        x0 = 1.75 + 0.41 * k
        m.poly(
            [(x0, -2.1, 2.75), (x0 + 0.41, -2.1, 2.75), (x0 + 0.41, -0.55, 3.5), (x0, -0.55, 3.5)],
            ("cloth:#a83a2c", "cloth:#e6dcc4")[k % 2],
        )
        m.poly(
            [(x0, -2.1, 2.5), (x0 + 0.41, -2.1, 2.5), (x0 + 0.41, -2.1, 2.75), (x0, -2.1, 2.75)],
            ("cloth:#a83a2c", "cloth:#e6dcc4")[k % 2],
        )
    _upper_floors(m, wall)
    return m


def _upper_floors(m: Mesh, wall: str) -> None:
    """Windows with flowers, the globe, roof and dormers."""
    for row, z in enumerate((5.7, 9.0)):
        for k, x in enumerate((-3.8, -1.3, 1.3, 3.8)):
            parts.window(m, x, z, 1.15, 2.0, trim="stone:#d8cdb4")
            if (k + row) % 3 == 0:
                parts.shutters(m, x, z, 1.15, 2.0, "paint:#3f6a72")
            if row == 0 and k in (1, 2):
                m.block(x, -0.35, z - 0.35, (1.3, 0.4, 0.3), "paint:#8a4a30")
                for j in range(9):
                    m.ball(
                        x - 0.55 + 0.14 * j,
                        -0.4,
                        z + 0.02,
                        0.13,
                        ("leaf:#4c6a26", "cloth:#b8324a", "cloth:#d8b03c")[j % 3],
                        n=6,
                    )
    _globe_sign(m)
    parts.cornice(m, rect(11, 9, 0, 4.5), 12.1, 0.5, "stone:#d8cdb4", 0.35)
    with m.at(0, 4.5):
        parts.gable_roof(m, 11, 9, 12.6, 4.5, "slate:#4d545c", wall)
    for x in (-2.5, 2.5):
        with m.at(x, 1.2, 14):
            m.prism(rect(1.5, 2.4), -1.2, 1.2, "slate:#4d545c")
            m.slab([(-1, 1.2), (1, 1.2), (0, 2.2)], -1.4, 1.6, "slate:#4d545c")
            with m.at(0, -1.2):
                parts.window(m, 0, -0.3, 1.0, 1.3, trim="stone:#d8cdb4")
    parts.chimney(m, 4.6, 4.5, 15.5, 2.8)


def _display(m: Mesh, x: float, w: float) -> None:
    """A shop window: shelves with books of every colour before a dark room."""
    m.box((x - w / 2, -0.06, 0.6), (x + w / 2, 0.0, 3.0), "paint:#1c1510")
    tones = ("#7c2a24", "#254a7c", "#c09a4a", "#305c48", "#d8cdb4", "#5b3a5e", "#a8683c", "#2a2a30")
    for shelf in range(3):
        z = 0.75 + 0.72 * shelf
        m.box((x - w / 2, -0.35, z - 0.07), (x + w / 2, 0, z), "wood:#6b4a2c")
        at, k = x - w / 2 + 0.08, shelf * 5
        while at < x + w / 2 - 0.2:
            wide, high = 0.05 + 0.035 * ((k * 7) % 5), 0.34 + 0.05 * ((k * 5) % 6)
            if k % 11 == 4:
                m.ball(at + 0.2, -0.2, z + 0.25, 0.19, "gloss:#4a7a8c", n=12)
                wide = 0.4
            else:
                m.box((at, -0.3, z), (at + wide, -0.05, z + high), f"cloth:{tones[(k * 3 + shelf) % 8]}")
            at, k = at + wide + 0.015, k + 1
    for k in range(4):
        at = x - w / 2 + w * k / 3
        m.box((at - 0.04, -0.45, 0.6), (at + 0.04, -0.38, 3.0), "paint:#23443a")
    m.box((x - w / 2, -0.45, 2.55), (x + w / 2, -0.38, 2.62), "paint:#23443a")


def _globe_sign(m: Mesh) -> None:
    m.box((-5.35, -1.9, 6.1), (-5.25, 0, 6.2), "metal:#2a2624")
    m.ball(-5.3, -1.3, 5.4, 0.55, "gloss:#35606e", n=20)
    with m.at(-5.3, -1.3, 5.4), m.tilted(24, "Y"):
        m.lathe([(0.6, -0.05), (0.68, -0.05), (0.68, 0.05), (0.6, 0.05)], GOLD, 32)
        m.tube((0, 0, -0.75), (0, 0, 0.75), 0.03, 0.03, GOLD)
