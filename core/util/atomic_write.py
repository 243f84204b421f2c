"""Write files atomically: under a temporary name in the same folder, then renamed to the target."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A hidden temporary path to write instead of ``target``, in the same folder, which is created if missing.

    The file replaces the target when the block ends, and is removed when the block fails.

    Raises:
        OSError: the folder cannot be created or written to, or the disk is full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
