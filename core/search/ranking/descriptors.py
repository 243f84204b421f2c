"""Exact cosine ranking over stored descriptors: by numpy, or on a device that has its own memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

CHUNK = 16_384
"""Rows widened to float32 at a time; the store itself stays in float16."""

DEVICE_CHUNK = 1 << 20
"""The same on a device."""


def cosines(
    descriptors: NDArray[np.float16], query: NDArray[np.float32], rows: NDArray[np.int64] | None = None
) -> NDArray[np.float32]:
    """Inner products of (N, D) stored descriptors, or of some rows of them, with an L2-normalised (D,) query."""
    scores = np.empty(len(descriptors if rows is None else rows), dtype=np.float32)
    for start in range(0, len(scores), CHUNK):
        part = slice(start, start + CHUNK)
        scores[part] = descriptors[part if rows is None else rows[part]].astype(np.float32) @ query
    return scores


class DeviceDescriptors:
    """Descriptors in the memory of a device (``cuda``, ``mps``; ``cpu`` for tests), in float16.

    Args:
        descriptors: (N, D).
        device: torch device.

    Raises:
        RuntimeError: torch's own, of which ``torch.OutOfMemoryError`` is one, when they do not fit.
    """

    def __init__(self, descriptors: NDArray[np.float16], device: str) -> None:
        import torch

        self._stored = torch.empty(descriptors.shape, dtype=torch.float16, device=device)
        for start in range(0, len(descriptors), CHUNK):
            # A copy, as torch takes no array that may not be written to.
            self._stored[start : start + CHUNK] = torch.from_numpy(np.array(descriptors[start : start + CHUNK]))

    def cosines(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """As ``cosines`` of all rows."""
        import torch

        with torch.inference_mode():
            asked = torch.from_numpy(query).to(self._stored.device)
            starts = range(0, len(self._stored), DEVICE_CHUNK)
            parts: list[Tensor] = [self._stored[start : start + DEVICE_CHUNK].float() @ asked for start in starts]
            found: NDArray[np.float32] = torch.cat(parts).cpu().numpy()
        return found


def on_device(descriptors: NDArray[np.float16], device: str) -> DeviceDescriptors | None:
    """The descriptors on the device of the network; None where that is the CPU, or where they do not fit.

    Raises:
        UserError: the device is not there.
    """
    if device.startswith("cpu") or not len(descriptors):
        return None
    from core.backbones import check_device

    name = check_device(device).partition("+")[0]
    if name == "cpu":
        return None
    try:
        return DeviceDescriptors(descriptors, name)
    except RuntimeError:  # out of its memory: the CPU has them anyway
        return None


def best_first(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows of the ``k`` largest scores, descending, ties in the order of rows."""
    if k < len(scores):
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k] if k else np.inf
        rows = np.flatnonzero(scores >= threshold)
    else:
        rows = np.arange(len(scores))
    return rows[np.argsort(-scores[rows], kind="stable")][:k].astype(np.int64)
