"""Every method of the registry: what all share, chains of all combinations, their files, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from core.chain.config import DescriberConfig
from core.chain.model_file import dump_describer, parse_describer
from core.chain.registry import AGGREGATIONS, BASELINES, EMBEDDINGS, HASHING
from core.chain.stages import Stages, aggregate
from core.embeddings.faemb import FFAEmbedding
from core.embeddings.fisher import learn_mixture
from core.embeddings.vlad import Vlad
from core.fitting.grid_store import Item
from core.fitting.photo_set import PhotoSet, descriptors_of
from core.fitting.training import Fitter
from core.hashing.kmh import Kmh, check_split
from core.hashing.rba import Rba
from core.util.errors import UserError
from core.util.progress import Ticket
from tests.core.numeric import normal, quick, seeds, units


class Backbone:
    """Random grids instead of a network: a different one for each photo."""

    stride, channels, dense, learned = 16, 24, True, None


class Store:
    """Random non-negative grids by item, with a shared part so that photos of a group are similar."""

    backbone = Backbone()

    def __init__(self, count: int) -> None:
        self.items = [Item(Path(f"{i}.jpg")) for i in range(count)]

    def grid(self, item: Item) -> np.ndarray:
        number = int(item.path.stem)
        own, group = np.random.default_rng(number), np.random.default_rng(1000 + number // 2)
        return np.maximum(own.normal(size=(6, 8, 24)) + group.normal(size=24), 0).astype(np.float32)

    def shown_for(self, mask: str, item: Item) -> np.ndarray:
        return np.zeros((96, 128, 3), dtype=np.uint8)


SMALL = DescriberConfig(pca_dimension=8, words=6, truncate=0, bits=16)


def fitted(config: DescriberConfig, count: int = 60) -> tuple[Stages, PhotoSet]:
    store = Store(count)
    photos = PhotoSet(store, store.items, Ticket())  # type: ignore[arg-type]
    return Fitter(photos).stages(config), photos


# -- embeddings and aggregations ---------------------------------------------------------------------------------------


@quick
@given(seeds)
def test_fisher_and_vlad_do_not_depend_on_the_order_of_features(seed: int) -> None:
    features = units(seed, 40, 5)
    order = np.random.default_rng(seed).permutation(40)
    fisher = learn_mixture(units(7, 300, 5), 3, seed=1)
    for embedding, aggregation in ((fisher, "average"), (Vlad(units(3, 4, 5)), "sum"), (fisher, "democratic")):
        straight = aggregate(embedding.transform(features), aggregation)
        assert np.allclose(straight, aggregate(embedding.transform(features[order]), aggregation), atol=1e-9)


@pytest.mark.parametrize("embedding", [Vlad(np.eye(3)), FFAEmbedding(np.eye(3)), learn_mixture(units(1, 50, 3), 2, 1)])
def test_embedding_no_features_gives_no_rows(embedding: Vlad) -> None:
    nothing = np.zeros((0, 3), dtype=np.float32)
    one = np.eye(3, dtype=np.float32)[:1]
    method = getattr(embedding, "raw", embedding.transform)
    assert method(nothing).shape == (0, method(one).shape[1])


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_aggregating_nothing_gives_zeros(aggregation: str) -> None:
    assert not aggregate(np.zeros((0, 5)), aggregation).any()


# -- the chain in every combination ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("embedding", "aggregation"), list(product(EMBEDDINGS, AGGREGATIONS)))
def test_every_embedding_works_with_every_aggregation(embedding: str, aggregation: str) -> None:
    config = replace(SMALL, embedding=embedding, aggregation=aggregation, pca_dimension=6, words=4)
    stages, photos = fitted(config)
    descriptors = descriptors_of(photos, stages)
    assert descriptors.shape == (60, config.dimensions)
    assert np.allclose(np.linalg.norm(descriptors, axis=1), 1, atol=1e-5)
    scores = descriptors @ descriptors.T - 2 * np.eye(60)
    assert np.mean(scores.argmax(axis=1) // 2 == np.arange(60) // 2) > 0.2  # the other photo of the group; by chance 0.02


@pytest.mark.parametrize("hashing", HASHING)
def test_every_describer_survives_its_file(hashing: str) -> None:
    for embedding in EMBEDDINGS:
        _check_file(replace(SMALL, embedding=embedding, hashing=hashing, mask="sum"))


@pytest.mark.parametrize("baseline", [name for name in BASELINES if name not in ("", "mop")])
def test_every_baseline_survives_its_file(baseline: str) -> None:
    _check_file(replace(SMALL, baseline=baseline, mask="none", pca_dimension=16))


def _check_file(config: DescriberConfig) -> None:
    stages, photos = fitted(config)
    read_config, read = parse_describer(dump_describer(config, stages), "memory")
    assert read_config == config
    grid = photos.store.grid(photos.items[3])
    mask = np.ones(grid.shape[:2], dtype=bool)
    first, second = stages.encode(grid, mask), read.encode(grid, mask)
    assert np.allclose(first.descriptor, second.descriptor, atol=2e-4)
    assert len(first.code) == config.bits // 8
    assert np.unpackbits(first.code ^ second.code).sum() <= 1


def test_same_seed_same_describer() -> None:
    config = replace(SMALL, embedding="faemb", hashing="rba")
    assert dump_describer(config, fitted(config)[0]) == dump_describer(config, fitted(config)[0])


def test_shared_steps_give_what_separate_fits_give() -> None:
    store = Store(60)
    shared = Fitter(PhotoSet(store, store.items, Ticket()))  # type: ignore[arg-type]
    for config in (SMALL, replace(SMALL, truncate=8), replace(SMALL, words=5, bits=8), replace(SMALL, mask="sum")):
        assert dump_describer(config, shared.stages(config)) == dump_describer(config, fitted(config)[0])


# -- hashing -----------------------------------------------------------------------------------------------------------


# -- baselines ---------------------------------------------------------------------------------------------------------


# -- wrong use: one clear sentence -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bits": 1024}, "longer than the descriptor"),
        ({"bits": 12}, "not a multiple of 8"),
        ({"truncate": 640}, "leaves nothing"),
        ({"hashing": "kmh", "pca_dimension": 30, "truncate": 4, "bits": 64}, "cannot split 596"),
        ({"baseline": "mac"}, "takes no mask"),
        ({"embedding": "bow"}, "not known"),
        ({"gmp_regularisation": 0.0}, "out of range"),
    ],
)
def test_impossible_configurations_are_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(UserError, match=words):
        replace(DescriberConfig(), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "count", "words"),
    [
        ({"pca_dimension": 4, "words": 2000}, 4, "words needs more than"),
        ({"pca_dimension": 2, "words": 2000, "embedding": "fv"}, 4, "Gaussians needs more than"),
        ({"pca_dimension": 64, "words": 2}, 60, "needs as many channels"),
        ({"truncate": 0}, 1, "at least two photos"),
        ({"baseline": "mac", "mask": "none", "pca_dimension": 24}, 5, "needs more photos"),
        ({"baseline": "netvlad", "mask": "none", "pca_dimension": 16}, 1, "too few for the 64 clusters"),
        ({"baseline": "mop", "mask": "none", "pca_dimension": 16}, 5, "needs the 75 windows"),
        ({}, 0, "no photos to learn from"),
    ],
)
def test_too_few_photos_are_told(changes: dict[str, object], count: int, words: str) -> None:
    with pytest.raises(UserError, match=words):
        fitted(replace(SMALL, **changes), count)  # type: ignore[arg-type]


def test_hashing_alone_refuses_what_it_cannot_do() -> None:
    with pytest.raises(UserError, match="RBA cannot make"):
        Rba(30, 1).fit(normal(1, 50, 20))
    with pytest.raises(UserError, match="cannot split"):
        check_split(32, 20)
    with pytest.raises(UserError, match="two photos"):
        Kmh(8, 1).fit(normal(1, 1, 16))


# -- presets -----------------------------------------------------------------------------------------------------------
