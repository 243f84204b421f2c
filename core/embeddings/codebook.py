"""The codebook of VLAD, T-embedding and F-FAemb: k-means on L2-normalised local features (ALGORITHMS section 4)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.reduction.moments import some_rows
from core.util.errors import UserError

TRAINING_BYTES = 2**30
"""Largest size in float64 of the features that a codebook or mixture learns from: 4 million of 32 numbers, for example."""


def training_rows(features: Sequence[NDArray[np.floating]], seed: int) -> NDArray[np.floating]:
    """The (n, d) features of all training photos, or a random sample of at most ``TRAINING_BYTES``."""
    return some_rows(features, TRAINING_BYTES, seed)


def learn_codebook(
    features: NDArray[np.floating], words: int, seed: int, runs: int = 2, iterations: int = 100
) -> NDArray[np.float64]:
    """Lloyd's k-means with k-means++ initialisation, the best of ``runs``; words are not normalised.

    The authors use yael's k-means with two restarts and 100 iterations (F-FAemb: five separate runs of 50).  Its documented
    and actual initialisation differ (ALGORITHMS section 11, 24), so the standard one is used here.

    Args:
        features: (n, d), rows L2-normalised.
        words: k.
        seed: of the initialisation.

    Returns:
        (k, d) float64.

    Raises:
        UserError: fewer features than words.
    """
    # Imported here: scikit-learn takes a second and a hundred megabytes, and only fits need it.
    from sklearn.cluster import KMeans

    if len(features) < words:
        raise UserError(f"a codebook of {words} words needs more than {len(features)} features", hint="Give more photos.")
    # The float64 array is already a copy of our own, so k-means may overwrite it.
    means = KMeans(
        words, init="k-means++", n_init=runs, max_iter=iterations, algorithm="lloyd", random_state=seed, copy_x=False
    )
    return np.asarray(means.fit(features.astype(np.float64)).cluster_centers_)
