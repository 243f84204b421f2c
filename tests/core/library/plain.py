"""Libraries without a network, and access as another user, for tests of only the file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.chain.config import DescriberConfig
from core.library import LibraryFile, create_library
from core.library.entries import Entry

CONFIG = DescriberConfig(pca_dimension=8, words=5, truncate=8, bits=16)
NOBODY = 65534

needs_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can be somebody else")


def plain_library(path: Path, root: Path, layout: str = "none") -> LibraryFile:
    """A new library, open for writing, for the photos below a folder."""
    library = create_library(path, CONFIG, b"no describer", layout)
    library.begin([root])
    return library


def entry(path: Path, content: str = "c", **values: object) -> Entry:
    """A described photo."""
    numbers = np.zeros(CONFIG.dimensions, np.float16)
    return Entry(path, 1, 1, content, 64, 48, descriptor=numbers, code=np.zeros(CONFIG.bits // 8, np.uint8), **values)  # type: ignore[arg-type]


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Do something as an unprivileged user."""
    os.setresgid(NOBODY, NOBODY, 0)
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


@pytest.fixture
def open_place(tmp_path: Path) -> Path:
    """A folder that every user can access, unlike the temporary folders of tests."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path(folder.root):
            folder.chmod(folder.stat().st_mode | 0o055)
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o755)
    return folder
