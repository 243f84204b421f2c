"""Fitting: the whole way on a few photos, and its file."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from core.baselines.mop import Mop
from core.chain.config import DescriberConfig, config_from_dict
from core.chain.describer import make_mask, windows_of
from core.chain.load import shipped_describer
from core.chain.model_file import dump_describer, parse_describer
from core.chain.presets import preset
from core.chain.stages import LocalStages, SelectiveStages
from core.fitting.fitted import fitted_describer
from core.fitting.grid_store import GridStore, Item
from core.fitting.photo_set import PhotoSet
from core.fitting.training import check_enough
from core.reduction.moments import principal_directions, some_rows
from core.reduction.rotation import Rotation
from core.util.errors import UserError
from core.util.progress import Ticket

SMALL = dataclasses.replace(preset("standard"), longest_side=256, pca_dimension=8, words=5, truncate=8, bits=16, mask="sum")


@pytest.mark.parametrize("mask", ["max", "sift", "none"])
def test_same_photos_and_seed_give_the_same_bytes(folder: Path, mask: str) -> None:
    config = dataclasses.replace(SMALL, mask=mask)
    files = [fitted_describer(config, [folder], "cpu", Ticket()) for _ in range(2)]
    first, again = (dump_describer(config, describer.stages) for describer in files)
    assert first == again


def test_a_describer_survives_its_file(folder: Path) -> None:
    describer = fitted_describer(SMALL, [folder], "cpu", Ticket())
    config, stages = parse_describer(dump_describer(SMALL, describer.stages), "here")
    assert config == SMALL
    # Not a photo of the fit: six of them span so few directions that truncation leaves only rounding of them.
    photo = np.random.default_rng(0).integers(0, 255, (200, 256, 3), dtype=np.uint8)
    before = describer.describe(photo)
    describer.stages = stages
    after = describer.describe(photo)
    assert np.allclose(before.descriptor, after.descriptor, atol=1e-5)
    assert np.linalg.norm(after.descriptor) == pytest.approx(1, abs=1e-5)
    assert after.descriptor.shape == (32,)
    assert after.code.shape == (2,)


def test_damaged_describers_are_refused(folder: Path) -> None:
    data = dump_describer(SMALL, fitted_describer(SMALL, [folder], "cpu", Ticket()).stages)
    for bad in (b"", data[:50], data[: len(data) // 2], b"\xff" * 200):
        with pytest.raises(UserError):
            parse_describer(bad, "here")


def test_too_few_photos(folder: Path) -> None:
    with pytest.raises(UserError, match="bits"):
        dataclasses.replace(SMALL, bits=64)
    big = dataclasses.replace(SMALL, words=1024, truncate=0)
    with pytest.raises(UserError, match="words"):
        fitted_describer(big, [folder], "cpu", Ticket())


def test_unknown_settings_name_the_nearest() -> None:
    with pytest.raises(UserError, match="Did you mean 'words'"):
        config_from_dict({"wrods": 3})
    with pytest.raises(UserError, match="type int"):
        config_from_dict({"words": "3"})
    with pytest.raises(UserError, match="Did you mean 'standard'"):
        preset("standart")
    assert config_from_dict(preset("paper-512").as_dict()) == preset("paper-512")


def test_fingerprint_tells_settings_apart() -> None:
    assert DescriberConfig().fingerprint() == DescriberConfig().fingerprint()
    assert DescriberConfig().fingerprint() != DescriberConfig(seed=2).fingerprint()


def test_presets_without_a_fit_say_so() -> None:
    with pytest.raises(UserError, match="held-out"):
        shipped_describer("paper-512", "cpu")


def test_dimensions_of_table_four() -> None:
    sizes = [preset(f"paper-{d}").dimensions for d in (512, 1024, 2048, 4096, 8064)]
    assert sizes == [512, 1024, 2048, 4096, 8064]


def test_a_photo_of_one_colour_has_a_finite_description() -> None:
    describer = shipped_describer("standard", "cpu")
    description = describer.describe(np.full((64, 64, 3), 128, np.uint8))
    assert np.isfinite(description.descriptor).all()


def test_a_codebook_learns_from_so_many_features_as_fit() -> None:
    parts = [np.arange(n * 2, dtype=np.float32).reshape(n, 2) + 100 * place for place, n in enumerate((3, 0, 5, 1, 4))]
    assert np.array_equal(some_rows(parts, 13 * 16, 1), np.concatenate(parts))
    some = some_rows(parts, 7 * 16, 1)
    everything = np.concatenate(parts).tolist()
    places = [everything.index(row) for row in some.tolist()]
    assert len(places) == 7
    assert places == sorted(set(places))
    assert np.array_equal(some, some_rows(parts, 7 * 16, 1))


@pytest.mark.parametrize(("count", "dimension"), [(40, 12), (30, 5000)])
def test_principal_directions_of_few_and_of_many_numbers(count: int, dimension: int) -> None:
    vectors = np.random.default_rng(0).normal(2, 1, (count, dimension))
    mean = vectors.mean(axis=0)
    values, directions = principal_directions(vectors, mean, 8)
    assert directions.shape == (dimension, 8)
    assert np.allclose(directions.T @ directions, np.eye(8), atol=1e-9)
    assert np.allclose(((vectors - mean) @ directions).var(axis=0), values)
    assert np.isclose(values[0], np.linalg.svd(vectors - mean)[1][0] ** 2 / count)


def test_mop_streams_the_photos() -> None:
    chance = np.random.default_rng(0)
    photos = [chance.normal(size=(75, 20)) for _ in range(8)]
    mop = Mop(1, dimension=6, words=5).fit(lambda: iter(photos))
    assert (mop.mean_.shape, mop.basis_.shape, mop.codebook_.shape) == ((2, 20), (2, 20, 6), (2, 5, 6))
    assert np.allclose(mop.mean_[0], np.concatenate([photo[1:26] for photo in photos]).mean(axis=0))
    with pytest.raises(UserError, match="200 windows for 500 words"):
        Mop(1, dimension=6, words=500).fit(lambda: iter(photos))


def test_few_photos_keep_the_directions_that_they_span() -> None:
    vectors = np.random.default_rng(0).normal(size=(500, 40)) * np.linspace(3, 1, 40)
    full = Rotation(0).fit(vectors)
    assert np.array_equal(full.truncated(8, 500).basis_, full.basis_)
    few = Rotation(0).fit(vectors[:11])  # ten directions: two of them, and six that were not learnt, are dropped
    cut = few.truncated(8, 11)
    assert np.array_equal(cut.basis_[:, 8:], few.basis_[:, 2:34])
    assert np.allclose(cut.basis_.T @ cut.basis_, np.eye(40))
    assert cut.transform(vectors).shape == (500, 32)
    assert np.array_equal(full.truncated(8, 11).basis_[:, 8:], full.basis_[:, 2:34])  # windows of as many photos


def test_a_fit_on_too_few_photos_says_how_many_are_needed(folder: Path, tmp_path: Path) -> None:
    config = dataclasses.replace(SMALL, truncate=16)
    with pytest.raises(UserError, match="needs 18 photos to be fitted on, and there are 6"):
        fitted_describer(config, [folder], "cpu", Ticket(), cache=tmp_path, layout="none")
    assert fitted_describer(config, [folder], "cpu", Ticket(), cache=tmp_path).stages.config == config
    with pytest.raises(UserError, match="needs 20 photos to be fitted on, and there are 1"):
        check_enough(dataclasses.replace(SMALL, pca_dimension=40, words=10, truncate=198), 10, 1)


def test_rotation_and_hash_learn_from_windows_too(folder: Path, tmp_path: Path) -> None:
    settings = dataclasses.replace(SMALL, truncate=4)
    alone, parts = (
        fitted_describer(settings, [folder], "cpu", Ticket(), cache=tmp_path, layout=layout).stages
        for layout in ("none", "half")
    )
    assert isinstance(alone, SelectiveStages)
    assert isinstance(parts, SelectiveStages)
    assert np.array_equal(alone.pca.basis_, parts.pca.basis_)
    assert len(parts.rotation.eigenvalues_) == 40  # 60 vectors span them all, six do not
    assert len(alone.rotation.eigenvalues_) == 5
    store = GridStore(tmp_path, settings, shipped_describer("standard", "cpu").backbone)
    items = [Item(path) for path in sorted(folder.iterdir())]
    local = LocalStages(settings, parts.pca, parts.embedding)
    grid = store.grid(items[0])
    mask = make_mask(settings, grid, store.shown(items[0]))
    windows = windows_of(settings, grid, mask, "half")
    vectors = PhotoSet(store, items, Ticket()).aggregated_parts(settings, parts.pca, parts.embedding, "half")
    assert vectors.shape == (60, 40)
    whole = local.aggregated(grid, [((0, grid.shape[0], 0, grid.shape[1]), mask), *windows])[1]
    assert np.allclose(vectors[:10], whole, atol=1e-6)
    assert np.allclose(parts.rotation.mean_, vectors[vectors.any(axis=1)].mean(axis=0), atol=1e-6)
