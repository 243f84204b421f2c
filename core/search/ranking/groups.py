"""Near-duplicates among hits: copies, crops of a few pixels, the next shot of a burst."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.hashing.bits import hamming

LIMIT = 0.07
"""Photos are near-duplicates if less than this share of their bits differs."""


def groups(codes: NDArray[np.uint8]) -> list[int]:
    """For each photo the index of the first one that it is a near-duplicate of; its own if there is none before it.

    All photos of a group are compared with its first one, so that a chain of small changes does not join different photos.

    Args:
        codes: (n, L / 8), in the order of ranks.
    """
    limit = LIMIT * 8 * codes.shape[1] if len(codes) else 0
    leaders: list[int] = []
    found: list[int] = []
    for index, code in enumerate(codes):
        distances = hamming(codes[leaders], code) if leaders else np.zeros(0)
        near = np.flatnonzero(distances < limit)
        leader = leaders[int(near[distances[near].argmin()])] if len(near) else index
        if leader == index:
            leaders.append(index)
        found.append(leader)
    return found
