"""How a network is kept busy: photos in a pass, passes under way at a time, and what is done when memory runs out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch

from core.backbones import Backbone
from core.backbones.runner import GridRunner
from core.util.errors import UserError
from core.util.threads import NETWORK_THREADS

A = TypeVar("A")
B = TypeVar("B")
Shape = tuple[int, ...]

MOST = 32
"""Photos in a pass: more fill no accelerator better."""

MOST_DECODERS = 16

BYTES_A_PIXEL = 1600
"""Of the input, for all that a pass needs: VGG16's two largest layers in float32, three times for their workspace."""

SHARE = 0.4
"""Of the memory that is free at the start, for one pass."""


@dataclass(frozen=True)
class Lanes:
    """How to drive a network.

    Attributes:
        threads: that each run a pass at a time.
        decoders: threads that decode photos for them.
        size: how many photos of a shape to give to a pass.
    """

    threads: int
    decoders: int
    size: Callable[[Shape], int]
    _device: str

    def begin(self) -> None:
        """Called first in each of the threads."""
        NETWORK_THREADS.apply()
        if self._device.startswith("cuda"):
            # A stream of its own, so that one lane's transfers and small steps run beside the other's network; what was
            # copied to the device before must have arrived.
            torch.cuda.synchronize(self._device)
            torch.cuda.set_stream(torch.cuda.Stream(self._device))  # type: ignore[no-untyped-call]


def lanes_of(backbone: Backbone) -> Lanes:
    """How to drive ``backbone``, by the memory that is free now.

    On the CPU photos go one by one, as more at a time are not faster there (tests/benchmarks/HISTORY.md).
    """
    device = backbone.device if isinstance(backbone, GridRunner) else "cpu"
    cores, room = os.cpu_count() or 1, int(free_memory(device) * SHARE / BYTES_A_PIXEL)
    return Lanes(
        threads=2 if device.startswith("cuda") else 1,
        # A network on the CPU, and all that follows it, want the other half of the cores.
        decoders=max(1, min(MOST_DECODERS, cores // 2 if device == "cpu" else cores)),
        size=lambda shape: max(1, min(MOST, room // (shape[0] * shape[1]))),
        _device=device,
    )


def free_memory(device: str) -> int:
    """Bytes to spare on an accelerator; 0 on the CPU."""
    if device.startswith("cuda"):
        # What torch keeps for its next tensors is as good as free.
        kept = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return torch.cuda.mem_get_info(device)[0] + kept
    if device.startswith("mps"):
        return torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
    return 0


def out_of_memory(error: Exception) -> bool:
    """Whether an error says so: CUDA has a class for it, cuDNN, MPS and the CPU have words."""
    words = ("out of memory", "can't allocate memory", "ALLOC_FAILED")
    kinds = (torch.OutOfMemoryError, MemoryError)
    return isinstance(error, kinds) or (isinstance(error, RuntimeError) and any(each in str(error) for each in words))


class Halving(Generic[A, B]):
    """``work`` on several items, which goes on with half of them when memory does not hold all, down to one.

    Args:
        work: items to as many results.
        failed: what an item becomes for which alone there is not enough.
    """

    def __init__(self, work: Callable[[Sequence[A]], list[B]], failed: Callable[[A, UserError], B]) -> None:
        self._work, self._failed = work, failed
        self._most = MOST

    def __call__(self, items: Sequence[A]) -> list[B]:
        """The results, in order."""
        done: list[B] = []
        while len(done) < len(items):
            part = items[len(done) : len(done) + self._most]
            done += self._tried(part) or self._smaller(part)
        return done

    def _tried(self, part: Sequence[A]) -> list[B] | None:
        try:
            return self._work(part)
        except Exception as error:
            if not out_of_memory(error):
                raise
            return None

    def _smaller(self, part: Sequence[A]) -> list[B]:
        """After the error is gone, which held what did not fit: from now on fewer at a time."""
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        if len(part) == 1:
            return [self._failed(part[0], UserError("there is not enough memory to describe this photo"))]
        self._most = max(1, len(part) // 2)
        return []
