"""The embedded network in eight bits, by OpenVINO: about half of the time on processors, and torch is not loaded.

OpenVINO is optional (``pip install 'cropseek[fast]'``), and imported only here.  The model file is made from the weights of
``core.backbones.compact`` by ``resources/tools/backbone/eight_bits.py``: all layers but the first two and the last multiply
whole numbers, sums of residual blocks stay in single precision.
"""

from __future__ import annotations

import platform
import sys
import threading
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.backbones.compact_sizes import CHANNELS, RECEPTIVE_FIELD, STRIDE, check_layer
from core.util.errors import UserError
from core.util.extras import require
from core.util.resources import MODELS
from core.util.threads import NETWORK_THREADS

MODEL = MODELS / "compact-8bit.xml"
"""The layers; their numbers are in the file beside it, with the suffix ``.bin``."""

MACHINES = ("x86_64", "amd64")
"""Processors on which rankings were compared with those of single precision."""


SHAPES = 32
"""OpenVINO keeps about 5 MB for each shape of photos when two are shown at a time; after so many shapes the network is made
ready anew, which takes a fifth of a second."""

_FIRST = threading.Lock()
"""Held during the first pass: two first ones at a time wait for each other for ever (seen with OpenVINO 2026.4)."""


def usable() -> bool:
    """Whether OpenVINO is installed and multiplies whole numbers of eight bits on this processor; imports it."""
    if find_spec("openvino") is None or platform.machine().lower() not in MACHINES:
        return False
    try:
        return "INT8" in _runtime().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    except (UserError, RuntimeError):
        return False


class EightBitBackbone:
    """``CompactBackbone`` in eight bits; safe to share between threads.

    Args:
        pool: append the 2x2/2 max pool.

    Raises:
        UserError: no such layer, no OpenVINO, or a damaged model file.
    """

    dense = True
    learned: object = None
    device = "cpu"
    lanes = 4

    def __init__(self, layer: str, pool: bool) -> None:
        check_layer(layer)
        self._pool = pool
        self.stride = STRIDE * (2 if pool else 1)
        self.channels = CHANNELS
        self._lock, self._threads = threading.Lock(), 0
        self._made: dict[int, _Made] = {}
        try:
            self._model = _runtime().read_model(MODEL)
            with _FIRST:
                self.grid(np.zeros((STRIDE * 2, STRIDE * 2, 3), dtype=np.uint8))
        except RuntimeError as error:
            raise UserError("the network in eight bits cannot be loaded", str(MODEL), "Install Cropseek again.") from error

    @property
    def receptive_field(self) -> int:
        """Of one cell, in input pixels."""
        return RECEPTIVE_FIELD + (STRIDE if self._pool else 0)

    def grid(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(H_I, W_I, 3) uint8 RGB to (H, W, K) float32; empty if a side is shorter than a cell."""
        rows, columns = (side // self.stride for side in photo.shape[:2])
        if rows == 0 or columns == 0:
            return np.zeros((rows, columns, self.channels), dtype=np.float32)
        pixels = np.ascontiguousarray(photo.transpose(2, 0, 1)[None], dtype=np.float32)
        pixels /= 255
        pixels -= 0.5
        pixels *= 4
        made, request = self._request(pixels.shape)
        grid = np.ascontiguousarray(request.infer({0: pixels}, share_inputs=True)[0][0].transpose(1, 2, 0))
        made.free.append(request)
        return _pooled(grid, rows, columns) if self._pool else grid

    def let_go(self) -> None:
        """Free what only indexing needs; it is made again when that goes on."""
        with self._lock:
            self._made = {lanes: made for lanes, made in self._made.items() if lanes == 1}

    def _request(self, shape: tuple[int, ...]) -> tuple[_Made, Any]:
        """A pass that no other thread uses, with the number of threads that are wanted now, and what it is returned to.

        Those that index at the same time have a form of their own, so that a query may use all threads.
        """
        wanted, lanes = NETWORK_THREADS.number, NETWORK_THREADS.lanes
        with self._lock:
            if self._threads != wanted:
                self._made, self._threads = {}, wanted
            made = self._made.get(lanes)
            if made is None or (shape not in made.shapes and len(made.shapes) == SHAPES):
                settings = _settings(wanted, min(lanes, wanted))
                made = _Made(_runtime().compile_model(self._model, "CPU", settings), [], set())
                self._made[lanes] = made
            made.shapes.add(shape)
            return made, made.free.pop() if made.free else made.compiled.create_infer_request()


@dataclass(frozen=True, eq=False)
class _Made:
    """The network made ready for a number of threads, its passes that nobody uses, and the shapes it has seen."""

    compiled: Any
    free: list[Any]
    shapes: set[tuple[int, ...]]


def _settings(threads: int, passes: int) -> dict[str, Any]:
    """How OpenVINO runs some passes at a time on all threads together."""
    return {
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": passes,
        "INFERENCE_PRECISION_HINT": "f32",  # of layers that are not in eight bits: bfloat16 would change masks
        "ENABLE_CPU_PINNING": False,  # other threads would have to keep to other cores
    }


def _pooled(grid: NDArray[np.float32], rows: int, columns: int) -> NDArray[np.float32]:
    """The largest of each 2x2 cells."""
    parts = grid[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2, grid.shape[2])
    largest: NDArray[np.float32] = parts.max(axis=(1, 3))
    return largest


@cache
def _runtime() -> Any:
    """OpenVINO's entrance.

    OpenVINO brings a package that can report its use, ``openvino_telemetry``.  It must not be imported: OpenVINO then has a
    stub in its place.

    Raises:
        UserError: OpenVINO is not installed.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    require("openvino", "fast", "networks in eight bits")
    import openvino

    return openvino.Core()
