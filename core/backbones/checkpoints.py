"""Fine-tuned VGG16 checkpoints in their public forms, read from a local file without running code from it.

``cirtorch`` (filipradenovic/cnnimageretrieval-pytorch: siaMAC, GeM): a torch file with ``state_dict``, whose convolutions
are ``features.N.weight`` and ``.bias`` as torchvision numbers them, ``pool.p`` (GeM), ``whiten.weight`` and ``.bias``; and
``meta`` with ``architecture``, ``pooling``, ``mean``, ``std``, and perhaps ``Lw``: data set -> ``ss`` or ``ms`` -> ``P``
(D, D) and ``m`` (D, 1).

``pytorch-NetVlad`` (Nanne/pytorch-NetVlad): a torch file with ``state_dict``: ``encoder.N.weight``, ``pool.conv.weight``
(64, 512, 1, 1), ``pool.centroids`` (64, 512); ``module.`` may stand in the names (DataParallel).

NetVLAD's own release as MATLAB structs (uzh-rpg/netvlad_tf_open's export, which hloc reads): ``net.layers`` of MatConvNet,
weights (3, 3, in, out), layer 30 the assignment (512, 64) and minus the centres (512, 64), and the mean image.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.backbones.matlab_file import matlab_layers
from core.backbones.stored_arrays import StoredArray
from core.backbones.torch_file import MAX_BYTES, plain
from core.backbones.weights import read_torch
from core.photos.disk import require_file
from core.util.errors import UserError

MATLAB_CONVOLUTIONS = (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)
"""Indices of VGG16's thirteen convolutions, both in MatConvNet's list of layers and in torchvision's ``features``."""

MATLAB_NETVLAD = 30
CLUSTERS, CHANNELS = 64, 512
LARGEST = 1e30
"""Of a number in a MATLAB file."""

MAX_LEARNED = 1 << 24
"""Numbers in the largest learnt array besides the convolutions: a whitening of 4,096 by 4,096."""
IMAGENET_MEAN, IMAGENET_DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class Learned:
    """Learnt parameters of a checkpoint besides the convolutions; None for those that it lacks.

    Attributes:
        gem_power: p of GeM.
        whitening: the mean (D,) and the projection (D, D), one direction a row.
        netvlad: assignment weights (64, 512), biases (64,), centres (64, 512).
    """

    gem_power: float | None = None
    whitening: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
    netvlad: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]] | None = None


@dataclass(frozen=True)
class Checkpoint:
    """A VGG16.

    Attributes:
        features: torchvision's names (``0.weight``) to tensors.
        mean, deviation: RGB on 0..255 is normalised as ``(RGB - mean) / deviation``.
    """

    features: dict[str, Tensor]
    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    learned: Learned = field(default_factory=Learned)


def read_cirtorch(path: Path) -> Checkpoint:
    """A network of cnnimageretrieval-pytorch.

    Raises:
        UserError: unreadable, of another form, or not VGG16.
    """
    with _reported(path):
        return _cirtorch(read_torch(path), path)


def _cirtorch(document: dict[Any, Any], path: Path) -> Checkpoint:
    meta, state = document.get("meta"), document.get("state_dict")
    if not isinstance(meta, dict) or not isinstance(state, dict):
        raise UserError("this is not a checkpoint of cnnimageretrieval-pytorch (no 'meta' and 'state_dict')", str(path))
    if meta.get("architecture") != "vgg16":
        raise UserError(f"the checkpoint is a '{str(meta.get('architecture'))[:40]}', and a VGG16 is needed", str(path))
    mean, deviation = (_three(meta.get(name), path) for name in ("mean", "std"))
    learned = Learned(_gem_power(state), _whitening(state, meta))
    return Checkpoint(
        _renamed(state, "features.", path), tuple(255 * v for v in mean), tuple(255 * v for v in deviation), learned
    )


def read_netvlad(path: Path) -> Checkpoint:
    """NetVLAD's VGG16, from a MATLAB file (``.mat``) or a checkpoint of pytorch-NetVlad.

    Raises:
        UserError: unreadable, of another form, or with other shapes.
    """
    require_file(path, "file of weights")
    with _reported(path):
        return _netvlad_from_matlab(path) if path.suffix == ".mat" else _netvlad_from_torch(path)


@contextlib.contextmanager
def _reported(path: Path) -> Iterator[None]:
    """The error for arrays of an unexpected form."""
    try:
        yield
    except (ValueError, TypeError, RuntimeError, MemoryError, np.linalg.LinAlgError) as error:
        raise UserError("the checkpoint is damaged: its arrays do not fit each other", str(path)) from error


def _netvlad_from_torch(path: Path) -> Checkpoint:
    state = read_torch(path).get("state_dict")
    if not isinstance(state, dict):
        raise UserError("this is not a checkpoint of pytorch-NetVlad (no 'state_dict')", str(path))
    state = {str(name).replace("module.", ""): value for name, value in state.items()}
    weight, centres = (_array(state.get(f"pool.{name}")) for name in ("conv.weight", "centroids"))
    bias = _array(state.get("pool.conv.bias"))
    if weight is None or centres is None:
        raise UserError("the checkpoint has no NetVLAD layer ('pool.conv.weight', 'pool.centroids')", str(path))
    layer = _layer(weight.reshape(len(weight), -1), bias, centres, path)
    scaled = tuple(255 * v for v in IMAGENET_MEAN), tuple(255 * v for v in IMAGENET_DEVIATION)
    return Checkpoint(_renamed(state, "encoder.", path), *scaled, Learned(netvlad=layer))


def _netvlad_from_matlab(path: Path) -> Checkpoint:
    if path.stat().st_size > MAX_BYTES:
        raise UserError("the file of weights is too large", str(path))
    try:
        arrays = matlab_layers(path, (*MATLAB_CONVOLUTIONS, MATLAB_NETVLAD))
        _check_sizes(arrays)
        features = {}
        for index in MATLAB_CONVOLUTIONS:
            kernel, bias = (np.asarray(arrays[f"{index}.{number}"], dtype=np.float32) for number in (0, 1))
            features[f"{index}.weight"] = torch.from_numpy(np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)))
            features[f"{index}.bias"] = torch.from_numpy(bias.ravel())
        assignment, minus = (np.asarray(arrays[f"{MATLAB_NETVLAD}.{number}"], dtype=np.float64) for number in (0, 1))
        mean = np.asarray(arrays["mean"], dtype=np.float64).reshape(-1, 3)[0]
    except (ValueError, KeyError, IndexError, MemoryError) as error:
        raise UserError("this is not NetVLAD's network as MATLAB structs", str(path)) from error
    layer = _layer(assignment.T, None, -minus.T, path)
    return Checkpoint(features, tuple(mean), (1.0, 1.0, 1.0), Learned(netvlad=layer))


def _check_sizes(arrays: dict[str, NDArray[np.floating]]) -> None:
    """Check that arrays are of numbers, and fit into single floats."""
    if not all((np.abs(array) < LARGEST).all() for array in arrays.values()):
        raise ValueError("no numbers of a network")


def _layer(
    weight: NDArray[np.float64], bias: NDArray[np.float64] | None, centres: NDArray[np.float64], path: Path
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    if bias is not None and bias.shape != (CLUSTERS,):
        raise ValueError("biases of other clusters")
    if weight.shape != (CLUSTERS, CHANNELS) or centres.shape != weight.shape:
        raise UserError(f"the NetVLAD layer is {weight.shape} and not {CLUSTERS} clusters of {CHANNELS}", str(path))
    return weight, np.zeros(CLUSTERS) if bias is None else bias, centres


def _renamed(state: dict[Any, Any], prefix: str, path: Path) -> dict[str, Tensor]:
    """The convolutions' tensors under torchvision's names."""
    found = {
        match.group(1): plain(value).float()
        for name, value in state.items()
        if isinstance(value, Tensor) and (match := re.fullmatch(re.escape(prefix) + r"(\d+\.(?:weight|bias))", str(name)))
    }
    if not found:
        raise UserError(f"the checkpoint has no convolutions '{prefix}N.weight'", str(path))
    return found


def _gem_power(state: dict[Any, Any]) -> float | None:
    power = _array(state.get("pool.p"))
    if power is None:
        return None
    if power.size != 1:
        raise ValueError("no power of GeM's")
    return float(power.ravel()[0])


def _whitening(state: dict[Any, Any], meta: dict[Any, Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The whitening as a layer (W x + b = W (x + W^-1 b)), or the first learnt one of ``Lw`` for a single scale."""
    weight, bias = _array(state.get("whiten.weight")), _array(state.get("whiten.bias"))
    if weight is not None and bias is not None:
        if weight.ndim != 2 or weight.shape[0] != weight.shape[1] or bias.shape != weight.shape[:1]:
            raise ValueError("no whitening")
        return -np.asarray(np.linalg.lstsq(weight, bias, rcond=None)[0], dtype=np.float64), weight
    tables = meta.get("Lw")
    for table in tables.values() if isinstance(tables, dict) else ():
        single = table.get("ss") if isinstance(table, dict) else None
        if not isinstance(single, dict):
            continue
        mean, projection = _array(single.get("m")), _array(single.get("P"))
        if mean is not None and projection is not None:
            if projection.ndim != 2 or projection.shape != (mean.size, mean.size):
                raise ValueError("no whitening")
            return mean.ravel(), projection
    return None


def _array(value: object) -> NDArray[np.float64] | None:
    """The values of a tensor or of a stored array; None if it is neither.

    Raises:
        ValueError: some are missing, they are too many, or not finite.
    """
    if isinstance(value, Tensor):
        array = np.asarray(plain(value).double().numpy())
    elif isinstance(value, StoredArray):
        array = np.asarray(value.array(), dtype=np.float64)
    else:
        return None
    if array.size > MAX_LEARNED or not np.isfinite(array).all():
        raise ValueError("no numbers that a network learns")
    return array


def _three(value: object, path: Path) -> tuple[float, ...]:
    """Mean or deviation, three numbers."""
    try:
        array = _array(value)
        numbers = tuple(float(each) for each in (value if array is None else array.ravel()))  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError):
        numbers = ()
    if len(numbers) != 3 or not all(map(math.isfinite, numbers)):
        raise UserError("the checkpoint does not tell its mean and deviation", str(path))
    return numbers
