"""A folder that was renamed while the program was not looking, in the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.engine import Engine
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.gui.test_window import PATIENCE_MS, opened


@pytest.fixture
def moved(folder: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A library, the folder that it knows, and the one where the photos are now."""
    old, new, library = tmp_path / "old", tmp_path / "new", tmp_path / "moved.cropseek"
    shutil.copytree(folder, old)
    Engine().index([old], library)
    old.rename(new)
    return library, old, new


def test_the_window_asks_where_a_folder_is_now(
    window: MainWindow, qtbot: QtBot, moved: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library, old, new = moved
    opened(window, qtbot, library)
    qtbot.waitUntil(lambda: f"{old} is not there" in window.messages.text(), timeout=PATIENCE_MS)
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    window.messages.accept()
    qtbot.waitUntil(lambda: "are not in this folder" in window.messages.text(), timeout=PATIENCE_MS)
    window.gone.relink(old, new)
    qtbot.waitUntil(lambda: window.session.folders == (new,), timeout=PATIENCE_MS)
    assert {photo.path.parent for photo in window.session.photos} == {new}


def test_a_library_whose_folders_are_there_asks_nothing(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    qtbot.waitUntil(lambda: not window.session.jobs.busy(Lane.GONE), timeout=PATIENCE_MS)
    assert "is not there" not in window.messages.text()
