"""A set of photos at each step of the chain, so that configurations that share steps share the work.

Evaluating a table runs dozens of chains over the same photos.  Each step caches its last result, which the next row can use
if rows are run in the order of ``DescriberConfig.key``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.chain.config import DescriberConfig
from core.chain.describer import make_mask, windows_of
from core.chain.registry import Embedding, Part
from core.chain.stages import (
    BaselineStages,
    Grid,
    LocalStages,
    Mask,
    Pooling,
    SelectiveStages,
    Stages,
    aggregate,
    reduced,
    whitened_sum,
)
from core.fitting.grid_store import GridStore, Item
from core.masks import select
from core.reduction.moments import l2_normalise
from core.reduction.pca import Pca
from core.util.progress import Ticket

T = TypeVar("T")
Features = NDArray[np.floating]


class Latest:
    """A cache of the last result for each name."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, object]] = {}

    def get(self, name: str, key: object, make: Callable[[], T]) -> T:
        """The result of ``make``, called only if ``key`` differs from the last one for ``name``."""
        if name not in self._kept or self._kept[name][0] != key:
            self._kept.pop(name, None)  # first, as both may not fit in memory
            self._kept[name] = key, make()
        return self._kept[name][1]  # type: ignore[return-value]


class PhotoSet:
    """Photos whose grids are in a store.

    Fitted stages are arguments and part of each cache's key, as the same settings may be fitted several times.
    """

    def __init__(self, store: GridStore, items: Sequence[Item], ticket: Ticket) -> None:
        self.store, self.items, self.ticket = store, items, ticket
        self.latest = Latest()

    def masks(self, config: DescriberConfig) -> list[Mask]:
        """The mask of each photo."""
        return self.latest.get(
            "masks", config.key("mask"), lambda: [self._mask(config, i) for i in self._each("making masks")]
        )

    def kept(self, config: DescriberConfig, what: str) -> Iterator[Features]:
        """The kept features of each photo, (n, K)."""
        masks = self.masks(config)
        for item, mask in zip(self._each(what), masks, strict=True):
            yield select(self.store.grid(item), mask)

    def reduced(self, config: DescriberConfig, pca: Pca) -> list[Features]:
        """The reduced features of each photo, (n, d), rows L2-normalised, without null rows."""
        return self.latest.get("reduced", (config.key("pca"), learned(pca)), lambda: self._reduced(config, pca))

    def aggregated(self, config: DescriberConfig, pca: Pca, embedding: Embedding) -> Features:
        """ψ of each photo, (N, D), L2-normalised; zeros for a photo without features."""
        key = config.key("aggregation"), learned(pca), learned(embedding)
        return self.latest.get("aggregated", key, lambda: self._aggregated(config, self.reduced(config, pca), embedding))

    def aggregated_parts(self, config: DescriberConfig, pca: Pca, embedding: Embedding, layout: str) -> Features:
        """ψ of each photo and of its windows, (N (1 + W), D), which resemble what boxes are searched with."""
        key = config.key("aggregation"), learned(pca), learned(embedding), layout
        make = lambda: self._aggregated_parts(LocalStages(config, pca, embedding), layout)  # noqa: E731
        return self.latest.get("aggregated parts", key, make)

    def pooled(self, config: DescriberConfig, pooling: Pooling) -> list[Features]:
        """The L2-normalised vectors of a baseline, (r, D) of each photo."""
        make = lambda: [l2_normalise(pooling.vectors(grid)) for grid in self.grids(config.baseline)]  # noqa: E731
        return self.latest.get("pooled", (*config.key("mask"), config.baseline, config.seed, learned(pooling)), make)

    def grids(self, what: str) -> Iterator[Grid]:
        """The grid of each photo."""
        return map(self.store.grid, self._each(what))

    def _each(self, what: str) -> Iterator[Item]:
        return self.ticket.each(self.items, len(self.items), what)

    def _mask(self, config: DescriberConfig, item: Item) -> Mask:
        return make_mask(config, self.store.grid(item), self.store.shown_for(config.mask, item))

    def _reduced(self, config: DescriberConfig, pca: Pca) -> list[Features]:
        masks = self.masks(config)
        each = zip(self._each("reducing features"), masks, strict=True)
        rows = (reduced(pca, self.store.grid(item), mask) for item, mask in each)
        return [features[alive] for features, alive in rows]

    def _aggregated_parts(self, local: LocalStages, layout: str) -> Features:
        config, masks = local.config, self.masks(local.config)
        vectors = []
        for item, mask in zip(self._each(f"aggregating windows with {config.method}"), masks, strict=True):
            grid = self.store.grid(item)
            whole = (0, mask.shape[0], 0, mask.shape[1]), mask
            parts = [whole, *windows_of(config, grid, mask, layout)]
            vectors.append(local.aggregated(grid, parts)[1].astype(np.float32))
        return np.concatenate(vectors)

    def _aggregated(self, config: DescriberConfig, local: list[Features], embedding: Embedding) -> Features:
        each = self.ticket.each(local, len(local), f"aggregating with {config.method}")
        transformed = map(embedding.transform, each)
        vectors = [aggregate(rows, config.aggregation, config.gmp_regularisation) for rows in transformed]
        return np.stack(vectors) if vectors else np.zeros((0, config.embedded_dimension), dtype=np.float32)


def learned(part: Part) -> str:
    """A fingerprint of a stage's learnt parameters."""
    digest = hashlib.sha256()
    for name in part.ARRAYS:
        array = np.ascontiguousarray(getattr(part, f"{name}_"))
        digest.update(f"{name} {array.dtype} {array.shape}\n".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def descriptors_of(photos: PhotoSet, stages: Stages) -> NDArray[np.float32]:
    """The descriptors of all photos, (N, D), equal to those of ``stages.encode``."""
    config = stages.config
    if isinstance(stages, BaselineStages):
        return np.stack([whitened_sum(vectors, stages.whitening) for vectors in photos.pooled(config, stages.pooling)])
    assert isinstance(stages, SelectiveStages)
    return stages.finish(photos.aggregated(config, stages.pca, stages.embedding))
