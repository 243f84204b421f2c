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

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.io
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.backbones.weights import read_torch
from core.util.errors import UserError

MATLAB_CONVOLUTIONS = (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)
"""Where VGG16's thirteen convolutions lie, in MatConvNet's list of layers as in torchvision's ``features``."""

MATLAB_NETVLAD = 30
CLUSTERS, CHANNELS = 64, 512
IMAGENET_MEAN, IMAGENET_DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class Learned:
    """What a checkpoint learnt beyond the convolutions, each None where it has none.

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
        mean, deviation: what is taken off RGB on 0..255, and divided by.
    """

    features: dict[str, Tensor]
    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    learned: Learned = field(default_factory=Learned)


def read_cirtorch(path: Path) -> Checkpoint:
    """A network of cnnimageretrieval-pytorch.

    Raises:
        UserError: unreadable, another form, or another architecture than VGG16.
    """
    document = read_torch(path)
    meta, state = document.get("meta"), document.get("state_dict")
    if not isinstance(meta, dict) or not isinstance(state, dict):
        raise UserError("this is not a checkpoint of cnnimageretrieval-pytorch (no 'meta' and 'state_dict')", str(path))
    if meta.get("architecture") != "vgg16":
        raise UserError(f"the checkpoint is a '{meta.get('architecture')}', and a VGG16 is needed", str(path))
    mean, deviation = (_three(meta.get(name), path) for name in ("mean", "std"))
    learned = Learned(_gem_power(state), _whitening(state, meta))
    return Checkpoint(
        _renamed(state, "features.", path), tuple(255 * v for v in mean), tuple(255 * v for v in deviation), learned
    )


def read_netvlad(path: Path) -> Checkpoint:
    """NetVLAD's VGG16, from a MATLAB file (``.mat``) or a checkpoint of pytorch-NetVlad.

    Raises:
        UserError: unreadable, another form, or other shapes.
    """
    return _netvlad_from_matlab(path) if path.suffix == ".mat" else _netvlad_from_torch(path)


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
    try:
        network = scipy.io.loadmat(str(path), struct_as_record=False, squeeze_me=True)["net"]
        layers = network.layers
        features = {}
        for place in MATLAB_CONVOLUTIONS:
            kernel, bias = (np.asarray(values, dtype=np.float32) for values in layers[place].weights[:2])
            features[f"{place}.weight"] = torch.from_numpy(np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)))
            features[f"{place}.bias"] = torch.from_numpy(bias.ravel())
        assignment, minus = (np.asarray(values, dtype=np.float64) for values in layers[MATLAB_NETVLAD].weights[:2])
        mean = np.asarray(network.meta.normalization.averageImage, dtype=np.float64).reshape(-1, 3)[0]
    except UserError:
        raise
    except Exception as error:  # a damaged MATLAB file fails in many ways
        raise UserError("this is not NetVLAD's network as MATLAB structs", str(path)) from error
    layer = _layer(assignment.T, None, -minus.T, path)
    return Checkpoint(features, tuple(mean), (1.0, 1.0, 1.0), Learned(netvlad=layer))


def _layer(
    weight: NDArray[np.float64], bias: NDArray[np.float64] | None, centres: NDArray[np.float64], path: Path
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    if weight.shape != (CLUSTERS, CHANNELS) or centres.shape != weight.shape:
        raise UserError(f"the NetVLAD layer is {weight.shape} and not {CLUSTERS} clusters of {CHANNELS}", str(path))
    return weight, np.zeros(CLUSTERS) if bias is None else bias, centres


def _renamed(state: dict[Any, Any], prefix: str, path: Path) -> dict[str, Tensor]:
    """The convolutions' tensors under torchvision's names."""
    found = {
        match.group(1): value.float()
        for name, value in state.items()
        if isinstance(value, Tensor) and (match := re.fullmatch(re.escape(prefix) + r"(\d+\.(?:weight|bias))", str(name)))
    }
    if not found:
        raise UserError(f"the checkpoint has no convolutions '{prefix}N.weight'", str(path))
    return found


def _gem_power(state: dict[Any, Any]) -> float | None:
    power = _array(state.get("pool.p"))
    return None if power is None else float(power.ravel()[0])


def _whitening(state: dict[Any, Any], meta: dict[Any, Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The whitening as a layer (W x + b = W (x + W^-1 b)), or the first learnt one of ``Lw`` for a single scale."""
    weight, bias = _array(state.get("whiten.weight")), _array(state.get("whiten.bias"))
    if weight is not None and bias is not None:
        return -np.asarray(np.linalg.lstsq(weight, bias, rcond=None)[0], dtype=np.float64), weight
    tables = meta.get("Lw")
    for table in tables.values() if isinstance(tables, dict) else ():
        single = table.get("ss", {}) if isinstance(table, dict) else {}
        mean, projection = _array(single.get("m")), _array(single.get("P"))
        if mean is not None and projection is not None:
            return mean.ravel(), projection
    return None


def _array(value: object) -> NDArray[np.float64] | None:
    if isinstance(value, Tensor):
        return np.asarray(value.double().numpy())
    return np.asarray(value, dtype=np.float64) if isinstance(value, np.ndarray) else None


def _three(value: object, path: Path) -> tuple[float, ...]:
    """Mean or deviation, three numbers."""
    try:
        numbers = tuple(float(each) for each in value)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        numbers = ()
    if len(numbers) != 3:
        raise UserError("the checkpoint does not tell its mean and deviation", str(path))
    return numbers
