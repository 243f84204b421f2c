"""Files that are whole or not there: written under another name beside the target, and moved into its place at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A file to write instead of ``target``: hidden, of this process alone, in the same folder, which is made if need be.

    It takes the target's place when the block ends, and is removed when the block fails.

    Raises:
        OSError: the folder cannot be made or written to, or there is no room.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
