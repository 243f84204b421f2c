"""A library described with an earlier fit, in the window: it is offered once to describe it anew."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.chain.load import shipped_stages
from core.chain.model_file import dump_describer
from core.chain.presets import preset, save_preset
from core.engine import Engine
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.core.indexing.test_anew import earlier_fit
from tests.gui.test_window import PATIENCE_MS, opened, searched

OFFER = "described with an earlier fit"


@pytest.fixture
def old(folder: Path, tmp_path: Path) -> Path:
    """A library of photos of 96 pixels, whose preset was fitted again since."""
    fit = dump_describer(dataclasses.replace(preset("standard"), longest_side=96), shipped_stages("standard"))
    save_preset("small", earlier_fit(fit))
    Engine().index([folder], tmp_path / "old.cropseek", preset="small")
    save_preset("small", fit)
    return tmp_path / "old.cropseek"


def test_it_is_offered_once_and_done_while_the_library_is_searched(
    window: MainWindow, qtbot: QtBot, old: Path, library: Path
) -> None:
    opened(window, qtbot, old)
    session = window.session
    assert OFFER in window.messages.text()
    searched(window, qtbot, session.photos[1].path)
    window.messages.accept()
    qtbot.waitUntil(lambda: session.library is not None and session.library.preset == "small", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not session.indexing, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.preset == "small", timeout=PATIENCE_MS)
    assert [row.state for row in session.photos] == ["indexed"] * 6
    assert OFFER not in window.messages.text()
    window.newer.describe()
    assert "present fit already" in window.messages.text()


def test_put_away_it_is_not_offered_again_but_can_be_done_and_cancelled(
    window: MainWindow, qtbot: QtBot, old: Path, library: Path
) -> None:
    opened(window, qtbot, old)
    assert OFFER in window.messages.text()
    opened(window, qtbot, library)
    opened(window, qtbot, old)
    qtbot.waitUntil(lambda: not window.session.jobs.busy(Lane.INDEX), timeout=PATIENCE_MS)
    assert OFFER not in window.messages.text()
    session = window.session
    window.actions_by_id["anew"].trigger()
    assert session.indexing
    window.stop.click()
    qtbot.waitUntil(lambda: not session.indexing, timeout=PATIENCE_MS)
    assert session.library is not None
    assert session.library.newer_fit
