"""The size of texts holds everywhere in the window, at a start and when it is changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.engine import Engine
from gui.desktop.settings import Settings
from gui.main_window import MainWindow
from gui.widgets.theme import apply_theme


@pytest.fixture
def usual(qapp: QApplication) -> Iterator[float]:
    """The size of texts that the desktop has."""
    yield qapp.font().pointSizeF()
    apply_theme(qapp, False, 100)


def sizes(window: MainWindow) -> dict[str, float]:
    """Of texts in some of the window's parts."""
    parts: tuple[QWidget, ...] = (
        window, window.menuBar(), window.gallery.filter, window.status, window.results, window.inspector,
        window.toolbar.switch.buttons["browse"], window.lens.panel.probe,
    )  # fmt: skip
    return {type(part).__name__: part.font().pointSizeF() for part in parts}


def test_the_size_of_texts_holds_everywhere(qtbot: QtBot, settings: Settings, usual: float) -> None:
    settings.text_size = 150
    engine = Engine()
    window = MainWindow(engine, settings)
    qtbot.addWidget(window)
    window.show()
    QApplication.processEvents()
    assert set(sizes(window).values()) == {1.5 * usual}
    for size in (100, 200, 100):
        settings.text_size = size
        window.apply_settings()
        QApplication.processEvents()
        assert set(sizes(window).values()) == {usual * size / 100}
    assert window.shutdown()
    engine.close_library()
