"""Ordinary houses, none like the other: rows of them surround the landmarks and fill the streets."""

from __future__ import annotations

import bpy
import numpy as np

from resources.tools.town import parts
from resources.tools.town.kit import Mesh, rect

Rng = np.random.Generator
WALLS = (
    "plaster:#d8c7a0",
    "plaster:#c99a72",
    "plaster:#b9b4a6",
    "plaster:#cdb4a0",
    "plaster:#a9b3b0",
    "plaster:#d6bb84",
    "brick:#8f5340",
    "brick:#a3654c",
    "stone:#b0a28a",
    "plaster:#c4836a",
    "plaster:#e0d8c6",
    "brick:#7a5a4c",
    "plaster:#9aa68c",
)
ROOFS = ("tiles:#95503a", "tiles:#7c4632", "slate:#4f565e", "tiles:#a5634a", "slate:#5d5a58")
TRIMS = ("", "stone:#cfc6b2", "stone:#d9d2c2", "paint:#e4dfd0", "brick:#7a4434")
FRAMES = ("paint:#e8e4d8", "paint:#4a3626", "paint:#34463e", "paint:#d8d4c4")
SHUTTERS = ("", "", "paint:#3f5f4a", "paint:#5b3a2c", "paint:#4a6478", "paint:#7a3a30")


def house(rng: Rng, w: float, d: float) -> Mesh:
    """A house w wide and d deep; its front is at y 0 and it lies behind it."""
    m = Mesh()
    floors, high = int(rng.integers(2, 5)), float(rng.uniform(2.9, 3.5))
    wall, trim, frame, shutter = (str(rng.choice(row)) for row in (WALLS, TRIMS, FRAMES, SHUTTERS))
    top = floors * high + 0.4
    m.prism(rect(w, d, 0, d / 2), 0, top, wall)
    m.box((-w / 2 - 0.05, -0.08, 0), (w / 2 + 0.05, 0, 0.6), "stone:#8f887a")
    if rng.random() < 0.6:
        parts.cornice(m, rect(w, d, 0, d / 2), top - 0.35, 0.4, trim or "stone:#cfc6b2", 0.4 if rng.random() < 0.5 else 0)
    bays = max(int(w / rng.uniform(2.2, 3.0)), 2)
    wide, tall = float(rng.uniform(0.9, 1.2)), float(rng.uniform(1.5, 1.9))
    for floor in range(1, floors):
        for k in range(bays):
            x = -w / 2 + w * (k + 0.5) / bays
            z = floor * high + 0.9
            parts.window(m, x, z, wide, tall, frame, trim)
            if shutter:
                parts.shutters(m, x, z, wide, tall, shutter)
    _ground_floor(m, rng, w, bays, frame, trim, wide)
    for turn, at in ((90, (w / 2, d / 2)), (-90, (-w / 2, d / 2))):
        with m.at(at[0], at[1], 0, turn):
            for floor in range(floors):
                for x in (-d / 4, d / 4):
                    parts.window(m, x, floor * high + 1.1, wide, tall, frame, trim, bars=1)
    _roof(m, rng, w, d, top, wall)
    return m


def _ground_floor(m: Mesh, rng: Rng, w: float, bays: int, frame: str, trim: str, wide: float) -> None:
    entrance = int(rng.integers(0, bays))
    leaf = str(rng.choice(["wood:#5a3a24", "wood:#2f4a3c", "wood:#3a4a5e", "wood:#6b2f24"]))
    shop = rng.random() < 0.3
    for k in range(bays):
        x = -w / 2 + w * (k + 0.5) / bays
        if k == entrance:
            parts.door(m, x, 1.1, 2.1, leaf, trim or "stone:#b8ae9a")
        elif shop:
            parts.window(m, x, 0.7, w / bays * 0.78, 1.9, leaf, bars=2)
        else:
            parts.window(m, x, 1.1, wide, 1.5, frame, trim)
    if shop:
        cloth = str(rng.choice(["cloth:#5f7a6a", "cloth:#a8553c", "cloth:#c9b48c", "cloth:#4a5a72"]))
        m.poly(
            [(-w / 2 + 0.3, -1.5, 2.75), (w / 2 - 0.3, -1.5, 2.75), (w / 2 - 0.3, -0.02, 3.3), (-w / 2 + 0.3, -0.02, 3.3)],
            cloth,
        )
        m.poly(
            [(-w / 2 + 0.3, -1.5, 2.5), (w / 2 - 0.3, -1.5, 2.5), (w / 2 - 0.3, -1.5, 2.75), (-w / 2 + 0.3, -1.5, 2.75)],
            cloth,
        )


def _roof(m: Mesh, rng: Rng, w: float, d: float, top: float, wall: str) -> None:
    tiles = str(rng.choice(ROOFS))
    kind = rng.random()
    rise = float(rng.uniform(0.35, 0.55)) * d
    with m.at(0, d / 2):
        if kind < 0.55:
            parts.gable_roof(m, w, d, top, rise, tiles, wall, 0.3)
        elif kind < 0.8:
            parts.hip_roof(m, w, d, top, rise, tiles)
        else:
            with m.at(turn=90):
                parts.gable_roof(m, d, w, top, w * 0.42, tiles, wall, 0.3)
            with m.at(0, -d / 2):
                parts.window(m, 0, top + 0.5, 0.8, 1.0, bars=2)
    for _ in range(int(rng.integers(0, 3))):
        parts.chimney(m, float(rng.uniform(-w / 3, w / 3)), d * 0.62, top + rise * 0.5, rise * 0.65)
    if kind < 0.55:
        for x in np.linspace(-w / 2, w / 2, int(rng.integers(2, 5)))[1:-1]:
            with m.at(float(x), d * 0.16, top + rise * 0.16):
                m.prism(rect(1.3, 2.4, 0, 0.6), 0, 1.3, wall)
                m.slab([(-0.9, 1.3), (0.9, 1.3), (0, 2.0)], -0.8, 2.2, tiles)
                with m.at(0, -0.6):
                    parts.window(m, 0, 0.2, 0.8, 1.0)


def stock(seed: int, count: int) -> list[tuple[bpy.types.Mesh, float]]:
    """Meshes of houses and their widths."""
    rng = np.random.default_rng([seed, 77])
    widths = [float(rng.uniform(6.5, 11)) for _ in range(count)]
    return [(house(rng, w, 9).data(f"house-{seed}-{k}"), w) for k, w in enumerate(widths)]
