"""What the shards hold already of the files that are to be described, and the other files in blocks."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.cluster.shards import DAMAGED, SUFFIX, File, file_key, files_in
from core.photos.scan import PhotoFile

BLOCK = 64
"""Photos of a block: half a minute of one core with the standard preset, which is what a dead machine costs."""

_log = logging.getLogger("cropseek.cluster")


class Wanted:
    """The files whose photos are still to be had; each is given out once, also if two shards hold it."""

    def __init__(self, files: Sequence[PhotoFile]) -> None:
        self._files = {file_key(file.path, file.size, file.mtime_ns): file for file in files}

    def __len__(self) -> int:
        return len(self._files)

    def take(self, key: File) -> bool:
        """Whether a file is wanted; from now on it is not."""
        return self._files.pop(key, None) is not None

    def among(self, keys: Sequence[File]) -> bool:
        """Whether any of the files is wanted."""
        return any(key in self._files for key in keys)

    def blocks(self, size: int) -> Iterator[list[PhotoFile]]:
        """The files that are wanted now, in blocks."""
        files = list(self._files.values())
        for first in range(0, len(files), size):
            yield files[first : first + size]


def shards_of(folder: Path, wanted: Wanted) -> Iterator[Path]:
    """The shards in a folder that hold photos of wanted files; damaged ones count as missing."""
    for shard in sorted(folder.glob(f"[!.]*{SUFFIX}")):
        try:
            if wanted.among(files_in(shard)):
                yield shard
        except DAMAGED as error:
            _log.warning("%s is no whole shard: %s", shard, error)
