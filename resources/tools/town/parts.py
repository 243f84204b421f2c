"""Parts of buildings: windows, doors, columns, clocks, letters, shields, roofs, statues.  Fronts look towards -y."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import bpy
import numpy as np

from resources.tools.town.kit import Mesh, arch_curve, circle, rect

Rng = np.random.Generator
GLASS = "glass:#1c2a33"


def window(
    m: Mesh, x: float, z: float, w: float, h: float, frame: str = "paint:#e8e4d8", trim: str = "", bars: int = 2
) -> None:
    """A window with frame, bars, sill and, with ``trim``, a surround and a lintel."""
    m.box((x - w / 2, -0.03, z), (x + w / 2, 0, z + h), GLASS)
    f = min(0.07, w * 0.08)
    for k in range(bars + 1):
        at = x - w / 2 + w * k / bars
        m.box((at - f / 2, -0.09, z), (at + f / 2, 0, z + h), frame)
    for at in (z, z + h * 0.62, z + h):
        m.box((x - w / 2, -0.085, at - f / 2), (x + w / 2, 0, at + f / 2), frame)
    if trim:
        t = w * 0.16
        for side in (-1, 1):
            m.block(x + side * (w / 2 + t / 2), -0.07, z, (t, 0.14, h), trim)
        m.box((x - w / 2 - t, -0.17, z + h), (x + w / 2 + t, 0, z + h + t * 1.1), trim)
        m.box((x - w / 2 - t * 1.3, -0.24, z + h + t * 1.1), (x + w / 2 + t * 1.3, 0, z + h + t * 1.5), trim)
        m.box((x - w / 2 - t * 1.3, -0.25, z - t * 0.8), (x + w / 2 + t * 1.3, 0, z), trim)


def shutters(m: Mesh, x: float, z: float, w: float, h: float, spec: str) -> None:
    """Two open shutters with slats."""
    for side in (-1, 1):
        middle = x + side * (w * 0.78)
        m.box((middle - w * 0.25, -0.07, z), (middle + w * 0.25, 0, z + h), spec)
        for k in range(int(h / 0.16)):
            at = z + 0.08 + k * 0.16
            m.box((middle - w * 0.2, -0.1, at), (middle + w * 0.2, -0.05, at + 0.07), spec)


def arched_window(m: Mesh, x: float, z: float, w: float, h: float, trim: str, pointed: bool = False, bars: int = 3) -> None:
    """A tall window under an arch; h is the height of the springing."""
    top = [(x + p[0], z + h + p[1]) for p in arch_curve(w, pointed)]
    m.slab([(x - w / 2, z), (x + w / 2, z), *top], -0.03, 0, GLASS)
    rise = (w * 0.866) if pointed else w / 2
    for k in range(1, bars):
        at = x - w / 2 + w * k / bars
        m.box((at - 0.04, -0.1, z), (at + 0.04, 0, z + h + rise * 0.62), trim)
    for k in range(1, max(int(h / 0.9), 2)):
        at = z + k * h / max(int(h / 0.9), 2)
        m.box((x - w / 2, -0.07, at), (x + w / 2, 0, at + 0.04), "paint:#2b2b2b")
    t = min(w * 0.16, 0.3)
    m.arch_ring(x, z + h, w, t, (-0.2, 0), trim, pointed)
    for side in (-1, 1):
        m.block(x + side * (w / 2 + t / 2), -0.1, z, (t, 0.2, h), trim)
    m.box((x - w / 2 - t * 1.4, -0.3, z - 0.16), (x + w / 2 + t * 1.4, 0, z), trim)
    if pointed:
        m.ring(x, z + h + rise * 0.36, w * 0.12, w * 0.2, -0.12, 0, trim, 14)


def door(m: Mesh, x: float, w: float, h: float, leaf: str, trim: str, pointed: bool = False) -> None:
    """A door of two panelled leaves in an arch on steps."""
    top = [(x + p[0], h + p[1]) for p in arch_curve(w, pointed)]
    m.slab([(x - w / 2, 0), (x + w / 2, 0), *top], -0.06, 0, leaf)
    for side in (-1, 1):
        for k in range(3):
            at = x + side * w * 0.25
            z = 0.15 + k * h / 3
            m.box((at - w * 0.17, -0.12, z), (at + w * 0.17, 0, z + h / 3 - 0.2), leaf)
    m.box((x - 0.03, -0.13, 0), (x + 0.03, 0, h), "paint:#20180f")
    m.ball(x + 0.16, -0.14, h * 0.42, 0.07, "gold:#b08d3c", n=10)
    for k, t in enumerate((0.25, 0.5)):
        m.arch_ring(x, h, w + 2 * k * 0.25, 0.25, (-0.3 + 0.1 * k, 0), trim, pointed)
        for side in (-1, 1):
            m.block(x + side * (w / 2 + t - 0.125), -0.15 + 0.05 * k, 0, (0.25, 0.3 - 0.1 * k, h), trim)


def steps(m: Mesh, x: float, w: float, count: int, spec: str, high: float = 0.17, deep: float = 0.34) -> None:
    """Steps that come forward from y 0."""
    for k in range(count):
        m.box((x - w / 2 - k * 0.15, -deep * (k + 1), 0), (x + w / 2 + k * 0.15, 0, high * (count - k)), spec)


def column(m: Mesh, x: float, y: float, z: float, r: float, h: float, spec: str, leafy: bool = True) -> None:
    """A column with base, swelling shaft and capital."""
    with m.at(x, y, z):
        m.block(0, 0, 0, (r * 2.7, r * 2.7, r * 0.4), spec)
        shaft = [
            (r * 1.25, r * 0.4),
            (r * 1.3, r * 0.6),
            (r * 1.1, r * 0.8),
            (r, r),
            (r * 1.01, h * 0.4),
            (r * 0.86, h - r * 2),
        ]
        m.lathe([*shaft, (r * 1.0, h - r * 1.9), (r * 0.9, h - r * 1.8), (r * 1.35, h - r * 0.5)], spec, 18)
        if leafy:
            for k in range(8):
                a = math.pi * k / 4
                m.ball(r * 1.12 * math.cos(a), r * 1.12 * math.sin(a), h - r * 1.05, r * 0.33, spec, 1.9, 8)
        m.block(0, 0, h - r * 0.5, (r * 2.8, r * 2.8, r * 0.5), spec)


def cornice(m: Mesh, outline: Sequence[Sequence[float]], z: float, out: float, spec: str, teeth: float = 0) -> None:
    """A stepped ledge around an outline, with teeth below it."""
    for k, (grow, h) in enumerate(((0.4, 0.35), (0.7, 0.3), (1.0, 0.35))):
        m.prism(_grown(outline, out * grow), z + out * (0, 0.35, 0.65)[k], z + out * ((0, 0.35, 0.65)[k] + h), spec)
    if teeth:
        for a, b in zip(outline, [*outline[1:], outline[0]], strict=True):
            length = math.dist(a, b)
            for k in range(int(length / teeth)):
                t = (k + 0.5) * teeth / length
                m.block(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, z - teeth * 0.4, (teeth * 0.5,) * 3, spec)


def _grown(outline: Sequence[Sequence[float]], by: float) -> list[tuple[float, float]]:
    cx, cy = (sum(p[i] for p in outline) / len(outline) for i in (0, 1))
    wide = max(abs(p[0] - cx) for p in outline), max(abs(p[1] - cy) for p in outline)
    return [(cx + (p[0] - cx) * (1 + by / wide[0]), cy + (p[1] - cy) * (1 + by / wide[1])) for p in outline]


def clock(m: Mesh, x: float, z: float, r: float, face: str, hand: str, hour: float, rim: str) -> None:
    """A clock face with marks for the hours and two hands."""
    m.disc(x, z, r, -0.06, 0, face, 32)
    m.ring(x, z, r, r * 1.16, -0.16, 0, rim, 32)
    m.ring(x, z, r * 0.62, r * 0.66, -0.075, 0, hand, 32)
    for k in range(12):
        a = math.pi * k / 6
        wide = r * (0.09 if k % 3 == 0 else 0.05)
        with m.at(0, -0.08, 0):
            m.beam(
                (x + r * 0.7 * math.sin(a), z + r * 0.7 * math.cos(a)),
                (x + r * 0.94 * math.sin(a), z + r * 0.94 * math.cos(a)),
                wide,
                0.04,
                hand,
            )
    for turn, long, wide in ((hour / 12, 0.55, 0.1), (hour % 1, 0.85, 0.06)):
        a = 2 * math.pi * turn
        with m.at(0, -0.12, 0):
            m.beam((x, z), (x + r * long * math.sin(a), z + r * long * math.cos(a)), r * wide, 0.03, hand)


@cache
def letters(text: str) -> tuple[np.ndarray, tuple[tuple[int, ...], ...]]:
    """Letters of Blender's own font, centred, one metre high, in the plane (x, z)."""
    curve = bpy.data.curves.new("letters", "FONT")
    curve.body, curve.align_x, curve.extrude = text, "CENTER", 0.02
    curve.resolution_u = 4
    carrier = bpy.data.objects.new("letters", curve)
    mesh = carrier.to_mesh()
    flat = np.empty(len(mesh.vertices) * 3, dtype=np.float32)
    mesh.vertices.foreach_get("co", flat)
    verts = flat.reshape(-1, 3)[:, [0, 2, 1]] * (1, -1, 1)
    faces = tuple(tuple(p.vertices) for p in mesh.polygons)
    carrier.to_mesh_clear()
    bpy.data.objects.remove(carrier)
    return verts, faces


def write(m: Mesh, text: str, x: float, y: float, z: float, h: float, spec: str, wide: float = 0) -> None:
    """Letters on a front; ``wide`` limits their length."""
    verts, faces = letters(text)
    span = float(np.ptp(verts[:, 0]))
    size = h if not wide else min(h, wide / span)
    with m.at(x, y, z, 0, size):
        m.add(verts, faces, spec, smooth=False)


def shield(m: Mesh, x: float, z: float, w: float, field: str, charge: str, kind: str) -> None:
    """A coat of arms: bend, cross, chevron, quarters, star or bars."""
    h = w * 1.25
    edge = [(0.5, 1), (-0.5, 1), (-0.5, 0.45), (-0.38, 0.2), (0, 0), (0.38, 0.2), (0.5, 0.45)]
    m.slab([(x + p[0] * w * 1.16, z - h * 0.08 + p[1] * h * 1.14) for p in edge], -0.08, 0, "gold:#b08d3c")
    m.slab([(x + p[0] * w, z + p[1] * h) for p in edge], -0.13, 0, field)
    charges = {
        "bend": [[(-0.5, 1), (-0.5, 0.75), (0.35, 0.18), (0.48, 0.4), (-0.25, 1)]],
        "cross": [
            [(-0.09, 0.07), (0.09, 0.07), (0.09, 1), (-0.09, 1)],
            [(-0.5, 0.55), (0.5, 0.55), (0.5, 0.75), (-0.5, 0.75)],
        ],
        "chevron": [[(-0.45, 0.3), (0, 0.66), (0.45, 0.3), (0.45, 0.5), (0, 0.88), (-0.45, 0.5)]],
        "quarters": [[(0, 0.5), (0.5, 0.5), (0.5, 1), (0, 1)], [(-0.45, 0.28), (0, 0.02), (0, 0.5), (-0.5, 0.5)]],
        "bars": [[(-0.5, a), (0.5, a), (0.5, a + 0.13), (-0.5, a + 0.13)] for a in (0.42, 0.68)],
        "star": [
            [
                (
                    0.38 * (1, 0.42)[k % 2] * math.sin(-math.pi * k / 6),
                    0.58 + 0.3 * (1, 0.42)[k % 2] * math.cos(math.pi * k / 6),
                )
                for k in range(12)
            ]
        ],
    }
    for outline in charges[kind]:
        m.slab([(x + p[0] * w, z + p[1] * h) for p in outline], -0.17, 0, charge)


def gable_roof(m: Mesh, w: float, d: float, z: float, rise: float, tiles: str, wall: str, out: float = 0.4) -> None:
    """A saddle roof with its ridge along x and gables of wall."""
    half, slope = d / 2 + out, rise / (d / 2)
    low, top = z - slope * out, z + rise
    for s in (-1, 1):
        quad = [(-w / 2 - out, s * half, low), (w / 2 + out, s * half, low), (w / 2 + out, 0, top), (-w / 2 - out, 0, top)]
        m.poly(quad if s < 0 else quad[::-1], tiles)
        m.poly([(x, y, q - 0.18) for x, y, q in (quad[::-1] if s < 0 else quad)], "wood:#4a3524")
        m.box((-w / 2 - out, s * half - 0.08, low - 0.18), (w / 2 + out, s * half + 0.08, low + 0.02), "wood:#4a3524")
        end = [(s * w / 2, s * d / 2, z), (s * w / 2, -s * d / 2, z), (s * w / 2, 0, top)]
        m.poly(end[::-1], wall)
    m.tube((-w / 2 - out, 0, top), (w / 2 + out, 0, top), 0.14, 0.14, tiles, 8)


def hip_roof(m: Mesh, w: float, d: float, z: float, rise: float, tiles: str, out: float = 0.4) -> None:
    """A roof that slopes to all four sides; the ridge runs along the longer one."""
    a, b = w / 2 + out, d / 2 + out
    rx, ry = max(a - b, 0), max(b - a, 0)
    r0, r1 = (-rx, -ry, z + rise), (rx, ry, z + rise)
    c = [(-a, -b, z), (a, -b, z), (a, b, z), (-a, b, z)]
    if rx >= ry:
        faces = [[c[0], c[1], r1, r0], [c[1], c[2], r1], [c[2], c[3], r0, r1], [c[3], c[0], r0]]
    else:
        faces = [[c[0], c[1], r0], [c[1], c[2], r1, r0], [c[2], c[3], r1], [c[3], c[0], r0, r1]]
    for face in faces:
        m.poly([p for i, p in enumerate(face) if p not in face[:i]], tiles)
    m.prism(rect(2 * a, 2 * b), z - 0.2, z, "wood:#4a3524")


def chimney(m: Mesh, x: float, y: float, z: float, h: float, spec: str = "brick:#8a4a38") -> None:
    """A chimney with a cap and two pots."""
    m.block(x, y, z, (0.9, 0.6, h), spec)
    m.block(x, y, z + h, (1.1, 0.8, 0.15), "stone:#a09a8c")
    for s in (-0.22, 0.22):
        m.tube((x + s, y, z + h), (x + s, y, z + h + 0.6), 0.14, 0.11, "paint:#a4532f")


def balustrade(m: Mesh, a: Sequence[float], b: Sequence[float], z: float, spec: str, h: float = 0.9) -> None:
    """Small turned posts under a rail, from a to b in the plan."""
    length = math.dist(a, b)
    turn = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
    with m.at(a[0], a[1], z, turn):
        m.box((0, -0.13, 0), (length, 0.13, h * 0.14), spec)
        m.box((0, -0.15, h * 0.85), (length, 0.15, h), spec)
        for k in range(int(length / 0.42)):
            with m.at((k + 0.5) * 0.42, 0, h * 0.14):
                m.lathe([(0.06, 0), (0.11, h * 0.2), (0.05, h * 0.5), (0.08, h * 0.71)], spec, 8)


def pinnacle(m: Mesh, x: float, y: float, z: float, w: float, h: float, spec: str) -> None:
    """A gothic pinnacle: shaft, gablets, crocketed spire and finial."""
    m.block(x, y, z, (w, w, h * 0.4), spec)
    m.block(x, y, z + h * 0.4, (w * 1.25, w * 1.25, w * 0.15), spec)
    with m.at(x, y, z + h * 0.4 + w * 0.15):
        m.taper(circle(w * 0.6, 4, 45), 0, h * 0.55, 0, spec)
        for k in range(1, 5):
            r = w * 0.48 * (1 - k / 5.5)
            for c in circle(r, 4, 45):
                m.ball(c[0], c[1], h * 0.55 * k / 5.5, w * 0.1, spec, 1.3, 6)
        m.ball(0, 0, h * 0.57, w * 0.16, spec, 1.3, 8)


def battlements(
    m: Mesh, a: Sequence[float], b: Sequence[float], z: float, spec: str, w: float = 1.0, h: float = 1.1
) -> None:
    """Merlons on a wall from a to b in the plan."""
    length = math.dist(a, b)
    with m.at(a[0], a[1], z, math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))):
        m.box((0, -0.3, 0), (length, 0.3, 0.5), spec)
        count = max(int(length / (1.8 * w)), 1)
        for k in range(count):
            middle = (k + 0.5) * length / count
            m.block(middle, 0, 0.5, (w, 0.6, h), spec)
            m.block(middle, 0, 0.5 + h, (w * 1.12, 0.75, 0.14), spec)


def flag(m: Mesh, x: float, y: float, z: float, h: float, colours: Sequence[str]) -> None:
    """A flag in the wind on a pole."""
    m.tube((x, y, z), (x, y, z + h), 0.07, 0.05, "paint:#d8d4c8", 8)
    m.ball(x, y, z + h, 0.12, "gold:#b08d3c", n=8)
    n, long, tall = 12, h * 0.42, h * 0.26
    for row, spec in enumerate(colours):
        z0, z1 = (z + h - tall * (row + k) / len(colours) for k in (1, 0))
        for k in range(n):
            (xa, ya), (xb, yb) = ((x + long * t / n, y + 0.25 * math.sin(5 * t / n) * t / n) for t in (k, k + 1))
            drop = [0.12 * long * (t / n) ** 2 for t in (k, k + 1)]
            m.poly([(xa, ya, z0 - drop[0]), (xb, yb, z0 - drop[1]), (xb, yb, z1 - drop[1]), (xa, ya, z1 - drop[0])], spec)
