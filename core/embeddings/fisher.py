"""Fisher vectors: gradients under a Gaussian mixture (paper IV-B, equation (4); Perronnin and Dance, CVPR 2007)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from core.embeddings.codebook import training_rows
from core.util.errors import UserError
from core.util.progress import Ticket

SMALLEST = 1e-6
"""Posteriors and components below this are ignored, as in VLFeat, so that the values equal the authors'."""

REPETITIONS, ITERATIONS, FLOOR = 5, 500, 1e-4
"""The authors' settings of the mixture: k-means initialisations, EM steps, and the smallest variance."""

SAMPLES = 200_000
"""Largest number of training features: more take longer, but do not change the mixture's few thousand parameters."""


class FisherVector:
    """φ(x) = [u_1..u_k, v_1..v_k], D = 2 k d, with posteriors p_i of the mixture (w, μ, σ²):

    u_i = p_i / √w_i · (x - μ_i)/σ_i,   v_i = p_i / √(2 w_i) · [((x - μ_i)/σ_i)² - 1].

    No square root and no L2, like ``vl_fisher`` without options; ψ_a is the mean of the rows (ALGORITHMS section 5.1).

    Attributes:
        priors_: (k,) float64, w.
        means_: (k, d) float64.
        variances_: (k, d) float64.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("priors", "means", "variances")

    def __init__(self, priors: NDArray[np.float64], means: NDArray[np.float64], variances: NDArray[np.float64]) -> None:
        self.priors_, self.means_, self.variances_ = priors, means, variances

    @classmethod
    def learn(cls, features: Sequence[NDArray[np.floating]], words: int, seed: int, ticket: Ticket) -> Self:
        """The mixture, by EM on the (n, d) features of each training photo.

        Raises:
            UserError: fewer features than components.
        """
        mixture = learn_mixture(training_rows(features, seed), words, seed)
        return cls(mixture.priors_, mixture.means_, mixture.variances_)

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """An instance with stored arrays."""
        return cls(arrays["priors"], arrays["means"], arrays["variances"])

    @classmethod
    def dimension(cls, d: int, words: int) -> int:
        """D."""
        return 2 * words * d

    @classmethod
    def shapes(cls, d: int, words: int) -> dict[str, tuple[int, ...]]:
        """Shapes of the learned arrays."""
        return {"priors": (words,), "means": (words, d), "variances": (words, d)}

    def posteriors(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """p_i(x), (n, k); small ones are set to 0, and the others are not renormalised."""
        log_density = np.log(np.maximum(self.priors_, np.finfo(np.float64).tiny)) - 0.5 * np.log(self.variances_).sum(
            axis=1
        )
        distances = [((features - m) ** 2 / v).sum(axis=1) for m, v in zip(self.means_, self.variances_, strict=True)]
        scores = log_density - 0.5 * np.stack(distances, axis=1)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return np.where((shares < SMALLEST) | (self.priors_ < SMALLEST), 0, shares)

    def transform(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """(n, d) L2-normalised features to (n, 2 k d); rows are not normalised."""
        dtype = features.dtype
        shares = self.posteriors(features) / np.sqrt(np.maximum(self.priors_, SMALLEST))
        weights = shares.astype(dtype)[:, :, None]
        means, deviations = self.means_.astype(dtype, copy=False), np.sqrt(self.variances_).astype(dtype, copy=False)
        scaled = (features[:, None, :] - means) / deviations
        first, second = weights * scaled, weights * (scaled**2 - 1) / np.sqrt(2, dtype=dtype)
        size = self.means_.size
        return np.concatenate([part.reshape(len(features), size) for part in (first, second)], axis=1)


def learn_mixture(features: NDArray[np.floating], components: int, seed: int) -> FisherVector:
    """Fit the mixture with EM on L2-normalised features, (n, d): the best of five k-means initialisations.

    Raises:
        UserError: fewer features than components.
    """
    # Imported here: scikit-learn takes a second and a hundred megabytes, and only fits need it.
    from sklearn.mixture import GaussianMixture

    if len(features) < 2 * components:
        raise UserError(
            f"a mixture of {components} Gaussians needs more than {len(features)} features", hint="Give more photos."
        )
    chosen = np.random.default_rng(seed).permutation(len(features))[:SAMPLES]
    mixture = GaussianMixture(
        components,
        covariance_type="diag",
        n_init=REPETITIONS,
        max_iter=ITERATIONS,
        reg_covar=FLOOR,
        init_params="kmeans",
        random_state=seed,
    )
    mixture.fit(features[chosen].astype(np.float64))
    return FisherVector(mixture.weights_, mixture.means_, mixture.covariances_)
