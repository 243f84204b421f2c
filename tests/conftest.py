"""What all tests share: no screen, no home of the user's, and a few small collections."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # a thread that waits leaves its core to the other process of tests

from core.engine import Engine
from core.library.opening import agree_to_library, open_library
from core.photos.images import encode_jpeg, read_photo, shrink
from core.util.resources import SAMPLE, own_folder

settings.register_profile("long", max_examples=10_000)

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLDEN = Path(os.environ.get("CROPSEEK_GOLDEN") or Path(__file__).parent / "golden")
HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TORCH_HOME")
NAMES = ("loggia-03", "loggia-06", "gothic-tower-01", "gothic-tower-06", "triumphal-arch-01", "field-01")


def stored_photos(library: Path) -> int:
    """The number of photos that a library holds by now; 0 while there is no file."""
    if not library.exists():
        return 0
    with contextlib.closing(open_library(library)) as opened:
        return len(opened.known())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the unpublished photos are skipped where they are missing."""
    for item in items:
        if item.get_closest_marker("shared") and not (SHARED / "data").is_dir():
            item.add_marker(pytest.mark.skip(reason="needs the photos of ../shared"))


@pytest.fixture(scope="session", autouse=True)
def _home_of_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of fixtures that last a whole run, and what they agreed to."""
    os.environ |= dict.fromkeys(HOMES, str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or written to the user's folders."""
    agreed = own_folder("libraries") / "agreed.json"
    for name in HOMES:
        monkeypatch.setenv(name, str(tmp_path / "home"))
    if agreed.exists():  # libraries of fixtures were made on this computer
        own_folder("libraries").mkdir(parents=True)
        shutil.copy(agreed, own_folder("libraries"))


@pytest.fixture
def golden() -> Callable[[str], dict[str, np.ndarray]]:
    """Reads a file of golden values."""

    def load(name: str) -> dict[str, np.ndarray]:
        if not (GOLDEN / f"{name}.npz").exists():
            pytest.skip(f"the folder of golden values has no {name}.npz")
        with np.load(GOLDEN / f"{name}.npz", allow_pickle=False) as file:
            return dict(file)

    return load


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six photos of the sample collection; tests must not change it."""
    path = tmp_path_factory.mktemp("photos")
    for name in NAMES:
        photo = shrink(read_photo(SAMPLE / "photos" / f"{name}.jpg"), 512)
        (path / f"{name}.jpg").write_bytes(encode_jpeg(photo, 90))
    return path


@pytest.fixture(scope="session")
def library(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of ``folder``; tests must not change it."""
    path = tmp_path_factory.mktemp("library") / "six.cropseek"
    Engine().index([folder], path)
    return path


def own_copy(library: Path, target: Path) -> Path:
    """A copy of a library that this person has agreed to, to be changed."""
    shutil.copy(library, target)
    agree_to_library(target, None)
    return target


@pytest.fixture
def engine(library: Path) -> Engine:
    """An engine with ``library`` open."""
    made = Engine()
    made.open_library(library)
    return made
