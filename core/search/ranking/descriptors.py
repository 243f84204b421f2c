"""Exact cosine ranking over stored descriptors, with numpy or on an accelerator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

CHUNK = 16_384
"""Rows converted to float32 at a time; they are stored in float16."""

DEVICE_CHUNK = 1 << 20
"""The same on an accelerator."""


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
        RuntimeError: from torch, such as ``torch.OutOfMemoryError``, if they do not fit.
    """

    def __init__(self, descriptors: NDArray[np.float16], device: str) -> None:
        import torch

        self._stored = torch.empty(descriptors.shape, dtype=torch.float16, device=device)
        for start in range(0, len(descriptors), CHUNK):
            # A copy, as torch accepts no read-only array.
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
    """The descriptors on the network's device; None if that is the CPU, or if they do not fit.

    Raises:
        UserError: there is no such device.
    """
    if device.startswith("cpu") or not len(descriptors):
        return None
    from core.backbones import check_device

    name = check_device(device).partition("+")[0]
    if name == "cpu":
        return None
    try:
        return DeviceDescriptors(descriptors, name)
    except RuntimeError:  # out of memory: they stay on the CPU
        return None


def best_first(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows of the ``k`` largest scores, descending, ties in the order of rows."""
    if k < len(scores):
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k] if k else np.inf
        rows = np.flatnonzero(scores >= threshold)
    else:
        rows = np.arange(len(scores))
    return rows[np.argsort(-scores[rows], kind="stable")][:k].astype(np.int64)
