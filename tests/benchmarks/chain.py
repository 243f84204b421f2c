"""T-embedding and democratic aggregation of one photo: this program against a plain numpy loop over the features.

    python -m tests.benchmarks.chain [--features 768] [--dimension 32] [--words 20]

The loop writes the authors' steps out feature by feature, as a reader of the paper would first do it; both give the same
vector, which is checked.  Ratios of one run on one machine; times are of the processor.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_limits

from core.chain.stages import aggregate
from core.embeddings.temb import TEmbedding
from core.reduction.moments import Moments, l2_normalise

REPEATS = 7


def loop(embedding: TEmbedding, features: np.ndarray) -> np.ndarray:
    """The same by plain loops: residuals, whitening, L2 of each feature; Gram matrix and Sinkhorn; the weighted sum."""
    embedded = []
    for feature in features:
        blocks = [(feature - word) / np.linalg.norm(feature - word) for word in embedding.codebook_]
        white = embedding.whitening_ @ (np.concatenate(blocks) - embedding.mean_)
        embedded.append(white / np.linalg.norm(white))
    count = len(embedded)
    gram = np.zeros((count, count))
    for i in range(count):
        for j in range(count):
            gram[i, j] = max(embedded[i] @ embedded[j], 0.0)
    weights = np.ones(count)
    for _ in range(10):
        delta = 1 / np.sqrt(gram.sum(axis=0))
        gram = delta[:, None] * gram * delta[None]
        weights = weights * delta
    vector = np.zeros(len(embedded[0]))
    for weight, row in zip(weights, embedded, strict=True):
        vector += weight * row
    return vector / np.linalg.norm(vector)


def seconds(run: Callable[[], object]) -> float:
    """The median time of a call."""
    times = []
    for _ in range(REPEATS):
        started = time.thread_time()
        run()
        times.append(time.thread_time() - started)
    return float(np.median(times))


def main() -> None:
    """Print both times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=int, default=768)
    parser.add_argument("--dimension", type=int, default=32)
    parser.add_argument("--words", type=int, default=20)
    arguments = parser.parse_args()
    rng = np.random.default_rng(1)
    codebook = l2_normalise(rng.normal(size=(arguments.words, arguments.dimension)))
    embedding, moments = TEmbedding(codebook), Moments()
    moments.update(embedding.raw(l2_normalise(rng.normal(size=(4000, arguments.dimension)))))
    embedding.fit(moments)
    features = l2_normalise(rng.normal(size=(arguments.features, arguments.dimension))).astype(np.float32)
    with threadpool_limits(limits=1):

        def vector() -> np.ndarray:
            return np.asarray(embedding.turn_back(aggregate(embedding.turned(features), "democratic")))

        assert np.abs(vector() - loop(embedding, features.astype(np.float64))).max() < 1e-4
        fast, turned = seconds(vector), embedding.turned(features)
        summed = seconds(lambda: aggregate(turned, "democratic"))
        plain = seconds(lambda: loop(embedding, features.astype(np.float64)))
    print(f"n = {arguments.features}, D = {codebook.size}, one thread")
    print("| chain ms | of them aggregation | plain loop ms | times as fast |\n|---|---|---|---|")
    print(f"| {1000 * fast:.1f} | {1000 * summed:.1f} | {1000 * plain:.0f} | {plain / fast:.0f} |")


if __name__ == "__main__":
    main()
