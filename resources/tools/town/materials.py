"""Materials from words: ``brick:#98503a`` is a wall of bricks of about that colour.  All textures are procedural."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import bpy

Socket = Any
TILINGS = {  # brick length, row height, mortar, bump, shift of every other row
    "stone": (0.85, 0.38, 0.016, 0.5, 0.5),
    "ashlar": (1.5, 0.62, 0.014, 0.35, 0.5),
    "brick": (0.30, 0.10, 0.014, 0.35, 0.5),
    "tiles": (0.26, 0.34, 0.02, 0.9, 0.5),
    "slate": (0.34, 0.26, 0.014, 0.5, 0.5),
    "boards": (4.0, 0.22, 0.012, 0.4, 0.3),
    "planks": (0.19, 5.0, 0.012, 0.4, 0.0),
    "paving": (0.7, 0.7, 0.012, 0.3, 0.0),
    "setts": (0.22, 0.16, 0.028, 0.9, 0.5),
}
ROUGH = {"metal": 0.38, "gold": 0.28, "paint": 0.55, "gloss": 0.18, "cloth": 0.9, "water": 0.06}


class Graph:
    """A short way to write node trees."""

    def __init__(self, tree: bpy.types.NodeTree) -> None:
        self.tree = tree

    def add(self, kind: str, out: int | str = 0, *, inputs: dict[Any, Any] | None = None, **props: Any) -> Socket:
        """A node with some inputs set or linked; answers one of its outputs."""
        node = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in props.items():
            setattr(node, name, value)
        for name, value in (inputs or {}).items():
            self.put(node, name, value)
        return node.outputs[out]

    def put(self, node: bpy.types.Node, name: Any, value: Any) -> None:
        """Set or link an input; silently nothing where this Blender has none of that name."""
        if isinstance(name, str) and name not in node.inputs:
            return
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, node.inputs[name])
        else:
            node.inputs[name].default_value = value

    def math(self, operation: str, *values: Any) -> Socket:
        """Arithmetic."""
        return self.add("Math", operation=operation, inputs=dict(enumerate(values)))

    def mix(self, share: Any, first: Any, second: Any, blend: str = "MIX") -> Socket:
        """A mixture of colours."""
        return self.add("MixRGB", blend_type=blend, inputs={0: share, 1: first, 2: second})

    def noise(self, where: Socket, scale: float, detail: float = 3) -> Socket:
        """Noise around 0.5."""
        return self.add("TexNoise", inputs={"Vector": where, "Scale": scale, "Detail": detail})

    def span(self, value: Socket, low: float, high: float, to_low: float, to_high: float) -> Socket:
        """A range taken to another."""
        return self.add("MapRange", inputs={0: value, 1: low, 2: high, 3: to_low, 4: to_high})


def rgb(word: str) -> tuple[float, float, float, float]:
    """A colour written as on a screen, in linear light."""
    parts = [int(word[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return (*(((c + 0.055) / 1.055) ** 2.4 if c > 0.04 else c / 12.92 for c in parts), 1.0)  # type: ignore[return-value]


def shade(colour: tuple[float, ...], by: float) -> tuple[float, ...]:
    """The colour, darker or lighter."""
    return (*(min(c * by, 1) for c in colour[:3]), 1.0)


def control(name: str) -> bpy.types.NodeTree:
    """A group with one number that all materials share: ``snow`` or ``night``."""
    tree = bpy.data.node_groups.get(name)
    if tree is None:
        tree = bpy.data.node_groups.new(name, "ShaderNodeTree")
        if hasattr(tree, "interface"):
            tree.interface.new_socket("Value", in_out="OUTPUT", socket_type="NodeSocketFloat")
        else:
            tree.outputs.new("NodeSocketFloat", "Value")
        out, value = tree.nodes.new("NodeGroupOutput"), tree.nodes.new("ShaderNodeValue")
        value.outputs[0].default_value = 0
        tree.links.new(value.outputs[0], out.inputs[0])
    return tree


def set_control(name: str, value: float) -> None:
    """Change the number everywhere."""
    next(n for n in control(name).nodes if n.bl_idname == "ShaderNodeValue").outputs[0].default_value = value


def material(spec: str) -> bpy.types.Material:
    """The material of a word; made once."""
    made = bpy.data.materials.get(spec)
    if made is not None:
        return made
    made = bpy.data.materials.new(spec)
    made.use_nodes = True
    made.node_tree.nodes.clear()
    graph = Graph(made.node_tree)
    kind, _, colour = spec.partition(":")
    parts = colour.split(":")
    tone = rgb(parts[0])
    surface = _maker(kind)(graph, kind, tone)
    if kind not in ("lamp", "pane", "leaf"):
        # Textures only where the camera looks: light that bounces sees the plain colour, which is much cheaper.
        plain = graph.add("BsdfDiffuse", inputs={0: tone})
        surface = graph.add("MixShader", inputs={0: graph.add("LightPath"), 1: plain, 2: surface})
    out = made.node_tree.nodes.new("ShaderNodeOutputMaterial")
    made.node_tree.links.new(surface, out.inputs[0])
    # Thousands of panes as lamps would be slow: they are seen to shine, but do not light the street.
    if hasattr(made.cycles, "emission_sampling"):
        made.cycles.emission_sampling = "NONE"
    return made


def picture_material(name: str, image: bpy.types.Image, gloss: float = 0.5) -> bpy.types.Material:
    """A flat picture, by the mesh's own coordinates."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    made.node_tree.nodes.clear()
    graph = Graph(made.node_tree)
    colour = graph.add("TexImage", image=image, extension="EXTEND")
    surface = principled(graph, colour, gloss)
    out = made.node_tree.nodes.new("ShaderNodeOutputMaterial")
    made.node_tree.links.new(surface, out.inputs[0])
    return made


def principled(graph: Graph, colour: Any, rough: Any, bump: Socket | None = None, **more: Any) -> Socket:
    """The common surface."""
    inputs = {"Base Color": colour, "Roughness": rough, **more}
    inputs.update({"Specular": 0.3, "Specular IOR Level": 0.3})
    if bump is not None:
        inputs["Normal"] = bump
    return graph.add("BsdfPrincipled", inputs=inputs)


def _snowed(graph: Graph, colour: Any) -> Socket:
    """White where the surface looks up and it has snowed."""
    up = graph.add("SeparateXYZ", 2, inputs={0: graph.add("NewGeometry", "Normal")})
    snow = graph.tree.nodes.new("ShaderNodeGroup")
    snow.node_tree = control("snow")
    patch = graph.noise(graph.add("TexCoord", "Object"), 1.3, 0)
    edge = graph.math("ADD", up, graph.span(patch, 0.3, 0.7, -0.25, 0.2))
    share = graph.math("MULTIPLY", graph.span(edge, 0.35, 0.6, 0, 1), snow.outputs[0])
    return graph.mix(share, colour, (0.86, 0.89, 0.94, 1))


def _bump(graph: Graph, height: Any, strength: float, depth: float = 0.02) -> Socket:
    return graph.add("Bump", inputs={"Height": height, "Strength": strength, "Distance": depth})


def _weathered(graph: Graph, colour: Any, amount: float = 0.35) -> Socket:
    """Large stains and streaks below each other, as rain leaves them."""
    place = graph.add("TexCoord", "Object")
    stretched = graph.add("Mapping", inputs={"Vector": place, "Scale": (2.2, 2.2, 0.25)})
    streaks = graph.span(graph.noise(stretched, 1.6, 3), 0.35, 0.75, 1.06, 1 - amount)
    stains = graph.span(graph.noise(place, 0.35, 2), 0.3, 0.7, 1.1, 0.8)
    return graph.mix(1.0, graph.mix(1.0, colour, streaks, "MULTIPLY"), stains, "MULTIPLY")


def _tiled(graph: Graph, kind: str, colour: tuple[float, ...]) -> Socket:
    """Bricks, blocks, tiles and boards: pieces of changing colour with joints."""
    wide, high, mortar, strength, shift = TILINGS[kind]
    uv = graph.add("UVMap")
    dark = shade(colour, 0.55 if kind != "brick" else 1.5)
    node = graph.add(
        "TexBrick",
        offset=shift,
        inputs={
            "Vector": uv,
            "Color1": shade(colour, 1.15),
            "Color2": shade(colour, 0.72),
            "Mortar": dark,
            "Scale": 1.0,
            "Mortar Size": mortar,
            "Mortar Smooth": 0.3,
            "Brick Width": wide,
            "Row Height": high,
        },
    ).node
    grain = graph.noise(graph.add("TexCoord", "Object"), 9, 2)
    toned = graph.mix(1.0, node.outputs[0], graph.span(grain, 0.25, 0.75, 0.82, 1.16), "MULTIPLY")
    height = graph.math("MULTIPLY", node.outputs[1], -1.0)
    if kind in ("tiles", "slate"):
        lap = graph.math("FRACT", graph.math("DIVIDE", graph.add("SeparateXYZ", 1, inputs={0: uv}), high))
        height = graph.math("SUBTRACT", height, graph.math("MULTIPLY", lap, 1.2))
    rough = 0.85 if kind not in ("slate", "paving") else 0.55
    return principled(graph, _snowed(graph, _weathered(graph, toned, 0.22)), rough, _bump(graph, height, strength))


def _plain(graph: Graph, kind: str, colour: tuple[float, ...]) -> Socket:
    """Paint, plaster, metal, cloth, rock: one colour with wear."""
    place = graph.add("TexCoord", "Object")
    fine = graph.noise(place, {"rock": 1.1, "plaster": 14, "bark": 6}.get(kind, 5), 4 if kind == "rock" else 2)
    spread = {"rock": 0.5, "bark": 0.5, "plaster": 0.1}.get(kind, 0.12)
    toned: Any = graph.mix(1.0, colour, graph.span(fine, 0.25, 0.75, 1 - spread, 1 + spread), "MULTIPLY")
    if kind in ("plaster", "rock"):
        toned = _weathered(graph, toned, 0.3)
    if kind == "copper":
        toned = _weathered(graph, graph.mix(graph.span(fine, 0.45, 0.7, 0, 0.7), toned, rgb("#5b4632")), 0.4)
    strength = {"rock": 1.0, "bark": 0.9, "plaster": 0.22}.get(kind, 0.06)
    more = {"Metallic": 1.0} if kind in ("metal", "gold") else {}
    depth = 0.25 if kind == "rock" else 0.02
    bump = _bump(graph, fine, strength, depth) if kind in ("rock", "bark") else None
    return principled(graph, _snowed(graph, toned), ROUGH.get(kind, 0.82), bump, **more)


def _glass(graph: Graph, _kind: str, colour: tuple[float, ...]) -> Socket:
    """Dark panes that mirror the sky; some of them lit at night."""
    luck = graph.add("NewGeometry", "Random Per Island")
    night = graph.tree.nodes.new("ShaderNodeGroup")
    night.node_tree = control("night")
    lit = graph.math("MULTIPLY", graph.math("GREATER_THAN", luck, 0.45), night.outputs[0])
    warm = graph.mix(luck, (1.0, 0.55, 0.2, 1), (1.0, 0.75, 0.42, 1))
    waves = _bump(graph, graph.noise(graph.add("TexCoord", "Object"), 1.2, 1), 0.05, 0.3)
    tone = graph.mix(luck, shade(colour, 0.6), shade(colour, 1.5))
    more = {"Emission": warm, "Emission Color": warm, "Emission Strength": lit}
    return principled(graph, tone, 0.07, waves, **more)


def _pane(graph: Graph, _kind: str, colour: tuple[float, ...]) -> Socket:
    """A greenhouse pane that lets light through: a mirror over a tinted nothing."""
    clear = graph.add("BsdfTransparent", inputs={0: shade(colour, 2.6)})
    waves = _bump(graph, graph.noise(graph.add("TexCoord", "Object"), 1.5, 1), 0.06, 0.3)
    mirror = graph.add("BsdfGlossy", inputs={"Color": (0.9, 0.95, 0.95, 1), "Roughness": 0.05, "Normal": waves})
    share = graph.math("ADD", graph.add("LayerWeight", 1, inputs={"Blend": 0.25}), 0.16)
    return graph.add("MixShader", inputs={0: share, 1: clear, 2: mirror})


def _lamp(graph: Graph, _kind: str, colour: tuple[float, ...]) -> Socket:
    night = graph.tree.nodes.new("ShaderNodeGroup")
    night.node_tree = control("night")
    power = graph.math("MULTIPLY", night.outputs[0], 9.0)
    warm = (1.0, 0.7, 0.4, 1)
    more = {"Emission": warm, "Emission Color": warm, "Emission Strength": power}
    return principled(graph, colour, 0.2, **more)


def _leaf(graph: Graph, _kind: str, colour: tuple[float, ...]) -> Socket:
    """Leaves let some light through; their green changes from leaf to leaf and from tree to tree."""
    luck = graph.add("NewGeometry", "Random Per Island")
    own = graph.add("ObjectInfo", "Random")
    toned = graph.mix(luck, shade(colour, 0.6), shade(colour, 1.35))
    toned = graph.mix(graph.math("MULTIPLY", own, 0.4), toned, shade((colour[0] * 1.7, colour[1], colour[2] * 0.7), 0.9))
    toned = _snowed(graph, toned)
    front = graph.add("BsdfDiffuse", inputs={"Color": toned})
    back = graph.add("BsdfTranslucent", inputs={"Color": toned})
    return graph.add("MixShader", inputs={0: 0.35, 1: front, 2: back})


def _ground(graph: Graph, kind: str, colour: tuple[float, ...]) -> Socket:
    """Grass, earth, sand, asphalt, field: by the place in the world."""
    place = graph.add("NewGeometry", "Position")
    large, fine = graph.noise(place, 0.12, 2), graph.noise(place, {"asphalt": 60, "sand": 12}.get(kind, 7), 3)
    toned = graph.mix(
        graph.span(large, 0.3, 0.7, 0, 1), shade(colour, 0.8), shade((colour[0] * 1.2, colour[1] * 1.08, colour[2]), 1.15)
    )
    toned = graph.mix(1.0, toned, graph.span(fine, 0.25, 0.75, 0.65, 1.3), "MULTIPLY")
    rough = 0.9
    return principled(graph, _snowed(graph, toned), rough, _bump(graph, fine, 0.7, 0.06 if kind != "asphalt" else 0.01))


def _cobble(graph: Graph, _kind: str, colour: tuple[float, ...]) -> Socket:
    """Round stones of changing colour."""
    place = graph.add("Mapping", inputs={"Vector": graph.add("NewGeometry", "Position"), "Scale": (1, 1, 0)})
    cells = graph.add("TexVoronoi", inputs={"Vector": place, "Scale": 5.2, "Randomness": 0.7}).node
    luck = graph.add("SeparateXYZ", 0, inputs={0: cells.outputs["Color"]})
    near = cells.outputs["Distance"]
    toned = graph.mix(luck, shade(colour, 0.72), shade(colour, 1.2))
    toned = graph.mix(graph.span(near, 0.42, 0.62, 0, 0.75), toned, shade(colour, 0.3))
    toned = _weathered(graph, toned, 0.15)
    height = graph.math("MULTIPLY", near, -1.0)
    return principled(graph, _snowed(graph, toned), 0.62, _bump(graph, height, 0.6, 0.05))


def _water(graph: Graph, _kind: str, colour: tuple[float, ...]) -> Socket:
    """Waves in two sizes over a dark colour."""
    place = graph.add("Mapping", inputs={"Vector": graph.add("NewGeometry", "Position"), "Scale": (1, 1.8, 1)})
    waves = graph.math("ADD", graph.noise(place, 0.5, 5), graph.math("MULTIPLY", graph.noise(place, 4, 3), 0.12))
    surface = principled(graph, colour, 0.06, _bump(graph, waves, 0.75, 0.35))
    graph.put(surface.node, "Specular", 0.6)
    graph.put(surface.node, "Specular IOR Level", 0.6)
    return surface


MAKERS: dict[str, Callable[[Graph, str, tuple[float, ...]], Socket]] = {
    **dict.fromkeys(TILINGS, _tiled),
    **dict.fromkeys(("grass", "earth", "sand", "asphalt", "field"), _ground),
    "glass": _glass,
    "pane": _pane,
    "lamp": _lamp,
    "leaf": _leaf,
    "cobble": _cobble,
    "water": _water,
}


def _maker(kind: str) -> Callable[[Graph, str, tuple[float, ...]], Socket]:
    return MAKERS.get(kind, _plain)
