"""Blocks of described photos as Parquet files, which machines hand to one another through a common folder.

A file is written whole or not at all.  Arrays are stored as their bytes, in the types of ``core.library.entries.Entry``.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from core.geometry import Box
from core.library.entries import Edges, Entry, stamp
from core.library.names import from_text, to_text
from core.photos.keypoints import LENGTH, Points
from core.util.atomic_write import replacing

SUFFIX = ".parquet"

File = tuple[str, int, int]
"""Path, size in bytes, and time of a file: what says that a photo is described already."""

_FILE = (("path", pa.string()), ("size", pa.int64()), ("mtime_ns", pa.int64()), ("passing", pa.bool_()))
_TEXTS = ("content", "taken", "camera", "reason")
_NUMBERS = ("width", "height")
_ARRAYS = (
    ("descriptor", np.float16), ("code", np.uint8), ("positions", np.uint16), ("features", np.int8), ("windows", np.uint8)
)  # fmt: skip
_POINTS = (("xy", np.float32), ("point_size", np.float32), ("angle", np.float32), ("point_descriptors", np.int8))

SCHEMA = pa.schema(
    [
        *_FILE,
        *((name, pa.string()) for name in _TEXTS),
        *((name, pa.int32()) for name in _NUMBERS),
        ("cells", pa.list_(pa.int32(), 2)),
        ("thumbnail", pa.binary()),
        ("changed_ns", pa.int64()),
        ("edges", pa.string()),
        *((name, pa.binary()) for name, _ in (*_ARRAYS, *_POINTS)),
        ("points_region", pa.list_(pa.float64(), 4)),
        ("points_scale", pa.float64()),
    ]
)

DAMAGED = (OSError, pa.ArrowException, ValueError, KeyError)
"""What reading a file raises that is no whole shard."""


def shard_name(files: Sequence[File]) -> str:
    """The name of the shard of a block of files; equal for equal blocks."""
    digest = hashlib.blake2b(digest_size=16)
    for path, size, mtime_ns in files:
        digest.update(f"{path}\0{size}\0{mtime_ns}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest() + SUFFIX


def file_key(path: Path, size: int, mtime_ns: int) -> File:
    """A file as shards know it."""
    return str(path), size, stamp(mtime_ns)


def write_shard(path: Path, entries: Sequence[Entry]) -> None:
    """Write a shard under a temporary name, then rename it.

    Raises:
        OSError: it cannot be written.
    """
    table = pa.Table.from_pylist([_row(entry) for entry in entries], SCHEMA)
    with replacing(path) as part:
        pq.write_table(table, part, compression="zstd")


def files_in(path: Path) -> list[File]:
    """The files whose photos a shard holds, without those that could not be read for a reason that may pass.

    Raises:
        DAMAGED: it is no shard, or not a whole one.
    """
    rows = _table(path, [name for name, _ in _FILE]).to_pylist()
    return [(from_text(row["path"]), row["size"], row["mtime_ns"]) for row in rows if not row["passing"]]


def read_shard(path: Path) -> Iterator[Entry]:
    """The entries of a shard.

    Raises:
        DAMAGED: it is no shard, or not a whole one.
    """
    yield from map(_entry, _table(path, None).to_pylist())


def _table(path: Path, columns: list[str] | None) -> Any:
    # Read whole, not mapped: a file on a network disk may change below a map.
    file = pq.ParquetFile(io.BytesIO(path.read_bytes()))
    if not file.schema_arrow.equals(SCHEMA):
        raise ValueError("not a shard of this version")
    return file.read(columns)


def _row(entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(entry, name) for name in (*_TEXTS, *_NUMBERS, "size", "passing", "thumbnail")}
    row |= {"path": to_text(str(entry.path)), "mtime_ns": stamp(entry.mtime_ns), "cells": entry.cells}
    row |= {"reason": to_text(entry.reason), "changed_ns": entry.edges.changed_ns, "edges": entry.edges.hash}
    row |= {name: _bytes(getattr(entry, name)) for name, _ in _ARRAYS}
    if (points := entry.points) is not None:
        arrays: tuple[NDArray[Any], ...] = (points.xy, points.size, points.angle, points.descriptors)
        row |= {name: _bytes(array) for (name, _), array in zip(_POINTS, arrays, strict=True)}
        region = points.region
        row |= {"points_region": (region.x0, region.y0, region.x1, region.y1), "points_scale": points.scale}
    return row


def _bytes(array: NDArray[Any] | None) -> bytes | None:
    return None if array is None else array.tobytes()


def _entry(row: dict[str, Any]) -> Entry:
    arrays = {name: _array(row[name], dtype) for name, dtype in _ARRAYS}
    code, windows = arrays["code"], arrays["windows"]
    positions, features = arrays["positions"], arrays["features"]
    if positions is not None and features is not None:
        positions = positions.reshape(-1, 2)
        features = features.reshape(len(positions), -1 if len(positions) else 0)
    return Entry(
        Path(from_text(row["path"])),
        reason=from_text(row["reason"]),
        edges=Edges(row["changed_ns"], row["edges"]),
        cells=(row["cells"][0], row["cells"][1]),
        descriptor=arrays["descriptor"],
        code=code,
        positions=positions,
        features=features,
        windows=None if windows is None or code is None else windows.reshape(-1, len(code)),
        points=_points(row),
        **{name: row[name] for name in ("size", "mtime_ns", "content", "width", "height", "taken", "camera")},
        **{name: row[name] for name in ("thumbnail", "passing")},
    )


def _points(row: dict[str, Any]) -> Points | None:
    if row["points_region"] is None:
        return None
    arrays: list[NDArray[Any]] = [np.frombuffer(row[name], dtype) for name, dtype in _POINTS]
    xy, size, angle, descriptors = arrays
    places, region = xy.reshape(-1, 2), Box(*row["points_region"])
    return Points(places, size, angle, descriptors.reshape(-1, LENGTH), region, row["points_scale"])


def _array(data: bytes | None, dtype: Any) -> NDArray[Any] | None:
    return None if data is None else np.frombuffer(data, dtype)
