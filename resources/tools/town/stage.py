"""The stage: what stands in the scene, sky and weather, the camera, and how the picture is taken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector

from resources.tools.town.materials import Graph, set_control


@dataclass(frozen=True)
class Light:
    """Time and weather; angles in degrees, the sun's azimuth as seen from above, 270 shines on fronts."""

    hour: float
    elevation: float
    azimuth: float
    cover: float = 0.3
    mist: float = 0.0
    night: float = 0.0
    snow: float = 0.0
    bias: float = 0.0


LIGHTS = {
    "morning": Light(8.4, 22, 212, 0.25),
    "noon": Light(12.3, 50, 222, 0.35),
    "bright": Light(11.1, 42, 318, 0.15),
    "afternoon": Light(15.6, 32, 328, 0.4),
    "evening": Light(18.7, 9, 232, 0.3),
    "golden": Light(19.1, 7, 305, 0.2),
    "overcast": Light(13.2, 45, 260, 1.0, bias=0.5),
    "grey": Light(10.2, 30, 240, 0.95, mist=0.35, bias=0.35),
    "mist": Light(7.7, 14, 220, 0.8, mist=0.75),
    "dusk": Light(20.9, 1.5, 190, 0.35, night=1.0, bias=-0.9),
    "snow": Light(11.8, 20, 235, 0.55, snow=1.0, bias=0.5),
    "snowfall": Light(14.6, 18, 300, 1.0, mist=0.4, snow=1.0, bias=0.4),
}


def put(
    data: bpy.types.ID | None, x: float = 0, y: float = 0, z: float = 0, turn: float = 0, size: float = 1, index: int = 0
) -> bpy.types.Object:
    """Stand a mesh (or lamp) somewhere."""
    thing = bpy.data.objects.new("thing", data)
    thing.location, thing.rotation_euler, thing.scale = (x, y, z), (0, 0, math.radians(turn)), (size,) * 3
    thing.pass_index = index
    bpy.context.scene.collection.objects.link(thing)
    return thing


def clear() -> None:
    """Take everything off the stage; meshes are kept for the next picture."""
    for thing in list(bpy.data.objects):
        if thing.type != "CAMERA":
            bpy.data.objects.remove(thing)


def prepare(fast: bool) -> None:
    """Render settings that all pictures share."""
    scene = bpy.context.scene
    for thing in list(bpy.data.objects):
        bpy.data.objects.remove(thing)
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = "CPU", 3, 2, 2
    cycles.transmission_bounces, cycles.transparent_max_bounces = 2, 8
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 4
    cycles.use_adaptive_sampling, cycles.adaptive_threshold = True, 0.03
    cycles.samples = 6 if fast else 8
    cycles.use_denoising = denoiser_there()
    cycles.denoising_prefilter = "FAST"
    if hasattr(cycles, "denoising_quality"):
        cycles.denoising_quality = "BALANCED"
    scene.render.use_persistent_data = True
    scene.render.image_settings.color_depth = "8"
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "High Contrast"
    scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene.collection.objects.link(scene.camera)
    layer = scene.view_layers[0]
    layer.use_pass_object_index = layer.use_pass_mist = True
    layer.pass_alpha_threshold = 0  # a greenhouse is where its panes are, not what shows through them
    _world()


def denoiser_there() -> bool:
    """Whether this Blender was built with Open Image Denoise; distributions leave it out of old ones."""
    return bpy.app.version >= (4, 0, 0)


def _world() -> None:
    """A Nishita sky with clouds on a plane far above, and a sun lamp instead of the disc, which is noisy."""
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    world.node_tree.nodes.clear()
    world.cycles.sampling_method, world.cycles.sample_map_resolution = "MANUAL", 256
    graph = Graph(world.node_tree)
    sky = graph.add("TexSky", sky_type="NISHITA", sun_disc=False)
    sky.node.name = "sky"
    way = graph.add("SeparateXYZ", inputs={0: graph.add("TexCoord", "Generated")}).node
    height = graph.math("ADD", graph.math("MAXIMUM", way.outputs[2], 0.0), 0.09)
    spot = graph.add(
        "CombineXYZ",
        inputs={0: graph.math("DIVIDE", way.outputs[0], height), 1: graph.math("DIVIDE", way.outputs[1], height)},
    )
    moved = graph.add("Mapping", inputs={"Vector": spot})
    moved.node.name = "wind"
    puffs = graph.add("TexNoise", inputs={"Vector": moved, "Scale": 0.9, "Detail": 7, "Roughness": 0.58})
    cover = graph.add("MapRange", inputs={0: puffs, 1: 0.5, 2: 0.68, 3: 0, 4: 0.9})
    cover.node.name = "cover"
    white = graph.add("RGB")
    white.node.name = "cloud"
    tone = graph.mix(1.0, white, graph.span(puffs, 0.5, 0.8, 1.0, 0.6), "MULTIPLY")
    # Only the camera and mirrors see clouds; light samples, of which there are far more, see their mean.
    seen = graph.add("Background", inputs={"Color": graph.mix(cover, sky, tone)})
    mean = graph.mix(0.5, sky, white)
    mean.node.name = "mean"
    felt = graph.add("Background", inputs={"Color": mean})
    seen.node.name, felt.node.name = "light", "felt"
    rays = graph.add("LightPath").node
    direct = graph.math("MAXIMUM", rays.outputs["Is Camera Ray"], rays.outputs["Is Glossy Ray"])
    lit = graph.add("MixShader", inputs={0: direct, 1: felt, 2: seen})
    out = world.node_tree.nodes.new("ShaderNodeOutputWorld")
    world.node_tree.links.new(lit, out.inputs[0])


def illuminate(light: Light, seed: int, indoors: bool = False) -> None:
    """Sky, clouds, sun and the materials' weather."""
    rng = np.random.default_rng([seed, 5])
    nodes = bpy.context.scene.world.node_tree.nodes
    sky = nodes["sky"]
    azimuth = light.azimuth + rng.uniform(-12, 12)
    sky.sun_elevation = math.radians(max(light.elevation, 1))
    sky.sun_rotation = math.radians(90 - azimuth)
    sky.dust_density = 1.0 + 2 * light.mist
    nodes["wind"].inputs["Location"].default_value = (*rng.uniform(-50, 50, 2), 0)
    low = 0.66 - 0.42 * light.cover
    nodes["cover"].inputs[1].default_value, nodes["cover"].inputs[2].default_value = low, low + 0.16
    power = max(math.sin(math.radians(max(light.elevation, 2))), 0.05)
    warm = min(1, light.elevation / 25)
    glow = 2.4 + 3.2 * power
    nodes["cloud"].outputs[0].default_value = (glow, glow * (0.76 + 0.22 * warm), glow * (0.62 + 0.38 * warm), 1)
    nodes["light"].inputs["Strength"].default_value = nodes["felt"].inputs["Strength"].default_value = 0.12
    nodes["mean"].inputs[0].default_value = min(light.cover * 0.9, 0.9)
    set_control("snow", light.snow)
    set_control("night", light.night * 0.5)
    if light.cover < 0.9 and not indoors:
        lamp = bpy.data.lights.new("sun", "SUN")
        lamp.angle = math.radians(0.6 if light.mist < 0.3 else 4)
        lamp.energy = 5.6 * min(1, 0.25 + power * 1.5) * (1 - 0.6 * light.mist) * (0.12 if light.night else 1)
        lamp.color = (1, 0.62 + 0.34 * warm, 0.34 + 0.54 * warm)
        sun = put(lamp)
        way = Vector(
            (
                math.cos(math.radians(azimuth)),
                math.sin(math.radians(azimuth)),
                math.tan(math.radians(max(light.elevation, 1.5))),
            )
        )
        sun.rotation_euler = way.to_track_quat("Z", "Y").to_euler()


def aim(
    place: Sequence[float],
    target: Sequence[float],
    lens: float,
    size: Sequence[int],
    blur: float = 0,
    shift: float = 0,
    tilt: float = 0,
) -> None:
    """Set the camera up; ``blur`` is the f-number of a thin lens, 0 for none."""
    scene = bpy.context.scene
    camera = scene.camera
    camera.location = place
    way = Vector(target) - Vector(place)
    turn = way.to_track_quat("-Z", "Y").to_euler()
    turn.rotate_axis("Z", math.radians(tilt))
    camera.rotation_euler = turn
    data = camera.data
    data.lens, data.shift_y, data.clip_start = lens, shift, 0.05
    data.clip_end = 4000
    data.dof.use_dof = bool(blur)
    data.dof.focus_distance, data.dof.aperture_fstop = way.length, blur or 8
    scene.render.resolution_x, scene.render.resolution_y = size


def _flow(mist: float, folder: Path, exposure: float) -> None:
    """Compositor: fog by distance, and object numbers into a file of their own."""
    scene = bpy.context.scene
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    layers = tree.nodes.new("CompositorNodeRLayers")
    out = tree.nodes.new("CompositorNodeComposite")
    if mist:
        mixer = tree.nodes.new("CompositorNodeMixRGB")
        share = tree.nodes.new("CompositorNodeMath")
        share.operation, share.inputs[1].default_value = "MULTIPLY", min(mist * 1.25, 0.97)
        tree.links.new(layers.outputs["Mist"], share.inputs[0])
        level = 0.42 / 2**exposure
        mixer.inputs[2].default_value = (level * 0.94, level * 0.98, level * 1.04, 1)
        tree.links.new(share.outputs[0], mixer.inputs[0])
        tree.links.new(layers.outputs["Image"], mixer.inputs[1])
        tree.links.new(mixer.outputs[0], out.inputs[0])
    else:
        tree.links.new(layers.outputs["Image"], out.inputs[0])
    numbers = tree.nodes.new("CompositorNodeOutputFile")
    numbers.base_path = str(folder)
    numbers.format.file_format, numbers.format.color_depth, numbers.format.color_mode = "OPEN_EXR", "32", "RGB"
    numbers.file_slots[0].path = "index"
    tree.links.new(layers.outputs["IndexOB"], numbers.inputs[0])


def _pixels(path: Path) -> np.ndarray:
    image = bpy.data.images.load(str(path))
    image.colorspace_settings.name = "Non-Color"
    flat = np.empty(len(image.pixels), dtype=np.float32)
    image.pixels.foreach_get(flat)
    shape = (image.size[1], image.size[0], image.channels)
    bpy.data.images.remove(image)
    return flat.reshape(shape)[::-1]


def expose(work: Path, bias: float) -> float:
    """Meter the scene on a very small and coarse picture."""
    scene = bpy.context.scene
    samples, scene.render.resolution_percentage, scene.use_nodes = scene.cycles.samples, 12, False
    denoise, scene.cycles.use_denoising, scene.cycles.samples = scene.cycles.use_denoising, False, 6
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.filepath = str(work / "meter.exr")
    bpy.ops.render.render(write_still=True)
    scene.render.resolution_percentage, scene.cycles.samples, scene.cycles.use_denoising = 100, samples, denoise
    light = np.clip(_pixels(work / "meter.exr")[..., :3].mean(axis=2), 1e-3, None)
    light = np.minimum(light, np.percentile(light, 92))
    middle = 0.5 * float(np.exp(np.log(light).mean())) + 0.5 * float(light.mean())
    # Dark woods must not burn out the sunlit path.
    bright = float(np.percentile(light, 85))
    exposure = float(np.clip(min(math.log2(0.3 / middle), math.log2(1.3 / bright)) + bias, -6, 6))
    scene.view_settings.exposure = exposure
    return exposure


def take(path: Path, work: Path, light: Light, fog: Sequence[float], scale: float = 1.0) -> np.ndarray:
    """Render a picture; answers the object number of every pixel."""
    scene = bpy.context.scene
    exposure = expose(work, light.bias)
    scene.world.mist_settings.start, scene.world.mist_settings.depth = fog
    _flow(light.mist, work, exposure)
    scene.render.resolution_percentage = round(100 * scale)
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    return np.rint(_pixels(next(work.glob("index*.exr")))[..., 0]).astype(np.int32)
