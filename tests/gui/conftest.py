"""Window tests: nothing modal may open, no thread may be left, Qt's warnings fail."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from core.engine import Engine
from gui.desktop.settings import Settings
from gui.main_window import MainWindow
from gui.widgets.theme import SHOWN, apply_theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/gui" in item.path.as_posix() or "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.gui)


@pytest.fixture(autouse=True)
def _nothing_modal(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a modal dialog was opened")

    monkeypatch.setattr(QDialog, "exec", refuse)
    monkeypatch.setattr(QMessageBox, "exec", refuse)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", refuse)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@contextlib.contextmanager
def new_window(settings: Settings) -> Iterator[MainWindow]:
    """A real window on a real engine, which ends its jobs."""
    engine = Engine()
    made = MainWindow(engine, settings)
    made.show()
    yield made
    assert made.shutdown(), "a job was left running"
    made.close()
    made.deleteLater()
    engine.close_library()


@pytest.fixture
def window(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    """The real window on the real engine."""
    with new_window(settings) as made:
        yield made


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Callable[[bool, int], None]]:
    """Gives the application a theme (dark or not, size of texts in percent) for one test."""
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    yield lambda dark, percent: apply_theme(qapp, dark, percent)
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])
    qapp.setProperty(SHOWN, None)


@pytest.fixture(autouse=True)
def _garbage_on_this_thread() -> Iterator[None]:
    """As ``gui.desktop.gc_timer`` has it: Qt objects in cycles die here, and not while another test's threads run.

    What was there before a test is not looked through after it: that took a seventh of the time of all.
    """
    gc.disable()
    gc.freeze()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()
