"""Photos of a collection that are nearly the same: copies, the shots of a burst.

Comparing all with all would take an hour for a million.  Codes that differ in few bits are neighbours when codes are sorted
by some of their bytes, unless one of the first of these differs; so they are sorted several times, each time by others, and
only neighbours are compared.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.hashing.bits import hamming
from core.search.ranking.groups import LIMIT
from core.util.progress import Ticket

EXACT = 3000
"""Up to so many photos are compared all with all."""

SORTS, REACH = 16, 6
"""How often codes are sorted, and with how many that follow each is compared."""

KEY_BYTES, ALIKE_BYTES = 8, 2
"""Bytes by which codes are sorted, and how many of them must be equal for two to be compared."""

BLOCK = 100_000


def near_duplicates(codes: NDArray[np.uint8], ticket: Ticket, seed: int = 0) -> NDArray[np.int64]:
    """For each photo the place of the first one that it is nearly the same as; its own when there is none before it.

    A group is made around its first photo, as in ``core.search.ranking.groups``.

    Args:
        codes: (N, L / 8) packed.

    Raises:
        Cancelled: by the ticket.
    """
    leaders = np.arange(len(codes), dtype=np.int64)
    if len(codes) < 2:
        return leaders
    limit = LIMIT * 8 * codes.shape[1]
    pairs = _all_pairs(codes, limit, ticket) if len(codes) <= EXACT else _neighbours(codes, limit, ticket, seed)
    order = np.lexsort((pairs[:, 2], pairs[:, 1]))  # by the later photo, its nearest first
    for first, later, _ in pairs[order].tolist():
        if leaders[later] == later and leaders[first] == first:
            leaders[later] = first
    return leaders


def _all_pairs(codes: NDArray[np.uint8], limit: float, ticket: Ticket) -> NDArray[np.int64]:
    found = []
    for place in ticket.each(range(1, len(codes)), len(codes), "comparing"):
        distances = hamming(codes[:place], codes[place])
        near = np.flatnonzero(distances < limit)
        found.append(np.stack([near, np.full(len(near), place), distances[near]], axis=1))
    return np.concatenate(found).astype(np.int64)


def _neighbours(codes: NDArray[np.uint8], limit: float, ticket: Ticket, seed: int) -> NDArray[np.int64]:
    random = np.random.default_rng(seed)
    found = []
    for _ in ticket.each(range(SORTS), SORTS, "comparing"):
        key = _key(codes, random)
        order = np.argsort(key, kind="stable")
        ranked, shift = key[order], np.uint64(8 * (min(KEY_BYTES, codes.shape[1]) - ALIKE_BYTES))
        for step in range(1, REACH + 1):
            likely = ranked[:-step] >> shift == ranked[step:] >> shift
            a, b = order[:-step][likely], order[step:][likely]
            distances = _distances(codes, a, b)
            near = distances < limit
            a, b = a[near], b[near]
            found.append(np.stack([np.minimum(a, b), np.maximum(a, b), distances[near]], axis=1).astype(np.int64))
            ticket.checkpoint(0, 0)
    return np.unique(np.concatenate(found), axis=0)


def _key(codes: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint64]:
    """(N,) some bytes of each code, in a new order."""
    chosen = random.permutation(codes.shape[1])[:KEY_BYTES]
    key = np.zeros(len(codes), dtype=np.uint64)
    for byte in chosen.tolist():
        key = key << np.uint64(8) | codes[:, byte].astype(np.uint64)
    return key


def _distances(codes: NDArray[np.uint8], a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """(m,) the number of different bits of each pair, a block at a time."""
    blocks = (slice(start, start + BLOCK) for start in range(0, len(a), BLOCK))
    return np.concatenate([np.zeros(0, dtype=np.int64), *(hamming(codes[a[rows]], codes[b[rows]]) for rows in blocks)])
