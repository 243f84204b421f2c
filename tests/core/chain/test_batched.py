"""The batched chain against the reference, and indexing with it."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.backbones import batch_sizes
from core.backbones.batch_sizes import Halving, Lanes, lanes_of
from core.backbones.runner import GridRunner
from core.chain.batched import BatchedChain, supported
from core.chain.config import DescriberConfig
from core.chain.describer import Describer, photo_shown
from core.chain.load import shipped_describer
from core.chain.stages import SelectiveStages
from core.embeddings.temb import TEmbedding
from core.engine import Engine
from core.fitting.grid_store import GridStore, Item
from core.hashing.itq import Itq
from core.hashing.rba import Rba
from core.indexing import pipeline
from core.indexing.batched import Batched, batched
from core.indexing.describing import describing
from core.indexing.prefetch import ShapeGroups, ahead
from core.library import open_library
from core.masks.batched import max_masks, sum_masks
from core.masks.max import max_mask
from core.masks.sum import sum_mask
from core.reduction.batched_moments import DeviceMoments
from core.reduction.moments import Moments
from core.reduction.pca import Pca
from core.reduction.rotation import Rotation
from core.util.progress import Cancelled, Ticket

CHANNELS, SMALL = 12, DescriberConfig(pca_dimension=4, words=3, truncate=2, bits=8)


def made_stages(aggregation: str = "democratic", hashing: str = "itq", seed: int = 0) -> SelectiveStages:
    """Stages with random learned arrays; null cells stay null, as the PCA has no mean."""
    chance = np.random.default_rng(seed)
    config = dataclasses.replace(SMALL, aggregation=aggregation, hashing=hashing)
    pca, embedding, rotation = Pca(4), TEmbedding(chance.normal(size=(3, 4))), Rotation(config.truncate)
    pca.mean_, pca.basis_ = np.zeros(CHANNELS), np.linalg.qr(chance.normal(size=(CHANNELS, 4)))[0]
    embedding.mean_, embedding.whitening_ = chance.normal(size=12) / 10, chance.normal(size=(12, 12))
    rotation.mean_, rotation.basis_ = chance.normal(size=12) / 10, np.linalg.qr(chance.normal(size=(12, 12)))[0]
    code: Itq | Rba = Rba(8, 1) if hashing == "rba" else Itq(8, 1)
    code.mean_, code.projection_ = chance.normal(size=10) / 10, chance.normal(size=(10, 8))
    if isinstance(code, Rba):
        code.offset_ = chance.normal(size=8) / 10
    return SelectiveStages(config, pca, embedding, rotation, code)


@st.composite
def grids_and_masks(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """(B, H, W, K) sparse grids with null cells, and (B, P, H, W) masks that keep from no cell to all."""
    photos, masks, height, width = (draw(st.integers(1, high)) for high in (3, 3, 5, 6))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    grids = np.maximum(chance.normal(size=(photos, height, width, CHANNELS)), 0).astype(np.float32)
    grids[chance.random((photos, height, width)) < draw(st.sampled_from([0, 0.2, 1]))] = 0
    kept = chance.random((photos, masks, 1, 1)) * draw(st.sampled_from([0, 0.1, 1, 2]))
    return grids, chance.random((photos, masks, height, width)) < kept


@settings(deadline=None, max_examples=60)
@given(grids_and_masks(), st.sampled_from(["democratic", "sum", "average"]), st.sampled_from(["itq", "rba"]))
def test_the_batched_chain_is_the_reference(given: tuple[np.ndarray, np.ndarray], aggregation: str, hashing: str) -> None:
    grids, masks = given
    stages = made_stages(aggregation, hashing)
    assert supported(stages)
    found, codes = BatchedChain(stages, "cpu").encode(torch.from_numpy(grids), torch.from_numpy(masks))
    whole = (0, grids.shape[1], 0, grids.shape[2])
    for grid, mask, own, windows in zip(grids, masks, found, codes, strict=True):
        reference = stages.encode(grid, mask[0])
        assert np.array_equal(own.positions, reference.positions)
        assert np.allclose(own.features, reference.features, atol=1e-5)
        assert own.descriptor @ reference.descriptor >= (0.99999 if reference.descriptor.any() else 0)
        assert own.descriptor.any() == reference.descriptor.any()
        assert same_bits(own.code, reference.code, stages, reference.descriptor)
        for part, code in zip(mask[1:], windows, strict=True):
            expected = stages.encode_parts(grid, [(whole, part)])[0]
            assert same_bits(code, expected, stages, stages.encode(grid, part).descriptor)


def same_bits(code: np.ndarray, other: np.ndarray, stages: SelectiveStages, descriptor: np.ndarray) -> bool:
    """Whether two codes agree, except for bits close to their threshold."""
    assert isinstance(stages.hashing, Itq | Rba)
    differ = np.unpackbits(code ^ other, bitorder="little").astype(bool)
    return bool((np.abs(stages.hashing.project(descriptor))[differ] < 1e-4).all())


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 2**32 - 1),
    st.tuples(st.integers(1, 3), st.integers(1, 5), st.integers(1, 6)),
    st.sampled_from([1, 3, 1000]),
    st.sampled_from([0.0, 30.0, 50.0, 100.0]),
)
def test_batched_masks_are_the_reference(seed: int, shape: tuple[int, ...], top: int, percentile: float) -> None:
    """Few different values give ties and dead channels."""
    grids = np.random.default_rng(seed).integers(0, top, (*shape, CHANNELS)).astype(np.float32)
    there = torch.from_numpy(grids)
    for ignore in (False, True):
        assert np.array_equal(max_masks(there, ignore).numpy(), np.stack([max_mask(grid, ignore) for grid in grids]))
    assert np.array_equal(sum_masks(there, percentile).numpy(), np.stack([sum_mask(g, percentile) for g in grids]))


@pytest.fixture(scope="module")
def describer() -> Describer:
    return shipped_describer("standard", "cpu", None, Ticket())


@pytest.mark.parametrize("mask", ["max", "sum", "sift", "none"])
@pytest.mark.parametrize("layout", ["none", "half"])
def test_photos_together_are_described_as_one_by_one(describer: Describer, mask: str, layout: str) -> None:
    config = dataclasses.replace(describer.config, mask=mask, longest_side=128)
    assert isinstance(describer.stages, SelectiveStages)
    own = Describer(config, dataclasses.replace(describer.stages, config=config), describer.backbone)
    chance = np.random.default_rng(0)
    photos = [np.full((128, 96, 3), 200, np.uint8), *chance.integers(0, 255, (2, 128, 96, 3), dtype=np.uint8)]
    shown = [photo_shown(photo, config, 16) for photo in photos]
    for photo, together in zip(shown, batched(own, layout)(shown), strict=True):
        alone = own.describe_shown(photo, layout)
        assert together.cells == alone.cells
        assert np.array_equal(together.description.positions, alone.description.positions)
        assert together.description.descriptor @ alone.description.descriptor >= 0.99999
        assert (alone.windows is None) == (together.windows is None)
        if alone.windows is not None and together.windows is not None:
            assert np.bitwise_count(alone.windows ^ together.windows).sum() <= 2


def test_the_cpu_keeps_to_the_reference(describer: Describer) -> None:
    assert not isinstance(describing(describer, "half"), Batched)
    assert lanes_of(describer.backbone).size((650, 488, 3)) == 1


def test_other_chains_are_left_to_the_reference() -> None:
    assert not supported(made_stages("gmp"))
    assert not supported(dataclasses.replace(made_stages(), hashing=object()))  # type: ignore[arg-type]


def test_groups_are_bounded_and_follow_the_photos_alone() -> None:
    sizes = {"wide": 4, "high": 4, "odd": 4}
    groups: ShapeGroups[str, int] = ShapeGroups(lambda key: sizes[key])
    keys = ["odd", *["wide", "high"] * 7]
    out = [group for number, key in enumerate(keys) for group in groups.add(key, number)]
    assert out == [[1, 3, 5, 7], [2, 4, 6, 8]]
    assert groups.rest() == [[0], [9, 11, 13], [10, 12, 14]]
    assert groups.rest() == []
    alone: ShapeGroups[str, int] = ShapeGroups(lambda key: 1)
    assert [alone.add("wide", 1), alone.add("high", 2)] == [[[1]], [[2]]]


def test_a_rare_shape_does_not_wait_for_ever() -> None:
    groups: ShapeGroups[str, int] = ShapeGroups(lambda key: 2)
    assert groups.add("odd", 0) == []
    out = [group for number in range(1, 8) for group in groups.add(str(number), number)]
    assert out[0] == [0]


def test_work_ahead_keeps_the_order_and_its_bounds() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(50):
            taken.append(number)
            yield number

    results = ahead(numbers(), lambda number: number * 2, 3, 4)
    assert next(results) == 0
    assert len(taken) <= 5
    assert list(results) == [2 * number for number in range(1, 50)]


@pytest.mark.parametrize("error", [torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("MPS backend out of memory")])
def test_memory_that_runs_out_halves_the_group(error: Exception) -> None:
    tried: list[int] = []

    def work(items: Sequence[int]) -> list[int]:
        tried.append(len(items))
        if len(items) > 3 or 7 in items:
            raise error
        return [item + 100 for item in items]

    halving = Halving(work, lambda item, reason: -item)
    assert halving(range(10)) == [100, 101, 102, 103, 104, 105, 106, -7, 108, 109]
    assert max(tried[1:]) <= 5
    tried.clear()
    halving([20, 21])
    assert tried == [1, 1], "what did not fit is not tried again with every group"


def test_other_errors_are_not_taken_for_memory() -> None:
    def work(items: Sequence[int]) -> list[int]:
        raise RuntimeError("a mistake")

    with pytest.raises(RuntimeError, match="a mistake"):
        Halving(work, lambda item, reason: item)([1])


@pytest.fixture
def in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexing as on an accelerator: groups of three photos of one shape, two lanes, the batched chain."""
    monkeypatch.setattr(pipeline, "lanes_of", lambda backbone: Lanes(2, 2, lambda shape: 3, lambda: None, "cpu"))
    monkeypatch.setattr(pipeline, "describing", batched)


def contents(path: Path) -> dict[str, tuple[np.ndarray, ...]]:
    """What a library stores of each photo, by name."""
    library = open_library(path)
    names = {photo.id: photo.path.name for photo in library.known()}
    ids, descriptors, codes = library.vectors()
    windows = library.window_codes()
    assert windows is not None
    rows = {}
    for row, photo in enumerate(ids.tolist()):
        cells = library.cells(photo)
        assert cells is not None
        rows[names[photo]] = (descriptors[row], codes[row], windows[row], np.array(cells[0]), cells[1], cells[2])
    library.close()
    return rows


def test_a_library_made_in_groups_holds_the_same(folder: Path, library: Path, tmp_path: Path, in_groups: None) -> None:
    for name in ("first", "second"):
        assert Engine().index([folder], tmp_path / f"{name}.cropseek").indexed == 6
    own, first, second = contents(library), *(contents(tmp_path / f"{name}.cropseek") for name in ("first", "second"))
    assert list(first) == list(second), "the order is the same in each run"
    assert set(first) == set(own)
    for name, row in own.items():
        assert np.allclose(first[name][0], row[0], atol=1e-3)  # stored in half precision
        assert sum(np.bitwise_count(a ^ b).sum() for a, b in zip(first[name][1:3], row[1:3], strict=True)) <= 4
        assert all(np.allclose(a, b, atol=1.1 / 127) for a, b in zip(first[name][3:], row[3:], strict=True))


def test_groups_are_cancelled_resumed_and_know_what_was_moved(folder: Path, tmp_path: Path, in_groups: None) -> None:
    photos, library = tmp_path / "photos", tmp_path / "l.cropseek"
    shutil.copytree(folder, photos)
    (photos / "bad.jpg").write_bytes(b"no photo")
    ticket = Ticket(on_progress=lambda done, total, what: ticket.cancel() if what == "indexing" and done == 2 else None)
    with pytest.raises(Cancelled):
        Engine().index([photos], library, ticket=ticket)
    kept = Engine().index([photos], library)
    assert kept.unchanged >= 2
    assert kept.indexed + kept.unchanged == 6
    assert [skipped.path.name for skipped in kept.skipped] == ["bad.jpg"]
    (photos / "field-01.jpg").rename(photos / "another.jpg")
    (photos / "bad.jpg").unlink()
    moved = Engine().index([photos], library)
    assert (moved.indexed, moved.unchanged, moved.removed, moved.skipped) == (1, 5, 1, ())
    assert len(contents(library)) == 6


def test_a_photo_that_does_not_fit_is_skipped(
    folder: Path, tmp_path: Path, in_groups: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(self: object, photos: Sequence[object]) -> list[object]:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(Batched, "__call__", work)
    report = Engine().index([folder], tmp_path / "l.cropseek")
    assert report.indexed == 0
    assert {skipped.reason for skipped in report.skipped} == {"there is not enough memory to describe this photo"}


def test_a_store_of_grids_is_filled_in_groups(folder: Path, tmp_path: Path, describer: Describer, in_groups: None) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"no photo")
    items = [Item(path) for path in sorted(folder.iterdir())] + [Item(tmp_path / "bad.jpg")]
    config = dataclasses.replace(describer.config, longest_side=128)
    store = GridStore(tmp_path / "grids", config, describer.backbone)
    assert store.fill(items, Ticket()) == items[:-1]
    assert [skipped.path.name for skipped in store.skipped] == ["bad.jpg"]
    for item in items[:-1]:
        alone = describer.backbone.grid(store.shown(item))
        assert np.allclose(store.grid(item), alone, atol=1e-3 * alone.max())


def test_moments_on_a_device_are_the_reference() -> None:
    chance = np.random.default_rng(0)
    own, reference = DeviceMoments("cpu"), Moments()
    for rows in (
        chance.normal(3, 1, (1500, 7)),
        np.zeros((0, 7)),
        chance.normal(3, 1, (900, 7)),
        chance.normal(3, 1, (5, 7)),
    ):
        own.update(rows)
        reference.update(rows)
    assert own.count == reference.count
    assert np.allclose(own.mean, reference.mean, rtol=1e-12)
    assert np.allclose(own.scatter, reference.scatter, rtol=1e-10)


@pytest.mark.parametrize(("free", "size"), [(0, 1), (2**30, 1), (8 * 2**30, 2), (80 * 2**30, 27), (400 * 2**30, 32)])
def test_an_accelerator_gets_as_many_photos_as_fit(monkeypatch: pytest.MonkeyPatch, free: int, size: int) -> None:
    monkeypatch.setattr(batch_sizes, "free_memory", lambda device: free)
    runner = object.__new__(GridRunner)
    runner._device = "cuda"
    made = lanes_of(runner)
    assert (made.threads, made.size((1024, 768, 3))) == (2, size)
    assert made.size((650, 488, 3)) >= size
