"""Where a dialog for exports begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.widgets.exporting import PICTURES, ask_file, ask_folder


def test_an_export_begins_where_the_last_one_went(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def save(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
        asked.append(Path(start))
        return str(tmp_path / "figure"), "SVG (*.svg)"

    def folder(parent: object, title: str, start: str) -> str:
        asked.append(Path(start))
        return ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    session = window.session
    assert ask_file(window, session, "Export", "figure.png", "PNG (*.png);;SVG (*.svg)") == tmp_path / "figure.svg"
    assert ask_folder(window, session, "Export") is None
    assert asked == [Path(QStandardPaths.writableLocation(PICTURES)) / "figure.png", tmp_path]
    window.memory.keep()
    assert window.settings.exports == tmp_path
    session.exports = tmp_path / "gone"
    ask_folder(window, session, "Export")
    assert asked[-1] == asked[0].parent
