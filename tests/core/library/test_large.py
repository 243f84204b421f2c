"""Large libraries: filtered and mapped codes, descriptors on a device, and the files of vectors."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.engine import Engine
from core.geometry import Box
from core.hashing.bits import hamming
from core.library import open_library, vector_files
from core.library.opening import agree_to_library
from core.library.vectors import LibraryVectors
from core.records import PhotoRecord, Query
from core.search.multi_query import Question
from core.search.ranking import codes as codes_module
from core.search.ranking.codes import CodeIndex
from core.search.ranking.descriptors import DeviceDescriptors, cosines, on_device
from core.search.ranking.searcher import Asked, Searcher
from core.util.progress import Ticket
from core.util.resources import cache_folder
from tests.conftest import NAMES

quick = settings(deadline=None, max_examples=40)
seeds = st.integers(0, 2**32 - 1)


@quick
@given(seeds, st.integers(1, 400), st.integers(1, 60), st.floats(0.02, 1.0), st.sampled_from([0.0, 0.25, 1.0]))
def test_a_filtered_index_equals_one_of_the_passing_rows(seed: int, count: int, k: int, share: float, few: float) -> None:
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 4, (count, 2), dtype=np.uint8)  # few bits make many ties
    rows = np.flatnonzero(rng.random(count) < share)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes_module, "FEW", few)
        found, distances = CodeIndex(codes, rows).nearest(codes[0], k)
    expected = hamming(codes[rows], codes[0])
    order = np.argsort(expected, kind="stable")[:k]
    assert np.array_equal(found, rows[order])
    assert np.array_equal(distances, expected[order])


@quick
@given(seeds, st.sampled_from([1, 2, 12, 64, 100]), st.sampled_from([1, 7, 400]))
def test_few_and_many_neighbours_are_exact(seed: int, size: int, k: int) -> None:
    codes = np.random.default_rng(seed).integers(0, 256, (1000, size), dtype=np.uint8)
    rows, distances = CodeIndex(codes).nearest(codes[3], k)
    order = np.argsort(hamming(codes, codes[3]), kind="stable")[:k]
    assert np.array_equal(rows, order)
    assert np.array_equal(distances, hamming(codes[order], codes[3]))


def test_codes_in_a_mapped_file_are_searched_as_they_are(tmp_path: Path) -> None:
    codes = np.random.default_rng(0).integers(0, 256, (5000, 64), dtype=np.uint8)
    codes.tofile(tmp_path / "codes")
    mapped = np.memmap(tmp_path / "codes", dtype=np.uint8, mode="r", shape=codes.shape)
    for mine, theirs in zip(CodeIndex(mapped).nearest(codes[9], 50), CodeIndex(codes).nearest(codes[9], 50), strict=True):
        assert np.array_equal(mine, theirs)


def test_cosines_on_a_device_equal_numpys() -> None:
    rng = np.random.default_rng(1)
    stored = rng.normal(0, 0.05, (40_000, 64)).astype(np.float16)
    query = rng.normal(0, 0.05, 64).astype(np.float32)
    assert DeviceDescriptors(stored, "cpu").cosines(query) == pytest.approx(cosines(stored, query), abs=1e-6)
    assert on_device(stored, "cpu") is None
    assert on_device(stored, "cpu+bf16") is None
    rows = np.arange(3, 40_000, 3)
    assert cosines(stored, query, rows) == pytest.approx(cosines(stored, query)[rows], abs=1e-6)


def test_a_narrowed_searcher_ranks_as_one_of_those_photos(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    ids = np.arange(10, 310)
    descriptors = rng.normal(0, 0.2, (300, 16)).astype(np.float16)
    codes, windows = (rng.integers(0, 256, shape, dtype=np.uint8) for shape in ((300, 8), (300, 3, 8)))
    records = {int(photo): PhotoRecord(Path(f"{photo}.jpg"), int(photo)) for photo in ids}
    whole = Searcher(LibraryVectors(ids, descriptors, codes, windows), records)
    asked = Question((Asked(descriptors[0].astype(np.float32), codes[0]),))
    for share in (0.1, 0.7):
        rows = np.flatnonzero(rng.random(300) < share)
        alone = Searcher(LibraryVectors(ids[rows], descriptors[rows], codes[rows], windows[rows]), records)
        part = whole.narrowed(ids[rows])
        assert len(part) == len(rows)
        for ranking in ("hamming", "cosine", "rerank", "windows", "expanded"):
            assert part.rank(asked, 20, ranking) == alone.rank(asked, 20, ranking)
        assert part.cosines_with(asked.wanted[0].descriptor) == alone.cosines_with(asked.wanted[0].descriptor)
    # As on a device with separate memory.
    copies: list[DeviceDescriptors] = []

    def copied(stored: np.ndarray, device: str) -> DeviceDescriptors:
        copies.append(DeviceDescriptors(stored, "cpu"))
        return copies[-1]

    monkeypatch.setattr("core.search.ranking.searcher.on_device", copied)
    there = Searcher(LibraryVectors(ids, descriptors, codes, windows), records)
    for _ in range(2):  # with another filter or the same: the descriptors are copied once
        far = there.narrowed(ids[rows]).rank(asked, 20, "cosine")
        assert [hit.photo for hit in far] == [hit.photo for hit in part.rank(asked, 20, "cosine")]
    assert len(copies) == 1


@pytest.fixture
def large(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library that counts as a large one."""
    monkeypatch.setattr(vector_files, "LARGE", 1)
    monkeypatch.setattr(vector_files, "BATCH", 2)
    copy = tmp_path / "large.cropseek"
    with contextlib.closing(sqlite3.connect(library)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    agree_to_library(copy, None)
    return copy


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="tells of mappings on Linux only")
def test_nothing_is_read_around_the_descriptors_of_a_shortlist(large: Path) -> None:
    with contextlib.closing(open_library(large)) as library:
        vectors = vector_files.mapped_vectors(library)
    assert vectors is not None
    assert vectors.scattered is not None
    assert np.array_equal(vectors.scattered, vectors.descriptors)
    assert ["rr" in flags for flags in _mapping_flags("descriptors")].count(True) == 1
    assert not any("rr" in flags for flags in _mapping_flags("codes"))


def test_a_large_library_is_arranged_from_its_files(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def arranged() -> tuple[np.ndarray, np.ndarray]:
        engine = Engine()
        engine.open_library(large)
        return engine.browse.arranged(Ticket())

    from_files = arranged()
    with monkeypatch.context() as patch:
        patch.setattr(vector_files, "LARGE", 1000)
        for mine, theirs in zip(from_files, arranged(), strict=True):
            assert np.array_equal(mine, theirs)


def _mapping_flags(name: str) -> list[list[str]]:
    """The flags of each mapping of a file."""
    own = False
    found = []
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if "-" in line.split(" ", 1)[0]:
            own = line.endswith(f"/{name}")
        elif own and line.startswith("VmFlags:"):
            found.append(line.split()[1:])
    return found


def test_a_large_library_is_searched_in_its_files(
    large: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = shutil.copytree(folder, tmp_path / "photos")
    with contextlib.closing(sqlite3.connect(large)) as db, db:
        db.execute("UPDATE roots SET path = ?", (str(photos),))
    agree_to_library(large, None)
    query = Query(folder / f"{NAMES[0]}.jpg", Box(40, 30, 400, 300))

    def found() -> list[tuple[Path, float]]:
        engine = Engine()
        engine.open_library(large)
        return [(hit.photo.path, hit.score) for hit in engine.search(query).hits]

    mapped = found()
    (files,) = cache_folder("vectors").iterdir()
    assert (files / "ids").stat().st_size == 8 * len(NAMES)
    with monkeypatch.context() as patch:
        patch.setattr(vector_files, "LARGE", 1000)
        assert found() == mapped
    # Removed photos are not found any more, new ones are; no file is rewritten.
    gone, again, library = photos / f"{NAMES[1]}.jpg", photos / "again.jpg", open_library(large, writable=True)
    library.forget([known.id for known in library.find(gone)])
    library.close()
    assert {path for path, _ in found()} == {path for path, _ in mapped} - {gone}
    again.write_bytes((photos / f"{NAMES[3]}.jpg").read_bytes())
    Engine().index([photos], large)
    assert {path for path, _ in found()} == {path for path, _ in mapped} | {again}
    assert [path.name for path in cache_folder("vectors").iterdir()] == [files.name]
    assert (files / "ids").stat().st_size == 8 * (len(NAMES) + 2)


@pytest.mark.parametrize("name", ["ids", "codes", "descriptors", "windows"])
def test_a_file_that_is_cut_short_meanwhile_is_made_anew(large: Path, folder: Path, name: str) -> None:
    engine, query = Engine(), Query(folder / f"{NAMES[0]}.jpg", Box(40, 30, 400, 300))
    engine.open_library(large)
    before = [(hit.photo.path, hit.score) for hit in engine.search(query).hits]
    (files,) = cache_folder("vectors").iterdir()
    os.truncate(files / name, 0)
    assert [(hit.photo.path, hit.score) for hit in engine.search(query).hits] == before


def test_files_of_another_library_at_the_same_place_are_made_anew(large: Path) -> None:
    library = open_library(large)
    before = vector_files.mapped_vectors(library)
    assert before is not None
    (old,) = cache_folder("vectors").iterdir()
    library.close()
    with contextlib.closing(sqlite3.connect(large)) as db, db:
        db.execute("UPDATE vectors SET code = zeroblob(length(code))")
    after = vector_files.mapped_vectors(open_library(large))
    assert after is not None
    assert not after.codes.any()
    (new,) = cache_folder("vectors").iterdir()
    assert new != old


def test_a_library_without_an_identity_is_read_into_memory(large: Path) -> None:
    with contextlib.closing(sqlite3.connect(large)) as db, db:
        db.execute("DELETE FROM meta WHERE key = 'identity'")
    assert vector_files.mapped_vectors(open_library(large)) is None
    agree_to_library(large, None)
    assert vector_files.mapped_vectors(open_library(large, writable=True)) is not None


def test_where_no_file_can_be_written_memory_serves(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache_folder("vectors").parent.mkdir(parents=True, exist_ok=True)
    cache_folder("vectors").write_text("in the way")
    assert vector_files.mapped_vectors(open_library(large)) is None
