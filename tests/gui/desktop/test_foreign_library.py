"""A library that was made elsewhere, in the window."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.test_window import PATIENCE_MS, opened


def test_a_strangers_library_is_only_read_until_the_person_agrees(
    window: MainWindow, qtbot: QtBot, library: Path, folder: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.cropseek"
    shutil.copy(library, theirs)
    opened(window, qtbot, theirs)
    qtbot.waitUntil(lambda: "not made on this computer" in window.messages.text(), timeout=PATIENCE_MS)
    assert window.session.folders == ()
    assert not window.session.indexing
    window.messages.accept()
    qtbot.waitUntil(lambda: window.session.folders == (folder,), timeout=PATIENCE_MS)
    assert window.session.library is not None
    assert window.session.library.agreed


def test_a_library_of_ones_own_asks_nothing(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    assert "not made on this computer" not in window.messages.text()
