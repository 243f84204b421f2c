"""Described photos survive their way through files."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pyarrow")

from core.cluster.blocks import Wanted, shards_of
from core.cluster.shards import DAMAGED, file_key, files_in, read_shard, shard_name, write_shard
from core.geometry import Box
from core.library.entries import FARTHEST, Edges, Entry
from core.photos.keypoints import LENGTH, Points
from core.photos.scan import PhotoFile

ODD_NAME = b"/photos/\xff.jpg".decode("utf-8", "surrogateescape")


def whole(path: str = "/photos/a.jpg", cells: int = 3) -> Entry:
    rng = np.random.default_rng(0)
    points = Points(
        rng.random((5, 2), dtype=np.float32), rng.random(5, dtype=np.float32), rng.random(5, dtype=np.float32),
        rng.integers(-127, 127, (5, LENGTH), dtype=np.int8), Box(0, 0, 40, 30), 2.0,
    )  # fmt: skip
    return Entry(
        Path(path), 10, FARTHEST + 5, "abc", 40, 30, "2024-01-02 03:04:05", "Canon", "", rng.random(8).astype(np.float16),
        rng.integers(0, 255, 4, dtype=np.uint8), (6, 7), rng.integers(0, 6, (cells, 2)).astype(np.uint16),
        rng.integers(-127, 127, (cells, 5 if cells else 0), dtype=np.int8), b"\xff\xd8",
        rng.integers(0, 255, (9, 4), dtype=np.uint8), Edges(5, "edge"), points=points,
    )  # fmt: skip


def assert_same(found: object, expected: object) -> None:
    for field in dataclasses.fields(expected):  # type: ignore[arg-type]
        one, other = getattr(found, field.name), getattr(expected, field.name)
        if isinstance(other, np.ndarray):
            assert one.dtype == other.dtype
            assert np.array_equal(one, other), field.name
        elif isinstance(other, Points):
            assert_same(one, other)
        else:
            assert one == other, field.name


def test_a_shard_gives_back_what_was_written(tmp_path: Path) -> None:
    plain = dataclasses.replace(whole(), windows=None, points=None)
    skipped = Entry(Path(ODD_NAME), 3, 4, reason="this file is not a photo")
    entries = [whole(), plain, whole("/photos/none.jpg", 0), skipped]
    write_shard(tmp_path / "shards" / "s.parquet", entries)
    for found, entry in zip(read_shard(tmp_path / "shards" / "s.parquet"), entries, strict=True):
        assert_same(found, dataclasses.replace(entry, mtime_ns=min(entry.mtime_ns, FARTHEST)))
    assert [path.name for path in (tmp_path / "shards").iterdir()] == ["s.parquet"]


def test_a_photo_that_could_not_be_read_is_not_there(tmp_path: Path) -> None:
    gone = Entry(Path("/photos/gone.jpg"), 3, 4, reason="the file is missing", passing=True)
    write_shard(tmp_path / "s.parquet", [whole(), gone])
    assert files_in(tmp_path / "s.parquet") == [file_key(whole().path, 10, FARTHEST)]


def test_what_is_no_whole_shard_counts_as_missing(tmp_path: Path) -> None:
    file = PhotoFile(Path("/photos"), "a.jpg", 10, FARTHEST)
    write_shard(tmp_path / "good.parquet", [whole()])
    data = (tmp_path / "good.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(data[:-20])
    (tmp_path / ".good.parquet.7.part").write_bytes(data[:10])
    assert list(shards_of(tmp_path, Wanted([file]))) == [tmp_path / "good.parquet"]
    with pytest.raises(DAMAGED):
        files_in(tmp_path / "cut.parquet")


def test_each_file_is_wanted_once_and_only_unchanged() -> None:
    files = [PhotoFile(Path("/photos"), f"{number}.jpg", number, 7) for number in range(5)]
    wanted = Wanted(files)
    assert wanted.take(file_key(files[1].path, 1, 7))
    assert not wanted.take(file_key(files[1].path, 1, 7))
    assert not wanted.take(file_key(files[2].path, 2, 8))
    assert list(wanted.blocks(3)) == [[files[0], files[2], files[3]], [files[4]]]


def test_a_block_has_one_name() -> None:
    keys = [file_key(Path(ODD_NAME), 1, 2), file_key(Path("/b"), 1, 2)]
    assert shard_name(keys) == shard_name(list(keys))
    assert len({shard_name(keys), shard_name(keys[:1]), shard_name([(keys[0][0], 1, 3), keys[1]])}) == 3
