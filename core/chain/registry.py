"""Every method of each stage of the chain, one row a method.

A new embedding is one file in ``core.embeddings`` and one row here.  The configuration takes its name from the row and its
length from ``dimension``.  The fit calls ``learn``; reading a describer's file calls ``shapes`` and ``restored``.  The
window's form offers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.aggregation.democratic import democratic_weights
from core.aggregation.gmp import gmp_weights
from core.aggregation.sum import average_weights, sum_weights
from core.baselines.crow import crow
from core.baselines.mac import mac
from core.baselines.rmac import rmac
from core.baselines.spoc import spoc, spoc_centre
from core.embeddings.faemb import FFAEmbedding
from core.embeddings.fisher import FisherVector
from core.embeddings.temb import TEmbedding
from core.embeddings.vlad import Vlad
from core.hashing.itq import Itq
from core.hashing.kmh import Kmh
from core.hashing.rba import Rba
from core.util.progress import Ticket

FeatureRows: TypeAlias = NDArray[np.floating]
Shapes: TypeAlias = dict[str, tuple[int, ...]]
"""Shapes of learned arrays, by name."""


class Part(Protocol):
    """A fitted stage; the learned array ``name`` is its attribute ``name_``."""

    ARRAYS: ClassVar[tuple[str, ...]]


class Embedding(Part, Protocol):
    """φ of local features."""

    def transform(self, features: FeatureRows, /) -> FeatureRows:
        """(n, d) L2-normalised features to (n, D); rows are not normalised."""
        ...

    @classmethod
    def learn(cls, features: Sequence[FeatureRows], words: int, seed: int, ticket: Ticket) -> Self:
        """Learn from the (n, d) reduced features of each training photo."""
        ...

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """An instance with stored arrays."""
        ...

    @classmethod
    def dimension(cls, d: int, words: int) -> int:
        """D, for features of length d and a codebook of ``words``."""
        ...

    @classmethod
    def shapes(cls, d: int, words: int) -> Shapes:
        """Shapes of the learned arrays."""
        ...


EMBEDDINGS: dict[str, type[Embedding]] = {
    "fv": FisherVector,
    "vlad": Vlad,
    "temb": TEmbedding,
    "faemb": FFAEmbedding,
}


@dataclass(frozen=True)
class AggregationRow:
    """An aggregation: its weights λ with ψ = Σ λ_i φ_i (None if it is not a weighted sum), and its input.

    ``normalised`` aggregations expect L2-normalised φ; sum and average take φ unchanged, like the authors' ``temb``, FV
    and VLAD.  ``weights`` is called with (n, D) embedded features and the configuration's ``gmp_regularisation``.
    """

    weights: Callable[[FeatureRows, float], FeatureRows] | None
    normalised: bool


AGGREGATIONS: dict[str, AggregationRow] = {
    "sum": AggregationRow(lambda embedded, _: sum_weights(embedded), normalised=False),
    "average": AggregationRow(lambda embedded, _: average_weights(embedded), normalised=False),
    "max": AggregationRow(None, normalised=True),
    "democratic": AggregationRow(lambda embedded, _: democratic_weights(embedded), normalised=True),
    "gmp": AggregationRow(gmp_weights, normalised=True),
}

HASHING: dict[str, type[Itq] | type[Rba] | type[Kmh]] = {"itq": Itq, "rba": Rba, "kmh": Kmh}

PLAIN: dict[str, Callable[[NDArray[np.float32]], NDArray[np.float32]]] = {
    "mac": mac, "spoc": spoc, "spoc-centre": spoc_centre, "crow": crow, "rmac": rmac,
}  # fmt: skip
"""Global descriptors with no learned parameters before their whitening."""

BASELINES = ("", *PLAIN, "gem", "netvlad", "mop")
"""Global descriptors of Table VIII; empty: the paper's own chain."""

MASKS = ("none", "sift", "sum", "max")
