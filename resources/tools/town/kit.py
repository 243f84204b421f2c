"""Polygons by the handful: walls, arches, turned shapes, collected into one mesh with coordinates in metres."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import bpy
import numpy as np
from mathutils import Matrix, Vector

from resources.tools.town.materials import material

Points = Sequence[Sequence[float]]
SHARP = math.radians(38)
"""Profile corners that turn more than this are edges; the others are shaded as one curve."""


class Mesh:
    """Collects polygons; ``object`` makes one Blender object of them."""

    def __init__(self) -> None:
        self.verts: list[Vector] = []
        self.faces: list[list[int]] = []
        self.uvs: list[tuple[float, float]] = []
        self.specs: list[str] = []
        self.smooth: list[bool] = []
        self.frame = Matrix()

    @contextmanager
    def at(self, x: float = 0, y: float = 0, z: float = 0, turn: float = 0, size: float = 1) -> Iterator[None]:
        """What is added within stands there, turned by degrees around z."""
        before = self.frame
        self.frame = (
            before @ Matrix.Translation((x, y, z)) @ Matrix.Rotation(math.radians(turn), 4, "Z") @ Matrix.Scale(size, 4)
        )
        yield
        self.frame = before

    @contextmanager
    def tilted(self, degrees: float, axis: str) -> Iterator[None]:
        """What is added within is turned around another axis."""
        before = self.frame
        self.frame = before @ Matrix.Rotation(math.radians(degrees), 4, axis)
        yield
        self.frame = before

    def poly(self, points: Points, spec: str) -> None:
        """One polygon, counter-clockwise seen from outside, with coordinates along and up its plane."""
        placed = [self.frame @ Vector(p) for p in points]
        normal = sum(((b - placed[0]).cross(c - placed[0]) for b, c in itertools.pairwise(placed)), Vector())
        normal = normal.normalized() if normal.length > 1e-9 else Vector((0, 0, 1))
        along = Vector((0, 0, 1)).cross(normal)
        along = along.normalized() if along.length > 0.05 else Vector((1, 0, 0))
        up = normal.cross(along)
        self._add(placed, [(p.dot(along), p.dot(up)) for p in placed], spec, False)

    def _add(self, placed: Sequence[Vector], uvs: Sequence[tuple[float, float]], spec: str, smooth: bool) -> None:
        first = len(self.verts)
        self.verts.extend(placed)
        self.faces.append(list(range(first, first + len(placed))))
        self.uvs.extend(uvs)
        self.specs.append(spec)
        self.smooth.append(smooth)

    def box(self, low: Sequence[float], high: Sequence[float], spec: str) -> None:
        """A cuboid between two corners."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        self.prism([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], z0, z1, spec)

    def block(self, x: float, y: float, z: float, size: Sequence[float], spec: str) -> None:
        """A cuboid that stands on z, centred in x and y."""
        w, d, h = size
        self.box((x - w / 2, y - d / 2, z), (x + w / 2, y + d / 2, z + h), spec)

    def prism(self, outline: Points, z0: float, z1: float, spec: str, top: str = "") -> None:
        """A counter-clockwise outline in the plan, raised."""
        low, high = [(p[0], p[1], z0) for p in outline], [(p[0], p[1], z1) for p in outline]
        self._sides(low, high, spec)
        self.poly(high, top or spec)
        self.poly(low[::-1], spec)

    def slab(self, outline: Points, y0: float, y1: float, spec: str) -> None:
        """A counter-clockwise outline (x, z) seen from the front, between y0 (front) and y1."""
        front, back = [(p[0], y0, p[1]) for p in outline], [(p[0], y1, p[1]) for p in outline]
        self._sides(back, front, spec)
        self.poly(front, spec)
        self.poly(back[::-1], spec)

    def _sides(self, low: Points, high: Points, spec: str) -> None:
        for a, b, c, d in zip(low, [*low[1:], low[0]], [*high[1:], high[0]], high, strict=True):
            self.poly([a, b, c, d], spec)

    def taper(self, outline: Points, z0: float, z1: float, share: float, spec: str, top: str = "") -> None:
        """A prism that narrows towards the middle of its outline; share 0 makes a pyramid."""
        cx, cy = (sum(p[i] for p in outline) / len(outline) for i in (0, 1))
        low = [(p[0], p[1], z0) for p in outline]
        high = [(cx + (p[0] - cx) * share, cy + (p[1] - cy) * share, z1) for p in outline]
        if share > 0:
            self._sides(low, high, spec)
            self.poly(high, top or spec)
            return
        for a, b in zip(low, [*low[1:], low[0]], strict=True):
            self.poly([a, b, (cx, cy, z1)], spec)

    def lathe(self, profile: Points, spec: str, n: int = 32, turn: float = 0, arc: float = 360, flat: bool = False) -> None:
        """A profile (radius, z), from bottom to top, turned around z."""
        angles = [math.radians(turn + arc * k / n) for k in range(n + 1)]
        widest = max(p[0] for p in profile)
        run = 0.0
        for (ra, za), (rb, zb) in itertools.pairwise(profile):
            step = math.hypot(rb - ra, zb - za)
            for a, b in itertools.pairwise(angles):
                quad = [(ra, a, za), (ra, b, za), (rb, b, zb), (rb, a, zb)]
                quad = quad[:3] if rb < 1e-6 else quad[1:] if ra < 1e-6 else quad
                points = [self.frame @ Vector((r * math.cos(t), r * math.sin(t), z)) for r, t, z in quad]
                uvs = [(t * widest, run + (step if z == zb and zb != za else 0 if r == ra else step)) for r, t, z in quad]
                self._add(points, uvs, spec, not flat)
            run += step

    def tube(self, a: Sequence[float], b: Sequence[float], r0: float, r1: float, spec: str, n: int = 10) -> None:
        """A round stick between two points, with ends."""
        start, end = Vector(a), Vector(b)
        before = self.frame
        way = end - start
        self.frame = before @ Matrix.Translation(start) @ way.to_track_quat("Z", "Y").to_matrix().to_4x4()
        self.lathe([(0, 0), (r0, 0), (r1, way.length), (0, way.length)], spec, n)
        self.frame = before

    def beam(self, a: Sequence[float], b: Sequence[float], wide: float, deep: float, spec: str) -> None:
        """A squared timber between two points (x, z) on the front; its middle lies at y 0 of the frame."""
        start, end = Vector((a[0], 0, a[1])), Vector((b[0], 0, b[1]))
        before = self.frame
        tilt = math.atan2(end.x - start.x, end.z - start.z)
        self.frame = before @ Matrix.Translation(start) @ Matrix.Rotation(tilt, 4, "Y")
        self.box((-wide / 2, -deep / 2, 0), (wide / 2, deep / 2, (end - start).length), spec)
        self.frame = before

    def ball(self, x: float, y: float, z: float, r: float, spec: str, tall: float = 1, n: int = 16) -> None:
        """A sphere or an ellipsoid; z is its middle."""
        steps = [math.pi * k / (n // 2) - math.pi / 2 for k in range(n // 2 + 1)]
        with self.at(x, y, z):
            self.lathe([(max(r * math.cos(t), 0), r * tall * math.sin(t)) for t in steps], spec, n)

    def ring(self, x: float, z: float, inner: float, outer: float, y0: float, y1: float, spec: str, n: int = 24) -> None:
        """A flat ring standing upright, as a window's or a medallion's frame."""
        for k in range(n):
            a, b = 2 * math.pi * k / n, 2 * math.pi * (k + 1) / n
            points = [
                (x + r * math.cos(t), z + r * math.sin(t)) for r, t in ((inner, a), (outer, a), (outer, b), (inner, b))
            ]
            self.slab(points, y0, y1, spec)

    def disc(self, x: float, z: float, r: float, y0: float, y1: float, spec: str, n: int = 24) -> None:
        """A flat disc standing upright."""
        turn = 2 * math.pi / n
        self.slab([(x + r * math.cos(k * turn), z + r * math.sin(k * turn)) for k in range(n)], y0, y1, spec)

    def arch_ring(
        self, x: float, z: float, w: float, thick: float, y: Sequence[float], spec: str, pointed: bool = False
    ) -> None:
        """Voussoirs over an opening of width w whose arch springs at z."""
        inner, outer = arch_curve(w, pointed), arch_curve(w + 2 * thick, pointed)
        for k in range(len(inner) - 1):
            wide = 0.02 if k % 2 else 0.0
            quad = [inner[k], outer[k], outer[k + 1], inner[k + 1]]
            self.slab([(x + p[0], z + p[1]) for p in quad], y[0] + wide, y[1], spec)

    def arched_wall(
        self,
        x: float,
        z: float,
        size: Sequence[float],
        opening: Sequence[float],
        y: Sequence[float],
        spec: str,
        pointed: bool = False,
    ) -> None:
        """A piece of wall (w, h) around x with an arched opening (width, springing height) through it."""
        w, h = size
        half = opening[0] / 2
        curve = [(-half, 0.0), *((p[0], p[1] + opening[1]) for p in reversed(arch_curve(opening[0], pointed))), (half, 0.0)]
        middle = len(curve) // 2
        outside = [
            (-w / 2, 0.0),
            *((-w / 2 if i <= middle else w / 2, 0.0) for i in range(1, len(curve) - 1)),
            (w / 2, 0.0),
        ]
        span = len(curve) - 3
        outside[1:-1] = [(-w / 2 + w * (i / span), h) for i in range(span + 1)]
        for y_, flip in ((y[0], False), (y[1], True)):
            for k in range(len(curve) - 1):
                quad = [curve[k], curve[k + 1], outside[k + 1], outside[k]]
                points = [(x + p[0], y_, z + p[1]) for p in quad]
                self.poly(points[::-1] if flip else points, spec)
        for p, q in itertools.pairwise(curve):
            self.poly(
                [
                    (x + p[0], y[1], z + p[1]),
                    (x + q[0], y[1], z + q[1]),
                    (x + q[0], y[0], z + q[1]),
                    (x + p[0], y[0], z + p[1]),
                ],
                spec,
            )
        self._box_around(x, z, w, h, y, spec)

    def _box_around(self, x: float, z: float, w: float, h: float, y: Sequence[float], spec: str) -> None:
        a, b, t = x - w / 2, x + w / 2, z + h
        self.poly([(a, y[1], z), (a, y[0], z), (a, y[0], t), (a, y[1], t)], spec)
        self.poly([(b, y[0], z), (b, y[1], z), (b, y[1], t), (b, y[0], t)], spec)
        self.poly([(a, y[0], t), (b, y[0], t), (b, y[1], t), (a, y[1], t)], spec)

    def add(self, verts: np.ndarray, faces: Sequence[Sequence[int]], spec: str, smooth: bool = True) -> None:
        """A ready mesh, such as a figure or letters."""
        points = [self.frame @ Vector(v) for v in verts.tolist()]
        for face in faces:
            chosen = [points[i] for i in face]
            self._add(chosen, [(p.x, p.z) for p in chosen], spec, smooth)

    def data(self, name: str) -> bpy.types.Mesh:
        """The collected polygons as Blender's mesh."""
        verts, faces = self._welded()
        mesh = bpy.data.meshes.new(name)
        mesh.from_pydata(verts, [], faces)
        names = list(dict.fromkeys(self.specs))
        for spec in names:
            mesh.materials.append(material(spec))
        slot = {spec: i for i, spec in enumerate(names)}
        mesh.polygons.foreach_set("material_index", [slot[s] for s in self.specs])
        mesh.polygons.foreach_set("use_smooth", self.smooth)
        layer = mesh.uv_layers.new(name="metres")
        layer.data.foreach_set("uv", np.array(self.uvs, dtype=np.float32).ravel())
        mesh.update()
        return mesh

    def _welded(self) -> tuple[list[tuple[float, ...]], list[list[int]]]:
        """Smooth faces share corners where they turn little; flat ones keep their own."""
        known: dict[tuple[float, ...], int] = {}
        verts: list[tuple[float, ...]] = []
        faces = []
        for face, smooth in zip(self.faces, self.smooth, strict=True):
            row = []
            normal = self._normal(face) if smooth else None
            for i in face:
                point = self.verts[i]
                key = (*(round(c, 4) for c in point), *_direction(normal)) if normal else (i,)
                if key not in known:
                    known[key] = len(verts)
                    verts.append(tuple(point))
                row.append(known[key])
            faces.append(row)
        return verts, faces

    def _normal(self, face: Sequence[int]) -> Vector:
        a, b, c = (self.verts[i] for i in face[:3])
        return (b - a).cross(c - a).normalized()

    def object(self, name: str) -> bpy.types.Object:
        """The collected polygons as an object, not yet in the scene."""
        return bpy.data.objects.new(name, self.data(name))


def _direction(normal: Vector) -> tuple[int]:
    """Faces whose slopes lie in the same band may share corners; flat tops and steep sides of turned shapes do not."""
    return (0,) if abs(normal.z) < 0.72 else (1 if normal.z > 0.985 else 2 if normal.z > 0 else -1,)


def arch_curve(w: float, pointed: bool = False, n: int = 14) -> list[tuple[float, float]]:
    """Points of an arch from right to left, springing at height 0."""
    if not pointed:
        return [(w / 2 * math.cos(math.pi * k / n), w / 2 * math.sin(math.pi * k / n)) for k in range(n + 1)]
    # Two arcs with their centres at the opposite springing points.
    half = n // 2
    right = [(-w / 2 + w * math.cos(math.pi / 3 * k / half), w * math.sin(math.pi / 3 * k / half)) for k in range(half + 1)]
    return right + [(-x, z) for x, z in reversed(right[:-1])]


def circle(r: float, n: int, turn: float = 0, x: float = 0, y: float = 0) -> list[tuple[float, float]]:
    """A regular polygon in the plan; turn in degrees."""
    start = math.radians(turn)
    return [
        (x + r * math.cos(start + 2 * math.pi * k / n), y + r * math.sin(start + 2 * math.pi * k / n)) for k in range(n)
    ]


def rect(w: float, d: float, x: float = 0, y: float = 0) -> list[tuple[float, float]]:
    """A rectangle in the plan around a point."""
    return [(x - w / 2, y - d / 2), (x + w / 2, y - d / 2), (x + w / 2, y + d / 2), (x - w / 2, y + d / 2)]
