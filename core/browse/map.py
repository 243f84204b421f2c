"""A collection on a plane: t-SNE of a sample of the descriptors; the other photos lie beside their nearest neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.util.progress import Ticket

LEARNT = 2000
"""Size of the sample for t-SNE, whose time grows faster than the number of photos."""
DIMENSIONS = 50
PERPLEXITY = 20.0
NEIGHBOURS = 3
CHUNK = 20_000
JITTER = 0.004
"""Random offset as a fraction of the map's side, so that photos with equal neighbours do not hide each other."""


def arrange(descriptors: NDArray[np.float16], ticket: Ticket, seed: int = 0) -> NDArray[np.float32]:
    """Positions on a plane, similar photos close together.

    Source: van der Maaten and Hinton, Visualizing Data using t-SNE, JMLR 2008, as implemented in openTSNE, initialised with
    the first two principal components so that the same collection gives the same map.

    Args:
        descriptors: (N, D), L2-normalised.

    Returns:
        (N, 2) on 0..1.

    Raises:
        Cancelled: by the ticket, between two steps.
    """
    count = len(descriptors)
    if count < 4:
        return np.stack([np.arange(count) / max(count - 1, 1), np.full(count, 0.5)], axis=1).astype(np.float32)
    rng = np.random.default_rng(seed)
    learnt = np.sort(rng.choice(count, LEARNT, replace=False)) if count > LEARNT else np.arange(count)
    ticket.checkpoint(0, count, "arranging photos")
    positions = np.empty((count, 2), dtype=np.float32)
    sample = descriptors[learnt].astype(np.float32)
    positions[learnt] = _embedded(sample, seed, ticket)
    rest = np.setdiff1d(np.arange(count), learnt)
    for start in range(0, len(rest), CHUNK):
        ticket.checkpoint(len(learnt) + start, count, "arranging photos")
        chunk = rest[start : start + CHUNK]
        positions[chunk] = _beside(descriptors[chunk].astype(np.float32), sample, positions[learnt])
    low, high = positions.min(axis=0), positions.max(axis=0)
    positions = (positions - low) / np.maximum(high - low, 1e-6)
    positions[rest] += rng.uniform(-JITTER, JITTER, (len(rest), 2))
    result: NDArray[np.float32] = np.clip(positions, 0, 1).astype(np.float32)
    return result


def _embedded(sample: NDArray[np.float32], seed: int, ticket: Ticket) -> NDArray[np.float32]:
    # Imported here so that the window starts without them.
    from openTSNE import TSNE
    from sklearn.decomposition import PCA

    if not np.ptp(sample, axis=0).any():  # all equal: nothing to spread
        return np.random.default_rng(seed).uniform(0, 1, (len(sample), 2)).astype(np.float32)

    def go_on(iteration: int, error: float, embedding: object) -> None:
        ticket.checkpoint(0, 0)

    reduced = PCA(min(DIMENSIONS, *sample.shape), random_state=seed).fit_transform(sample)
    tsne = TSNE(
        perplexity=min(PERPLEXITY, (len(sample) - 1) / 3),
        initialization="pca",
        neighbors="exact",
        n_jobs=1,
        random_state=seed,
        callbacks=go_on,
        callbacks_every_iters=10,
    )
    return np.asarray(tsne.fit(reduced), dtype=np.float32)


def _beside(
    vectors: NDArray[np.float32], sample: NDArray[np.float32], positions: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The weighted mean position of each vector's nearest neighbours; nearer ones count more."""
    from faiss import METRIC_INNER_PRODUCT, knn

    cosines, nearest = knn(vectors, sample, NEIGHBOURS, metric=METRIC_INNER_PRODUCT)
    weights = np.maximum(cosines, 1e-3) ** 4
    result: NDArray[np.float32] = (positions[nearest] * weights[:, :, None]).sum(1) / weights.sum(1)[:, None]
    return result
