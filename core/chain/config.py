"""The configuration of a describer: frozen, without unknown settings, checked in one place, with a fingerprint."""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from core.backbones import BACKBONES, check_name, split_layer
from core.chain.registry import AGGREGATIONS, BASELINES, EMBEDDINGS, HASHING, MASKS
from core.hashing.kmh import SUBSPACE_BITS
from core.util.errors import UserError

MAX_DIMENSIONS = 10_240
"""Largest length of a descriptor before truncation.  Whitening and rotation have its square: 840 MB together."""


@dataclass(frozen=True)
class DescriberConfig:
    """The whole chain, stage by stage (ALGORITHMS section 0).  Lengths are pixels of the resized photo.

    Attributes:
        backbone: name in ``core.backbones``, or a library's network (``timm:convnext_tiny.fb_in22k``).
        layer: the layer whose activations are the grid, a name of that backbone, or several joined by ``+`` (hyper-column);
            a 2x2/2 max pool follows when ``pool``.
        longest_side: photos are resized to this longest side.
        shortest_query_side: a query crop whose shorter side is below this after resizing is enlarged to it; 0: never.
        baseline: a global descriptor of Table VIII that replaces mask, embedding and aggregation; empty: the paper's chain.
        mask: which cells are kept; ``sift_contrast`` is VLFeat's peak threshold on 0..255, ``sift_dilation`` the radius
            of the block each keypoint marks, ``sum_percentile`` the threshold of the SUM mask.
        pca_dimension: d, the length of the reduced local features; for a baseline that of the whitened vector.
        words: k, the size of the codebook or mixture.
        gmp_regularisation: of the aggregation ``gmp``.
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
    baseline: str = ""
    mask: str = "max"
    ignore_dead_channels: bool = False
    sum_percentile: float = 50.0
    sift_contrast: float = 4.0
    sift_dilation: int = 1
    pca_dimension: int = 32
    embedding: str = "temb"
    words: int = 20
    aggregation: str = "democratic"
    gmp_regularisation: float = 1.0
    truncate: int = 128
    power: float = 0.5
    hashing: str = "itq"
    bits: int = 512
    seed: int = 1

    def __post_init__(self) -> None:
        check_name(self.backbone)
        for name, choices in CHOICES.items():
            if name != "backbone":  # libraries have more than are listed
                _check_choice(name, getattr(self, name), choices)
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise UserError(f"{name} = {value} is out of range", "configuration", f"It lies between {low} and {high}.")
        if self.embedded_dimension > MAX_DIMENSIONS:
            raise UserError(
                f"a descriptor of {self.embedded_dimension} numbers is too long",
                "configuration",
                f"It has {MAX_DIMENSIONS} at most.",
            )
        if self.baseline and self.mask != "none":
            raise UserError(f"the baseline '{self.baseline}' takes no mask", "configuration", "Set mask to none.")
        if not self.baseline and self.truncate >= self.embedded_dimension:
            raise UserError(
                f"truncate = {self.truncate} leaves nothing of {self.embedded_dimension} dimensions", "configuration"
            )
        self._check_code()

    def _check_code(self) -> None:
        """Refuse a code length that the descriptor or the hashing method does not allow."""
        if self.bits > self.dimensions:
            raise UserError(
                f"a code of {self.bits} bits is longer than the descriptor of {self.dimensions} numbers",
                "configuration",
                "Choose fewer bits or a longer descriptor.",
            )
        if self.bits % 8:
            raise UserError(f"bits = {self.bits} is not a multiple of 8", "configuration")
        if self.hashing == "kmh" and self.dimensions % (self.bits // SUBSPACE_BITS):
            raise UserError(
                f"K-means hashing cannot split {self.dimensions} numbers into {self.bits // SUBSPACE_BITS} equal parts",
                "configuration",
                "Choose another code length, or another method.",
            )

    @property
    def embedded_dimension(self) -> int:
        """D before truncation (ALGORITHMS section 0); for a baseline the length of the whitened vector."""
        d, k = self.pca_dimension, self.words
        if self.baseline:
            return d
        return EMBEDDINGS[self.embedding].dimension(d, k)

    @property
    def dimensions(self) -> int:
        """Length of the descriptor."""
        return self.embedded_dimension - (0 if self.baseline else self.truncate)

    @property
    def method(self) -> str:
        """A short name of what computes the vector: ``temb+democratic``, or the baseline's name."""
        return self.baseline or f"{self.embedding}+{self.aggregation}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return dataclasses.asdict(self)

    def fingerprint(self) -> str:
        """A hash of all settings: equal for equal configurations, on every machine."""
        text = json.dumps(self.as_dict(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def grid_key(self) -> str:
        """A hash of the settings that decide the grid, so that several describers can share computed grids."""
        values = [self.backbone, self.layer, self.pool, self.longest_side]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]

    def key(self, stage: str) -> tuple[Any, ...]:
        """All settings that decide a stage of ``STAGE_FIELDS``, including those of earlier stages: equal keys, equal
        results."""
        last = list(STAGE_FIELDS).index(stage)
        names = [name for fields in list(STAGE_FIELDS.values())[: last + 1] for name in fields]
        return tuple(getattr(self, name) for name in names)


STAGE_FIELDS: dict[str, tuple[str, ...]] = {
    "grid": ("backbone", "layer", "pool", "longest_side"),
    "mask": ("mask", "ignore_dead_channels", "sum_percentile", "sift_contrast", "sift_dilation"),
    "pca": ("baseline", "pca_dimension", "seed"),
    "embedding": ("embedding", "words"),
    "aggregation": ("aggregation", "gmp_regularisation"),
    "descriptor": ("truncate", "power"),
    "code": ("hashing", "bits"),
}
"""The settings that each stage adds, in the order of the chain."""

CHOICES: dict[str, tuple[str, ...]] = {
    "backbone": BACKBONES,
    "baseline": BASELINES,
    "mask": MASKS,
    "embedding": tuple(EMBEDDINGS),
    "aggregation": tuple(AGGREGATIONS),
    "hashing": tuple(HASHING),
}
"""The allowed values of each setting that is a name."""

RANGES: dict[str, tuple[float, float]] = {
    "longest_side": (32, 2048),
    "shortest_query_side": (0, 2048),
    "sum_percentile": (0, 100),
    "sift_contrast": (0, 255),
    "sift_dilation": (0, 16),
    "pca_dimension": (1, 4096),
    "words": (1, 65536),
    "gmp_regularisation": (1e-9, 1e9),
    "truncate": (0, 1_000_000),
    "power": (0, 1),
    "bits": (8, 65536),
    "seed": (0, 2**32 - 1),
}
"""The smallest and the largest value of each setting that is a number."""


def with_backbone(config: DescriberConfig, text: str) -> DescriberConfig:
    """A configuration with another network, ``NAME/LAYER`` or a name of which the layer stays; without a pool after it.

    Raises:
        UserError: no such backbone.
    """
    name, layer = split_layer(text)
    return dataclasses.replace(config, backbone=name, layer=layer or config.layer, pool=False)


def most_bytes(config: DescriberConfig) -> int:
    """The largest possible size in bytes of a describer's file with this configuration, for any network."""
    long, final, bits = config.embedded_dimension, config.dimensions, config.bits
    numbers = 3 * long * long + final * (bits + final) + 4 * config.words * config.pca_dimension
    return 4 * (numbers + MOST_CHANNELS * (config.pca_dimension + 1) + MOST_POOLING) + (1 << 20)


MOST_CHANNELS, MOST_POOLING = 110_000, 5_000_000
"""Length of the longest pooled vector (MOP-CNN), and number of parameters of the largest learned pooling."""

LONGEST_VALUE, SHOWN = 200, 80
"""Largest length of a setting in characters, and of a wrong one in an error message: a file may hold anything."""


def config_from_dict(values: Any) -> DescriberConfig:
    """Make a configuration from plain values, as stored in a library or a model file.

    Raises:
        UserError: an unknown key (naming the nearest known one), a value of the wrong type, or one out of range.
    """
    if not isinstance(values, dict):
        raise UserError("the settings are no table of names and values", "configuration")
    known = {f.name: f for f in dataclasses.fields(DescriberConfig)}
    for key, value in values.items():
        if key not in known:
            near = difflib.get_close_matches(str(key)[:SHOWN], known, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else ""
            raise UserError(f"unknown setting '{str(key)[:SHOWN]}'", "configuration", hint)
        expected = type(known[key].default)
        if expected is float and type(value) is int:
            continue
        if type(value) is not expected or len(str(value)) > LONGEST_VALUE:
            shown = repr(value)[:SHOWN]
            raise UserError(f"{key} = {shown} is not of the type {expected.__name__}", "configuration")
    return DescriberConfig(**values)


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UserError(f"{name} '{value[:SHOWN]}' is not known", "configuration", f"There are: {', '.join(choices)}.")
