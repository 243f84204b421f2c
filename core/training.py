"""Fit a describer on a held-out set of photos, streaming over stored grids.

Everything learnt comes from the held-out set after the same mask as at use (ALGORITHMS section 0), from all its features.
Passes: PCA; codebook; embedding; rotation and hash.  The network runs once, in ``GridStore.fill``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.config import DescriberConfig
from core.describer import Mask, Stages, aggregate, make_mask
from core.embeddings.codebook import learn_codebook
from core.embeddings.temb import TEmbedding
from core.grids import GridStore, Item
from core.hashing.itq import Itq
from core.masks import select
from core.progress import Ticket
from core.reduction.moments import Moments
from core.reduction.pca import Pca
from core.reduction.power import power_law
from core.reduction.rotation import Rotation

Features = NDArray[np.float32]


def fit_stages(config: DescriberConfig, store: GridStore, items: Sequence[Item], ticket: Ticket) -> Stages:
    """Fit all stages of ``config`` on the photos of a filled store.

    One thread, since the sums of several depend on their order: the same photos and seed give the same bits.

    Raises:
        UserError: too few photos or features for what the configuration asks.
        Cancelled: by the ticket.
    """
    with threadpool_limits(limits=1):
        masks = [_mask(config, store, item) for item in ticket.each(items, len(items), "making masks")]
        pca = _fit_pca(config, store, items, masks, ticket)
        kept = ticket.each(_kept(store, items, masks), len(items), "reducing features")
        reduced = [features[features.any(axis=1)] for features in map(pca.transform, kept)]
        embedding = _fit_embedding(config, reduced, ticket)
        vectors = _aggregated(config, embedding, reduced, ticket)
        rotation = Rotation(config.truncate).fit(vectors)
        descriptors = power_law(rotation.transform(vectors), config.power)
        hashing = Itq(config.bits, config.seed).fit(descriptors)
    return Stages(pca, embedding, rotation, hashing)


def _mask(config: DescriberConfig, store: GridStore, item: Item) -> Mask:
    return make_mask(config, store.grid(item), store.shown_for(config.mask, item))


def _kept(store: GridStore, items: Sequence[Item], masks: Sequence[Mask]) -> Iterator[Features]:
    """The kept features of each photo."""
    for item, mask in zip(items, masks, strict=True):
        yield select(store.grid(item), mask)


def _fit_pca(
    config: DescriberConfig, store: GridStore, items: Sequence[Item], masks: Sequence[Mask], ticket: Ticket
) -> Pca:
    moments = Moments()
    for features in ticket.each(_kept(store, items, masks), len(items), "learning PCA"):
        moments.update(features)
    return Pca(config.pca_dimension).fit(moments)


def _fit_embedding(config: DescriberConfig, reduced: list[Features], ticket: Ticket) -> TEmbedding:
    ticket.checkpoint(0, 1, "learning the codebook")
    embedding = TEmbedding(learn_codebook(np.concatenate(reduced), config.words, config.seed))
    moments = Moments()
    for features in ticket.each(reduced, len(reduced), "learning the embedding"):
        moments.update(embedding.residuals(features))
    return embedding.fit(moments)


def _aggregated(
    config: DescriberConfig, embedding: TEmbedding, reduced: list[Features], ticket: Ticket
) -> NDArray[np.floating]:
    """The aggregated vector of each photo that has features, (N, D)."""
    used = [features for features in reduced if len(features)]
    each = ticket.each(used, len(used), "aggregating")
    return np.stack([aggregate(embedding.transform(features), config.aggregation) for features in each])
