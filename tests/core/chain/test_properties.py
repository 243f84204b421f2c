"""Properties of every step that hold for any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.aggregation.democratic import democratic_weights
from core.embeddings.codebook import learn_codebook
from core.embeddings.temb import TEmbedding
from core.evaluation.average_precision import average_precision
from core.geometry import HANDLES, Box, box_from_corners, box_to_cells, parse_box
from core.hashing.bits import hamming, pack, unpack
from core.hashing.itq import Itq
from core.masks.max import channel_peaks, max_mask
from core.masks.sift import sift_mask
from core.masks.sum import sum_mask
from core.reduction.moments import Moments, l2_normalise
from core.reduction.pca import Pca
from core.reduction.rotation import Rotation
from core.search.ranking.codes import CodeIndex
from core.search.ranking.descriptors import best_first
from core.util.errors import UserError

seeds = st.integers(0, 2**32 - 1)
quick = settings(max_examples=25, deadline=None)


def normal(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape)


def moments_of(rows: np.ndarray) -> Moments:
    moments = Moments()
    moments.update(rows)
    return moments


@quick
@given(seeds, st.integers(1, 9), st.integers(1, 9), st.integers(1, 20))
def test_max_mask_keeps_a_maximum_of_every_channel(seed: int, h: int, w: int, k: int) -> None:
    grid = np.maximum(normal(seed, h, w, k), 0).astype(np.float32)
    mask = max_mask(grid)
    assert np.array_equal(grid[mask].max(axis=0), grid.max(axis=(0, 1)))
    assert mask.sum() <= k


@quick
@given(seeds, st.integers(1, 40), st.integers(1, 40), st.integers(1, 12), st.integers(1, 4), st.booleans())
def test_max_mask_equals_the_peaks_of_its_channels(seed: int, h: int, w: int, k: int, values: int, ignore: bool) -> None:
    # Few values make many ties, even of all cells.
    grid = np.random.default_rng(seed).integers(0, values, (h, w, k)).astype(np.float32)
    peaks = channel_peaks(grid[:, :, grid.any(axis=(0, 1))] if ignore else grid)
    expected = np.zeros((h, w), dtype=bool)
    expected[peaks[:, 0], peaks[:, 1]] = True
    assert np.array_equal(max_mask(grid, ignore), expected)


def test_max_mask_can_leave_dead_channels_out() -> None:
    grid = np.zeros((3, 3, 2), np.float32)
    grid[2, 1, 0] = 1
    assert max_mask(grid).sum() == 2
    assert max_mask(grid, ignore_dead_channels=True).sum() == 1


@quick
@given(seeds, st.integers(1, 9), st.integers(1, 9))
def test_sum_mask_keeps_half_without_ties(seed: int, h: int, w: int) -> None:
    grid = np.random.default_rng(seed).permutation(h * w).reshape(h, w, 1).astype(np.float32)
    assert sum_mask(grid).sum() == (h * w + 1) // 2
    assert sum_mask(np.ones((h, w, 3), np.float32)).all()


def test_sift_mask_without_keypoints_keeps_all() -> None:
    assert sift_mask(np.zeros((0, 2)), (64, 64), (4, 4)).all()


@quick
@given(seeds, st.integers(2, 40))
def test_democratic_weights_equalise_contributions(seed: int, n: int) -> None:
    # With fewer features than dimensions the kernel is near diagonal, so ten iterations suffice.
    rows = l2_normalise(normal(seed, n, 200))
    weights = democratic_weights(rows, iterations=100)
    kernel = np.maximum(rows @ rows.T, 0)
    assert np.allclose(weights * (kernel @ weights), 1, atol=1e-3)


def test_democratic_weights_of_null_features_are_zero() -> None:
    rows = np.vstack([np.zeros(4), np.eye(4)])
    assert democratic_weights(rows)[0] == 0
    assert np.isfinite(democratic_weights(rows)).all()


@quick
@given(seeds)
def test_pca_of_full_rank_keeps_distances(seed: int) -> None:
    rows = normal(seed, 50, 6)
    projected = Pca(6).fit(moments_of(rows)).project(rows)
    assert np.allclose(np.linalg.norm(projected[0] - projected[1:], axis=1), np.linalg.norm(rows[0] - rows[1:], axis=1))


def test_moments_stay_exact_far_from_zero() -> None:
    rows = normal(3, 500, 4) + 1e6
    moments = Moments()
    for batch in np.array_split(rows, 9):
        moments.update(batch)
    assert np.allclose(moments.scatter / 500, np.cov(rows.T, bias=True), rtol=1e-6)


def test_temb_whitens_its_training_features() -> None:
    features = l2_normalise(normal(1, 4000, 6))
    embedding = TEmbedding(learn_codebook(features, 8, seed=1))
    embedding.fit(moments_of(embedding.raw(features)))
    white = embedding.whiten(embedding.raw(features))
    spread = np.sort(np.linalg.eigvalsh(white.T @ white))[::-1]
    assert np.allclose(spread[:15], 1, atol=1e-6)  # the clamped directions have less
    assert spread.max() <= 1 + 1e-6


def test_temb_of_a_word_is_finite() -> None:
    embedding = TEmbedding(np.eye(3))
    residual = embedding.raw(np.eye(3)[:1])
    assert np.isfinite(residual).all()
    assert not residual[0, :3].any()


@pytest.mark.parametrize("count", [12, 60])
def test_rotation_is_orthogonal_on_both_paths(count: int) -> None:
    rotation = Rotation(0).fit(l2_normalise(normal(2, count, 20)))
    assert np.allclose(rotation.basis_.T @ rotation.basis_, np.eye(20), atol=1e-9)


def test_itq_objective_never_increases_and_seed_repeats() -> None:
    vectors = normal(4, 300, 24)
    first, again = Itq(16, 7).fit(vectors), Itq(16, 7).fit(vectors)
    assert np.all(np.diff(first.objective_) <= 1e-9)
    assert np.array_equal(first.projection_, again.projection_)
    assert np.allclose(first.projection_.T @ first.projection_, np.eye(16), atol=1e-9)


def test_too_little_to_learn_from_is_a_sentence() -> None:
    with pytest.raises(UserError, match="words needs more"):
        learn_codebook(normal(1, 3, 4), 8, seed=1)
    with pytest.raises(UserError, match="needs more than"):
        Pca(4).fit(moments_of(normal(1, 3, 8)))
    with pytest.raises(UserError, match="bits"):
        Itq(64, 1).fit(normal(1, 30, 8))
    with pytest.raises(UserError, match="at least two"):
        Rotation(0).fit(normal(1, 1, 8))


@quick
@given(seeds, st.integers(1, 12))
def test_bits_round_trip_and_hamming_counts(seed: int, words: int) -> None:
    bits = np.random.default_rng(seed).random((3, 8 * words)) < 0.5
    codes = pack(bits)
    assert np.array_equal(unpack(codes), bits)
    assert hamming(codes[0], codes[1]) == (bits[0] != bits[1]).sum() == hamming(codes[1], codes[0])
    assert hamming(codes[0], codes[2]) <= hamming(codes[0], codes[1]) + hamming(codes[1], codes[2])


@quick
@given(seeds, st.integers(1, 300), st.integers(1, 40))
def test_code_index_is_exact_with_ties_in_order(seed: int, count: int, k: int) -> None:
    # Few bits make many ties.
    codes = np.random.default_rng(seed).integers(0, 4, (count, 1), dtype=np.uint8)
    rows, distances = CodeIndex(codes).nearest(codes[0], k)
    expected = hamming(codes, codes[0])
    order = np.argsort(expected, kind="stable")[:k]
    assert np.array_equal(rows, order)
    assert np.array_equal(distances, expected[order])


@quick
@given(seeds, st.integers(1, 30), st.integers(1, 5), st.integers(2, 9))
def test_turned_features_have_the_inner_products_of_the_embedded(seed: int, count: int, words: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    embedding = TEmbedding(rng.normal(size=(words, size)))
    moments = Moments()
    moments.update(embedding.raw(l2_normalise(rng.normal(size=(200, size)))))
    embedding.fit(moments)
    features = l2_normalise(rng.normal(size=(count, size)))
    turned, straight = embedding.turned(features), embedding.transform(features)
    assert turned @ turned.T == pytest.approx(straight @ straight.T, abs=1e-8)
    assert embedding.turn_back(turned) == pytest.approx(straight, abs=1e-8)


@quick
@given(seeds, st.integers(0, 60))
def test_best_first_is_a_stable_sort(seed: int, k: int) -> None:
    scores = np.random.default_rng(seed).integers(0, 5, 40).astype(np.float32)
    assert np.array_equal(best_first(scores, k), np.argsort(-scores, kind="stable")[:k])


@quick
@given(seeds)
def test_average_precision_equals_a_slow_reference(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ranking = rng.permutation(30)
    positives, junk = np.split(rng.permutation(30)[:11], [6])
    assert average_precision(ranking, positives.tolist(), junk.tolist()) == pytest.approx(
        _slow_average_precision(ranking, set(positives.tolist()), set(junk.tolist()))
    )


def test_average_precision_ignores_added_junk() -> None:
    ranking = np.array([4, 0, 9, 1, 2])
    assert average_precision(ranking, [0, 1], [4, 9]) == average_precision(np.array([0, 1, 2]), [0, 1]) == 1


def _slow_average_precision(ranking: np.ndarray, positives: set[int], junk: set[int]) -> float:
    """The Oxford tool's loop."""
    total, old_recall, old_precision, found, seen = 0.0, 0.0, 1.0, 0, 0
    for image in ranking.tolist():
        if image in positives:
            found += 1
            recall, precision = found / len(positives), found / (seen + 1)
            total += (recall - old_recall) * (old_precision + precision) / 2
            old_recall = recall
        if image in junk:
            continue
        seen += 1
        old_precision = found / seen
    return total


corner = st.floats(-50, 150, allow_nan=False)


@given(corner, corner, corner, corner, st.sampled_from(HANDLES), corner, corner)
def test_boxes_stay_ordered_and_on_the_photo(
    xa: float, ya: float, xb: float, yb: float, handle: str, x: float, y: float
) -> None:
    box = box_from_corners(xa, ya, xb, yb).clipped(100, 80)
    for changed in (box, box.moved(x, y, 100, 80), box.resized(handle, x, y, 100, 80)):
        assert 0 <= changed.x0 <= changed.x1 <= 100 + 1e-9
        assert 0 <= changed.y0 <= changed.y1 <= 80 + 1e-9
    moved = box.moved(x, y, 100, 80)
    assert (moved.width, moved.height) == (pytest.approx(box.width), pytest.approx(box.height))


@given(corner, corner, corner, corner)
def test_every_box_covers_a_cell(xa: float, ya: float, xb: float, yb: float) -> None:
    row0, row1, column0, column1 = box_to_cells(box_from_corners(xa, ya, xb, yb), (16.0, 16.0), (5, 6))
    assert 0 <= row0 < row1 <= 5
    assert 0 <= column0 < column1 <= 6


def test_a_box_of_whole_cells_is_those_cells() -> None:
    assert box_to_cells(Box(16, 32, 48, 64), (16.0, 16.0), (6, 6)) == (2, 4, 1, 3)


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "0,0,nan,4", "5,5,5,9", "9,0,1,4"])
def test_bad_boxes_are_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_box(text)
