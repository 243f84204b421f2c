"""Several boxes or photos as one query: their scores joined into one.

With s_i the scores of a photo for the wanted examples and u_j those for the unwanted ones:

    mean   s = 1/n Σ_i s_i          for views of one thing: the cosine with their mean, since cosines are linear
    best   s = max_i s_i            for different things, any of which may be found
    s - γ max(0, max_j u_j)         lower for what resembles an unwanted example

The last is Rocchio's negative feedback (Salton, The SMART Retrieval System, 1971, chapter 14) with the nearest negative
example instead of their mean, so that many negative examples do not weigh more than one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

GAMMA = 0.5
"""Weight of the unwanted examples."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Question(Generic[T]):
    """Wanted examples (at least one), unwanted ones, and how scores are joined: ``mean`` or ``best``."""

    wanted: tuple[T, ...]
    unwanted: tuple[T, ...] = ()
    how: str = "mean"

    @property
    def examples(self) -> tuple[T, ...]:
        """All examples, the wanted ones first."""
        return *self.wanted, *self.unwanted

    def joined(self, measure: Callable[[T], NDArray[np.float32]]) -> NDArray[np.float32]:
        """The joined score of every photo, (n,), from a measure of each example, (n,)."""
        return joined([measure(example) for example in self.wanted], [measure(u) for u in self.unwanted], self.how)


def joined(
    wanted: list[NDArray[np.float32]], unwanted: list[NDArray[np.float32]], how: str = "mean"
) -> NDArray[np.float32]:
    """See the module; (n,) from lists of (n,)."""
    scores = np.mean(wanted, axis=0) if how == "mean" else np.max(wanted, axis=0)
    if unwanted:
        scores = scores - GAMMA * np.maximum(0, np.max(unwanted, axis=0))
    return np.asarray(scores, dtype=np.float32)
