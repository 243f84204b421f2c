"""Hits judged by keys: figures beside the results, undo, files in Oxford's form."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.gui.state.test_relevance_feedback import asking, settled
from tests.gui.test_window import PATIENCE_MS

__all__ = ["asking"]


def choose(window: MainWindow, *ranks: int) -> list[Path]:
    assert window.session.ranking is not None
    paths = [window.session.ranking.hits[rank - 1].photo.path for rank in ranks]
    window.results.view.clearSelection()
    window.results.view.select_paths(paths)
    return paths


def test_hits_are_judged_and_figures_follow(asking: MainWindow, qtbot: QtBot) -> None:
    results, session, actions = asking.results, asking.session, asking.actions_by_id
    ranking = session.ranking
    assert results.figures() == ""
    choose(asking, 1)
    actions["judge good"].trigger()
    qtbot.waitUntil(lambda: "precision 1/1 = 100 %" in results.figures(), timeout=PATIENCE_MS)
    choose(asking, 2)
    actions["judge junk"].trigger()
    (third,) = choose(asking, 3)
    actions["judge ok"].trigger()
    words = "2 good, 1 junk · precision 2/2 = 100 % (34 to 100 %)"
    qtbot.waitUntil(lambda: words in results.figures(), timeout=PATIENCE_MS)
    assert "AP 1.00 (1.00 to 1.00)" in results.figures()
    assert not results._figures.isHidden()
    captions = [results.view.tiles.tile(row).caption for row in range(3)]
    assert [caption.split("  ")[1] for caption in captions] == ["good", "junk", "partly"]
    assert session.ranking is ranking  # judging is not steering
    actions["judge ok"].trigger()  # again: it is taken back
    qtbot.waitUntil(lambda: "1 good, 1 junk" in results.figures(), timeout=PATIENCE_MS)
    actions["undo"].trigger()
    qtbot.waitUntil(lambda: "2 good, 1 junk" in results.figures(), timeout=PATIENCE_MS)
    for _ in range(3):
        actions["undo"].trigger()
    qtbot.waitUntil(lambda: results.figures() == "", timeout=PATIENCE_MS)
    assert results._figures.isHidden()
    assert results.view.tiles.tile(0).path != third


def test_judgements_are_exported_and_read_back(
    asking: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results, session, actions = asking.results, asking.session, asking.actions_by_id
    monkeypatch.setattr("gui.results.judging.ask_folder", lambda *_: tmp_path / "gt")
    choose(asking, 1, 2)
    actions["judge good"].trigger()
    qtbot.waitUntil(lambda: "2 good, 0 junk" in results.figures(), timeout=PATIENCE_MS)
    actions["judge export"].trigger()
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.EXPORT), timeout=PATIENCE_MS)
    assert len(list((tmp_path / "gt").glob("*_query.txt"))) == 1
    actions["judge good"].trigger()
    qtbot.waitUntil(lambda: results.figures() == "", timeout=PATIENCE_MS)
    actions["judge read"].trigger()
    qtbot.waitUntil(lambda: "2 good, 0 junk" in results.figures(), timeout=PATIENCE_MS)
    session.set_box(None)
    settled(asking, qtbot)
    assert results.figures() == ""  # the whole photo is another query


def test_nothing_chosen_is_told(window: MainWindow) -> None:
    window.actions_by_id["judge junk"].trigger()
    assert "Choose hits first" in window.messages.text()
