"""The file of a fitted describer: safetensors, with the configuration as JSON in its metadata.  Nothing in it can run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from core.config import DescriberConfig, config_from_dict
from core.describer import Stages
from core.embeddings.temb import TEmbedding
from core.errors import UserError
from core.hashing.itq import Itq
from core.reduction.pca import Pca
from core.reduction.rotation import Rotation

FORMAT = "cropseek-describer-1"


def dump_describer(config: DescriberConfig, stages: Stages) -> bytes:
    """The file's bytes; equal for equal stages."""
    arrays = {
        "pca.mean": stages.pca.mean_,
        "pca.basis": stages.pca.basis_,
        "embedding.codebook": stages.embedding.codebook_,
        "embedding.mean": stages.embedding.mean_,
        "embedding.whitening": stages.embedding.whitening_,
        "rotation.mean": stages.rotation.mean_,
        "rotation.basis": stages.rotation.basis_,
        "hashing.mean": stages.hashing.mean_,
        "hashing.projection": stages.hashing.projection_,
    }
    singles = {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in arrays.items()}
    # One metadata key only: safetensors writes several in an order that changes from run to run.
    document = {"format": FORMAT, "config": config.as_dict()}
    return save(singles, metadata={"cropseek": json.dumps(document, sort_keys=True)})


def parse_describer(data: bytes, where: str) -> tuple[DescriberConfig, Stages]:
    """Configuration and stages from the bytes of ``dump_describer``; ``where`` names their source in messages.

    Raises:
        UserError: other or damaged bytes, or arrays whose shapes do not fit the configuration.
    """
    try:
        header_length = int.from_bytes(data[:8], "little")
        metadata = json.loads(data[8 : 8 + header_length])["__metadata__"]
        document = json.loads(metadata["cropseek"])
        arrays = load(data)
        known = document["format"] == FORMAT
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise UserError("this is not a describer's file, or it is damaged", where) from error
    if not known:
        raise UserError("the describer was written by another version of Cropseek", where)
    config = config_from_dict(document["config"])
    _check_shapes(config, arrays, where)
    return config, _stages(config, arrays)


def load_describer_file(path: Path) -> tuple[DescriberConfig, Stages]:
    """Configuration and stages from a file.

    Raises:
        UserError: missing, or as ``parse_describer``.
    """
    try:
        return parse_describer(path.read_bytes(), str(path))
    except OSError as error:
        raise UserError("the describer's file cannot be read", str(path)) from error


def _stages(config: DescriberConfig, arrays: dict[str, NDArray[np.generic]]) -> Stages:
    """The stages around the stored arrays."""
    pca, rotation = Pca(config.pca_dimension), Rotation(config.truncate)
    embedding, hashing = TEmbedding(arrays["embedding.codebook"]), Itq(config.bits, config.seed)  # type: ignore[arg-type]
    pca.mean_, pca.basis_ = arrays["pca.mean"], arrays["pca.basis"]  # type: ignore[assignment]
    embedding.mean_, embedding.whitening_ = arrays["embedding.mean"], arrays["embedding.whitening"]  # type: ignore[assignment]
    rotation.mean_, rotation.basis_ = arrays["rotation.mean"], arrays["rotation.basis"]  # type: ignore[assignment]
    hashing.mean_, hashing.projection_ = arrays["hashing.mean"], arrays["hashing.projection"]  # type: ignore[assignment]
    return Stages(pca, embedding, rotation, hashing)


def _check_shapes(config: DescriberConfig, arrays: dict[str, NDArray[np.generic]], where: str) -> None:
    """Refuse arrays that a stranger's file could have made to fail later, or to fill the memory."""
    channels = arrays["pca.mean"].shape[0] if "pca.mean" in arrays and arrays["pca.mean"].ndim == 1 else -1
    d, k, embedded, final = config.pca_dimension, config.words, config.embedded_dimension, config.dimensions
    expected = {
        "pca.mean": (channels,), "pca.basis": (channels, d), "embedding.codebook": (k, d),
        "embedding.mean": (embedded,), "embedding.whitening": (embedded, embedded),
        "rotation.mean": (embedded,), "rotation.basis": (embedded, embedded),
        "hashing.mean": (final,), "hashing.projection": (final, config.bits),
    }  # fmt: skip
    for name, shape in expected.items():
        array = arrays.get(name)
        if array is None or array.shape != shape or array.dtype != np.float32 or not np.isfinite(array).all():
            raise UserError(f"the describer's file is damaged: '{name}' does not fit its configuration", where)
