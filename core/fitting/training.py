"""Fit a describer on a held-out set of photos, streaming over stored grids.

All stages learn from all features that the configured mask keeps of the held-out photos (ALGORITHMS section 0).  Passes
over them: PCA; codebook; embedding; rotation and hashing.  The network runs once, in ``GridStore.fill``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.baselines.gem import POWER
from core.chain.config import DescriberConfig
from core.chain.registry import EMBEDDINGS, HASHING, PLAIN, Embedding
from core.chain.stages import (
    BaselineStages,
    GemPooling,
    Hashing,
    PlainPooling,
    Pooling,
    SelectiveStages,
    Stages,
    whitened_sum,
)
from core.embeddings.whitened import WhitenedEmbedding
from core.fitting.grid_store import GridStore, Item
from core.fitting.photo_set import Latest, PhotoSet
from core.reduction.batched_moments import moments_for
from core.reduction.moments import Moments
from core.reduction.pca import Pca
from core.reduction.power import power_law
from core.reduction.rotation import Rotation
from core.reduction.whitening import PcaWhitening
from core.util.errors import UserError
from core.util.progress import Ticket

Features = NDArray[np.floating]

PHOTOS_ALONE = "none"
"""Name of the layout without windows."""

FEATURES_OF_A_PHOTO, CLUSTERED = 200, 100_000
"""Largest numbers of features of a photo, and of all, for NetVLAD's clusters; its authors take 100 and 50,000."""


def fit_stages(
    config: DescriberConfig, store: GridStore, items: Sequence[Item], ticket: Ticket, layout: str = PHOTOS_ALONE
) -> Stages:
    """Fit all stages of ``config`` on the photos of a filled store.

    Args:
        layout: of the windows that rotation and hashing also learn from, see ``Fitter``.

    It runs in one thread, as the result of sums in several threads depends on their order: the same photos and seed give
    the same bits.

    Raises:
        UserError: too few photos or features for the configuration.
        Cancelled: by the ticket.
    """
    with threadpool_limits(limits=1):
        return Fitter(PhotoSet(store, items, ticket), layout).stages(config)


def check_enough(config: DescriberConfig, vectors: int, photos: int) -> None:
    """Check that photos and windows span enough directions for the truncation.

    Args:
        vectors: ψ of photos and windows.

    Raises:
        UserError: they do not; says how many photos are needed.
    """
    needed = config.truncate + 2
    if config.truncate and vectors < needed:
        photos_needed = -(-needed * photos // max(vectors, 1))
        raise UserError(
            f"a descriptor without its {config.truncate} leading directions needs {photos_needed} photos to be fitted on,"
            f" and there are {photos}",
            "--held-out",
            "Give more photos, or set truncate to a smaller number.",
        )


class Fitter:
    """Fits chains on one held-out set; steps shared with the last chain are not fitted again.

    Args:
        photos: the held-out photos.
        layout: of windows (``core.chain.subwindows``); rotation and hashing learn from the windows of each photo too, as
            these resemble boxes.  Without windows they learn from photos alone, as in the paper.
    """

    def __init__(self, photos: PhotoSet, layout: str = PHOTOS_ALONE) -> None:
        self.photos, self.layout, self._latest = photos, layout, Latest()

    def stages(self, config: DescriberConfig, hashed: bool = True) -> Stages:
        """All stages of a configuration whose network is that of the photos.

        Args:
            hashed: False: the hashing is not fitted, as only descriptors are ranked.

        Raises:
            UserError: too few photos or features for the configuration.
            Cancelled: by the ticket.
        """
        if not self.photos.items:
            raise UserError("there are no photos to learn from", "--held-out")
        return self._baseline(config, hashed) if config.baseline else self._selective(config, hashed)

    def _selective(self, config: DescriberConfig, hashed: bool) -> SelectiveStages:
        pca = self.pca(config)
        embedding = self._latest.get("embedding", config.key("embedding"), lambda: self._embedding(config, pca))
        vectors = (
            self.photos.aggregated(config, pca, embedding)
            if self.layout == PHOTOS_ALONE
            else self.photos.aggregated_parts(config, pca, embedding, self.layout)
        )
        vectors = vectors[vectors.any(axis=1)]
        check_enough(config, len(vectors), len(self.photos.items))
        # The whole rotation is learnt, whatever the truncation, so that its key does not depend on that.
        full = self._latest.get("rotation", config.key("aggregation"), lambda: Rotation(0).fit(vectors))
        rotation = full.truncated(config.truncate, len(self.photos.items))
        descriptors = power_law(rotation.transform(vectors), config.power)
        return SelectiveStages(config, pca, embedding, rotation, self._hashing(config, descriptors, hashed))

    def pca(self, config: DescriberConfig) -> Pca:
        """The PCA of the kept features."""
        return self._latest.get("pca", config.key("pca"), lambda: self._fit_pca(config))

    def _fit_pca(self, config: DescriberConfig) -> Pca:
        moments = self._latest.get("moments", config.key("mask"), lambda: self._moments(config))
        return Pca(config.pca_dimension).fit(moments)

    def _moments(self, config: DescriberConfig) -> Moments:
        moments = moments_for(self.photos.store.backbone)
        for features in self.photos.kept(config, "learning PCA"):
            moments.update(features)
        return moments

    def _embedding(self, config: DescriberConfig, pca: Pca) -> Embedding:
        reduced = self.photos.reduced(config, pca)
        self.photos.ticket.checkpoint(0, 1, "learning the codebook")
        kind = EMBEDDINGS[config.embedding]
        learnt = kind.learn(reduced, config.words, config.seed, self.photos.ticket)
        return self._whitened(learnt, reduced) if isinstance(learnt, WhitenedEmbedding) else learnt

    def _whitened(self, embedding: WhitenedEmbedding, reduced: list[Features]) -> Embedding:
        moments = moments_for(self.photos.store.backbone)
        for features in self.photos.ticket.each(reduced, len(reduced), "learning the embedding"):
            moments.update(embedding.raw(features))
        return embedding.fit(moments)

    def _hashing(self, config: DescriberConfig, descriptors: Features, hashed: bool) -> Hashing:
        if not hashed:
            return HASHING[config.hashing](config.bits, config.seed)
        self.photos.ticket.checkpoint(0, 1, f"learning {config.hashing} with {config.bits} bits")
        return HASHING[config.hashing](config.bits, config.seed).fit(descriptors)

    def _baseline(self, config: DescriberConfig, hashed: bool) -> BaselineStages:
        key = (*config.key("mask"), config.baseline, config.seed)
        pooling = self._latest.get("pooling", key, lambda: self._pooling(config))
        vectors = self.photos.pooled(config, pooling)
        whitening = self._learnt_whitening(config) or self._whitening(config, vectors)
        descriptors = np.stack([whitened_sum(each, whitening) for each in vectors])
        channels = self.photos.store.backbone.channels
        return BaselineStages(config, pooling, whitening, self._hashing(config, descriptors, hashed), channels)

    def _whitening(self, config: DescriberConfig, vectors: list[Features]) -> PcaWhitening:
        # MOP-CNN's vectors of 5,000 photos take 2 GB, so there must be only one copy.
        rows = np.concatenate([each if each.any(axis=1).all() else each[each.any(axis=1)] for each in vectors])
        return PcaWhitening(config.pca_dimension).fit(rows)

    def _learnt_whitening(self, config: DescriberConfig) -> PcaWhitening | None:
        """The whitening of a fine-tuned checkpoint, for the descriptors that it was learnt with (siaMAC's Lw)."""
        learned = getattr(self.photos.store.backbone.learned, "whitening", None)
        if learned is None or config.baseline not in ("mac", "gem") or config.pca_dimension > len(learned[1]):
            return None
        whitening = PcaWhitening(config.pca_dimension)
        whitening.mean_, whitening.basis_ = learned[0], learned[1][: config.pca_dimension].T
        return whitening

    def _pooling(self, config: DescriberConfig) -> Pooling:
        if config.baseline in PLAIN:
            return PlainPooling(PLAIN[config.baseline])
        learned = self.photos.store.backbone.learned
        if config.baseline == "gem":
            return GemPooling(getattr(learned, "gem_power", None) or POWER)
        if config.baseline == "netvlad" and getattr(learned, "netvlad", None):
            from core.baselines.netvlad import NetVlad

            layer = NetVlad(config.seed)
            layer.weight_, layer.bias_, layer.centroids_ = learned.netvlad  # type: ignore[attr-defined]
            return layer
        if config.baseline == "mop":
            from core.baselines.mop import Mop

            return Mop(config.seed).fit(lambda: self._rows("learning clusters"))
        from core.baselines.netvlad import NetVlad

        chance = np.random.default_rng(config.seed)
        most = max(1, min(FEATURES_OF_A_PHOTO, CLUSTERED // len(self.photos.items)))
        return NetVlad(config.seed).fit(
            [chance.permutation(each)[:most].copy() for each in self._rows("learning clusters")]
        )

    def _rows(self, what: str) -> Iterator[Features]:
        """All features of each photo, (n, K)."""
        return (grid.reshape(-1, grid.shape[2]) for grid in self.photos.grids(what))
