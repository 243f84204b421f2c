"""Photograph the town: every picture of the sample collection, with what the camera knew about it.

    blender --background --python resources/tools/town/render.py -- --out FOLDER
    python resources/tools/town/render.py --out FOLDER             (with Blender's module bpy)

Writes FOLDER/NAME.png and FOLDER/NAME.json and .npz: size, light, number of every pixel's thing, and the projected
polygons of each thing.  A picture that is there is not rendered again.  ``finish.py`` makes photos and ground truth of it.
Needs Blender 4.2 (3.4 crashes), with its denoiser.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import bpy
import numpy as np
from bpy_extras.object_utils import world_to_camera_view  # noqa: F401
from mathutils import Matrix

from resources.tools.town import elsewhere, flats, plan, sites, stage
from resources.tools.town.plan import Shot

NEAR = 0.2
_made: dict[str, bpy.types.Mesh] = {}


def build_landmark(shot: Shot) -> tuple[list[bpy.types.Object], tuple[float, float]]:
    """Set the stage for a landmark; answers the things to look for and the depth of fog."""
    mark = plan.landmark(shot.scene)
    if mark.name not in _made:
        _made[mark.name] = mark.make().data(mark.name)
    thing = stage.put(_made[mark.name], turn=mark.turn, index=1)
    sites.SITES[mark.site](np.random.default_rng([shot.seed, 1]), shot.seed * 2)
    place = plan.stand(mark, shot)
    stage.illuminate(stage.LIGHTS[shot.light], shot.seed * 10 + shot.view)
    rng = np.random.default_rng([shot.seed, shot.view, 2])
    sites.foreground(mark.fore.split("|")[shot.view], rng, place.eye, place.target, place.reach, mark.ground)
    stage.aim(place.eye, place.target, place.lens, shot.size, tilt=float(rng.normal(0, 0.7)))
    away = float(np.hypot(place.eye[0], place.eye[1]))
    return [thing], plan.fog(mark, away)


def build(shot: Shot) -> tuple[list[bpy.types.Object], tuple[float, float]]:
    """Set the stage for any picture."""
    if shot.scene in flats.SCENES:
        return flats.build(shot)
    if shot.scene in elsewhere.SCENES:
        return [], elsewhere.build(shot)
    return build_landmark(shot)


def projected(thing: bpy.types.Object, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Pixel places of a thing's corners (N, 2) and its polygons as rows of four; those behind the camera are left out."""
    scene, mesh = bpy.context.scene, thing.data
    scene.render.resolution_percentage = 100
    bpy.context.view_layer.update()
    flat = np.empty(len(mesh.vertices) * 3, dtype=np.float32)
    mesh.vertices.foreach_get("co", flat)
    world = np.c_[flat.reshape(-1, 3), np.ones(len(flat) // 3)] @ np.array(thing.matrix_world).T
    local = world @ np.array(Matrix(scene.camera.matrix_world).inverted()).T
    depth = -local[:, 2]
    reach = scene.camera.data.lens / scene.camera.data.sensor_width * max(size)
    safe = np.maximum(depth, NEAR)
    xy = np.stack([size[0] / 2 + reach * local[:, 0] / safe, size[1] / 2 - reach * local[:, 1] / safe], axis=1)
    rows = []
    for polygon in mesh.polygons:
        corners = list(polygon.vertices)
        if (depth[corners] > NEAR).all():
            rows += [(*corners[:1], *corners[i : i + 2], corners[i + 1]) for i in range(1, len(corners) - 1)]
    return xy.astype(np.float32), np.array(rows, dtype=np.int32).reshape(-1, 4)


def photograph(shot: Shot, out: Path, fast: bool) -> float:
    """Render one picture and write what is known about it."""
    start = time.monotonic()
    stage.clear()
    work = out / "work"
    work.mkdir(parents=True, exist_ok=True)
    things, fog = build(shot)
    light = stage.LIGHTS[shot.light]
    index = stage.take(out / f"{shot.name}.part.png", work, light, fog, 0.5 if fast else 1.0)
    arrays: dict[str, np.ndarray] = {"index": index.astype(np.uint8)}
    for k, thing in enumerate(things, 1):
        arrays[f"xy{k}"], arrays[f"faces{k}"] = projected(thing, shot.size)
    np.savez_compressed(out / f"{shot.name}.npz", **arrays)
    row = {
        "size": shot.size,
        "things": shot.things,
        "hour": light.hour,
        "snow": light.snow,
        "seed": shot.seed,
        "view": shot.view,
    }
    row["flat"] = shot.scene in flats.SCENES
    (out / f"{shot.name}.json").write_text(json.dumps(row), encoding="utf-8")
    (out / f"{shot.name}.part.png").replace(out / f"{shot.name}.png")
    return time.monotonic() - start


def all_shots() -> list[Shot]:
    """Everything, in an order that leaves a useful collection when it is stopped early."""
    marks = [plan.landmark_shots(view) for view in range(len(plan.VIEWS))]
    away, flat = elsewhere.shots(), flats.shots()
    half = len(away) // 2
    return [
        *marks[0],
        *marks[1],
        *flat[::2],
        *away[:half],
        *marks[2],
        *marks[3],
        *flat[1::2],
        *away[half:],
        *marks[5],
        *marks[4],
    ]


def main() -> None:
    """Render what is missing."""
    own = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", default=[], help="names, or beginnings of names")
    parser.add_argument("--fast", action="store_true", help="half size and few samples")
    options = parser.parse_args(own)
    stage.prepare(options.fast)
    for shot in all_shots():
        wanted = not options.only or shot.name.startswith(tuple(options.only))
        if wanted and not (options.out / f"{shot.name}.png").exists():
            seconds = photograph(shot, options.out, options.fast)
            print(f"PICTURE {shot.name} {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    main()
