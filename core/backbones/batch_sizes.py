"""How to keep a network busy: batch size, passes at a time, and what to do if memory runs out.

Does not import torch, as the embedded network can run without it (``core.backbones.eight_bits``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.backbones import Backbone
from core.util.errors import UserError
from core.util.threads import NETWORK_THREADS

A = TypeVar("A")
B = TypeVar("B")
Shape = tuple[int, ...]

MOST = 32
"""Largest number of photos in a pass; more make no accelerator faster."""

MOST_DECODERS = 16

BYTES_A_PIXEL = 1600
"""Memory of a pass over that of its input: VGG16's two largest layers in float32, three times with their workspace."""

SHARE = 0.4
"""Share of the free memory for one pass."""


@dataclass(frozen=True)
class Lanes:
    """How to drive a network.

    Attributes:
        threads: number of threads that each run one pass at a time.
        decoders: number of threads that decode photos for them.
        size: returns the number of photos of a shape in a pass.
        end: to be called when all passes are done; frees memory that only they needed.
    """

    threads: int
    decoders: int
    size: Callable[[Shape], int]
    end: Callable[[], None]
    _device: str

    def turn(self) -> AbstractContextManager[None]:
        """To be held during each pass; on the processor it waits while as many run as there are threads wanted."""
        return NETWORK_THREADS.turn(self.threads) if self._device == "cpu" else nullcontext()

    def begin(self) -> None:
        """To be called at the start of each thread."""
        NETWORK_THREADS.apply()  # where there are no turns
        if self._device.startswith("cuda"):
            import torch

            # A stream per thread, so that transfers and small steps of one run while the other's network runs.  Data copied
            # to the device before must have arrived.
            torch.cuda.synchronize(self._device)
            torch.cuda.set_stream(torch.cuda.Stream(self._device))  # type: ignore[no-untyped-call]


def lanes_of(backbone: Backbone) -> Lanes:
    """How to drive ``backbone``, by the free memory.

    On the CPU photos are processed one by one, as batches are not faster there; if the network takes little memory
    (``Backbone.lanes``), some at a time, as one thread at a time does what comes after it (tests/benchmarks/HISTORY.md).
    """
    device = getattr(backbone, "device", "cpu")
    cores, wanted, room = os.cpu_count() or 1, NETWORK_THREADS.number, int(free_memory(device) * SHARE / BYTES_A_PIXEL)
    return Lanes(
        threads=2 if device.startswith("cuda") else min(getattr(backbone, "lanes", 1), wanted),
        # The other half of the cores is for the network and the steps after it, but two let none of them wait.
        decoders=min(MOST_DECODERS, min(wanted, max(2, cores // 2)) if device == "cpu" else cores),
        size=lambda shape: max(1, min(MOST, room // (shape[0] * shape[1]))),
        end=getattr(backbone, "let_go", _nothing),
        _device=device,
    )


def _nothing() -> None:
    """Most networks keep nothing."""


def free_memory(device: str) -> int:
    """Free memory of an accelerator in bytes; 0 for the CPU."""
    if device == "cpu":
        return 0
    import torch

    if device.startswith("cuda"):
        # Memory that torch has reserved, but does not use, counts as free.
        kept = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return torch.cuda.mem_get_info(device)[0] + kept
    if device.startswith("mps"):
        return torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
    return 0


def out_of_memory(error: Exception) -> bool:
    """Whether an error means that memory ran out: a class for CUDA, only a message for cuDNN, MPS and the CPU."""
    words = ("out of memory", "can't allocate memory", "ALLOC_FAILED")
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":  # torch's
        return True
    return isinstance(error, RuntimeError) and any(each in str(error) for each in words)


class Halving(Generic[A, B]):
    """Calls ``work`` on items; if memory runs out, on half as many at a time, down to one.

    Args:
        work: from items to their results.
        failed: the result of an item that does not fit alone.
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
        """Use smaller batches from now on; called after the error is released, which held the memory."""
        if "torch" in sys.modules and sys.modules["torch"].cuda.is_available():
            sys.modules["torch"].cuda.empty_cache()
        if len(part) == 1:
            return [self._failed(part[0], UserError("there is not enough memory to describe this photo"))]
        self._most = max(1, len(part) // 2)
        return []
