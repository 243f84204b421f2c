"""A home of a benchmark's own, so that it neither reads nor changes anything of the person's."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@contextlib.contextmanager
def own_home(name: str) -> Iterator[Path]:
    """A folder for the benchmark of this name, which goes with it; the person's folders are below it from now on."""
    folder = Path(tempfile.mkdtemp(prefix=f"cropseek-{name}-"))
    os.environ |= dict.fromkeys(HOMES, str(folder / "home"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
