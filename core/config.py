"""The configuration of a describer: frozen, closed, checked in one place, with named presets and a fingerprint."""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from core.errors import UserError

MASKS = ("none", "sift", "sum", "max")
EMBEDDINGS = ("temb",)
AGGREGATIONS = ("sum", "democratic")
HASHES = ("itq",)


@dataclass(frozen=True)
class DescriberConfig:
    """The whole chain, stage by stage (ALGORITHMS section 0).  Lengths are pixels of the resized photo.

    Attributes:
        backbone: name in ``core.backbones``.
        layer: the layer whose activations are the grid, a name of that backbone; a 2x2/2 max pool follows when ``pool``.
        longest_side: photos are resized to this longest side.
        shortest_query_side: a query crop whose shorter side is below this after resizing is enlarged to it; 0: never.
        mask: which cells are kept; ``sift_contrast`` is VLFeat's peak threshold on 0..255, ``sift_dilation`` the radius
            of the block each keypoint marks, ``sum_percentile`` the threshold of the SUM mask.
        pca_dimension: d, local features are reduced to it.
        words: k, the size of the codebook.
        truncate: number of leading components dropped after the rotation.
        power: exponent of the power law.
        bits: length L of the code.
        seed: of every random choice made while fitting.
    """

    backbone: str = "compact"
    layer: str = "head"
    pool: bool = False
    longest_side: int = 650
    shortest_query_side: int = 0
    mask: str = "max"
    ignore_dead_channels: bool = False
    sum_percentile: float = 50.0
    sift_contrast: float = 4.0
    sift_dilation: int = 1
    pca_dimension: int = 32
    embedding: str = "temb"
    words: int = 20
    aggregation: str = "democratic"
    truncate: int = 128
    power: float = 0.5
    hashing: str = "itq"
    bits: int = 512
    seed: int = 1

    def __post_init__(self) -> None:
        _check_choice("mask", self.mask, MASKS)
        _check_choice("embedding", self.embedding, EMBEDDINGS)
        _check_choice("aggregation", self.aggregation, AGGREGATIONS)
        _check_choice("hashing", self.hashing, HASHES)
        for name, low, high in _RANGES:
            value = getattr(self, name)
            if not low <= value <= high:
                raise UserError(f"{name} = {value} is out of range", "configuration", f"It lies between {low} and {high}.")
        if self.truncate >= self.embedded_dimension:
            raise UserError(
                f"truncate = {self.truncate} leaves nothing of {self.embedded_dimension} dimensions", "configuration"
            )
        if self.bits > self.dimensions:
            raise UserError(
                f"a code of {self.bits} bits is longer than the descriptor of {self.dimensions} numbers",
                "configuration",
                "Choose fewer bits or a longer descriptor.",
            )
        if self.bits % 8:
            raise UserError(f"bits = {self.bits} is not a multiple of 8", "configuration")

    @property
    def embedded_dimension(self) -> int:
        """D before truncation: T-embedding gives k * d."""
        return self.words * self.pca_dimension

    @property
    def dimensions(self) -> int:
        """Length of the descriptor."""
        return self.embedded_dimension - self.truncate

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return dataclasses.asdict(self)

    def fingerprint(self) -> str:
        """A hash of every setting: equal for equal configurations, whatever the machine."""
        text = json.dumps(self.as_dict(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def grid_key(self) -> str:
        """A hash of what decides the grid alone, so that several describers can share extracted grids."""
        values = [self.backbone, self.layer, self.pool, self.longest_side]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


_RANGES: tuple[tuple[str, float, float], ...] = (
    ("longest_side", 32, 8192),
    ("shortest_query_side", 0, 8192),
    ("sum_percentile", 0, 100),
    ("sift_contrast", 0, 255),
    ("sift_dilation", 0, 16),
    ("pca_dimension", 1, 4096),
    ("words", 1, 65536),
    ("truncate", 0, 1_000_000),
    ("power", 0, 1),
    ("bits", 8, 65536),
)


def config_from_dict(values: dict[str, Any]) -> DescriberConfig:
    """Read a configuration from plain values, as stored in a library or a model file.

    Raises:
        UserError: an unknown key (naming the nearest known one), a value of the wrong type, or one out of range.
    """
    known = {f.name: f for f in dataclasses.fields(DescriberConfig)}
    for key, value in values.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            raise UserError(f"unknown setting '{key}'", "configuration", f"Did you mean '{near[0]}'?" if near else "")
        expected = type(known[key].default)
        if expected is float and type(value) is int:
            continue
        if type(value) is not expected:
            raise UserError(f"{key} = {value!r} is not of the type {expected.__name__}", "configuration")
    return DescriberConfig(**values)


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UserError(f"{name} '{value}' is not known", "configuration", f"There are: {', '.join(choices)}.")


_PAPER = DescriberConfig(backbone="vgg16", layer="conv5_3", pool=True, longest_side=1024)
_STANDARD = DescriberConfig()

PRESETS: dict[str, DescriberConfig] = {
    "standard": _STANDARD,
    **{f"standard-{mask}": dataclasses.replace(_STANDARD, mask=mask) for mask in ("sum", "sift", "none")},
    "paper-512": _PAPER,
    "paper-1024": dataclasses.replace(_PAPER, pca_dimension=64, words=18),
    "paper-2048": dataclasses.replace(_PAPER, pca_dimension=64, words=34),
    "paper-4096": dataclasses.replace(_PAPER, pca_dimension=64, words=66),
    "paper-8064": dataclasses.replace(_PAPER, pca_dimension=128, words=64),
}
"""Named configurations (DESIGN section 4; Table IV for the dimensions)."""


def preset(name: str) -> DescriberConfig:
    """The configuration of a preset.

    Raises:
        UserError: no preset of that name.
    """
    if name not in PRESETS:
        near = difflib.get_close_matches(name, PRESETS, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(PRESETS)}."
        raise UserError(f"there is no preset '{name}'", "--preset", hint)
    return PRESETS[name]


def preset_name(config: DescriberConfig) -> str:
    """The name of the preset with exactly these settings; ``"custom"`` when there is none."""
    return next((name for name, known in PRESETS.items() if known == config), "custom")
