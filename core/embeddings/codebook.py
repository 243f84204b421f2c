"""The codebook of VLAD, T-embedding and F-FAemb: k-means on L2-normalised local features (ALGORITHMS section 4)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.reduction.moments import some_rows
from core.util.errors import UserError

TRAINING_BYTES = 2**30
"""Features that a codebook or a mixture learns from, in float64: 4 million of 32 numbers, 1 million of 128."""


def training_rows(features: Sequence[NDArray[np.floating]], seed: int) -> NDArray[np.floating]:
    """The (n, d) features of all training photos, or as many of them, drawn at random, as memory is meant for."""
    return some_rows(features, TRAINING_BYTES, seed)


def learn_codebook(
    features: NDArray[np.floating], words: int, seed: int, runs: int = 2, iterations: int = 100
) -> NDArray[np.float64]:
    """Plain Lloyd with k-means++ starts: the best of ``runs``; words are not normalised.

    The authors use yael's k-means with two restarts and 100 iterations (F-FAemb: five separate runs of 50); its documented
    and actual starts differ (ALGORITHMS section 11, 24), so the field's usual one is taken.

    Args:
        features: (n, d), rows L2-normalised.
        words: k.
        seed: of the starts.

    Returns:
        (k, d) float64.

    Raises:
        UserError: fewer features than words.
    """
    # Here: scikit-learn takes a second and a hundred megabytes, which only a fit needs.
    from sklearn.cluster import KMeans

    if len(features) < words:
        raise UserError(f"a codebook of {words} words needs more than {len(features)} features", hint="Give more photos.")
    # The copy in double precision is ours, so it need not be copied again.
    means = KMeans(
        words, init="k-means++", n_init=runs, max_iter=iterations, algorithm="lloyd", random_state=seed, copy_x=False
    )
    return np.asarray(means.fit(features.astype(np.float64)).cluster_centers_)
