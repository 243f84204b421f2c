"""The fitted stages of a chain: from a grid to a descriptor and a code.  The only place that composes the families.

    selective:  grid -> mask -> PCA, L2 -> embedding -> aggregation, L2 -> rotation, truncation -> power law, L2 -> hashing
    baseline:   grid -> global vectors, L2 -> PCA whitening, L2 -> sum, L2 -> hashing

The order of ``selective`` is that of the authors' code (ALGORITHMS section 0); section 11 there lists where the paper
differs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.aggregation.max import max_pool
from core.baselines.gem import POWER, gem
from core.chain.config import DescriberConfig
from core.chain.registry import AGGREGATIONS, Embedding, FeatureRows, Part
from core.chain.subwindows import Window
from core.embeddings.whitened import WhitenedEmbedding
from core.hashing.bits import pack
from core.masks import kept_positions, select
from core.reduction.moments import l2_normalise
from core.reduction.pca import Pca
from core.reduction.power import power_law
from core.reduction.rotation import Rotation
from core.reduction.whitening import PcaWhitening
from core.util.threads import keep_to_one_thread

keep_to_one_thread()

Grid: TypeAlias = NDArray[np.float32]
Mask: TypeAlias = NDArray[np.bool_]
WindowMask: TypeAlias = tuple[Window, Mask]
"""A window of a grid, and its mask, which has the window's shape."""

TURNED = 1280
"""Largest D for which the whitening is made triangular, which takes D^3 operations once."""


class Hashing(Part, Protocol):
    """(..., D) descriptors to (..., L) bits."""

    def transform(self, vectors: FeatureRows, /) -> NDArray[np.bool_]: ...


class Pooling(Part, Protocol):
    """A grid to the (r, D) vectors of a baseline."""

    def vectors(self, grid: Grid, /) -> NDArray[np.float32]: ...


class PlainPooling:
    """A baseline that learns nothing before its whitening."""

    ARRAYS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, vectors: Callable[[Grid], NDArray[np.float32]]) -> None:
        self.vectors = vectors


class GemPooling:
    """GeM with the default power, or that of a checkpoint.

    Attributes:
        power_: (1,) float64.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("power",)

    power_: NDArray[np.float64]

    def __init__(self, power: float = POWER) -> None:
        self.power_ = np.array([power])

    def vectors(self, grid: Grid) -> NDArray[np.float32]:
        """(H, W, K) to (1, K)."""
        return gem(grid, float(self.power_[0]))


@dataclass(frozen=True)
class Description:
    """The description of one photo or box.

    Attributes:
        descriptor: (D,) float32, L2-normalised; zeros when no cell was kept.
        code: (L / 8,) uint8.
        positions: (n, 2) row and column of the kept cells; none for a baseline.
        features: (n, d) float32, their reduced local features, rows L2-normalised.
    """

    descriptor: NDArray[np.float32]
    code: NDArray[np.uint8]
    positions: NDArray[np.intp]
    features: NDArray[np.float32]


class Stages(Protocol):
    """All fitted stages of one configuration."""

    @property
    def config(self) -> DescriberConfig:
        """The configuration that was fitted."""
        ...

    @property
    def hashing(self) -> Hashing:
        """The last stage: descriptors to bits."""
        ...

    @property
    def parts(self) -> dict[str, Part]:
        """The stages by name, as stored in the describer's file."""
        ...

    @property
    def channels(self) -> int:
        """K of the grids that the stages were fitted on."""
        ...

    def encode(self, grid: Grid, mask: Mask) -> Description:
        """The description of the cells of ``grid`` that ``mask`` keeps."""
        ...

    def encode_parts(self, grid: Grid, parts: Sequence[WindowMask]) -> NDArray[np.uint8]:
        """The codes of windows of ``grid``, (len(parts), L / 8), as ``encode`` would compute them."""
        ...

    def encode_all(self, grid: Grid, mask: Mask, parts: Sequence[WindowMask]) -> tuple[Description, NDArray[np.uint8]]:
        """``encode`` and ``encode_parts`` together."""
        ...


@dataclass(frozen=True)
class LocalStages:
    """The paper's chain from a grid to ψ: what comes before the rotation."""

    config: DescriberConfig
    pca: Pca
    embedding: Embedding

    def aggregated(self, grid: Grid, parts: Sequence[WindowMask]) -> tuple[list[tuple[FeatureRows, Mask]], FeatureRows]:
        """Of windows the reduced features and which of the kept cells have one, and ψ, (len(parts), D).

        A cell that several windows keep is embedded once.
        """
        kept = np.zeros(grid.shape[:2], dtype=bool)
        for (row0, row1, column0, column1), mask in parts:
            kept[row0:row1, column0:column1] |= mask
        features, alive = reduced(self.pca, grid, kept)
        embedded = self._prepared(features)
        row_of = (np.cumsum(kept.T) - 1).reshape(kept.T.shape).T  # in the order of ``select``
        rows = [np.sort(row_of[row0:row1, column0:column1][mask]) for (row0, row1, column0, column1), mask in parts]
        seen = [alive[row] for row in rows]
        rows = [row[there] for row, there in zip(rows, seen, strict=True)]
        vectors = self._turned_back(np.stack([self._pooled(embedded[row]) for row in rows]))
        return list(zip([features[row] for row in rows], seen, strict=True)), vectors

    def of_features(self, features: FeatureRows) -> FeatureRows:
        """ψ, (D,), of reduced features (n, d)."""
        vector: FeatureRows = self._turned_back(self._pooled(self._prepared(features))[None])[0]
        return vector

    @cached_property
    def _turning(self) -> WhitenedEmbedding | None:
        """The embedding, where it may work in another basis: ψ is linear in φ, and its weights do not mind roundings."""
        embedding = self.embedding
        turns = isinstance(embedding, WhitenedEmbedding) and len(embedding.mean_) <= TURNED
        return embedding if turns and self.config.aggregation not in ("max", "gmp") else None  # type: ignore[return-value]

    def _prepared(self, features: FeatureRows) -> FeatureRows:
        turning = self._turning
        embedded = self.embedding.transform(features) if turning is None else turning.turned(features)
        return prepared(embedded, self.config.aggregation)

    def _pooled(self, embedded: FeatureRows) -> FeatureRows:
        return pooled(embedded, self.config.aggregation, self.config.gmp_regularisation)

    def _turned_back(self, vectors: FeatureRows) -> FeatureRows:
        return vectors if self._turning is None else self._turning.turn_back(vectors)


@dataclass(frozen=True)
class SelectiveStages:
    """The paper's chain."""

    config: DescriberConfig
    pca: Pca
    embedding: Embedding
    rotation: Rotation
    hashing: Hashing

    @property
    def parts(self) -> dict[str, Part]:
        """See ``Stages``."""
        return {"pca": self.pca, "embedding": self.embedding, "rotation": self.rotation, "hashing": self.hashing}

    @property
    def channels(self) -> int:
        """See ``Stages``."""
        return len(self.pca.mean_)

    def encode(self, grid: Grid, mask: Mask) -> Description:
        """See ``Stages``."""
        return self.encode_all(grid, mask, ())[0]

    def encode_parts(self, grid: Grid, parts: Sequence[WindowMask]) -> NDArray[np.uint8]:
        """See ``Stages``; a cell that several windows keep is embedded once."""
        return self._embedded_once(grid, parts)[2]

    def encode_all(self, grid: Grid, mask: Mask, parts: Sequence[WindowMask]) -> tuple[Description, NDArray[np.uint8]]:
        """See ``Stages``; a cell that photo and windows keep is embedded once."""
        whole = (0, mask.shape[0], 0, mask.shape[1]), mask
        features, descriptors, codes = self._embedded_once(grid, [whole, *parts])
        (found, alive), *_ = features
        found = found.astype(np.float32, copy=False)
        return Description(descriptors[0], codes[0], kept_positions(mask)[alive], found), codes[1:]

    def encode_reduced(self, features: NDArray[np.float32], positions: NDArray[np.intp]) -> Description:
        """The description of cells by their reduced features (n, d), as a library keeps them; no grid is needed."""
        descriptor = self.finish(self._local.of_features(features))
        return Description(descriptor, pack(self.hashing.transform(descriptor[None]))[0], positions, features)

    def _embedded_once(
        self, grid: Grid, parts: Sequence[WindowMask]
    ) -> tuple[list[tuple[FeatureRows, Mask]], NDArray[np.float32], NDArray[np.uint8]]:
        """Of windows the reduced features and which of the kept cells have one, the descriptors, and the codes."""
        features, vectors = self._local.aggregated(grid, parts)
        descriptors = self.finish(vectors)
        return features, descriptors, pack(self.hashing.transform(descriptors))

    @cached_property
    def _local(self) -> LocalStages:
        return LocalStages(self.config, self.pca, self.embedding)

    def finish(self, vectors: FeatureRows) -> NDArray[np.float32]:
        """Rotation, truncation and power law of aggregated vectors, (..., D) to (..., D - t)."""
        finished = power_law(self.rotation.transform(vectors), self.config.power).astype(np.float32)
        # Without a kept cell the descriptor is 0; else the rotation would turn it into minus its mean.
        finished[~vectors.any(axis=-1)] = 0
        return finished


@dataclass(frozen=True)
class BaselineStages:
    """A global descriptor of Table VIII with its own whitening."""

    config: DescriberConfig
    pooling: Pooling
    whitening: PcaWhitening
    hashing: Hashing
    grid_channels: int

    @property
    def parts(self) -> dict[str, Part]:
        """See ``Stages``."""
        return {"pooling": self.pooling, "whitening": self.whitening, "hashing": self.hashing}

    @property
    def channels(self) -> int:
        """See ``Stages``."""
        return self.grid_channels

    def encode(self, grid: Grid, mask: Mask) -> Description:
        """See ``Stages``; the mask is ignored."""
        descriptor = whitened_sum(l2_normalise(self.pooling.vectors(grid)), self.whitening)
        code = pack(self.hashing.transform(descriptor))
        return Description(
            descriptor, code, np.zeros((0, 2), dtype=np.intp), np.zeros((0, self.config.pca_dimension), dtype=np.float32)
        )

    def encode_parts(self, grid: Grid, parts: Sequence[WindowMask]) -> NDArray[np.uint8]:
        """See ``Stages``."""
        codes = [self.encode(grid[row0:row1, column0:column1], mask).code for (row0, row1, column0, column1), mask in parts]
        return np.stack(codes)

    def encode_all(self, grid: Grid, mask: Mask, parts: Sequence[WindowMask]) -> tuple[Description, NDArray[np.uint8]]:
        """See ``Stages``."""
        return self.encode(grid, mask), self.encode_parts(grid, parts)


def whitened_sum(vectors: FeatureRows, whitening: PcaWhitening) -> NDArray[np.float32]:
    """(r, D) vectors, each whitened and L2-normalised, then summed and L2-normalised: (d,)."""
    alive = vectors[vectors.any(axis=1)]
    return l2_normalise(whitening.transform(alive).sum(axis=0)).astype(np.float32)


def aggregate(embedded: FeatureRows, aggregation: str, regularisation: float = 1.0) -> FeatureRows:
    """(n, D) embedded features to one L2-normalised vector (D,); zeros when n is 0."""
    return pooled(prepared(embedded, aggregation), aggregation, regularisation)


def prepared(embedded: FeatureRows, aggregation: str) -> FeatureRows:
    """(n, D) embedded features as the aggregation expects them: L2-normalised or unchanged."""
    return l2_normalise(embedded) if AGGREGATIONS[aggregation].normalised else embedded


def pooled(embedded: FeatureRows, aggregation: str, regularisation: float = 1.0) -> FeatureRows:
    """The features of ``prepared`` to one L2-normalised vector (D,)."""
    weights = AGGREGATIONS[aggregation].weights
    return l2_normalise(max_pool(embedded) if weights is None else weights(embedded, regularisation) @ embedded)


def reduced(pca: Pca, grid: Grid, mask: Mask) -> tuple[FeatureRows, Mask]:
    """The (n, d) reduced local features of the cells that ``mask`` keeps, and which of them are not null, (n,).

    Null features carry no information, and would spoil the aggregation.
    """
    features = pca.transform(select(grid, mask))
    return features, np.asarray(features.any(axis=1))
