"""Trees, bushes, grass, rocks, hills, the sea, and boats on it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import bpy
import numpy as np

from resources.tools.town.kit import Mesh
from resources.tools.town.materials import material

Rng = np.random.Generator


def cards(rng: Rng, points: np.ndarray, size: float, up: float = 0.0) -> np.ndarray:
    """Small leaf-shaped quads (N, 4, 3) at points, turned at random; ``up`` stands them upright."""
    n = len(points)
    along = rng.normal(size=(n, 3))
    along[:, 2] = along[:, 2] * (1 - up) + up * 3
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(along, rng.normal(size=(n, 3)))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    long = size * rng.uniform(0.6, 1.3, (n, 1))
    a, b = along * long, across * long * (0.35 if up < 0.5 else 0.06)
    return np.stack([points - a * 0.5, points + b, points + a * 0.5, points - b], axis=1)


def quads_mesh(name: str, quads: np.ndarray, spec: str) -> bpy.types.Mesh:
    """A mesh of loose quads."""
    mesh = bpy.data.meshes.new(name)
    n = len(quads)
    mesh.vertices.add(4 * n)
    mesh.vertices.foreach_set("co", quads.astype(np.float32).ravel())
    mesh.loops.add(4 * n)
    mesh.loops.foreach_set("vertex_index", np.arange(4 * n, dtype=np.int32))
    mesh.polygons.add(n)
    mesh.polygons.foreach_set("loop_start", np.arange(0, 4 * n, 4, dtype=np.int32))
    mesh.materials.append(material(spec))
    mesh.update(calc_edges=True)
    return mesh


def _shell(rng: Rng, centres: np.ndarray, radii: np.ndarray, count: int) -> np.ndarray:
    """Points near the surfaces of balls: leaves grow outside."""
    pick = rng.choice(len(centres), count, p=radii**2 / (radii**2).sum())
    way = rng.normal(size=(count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    return centres[pick] + way * radii[pick, None] * rng.uniform(0.55, 1.05, (count, 1)) * (1, 1, 0.8)


def broadleaf(rng: Rng, h: float = 9, leaf: str = "leaf:#4c6a26", leaves: int = 9500) -> Sequence[bpy.types.Mesh]:
    """Trunk with branches, and a crown of many clumps."""
    m = Mesh()
    crown = h * 0.33
    centres = []
    m.tube((0, 0, -0.3), (0.1, 0, h * 0.42), h * 0.034, h * 0.022, "bark:#4a3b2c", 10)
    for k in range(9):
        a = 2.4 * k + rng.uniform(-0.4, 0.4)
        out, up = crown * rng.uniform(0.45, 0.95), h * (0.48 + 0.05 * k) + rng.uniform(-0.5, 0.5)
        end = (out * math.cos(a), out * math.sin(a), up)
        m.tube((0.1, 0, h * (0.24 + 0.02 * k)), end, h * 0.013, h * 0.003, "bark:#4a3b2c", 6)
        centres.append(end)
    centres += [(rng.normal(0, crown * 0.4), rng.normal(0, crown * 0.4), h * rng.uniform(0.55, 0.9)) for _ in range(8)]
    radii = rng.uniform(0.13, 0.24, len(centres)) * h
    points = _shell(rng, np.array(centres), radii, leaves)
    return m.data("trunk"), quads_mesh("crown", cards(rng, points, h * 0.04), leaf)


def cypress(rng: Rng, h: float = 9, leaf: str = "leaf:#425a34") -> Sequence[bpy.types.Mesh]:
    """A slender dark tree."""
    m = Mesh()
    m.tube((0, 0, -0.3), (0, 0, h * 0.5), 0.16, 0.08, "bark:#4a3b2c", 8)
    z = rng.uniform(0.06, 1, 4200)
    r = h * 0.085 * np.sin(np.pi * np.clip(z, 0, 1) ** 0.7) * rng.uniform(0.6, 1.15, 4200) + 0.03
    a = rng.uniform(0, 2 * np.pi, 4200)
    points = np.stack([r * np.cos(a), r * np.sin(a), z * h], axis=1)
    return m.data("trunk"), quads_mesh("needles", cards(rng, points, 0.4, 0.4), leaf)


def fir(rng: Rng, h: float = 11, leaf: str = "leaf:#3a5638") -> Sequence[bpy.types.Mesh]:
    """A conifer with drooping whorls."""
    m = Mesh()
    m.tube((0, 0, -0.3), (0, 0, h), 0.2, 0.03, "bark:#4a3b2c", 8)
    n = 6500
    layer = rng.integers(0, 17, n)
    share = 1 - layer / 17
    t = np.sqrt(rng.uniform(0, 1, n))
    a = rng.uniform(0, 2 * np.pi, n)
    spoke = 1 + 0.25 * np.sin(a * 7 + layer)
    r = t * share * h * 0.22 * spoke
    z = h * (0.1 + 0.9 * layer / 17) - r * 0.35 + rng.normal(0, 0.06, n)
    points = np.stack([r * np.cos(a), r * np.sin(a), z + h * 0.05], axis=1)
    return m.data("trunk"), quads_mesh("needles", cards(rng, points, 0.42), leaf)


def bush(rng: Rng, leaf: str = "leaf:#45622a", flowers: str = "") -> Sequence[bpy.types.Mesh]:
    """A bush about 1.2 m high, perhaps in flower."""
    centres = np.array([(rng.normal(0, 0.35), rng.normal(0, 0.35), rng.uniform(0.3, 0.75)) for _ in range(9)])
    radii = rng.uniform(0.25, 0.42, 9)
    made = [quads_mesh("bush", cards(rng, _shell(rng, centres, radii, 1900), 0.13), leaf)]
    if flowers:
        made.append(quads_mesh("flowers", cards(rng, _shell(rng, centres, radii * 1.05, 160), 0.12), flowers))
    return made


def grass_patch(rng: Rng, spec: str = "leaf:#5f7a30", high: float = 0.22, count: int = 7000) -> bpy.types.Mesh:
    """Blades on five by five metres."""
    points = np.stack([rng.uniform(-2.5, 2.5, count), rng.uniform(-2.5, 2.5, count), np.full(count, high * 0.4)], axis=1)
    return quads_mesh("grass", cards(rng, points, high, 0.85), spec)


def rocks(rng: Rng, count: int, reach: float, size: float, spec: str = "rock:#6e675c") -> Mesh:
    """Boulders strewn on the ground."""
    m = Mesh()
    for _ in range(count):
        x, y, s = rng.uniform(-reach, reach), rng.uniform(-reach, reach), size * rng.uniform(0.3, 1.2)
        boulder(m, rng, x, y, 0, s, spec)
    return m


def boulder(m: Mesh, rng: Rng, x: float, y: float, z: float, s: float, spec: str) -> None:
    """A lump of stone with flat faces."""
    n, rows = 9, 5
    grid = [
        [
            (
                s * rng.uniform(0.75, 1.15) * math.cos(t) * math.cos(p),
                s * rng.uniform(0.75, 1.15) * math.sin(t) * math.cos(p),
                0.7 * s * rng.uniform(0.8, 1.1) * math.sin(p),
            )
            for t in (2 * math.pi * k / n for k in range(n))
        ]
        for p in (math.pi * (j / (rows - 1) - 0.5) * 0.96 for j in range(rows))
    ]
    with m.at(x, y, z + s * 0.2, float(rng.uniform(0, 360))):
        for low, high in itertools.pairwise(grid):
            for k in range(n):
                m.poly([low[k], low[(k + 1) % n], high[(k + 1) % n]], spec)
                m.poly([low[k], high[(k + 1) % n], high[k]], spec)


def waves(rng: Rng, x: np.ndarray, y: np.ndarray, octaves: int = 5) -> np.ndarray:
    """Smooth ups and downs between about -1 and 1."""
    total = np.zeros_like(x)
    for k in range(octaves):
        for _ in range(4):
            a, p = rng.uniform(0, 2 * np.pi, 2)
            f = 2.0**k * rng.uniform(0.7, 1.4)
            total += np.sin(f * (x * np.cos(a) + y * np.sin(a)) + p) * 0.4 / 1.9**k
    return total


def terrain(
    rng: Rng, near: float, far: float, high: float, spec: str, n: int = 90, arc: float = 360, middle: float = 90
) -> bpy.types.Mesh:
    """A ring of hills around the town; it rises from 0 at ``near``."""
    r = np.geomspace(near, far, 34)[:, None]
    a = np.radians(np.linspace(middle - arc / 2, middle + arc / 2, n))[None]
    x, y = r * np.cos(a), r * np.sin(a)
    rise = np.clip((r - near) / (far - near) * 1.6, 0, 1)
    ends = np.clip(np.minimum(np.arange(n), n - 1 - np.arange(n)) / (0.25 * n), 0, 1)[None] if arc < 100 else 1.0
    z = rise * ends * high * (0.62 + 0.5 * waves(rng, x * 6 / far, y * 6 / far)) - 0.1
    verts = np.stack([x, y, np.maximum(z, -0.3)], axis=2).reshape(-1, 3)
    faces = [(i * n + j, (i + 1) * n + j, (i + 1) * n + j + 1, i * n + j + 1) for i in range(33) for j in range(n - 1)]
    mesh = bpy.data.meshes.new("hills")
    mesh.from_pydata(verts.tolist(), [], faces)
    mesh.polygons.foreach_set("use_smooth", [True] * len(faces))
    mesh.materials.append(material(spec))
    mesh.update()
    return mesh


def plane(size: float, spec: str, z: float = 0, low: Sequence[float] = (), high: Sequence[float] = ()) -> bpy.types.Mesh:
    """Flat ground; with corners, a rectangle."""
    (x0, y0), (x1, y1) = (low or (-size, -size)), (high or (size, size))
    m = Mesh()
    m.poly([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], spec)
    return m.data("ground")


def boat(hull: str, sail: str = "") -> Mesh:
    """A small wooden boat along x, with or without a sail."""
    m = Mesh()
    rows = []
    for x, half, keel in ((-2.2, 0.75, 0.0), (-1, 1.0, -0.25), (0.6, 1.0, -0.28), (1.8, 0.6, -0.15), (2.7, 0.02, 0.25)):
        high = 0.55 + 0.06 * x * x
        rows.append([(x, -half, high), (x, -half * 0.75, 0.1), (x, 0, keel), (x, half * 0.75, 0.1), (x, half, high)])
    for a, b in itertools.pairwise(rows):
        for k in range(4):
            m.poly([a[k], b[k], b[k + 1], a[k + 1]], hull if k in (1, 2) else "paint:#e5e0d2" if sail else hull)
        m.poly([(p[0], p[1] * 0.94, p[2] - 0.18) for p in (a[0], b[0], b[4], a[4])], "wood:#8a6238")
    m.poly(rows[0], hull)
    if sail:
        m.tube((0.5, 0, 0), (0.5, 0, 6.2), 0.07, 0.04, "wood:#8a6238", 8)
        m.tube((0.5, 0, 1.1), (-2.3, 0.3, 1.2), 0.05, 0.04, "wood:#8a6238", 8)
        m.poly([(0.45, 0, 1.25), (-2.2, 0.3, 1.3), (0.45, 0.05, 6.0)], sail)
        m.poly([(0.6, 0, 5.6), (2.6, 0, 0.9), (0.65, -0.3, 1.0)], sail)
    else:
        m.block(-0.9, 0, 0.3, (1.5, 1.2, 1.1), "paint:#e5e0d2")
        m.block(-0.9, 0, 1.4, (1.7, 1.4, 0.1), "paint:#7a3026")
        m.block(-0.14, 0, 0.85, (0.05, 0.9, 0.4), "glass:#1c2a33")
        m.tube((0.6, 0, 0.3), (0.6, 0, 2.8), 0.05, 0.03, "wood:#8a6238", 6)
    return m
