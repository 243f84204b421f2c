"""The file of a fitted describer: safetensors, with the configuration as JSON in its metadata; no code in it can run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from core.chain.config import DescriberConfig, config_from_dict
from core.chain.fit_files import fit_bytes
from core.chain.registry import EMBEDDINGS, HASHING, PLAIN, Part, Shapes
from core.chain.stages import (
    BaselineStages,
    GemPooling,
    PlainPooling,
    Pooling,
    SelectiveStages,
    Stages,
)
from core.reduction.pca import Pca
from core.reduction.rotation import Rotation
from core.reduction.whitening import PcaWhitening
from core.util.errors import UserError
from core.util.plain_json import parse_object
from core.util.regular_files import opened_regular

FORMAT = "cropseek-describer-1"
MAX_HEADER, MAX_CHANNELS = 1 << 20, 1 << 17
LARGEST = 1e18
"""Largest absolute value in a describer: products of larger numbers would overflow float32."""

T = TypeVar("T", bound=Part)


def dump_describer(config: DescriberConfig, stages: Stages) -> bytes:
    """The file's bytes; equal for equal stages."""
    arrays = {
        f"{part}.{name}": np.ascontiguousarray(getattr(stage, f"{name}_"), dtype=np.float32)
        for part, stage in stages.parts.items()
        for name in stage.ARRAYS
    }
    # Only one metadata key: safetensors writes several in an order that changes between runs.
    document: dict[str, Any] = {"format": FORMAT, "config": config.as_dict()}
    if config.baseline:
        document["channels"] = stages.channels
    return save(arrays, metadata={"cropseek": json.dumps(document, sort_keys=True)})


def parse_describer(data: bytes, where: str) -> tuple[DescriberConfig, Stages]:
    """Configuration and stages from the bytes of ``dump_describer``; ``where`` names their source in messages.

    Raises:
        UserError: not a describer, damaged, or arrays whose shapes do not fit the configuration.
    """
    length = int.from_bytes(data[:8], "little")
    if not 2 <= length <= MAX_HEADER:
        raise _damaged(where)
    document, config, shapes = _document(data[8 : 8 + length], where)
    channels = document.get("channels", 0)
    if type(channels) is not int or not 0 <= channels <= MAX_CHANNELS:
        raise _damaged(where)
    _check_shapes(_expected_shapes(config, shapes), shapes, where)
    try:
        arrays = load(data)
    except (SafetensorError, ValueError, TypeError) as error:
        raise _damaged(where) from error
    _check_numbers(arrays, where)
    return config, _stages(config, arrays, channels)


def read_config(path: Path) -> DescriberConfig:
    """The configuration in a file; its arrays are not read.

    Raises:
        UserError: missing, or not a describer's file.
    """
    try:
        with opened_regular(path) as file:
            length = min(int.from_bytes(file.read(8), "little"), MAX_HEADER)
            return _document(file.read(length), str(path))[1]
    except (OSError, ValueError) as error:
        raise UserError("the describer's file cannot be read", str(path)) from error


def _document(header: bytes, where: str) -> tuple[dict[str, Any], DescriberConfig, Shapes]:
    """Our part of the header, the configuration in it, and the shapes that it claims for the float32 arrays."""
    try:
        entries = parse_object(header, MAX_HEADER)
        document = parse_object(entries.pop("__metadata__")["cropseek"], MAX_HEADER)
        known = document["format"] == FORMAT
        values = document["config"]
        shapes = {name: tuple(entry["shape"]) for name, entry in entries.items() if entry["dtype"] == "F32"}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(where) from error
    if not known:
        raise UserError("the describer was written by another version of Cropseek", where)
    return document, config_from_dict(values), shapes


def _damaged(where: str) -> UserError:
    return UserError("this is not a describer's file, or it is damaged", where)


def load_describer_file(path: Path) -> tuple[DescriberConfig, Stages]:
    """Configuration and stages from a file.

    Raises:
        UserError: missing, or as ``parse_describer``.
    """
    try:
        return parse_describer(fit_bytes(path), str(path))
    except (OSError, ValueError) as error:
        raise UserError("the describer's file cannot be read", str(path)) from error


def _stages(config: DescriberConfig, arrays: dict[str, NDArray[Any]], channels: int) -> Stages:
    """The stages with the stored arrays."""
    hashing = _filled(HASHING[config.hashing](config.bits, config.seed), "hashing", arrays)
    if config.baseline:
        pooling = _filled(_pooling(config), "pooling", arrays)
        whitening = _filled(PcaWhitening(config.pca_dimension), "whitening", arrays)
        return BaselineStages(config, pooling, whitening, hashing, channels)
    pca = _filled(Pca(config.pca_dimension), "pca", arrays)
    rotation = _filled(Rotation(config.truncate), "rotation", arrays)
    kind = EMBEDDINGS[config.embedding]
    embedding = kind.restored({name: arrays[f"embedding.{name}"] for name in kind.ARRAYS})
    return SelectiveStages(config, pca, embedding, rotation, hashing)


def _pooling(config: DescriberConfig) -> Pooling:
    if config.baseline == "gem":
        return GemPooling()
    if config.baseline == "netvlad":
        from core.baselines.netvlad import NetVlad

        return NetVlad(config.seed)
    if config.baseline == "mop":
        from core.baselines.mop import Mop

        return Mop(config.seed)
    return PlainPooling(PLAIN[config.baseline])


def _filled(stage: T, part: str, arrays: dict[str, NDArray[Any]]) -> T:
    """Set a stage's learned arrays."""
    for name in stage.ARRAYS:
        setattr(stage, f"{name}_", arrays[f"{part}.{name}"])
    return stage


def _expected_shapes(config: DescriberConfig, found: Shapes) -> Shapes:
    """The shapes of all arrays of this configuration; only lengths that depend on the network are taken from the file."""
    hashing = HASHING[config.hashing].shapes(config.dimensions, config.bits)
    return {f"hashing.{name}": shape for name, shape in hashing.items()} | (
        _baseline_shapes(config, found) if config.baseline else _selective_shapes(config, found)
    )


def _selective_shapes(config: DescriberConfig, found: Shapes) -> Shapes:
    channels, d, embedded = _length(found, "pca.mean"), config.pca_dimension, config.embedded_dimension
    embedding = EMBEDDINGS[config.embedding].shapes(d, config.words)
    return {f"embedding.{name}": shape for name, shape in embedding.items()} | {
        "pca.mean": (channels,), "pca.basis": (channels, d),
        "rotation.mean": (embedded,), "rotation.basis": (embedded, embedded),
    }  # fmt: skip


def _baseline_shapes(config: DescriberConfig, found: Shapes) -> Shapes:
    shapes: Shapes = {}
    length = _length(found, "whitening.mean")
    if config.baseline == "gem":
        shapes = {"pooling.power": (1,)}
    if config.baseline == "netvlad":
        from core.baselines.netvlad import CLUSTERS

        centres = (CLUSTERS, length // CLUSTERS)
        shapes = {"pooling.weight": centres, "pooling.bias": (CLUSTERS,), "pooling.centroids": centres}
    if config.baseline == "mop":
        from core.baselines.mop import DIMENSION, WORDS

        channels = length - 2 * DIMENSION * WORDS
        shapes = {
            "pooling.mean": (2, channels), "pooling.basis": (2, channels, DIMENSION),
            "pooling.codebook": (2, WORDS, DIMENSION),
        }  # fmt: skip
    return shapes | {"whitening.mean": (length,), "whitening.basis": (length, config.pca_dimension)}


def _length(found: Shapes, name: str) -> int:
    """The length of a vector whose size the file decides; -1, which matches nothing, if it is not a vector."""
    shape = found.get(name, ())
    return shape[0] if len(shape) == 1 and type(shape[0]) is int else -1


def _check_shapes(expected: Shapes, found: Shapes, where: str) -> None:
    """Refuse wrong shapes before arrays are read: an untrusted file could make later steps fail, or fill the memory."""
    for name, shape in expected.items():
        if found.get(name) != shape:
            raise UserError(f"the describer's file is damaged: '{name}' does not fit its configuration", where)
    if found.keys() - expected.keys():
        raise _damaged(where)


def _check_numbers(arrays: dict[str, NDArray[Any]], where: str) -> None:
    for name, array in arrays.items():
        if not np.isfinite(array).all() or (np.abs(array) > LARGEST).any():
            raise UserError(f"the describer's file is damaged: '{name}' holds what is no number", where)
