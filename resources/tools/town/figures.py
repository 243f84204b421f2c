"""Figures: people, horses, lions and birds from skeletons with a skin, cars from cross sections."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from functools import cache

import bmesh
import bpy
import numpy as np

from resources.tools.town.kit import Mesh

Joint = tuple[float, float, float, float]
Skin = tuple[np.ndarray, tuple[tuple[int, ...], ...]]

PERSON: dict[str, Joint] = {
    "hip": (0, 0, 0.95, 0.15),
    "waist": (0, 0, 1.12, 0.135),
    "chest": (0, 0, 1.34, 0.165),
    "neck": (0, 0, 1.5, 0.06),
    "head": (0, -0.01, 1.64, 0.095),
    "crown": (0, 0, 1.74, 0.085),
    "shoulder_l": (0.19, 0, 1.42, 0.065),
    "elbow_l": (0.26, 0.03, 1.15, 0.05),
    "hand_l": (0.27, -0.06, 0.88, 0.045),
    "shoulder_r": (-0.19, 0, 1.42, 0.065),
    "elbow_r": (-0.26, 0.03, 1.15, 0.05),
    "hand_r": (-0.25, -0.1, 0.9, 0.045),
    "knee_l": (0.1, -0.06, 0.5, 0.075),
    "foot_l": (0.1, 0.08, 0.07, 0.055),
    "toe_l": (0.11, -0.1, 0.04, 0.045),
    "knee_r": (-0.1, -0.02, 0.5, 0.075),
    "foot_r": (-0.1, -0.14, 0.07, 0.055),
    "toe_r": (-0.11, -0.32, 0.05, 0.045),
}
PERSON_BONES = [("hip", "waist"), ("waist", "chest"), ("chest", "neck"), ("neck", "head"), ("head", "crown")]
for _side in "lr":
    PERSON_BONES += [
        ("chest", f"shoulder_{_side}"),
        (f"shoulder_{_side}", f"elbow_{_side}"),
        (f"elbow_{_side}", f"hand_{_side}"),
    ]
    PERSON_BONES += [("hip", f"knee_{_side}"), (f"knee_{_side}", f"foot_{_side}"), (f"foot_{_side}", f"toe_{_side}")]

HORSE: dict[str, Joint] = {
    "rump": (-0.75, 0, 1.32, 0.33),
    "belly": (-0.1, 0, 1.25, 0.34),
    "breast": (0.55, 0, 1.35, 0.31),
    "neck": (0.88, 0, 1.75, 0.19),
    "poll": (1.05, 0, 2.12, 0.14),
    "nose": (1.42, 0, 1.86, 0.09),
    "tail": (-1.12, 0, 1.25, 0.08),
    "tail_end": (-1.28, 0, 0.6, 0.11),
    "knee_1": (0.78, 0.2, 0.95, 0.095),
    "foot_1": (1.12, 0.2, 0.72, 0.08),
    "knee_2": (0.55, -0.2, 0.72, 0.1),
    "foot_2": (0.55, -0.2, 0.06, 0.08),
    "knee_3": (-0.9, 0.22, 0.75, 0.11),
    "foot_3": (-0.72, 0.22, 0.06, 0.08),
    "knee_4": (-0.78, -0.22, 0.75, 0.11),
    "foot_4": (-0.98, -0.22, 0.06, 0.08),
}
HORSE_BONES = [
    ("rump", "belly"),
    ("belly", "breast"),
    ("breast", "neck"),
    ("neck", "poll"),
    ("poll", "nose"),
    ("rump", "tail"),
]
HORSE_BONES += [("tail", "tail_end"), ("breast", "knee_1"), ("breast", "knee_2"), ("rump", "knee_3"), ("rump", "knee_4")]
HORSE_BONES += [(f"knee_{k}", f"foot_{k}") for k in range(1, 5)]

LION: dict[str, Joint] = {
    "rump": (-0.7, 0, 0.42, 0.26),
    "belly": (-0.1, 0, 0.4, 0.26),
    "breast": (0.4, 0, 0.55, 0.3),
    "head": (0.72, 0, 0.95, 0.27),
    "nose": (0.98, 0, 0.86, 0.13),
    "paw_1": (0.95, 0.24, 0.1, 0.11),
    "paw_2": (0.95, -0.24, 0.1, 0.11),
    "elbow_1": (0.45, 0.26, 0.14, 0.13),
    "elbow_2": (0.45, -0.26, 0.14, 0.13),
    "foot_1": (-0.35, 0.36, 0.1, 0.12),
    "foot_2": (-0.35, -0.36, 0.1, 0.12),
    "tail": (-1.05, 0.2, 0.14, 0.07),
    "tuft": (-0.8, 0.5, 0.12, 0.11),
}
LION_BONES = [
    ("rump", "belly"),
    ("belly", "breast"),
    ("breast", "head"),
    ("head", "nose"),
    ("breast", "elbow_1"),
    ("breast", "elbow_2"),
]
LION_BONES += [
    ("elbow_1", "paw_1"),
    ("elbow_2", "paw_2"),
    ("rump", "foot_1"),
    ("rump", "foot_2"),
    ("rump", "tail"),
    ("tail", "tuft"),
]


def skinned(joints: Mapping[str, Joint], bones: Sequence[tuple[str, str]], smooth: int = 2) -> Skin:
    """Vertices and faces of a skin around a skeleton."""
    mesh = bpy.data.meshes.new("bones")
    made = bmesh.new()
    layer = made.verts.layers.skin.verify()
    verts = {}
    for k, (name, (x, y, z, r)) in enumerate(joints.items()):
        verts[name] = made.verts.new((x, y, z))
        verts[name][layer].radius = (r, r)
        verts[name][layer].use_root = k == 0
    for a, b in bones:
        made.edges.new((verts[a], verts[b]))
    made.to_mesh(mesh)
    made.free()
    carrier = bpy.data.objects.new("skin", mesh)
    bpy.context.scene.collection.objects.link(carrier)
    carrier.modifiers.new("skin", "SKIN").use_smooth_shade = True
    carrier.modifiers.new("round", "SUBSURF").levels = smooth
    done = carrier.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
    points = np.array([v.co for v in done.vertices])
    faces = tuple(tuple(p.vertices) for p in done.polygons)
    bpy.data.objects.remove(carrier)
    return points, faces


def posed(changes: Mapping[str, tuple[float, float, float]]) -> dict[str, Joint]:
    """A person with some joints elsewhere."""
    return {name: (*changes[name], joint[3]) if name in changes else joint for name, joint in PERSON.items()}


POSES: dict[str, dict[str, tuple[float, float, float]]] = {
    "walk": {},
    "stand": {
        "foot_r": (-0.1, 0.05, 0.07),
        "toe_r": (-0.12, -0.15, 0.04),
        "knee_r": (-0.1, 0, 0.5),
        "hand_r": (-0.12, -0.22, 1.1),
    },
    "wave": {
        "hand_l": (0.5, -0.1, 1.85),
        "elbow_l": (0.44, 0, 1.5),
        "foot_r": (-0.1, 0.05, 0.07),
        "toe_r": (-0.12, -0.15, 0.04),
    },
    "ride": {
        "knee_l": (0.4, -0.3, 0.78),
        "foot_l": (0.44, -0.1, 0.3),
        "toe_l": (0.46, -0.3, 0.28),
        "knee_r": (-0.4, -0.3, 0.78),
        "foot_r": (-0.44, -0.1, 0.3),
        "toe_r": (-0.46, -0.3, 0.28),
        "hand_r": (-0.42, -0.35, 1.95),
        "elbow_r": (-0.42, -0.1, 1.5),
        "hand_l": (0.12, -0.45, 1.2),
    },
    "think": {
        "hand_r": (-0.05, -0.16, 1.5),
        "elbow_r": (-0.24, -0.16, 1.22),
        "hand_l": (0.0, -0.22, 1.15),
        "foot_r": (-0.1, 0.05, 0.07),
    },
    "pour": {
        "hand_l": (0.35, -0.35, 1.3),
        "elbow_l": (0.32, -0.1, 1.25),
        "hand_r": (-0.32, -0.3, 1.55),
        "elbow_r": (-0.36, 0, 1.3),
    },
}


@cache
def person(pose: str) -> Skin:
    """A figure 1.8 m high that looks towards -y."""
    return skinned(posed(POSES[pose]), PERSON_BONES)


@cache
def horse() -> Skin:
    """A pacing horse that looks towards +x."""
    return skinned(HORSE, HORSE_BONES)


@cache
def lion() -> Skin:
    """A lying lion that looks towards +x."""
    return skinned(LION, LION_BONES)


def add_statue(m: Mesh, pose: str, spec: str, robe: bool = True) -> None:
    """A stone or bronze figure; a robe gives it folds."""
    m.add(*person(pose), spec)
    m.ball(0, 0.0, 1.72, 0.12, spec, 1.1, 12)
    if robe:
        for k in range(14):
            a = 2 * math.pi * k / 14
            r = 0.19 + 0.03 * (k % 2)
            m.tube(
                (0.13 * math.cos(a), 0.11 * math.sin(a), 1.2),
                (r * 1.3 * math.cos(a), r * math.sin(a), 0.02),
                0.05,
                0.075,
                spec,
                6,
            )


def add_person(m: Mesh, pose: str, coat: str, trousers: str, skin: str, hair: str) -> None:
    """A person in clothes: the body's height tells what covers it."""
    points, faces = person(pose)
    groups: dict[str, list[tuple[int, ...]]] = {}
    for face in faces:
        x, _, z = points[list(face)].mean(axis=0)
        hand = abs(x) > 0.2 and z < 0.95
        spec = "paint:#241c18" if z < 0.1 else skin if hand or z > 1.49 else coat if z > 0.86 else trousers
        groups.setdefault(spec, []).append(face)
    for spec, chosen in groups.items():
        m.add(points, chosen, spec)
    m.ball(0, 0.025, 1.715, 0.108, hair, 1.05, 12)


def person_object(rng: np.random.Generator) -> Mesh:
    """Somebody of the town."""
    m = Mesh()
    coats = ("#2c3a52", "#6b2f2a", "#48503c", "#77706a", "#b9a27c", "#26282c", "#8a6a3c", "#9fb0ba", "#5c3b56", "#c9c2b4")
    pants = ("#23252b", "#3b4658", "#5b5344", "#1f2430", "#6d6a66")
    skins, hairs = ("#d8a88a", "#b98262", "#8a5a40", "#e2b89c"), ("#2a1c14", "#5a3a20", "#14110f", "#8c6a3c", "#b8b0a4")
    words = [f"cloth:{rng.choice(row)}" for row in (coats, pants, skins, hairs)]
    with m.at(size=float(rng.uniform(0.92, 1.06))):
        add_person(m, str(rng.choice(["walk", "walk", "stand"])), *words)
        if rng.random() < 0.35:
            m.lathe([(0.16, 0.5), (0.33, 0.52), (0.2, 0.96), (0.16, 1.0)], words[0], 12)
        if rng.random() < 0.3:
            m.block(0.3, -0.05, 0.55, (0.1, 0.34, 0.3), f"cloth:{rng.choice(coats)}")
    return m


SECTIONS = (
    (-2.05, 0.5, 0.62, 0.62),
    (-1.95, 0.3, 0.86, 0.8),
    (-1.2, 0.24, 0.95, 0.86),
    (0.2, 0.22, 0.95, 0.87),
    (1.1, 0.24, 0.92, 0.86),
    (1.9, 0.3, 0.74, 0.78),
    (2.05, 0.42, 0.6, 0.6),
)
CABIN = (
    (-1.75, 0.9, 0.93, 0.72),
    (-1.1, 0.9, 1.4, 0.62),
    (-0.2, 0.9, 1.46, 0.62),
    (0.35, 0.9, 1.4, 0.6),
    (1.15, 0.88, 0.92, 0.72),
)


def loft(m: Mesh, sections: Sequence[tuple[float, float, float, float]], spec: str, pillars: str = "") -> None:
    """A shell through cross sections (x, bottom, top, half width), rounded at the corners."""
    rings = []
    for x, low, high, half in sections:
        edge = min(0.16, (high - low) * 0.4)
        rings.append(
            [
                (x, -half, low),
                (x, -half, high - edge),
                (x, -half + edge, high),
                (x, half - edge, high),
                (x, half, high - edge),
                (x, half, low),
            ]
        )
    for a, b in itertools.pairwise(rings):
        for k in range(5):
            m.poly([a[k], a[k + 1], b[k + 1], b[k]][::-1], pillars if pillars and k in (1, 2, 3) else spec)
    m.poly(rings[0], spec)
    m.poly(rings[-1][::-1], spec)


def car(colour: str) -> Mesh:
    """A small car along x."""
    m = Mesh()
    body = f"gloss:{colour}"
    loft(m, SECTIONS, body)
    loft(m, CABIN, "glass:#10161a")
    m.box((-1.15, -0.6, 1.4), (0.35, 0.6, 1.475), body)
    for x, lean in ((-1.3, 0.25), (0.75, -0.42), (-0.3, 0.0)):
        for s in (-1, 1):
            m.tube((x - lean, s * 0.73, 0.9), (x + lean, s * 0.64, 1.42), 0.045, 0.04, body, 6)
    for x in (-1.3, 1.3):
        for s in (-1, 1):
            with m.at(x, s * 0.78, 0.31), m.tilted(90, "X"):
                m.lathe([(0, -0.11), (0.31, -0.11), (0.31, 0.11), (0, 0.11)], "cloth:#17171a", 20)
                m.lathe([(0, -0.125), (0.19, -0.125), (0.19, 0.125), (0, 0.125)], "metal:#a8a8a8", 16)
    for s in (-0.55, 0.55):
        m.block(2.0, s, 0.56, (0.12, 0.3, 0.13), "gloss:#e8e8e0")
        m.block(-2.0, s, 0.62, (0.12, 0.26, 0.12), "gloss:#8a1414")
    m.block(2.06, 0, 0.38, (0.04, 0.5, 0.12), "paint:#e4e0d0")
    return m


def lamp_post() -> Mesh:
    """An old street lamp."""
    m = Mesh()
    m.lathe([(0.22, 0), (0.22, 0.3), (0.12, 0.45), (0.09, 0.6), (0.06, 3.4), (0.1, 3.5), (0.04, 3.6)], "paint:#1e2420", 12)
    with m.at(0, 0, 3.6):
        m.lathe([(0.12, 0), (0.2, 0.45)], "lamp:#e8e0cc", 6, flat=True)
        m.lathe([(0.28, 0.45), (0.12, 0.68), (0.03, 0.75), (0.03, 0.9)], "paint:#1e2420", 6, flat=True)
        for k in range(6):
            a = math.pi * k / 3
            m.tube(
                (0.12 * math.cos(a), 0.12 * math.sin(a), 0),
                (0.21 * math.cos(a), 0.21 * math.sin(a), 0.46),
                0.02,
                0.02,
                "paint:#1e2420",
                6,
            )
    return m


def bench() -> Mesh:
    """A park bench that looks towards -y."""
    m = Mesh()
    for k in range(4):
        m.block(0, -0.2 + k * 0.13, 0.44, (1.7, 0.1, 0.04), "wood:#6d4a2a")
    for k in range(3):
        m.block(0, 0.28 + k * 0.03, 0.58 + k * 0.14, (1.7, 0.04, 0.1), "wood:#6d4a2a")
    for s in (-0.7, 0.7):
        m.block(s, 0.05, 0, (0.08, 0.5, 0.44), "paint:#1e2420")
        m.block(s, 0.31, 0.4, (0.08, 0.06, 0.55), "paint:#1e2420")
    return m
