"""The query stays in sight: its picture, its examples, the queries before it, and what keys do to a hit on show."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.geometry import Box
from core.records import Query, SavedQuery
from gui.main_window import MainWindow
from gui.widgets.crops import signed
from tests.gui.test_window import PATIENCE_MS, opened, searched


@pytest.fixture
def asking(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> MainWindow:
    """A window with a box asked for."""
    opened(window, qtbot, library)
    searched(window, qtbot, folder / "loggia-03.jpg")
    window.session.set_box(Box(100, 50, 420, 320))
    qtbot.waitUntil(window.session.searches.settled, timeout=PATIENCE_MS)
    return window


def test_a_hit_is_looked_at_and_the_query_comes_back(asking: MainWindow, qtbot: QtBot) -> None:
    session, own = asking.session, asking.strip.own
    asked = session.asked
    qtbot.waitUntil(lambda: own.text().strip() == "Query")  # once it is laid out
    asking.actions_by_id["next"].trigger()
    qtbot.waitUntil(lambda: session.looking, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: own.text().strip() == "Query ▸ hit 1 of 5")  # once it is laid out
    assert session.asked == asked
    ranking = session.ranking
    own.click()
    qtbot.waitUntil(lambda: session.query == asked, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: own.text().strip() == "Query")  # once it is laid out
    assert asking.canvas.box() == asked.box  # type: ignore[union-attr]
    assert session.ranking is ranking  # nothing is searched anew
    qtbot.waitUntil(lambda: asking.thumbnails.get(asked.path, asked.box) is not None, timeout=PATIENCE_MS)  # type: ignore[union-attr]
    crop = asking.thumbnails.get(asked.path, asked.box)  # type: ignore[union-attr]
    assert crop is not None
    assert crop.width() / crop.height() == pytest.approx(320 / 270, abs=0.02)  # of the box, and not of the photo


def test_keys_mark_the_hit_on_show_wherever_the_focus_is(asking: MainWindow, qtbot: QtBot) -> None:
    session = asking.session
    asked = session.asked
    QTest.keyClick(asking.canvas, Qt.Key.Key_Y)
    assert "Choose a hit first" in asking.messages.text()
    asking.actions_by_id["next"].trigger()
    qtbot.waitUntil(lambda: session.looking, timeout=PATIENCE_MS)
    hit = session.query.path  # type: ignore[union-attr]
    QTest.keyClick(asking.canvas, Qt.Key.Key_N)
    assert f"{hit.name}: marked as wrong" in asking.messages.text()
    assert [(example.path, example.good) for example in session.asked.more] == [(hit, False)]  # type: ignore[union-attr]
    qtbot.waitUntil(session.searches.settled, timeout=PATIENCE_MS)
    asking.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: session.asked == asked, timeout=PATIENCE_MS)  # the mark is undone, and not the box
    qtbot.waitUntil(session.searches.settled, timeout=PATIENCE_MS)


def test_queries_asked_and_saved_are_listed(asking: MainWindow, qtbot: QtBot, folder: Path) -> None:
    session, shown = asking.session, asking.queries
    boxed = session.asked
    assert shown.queries()[0] == boxed
    searched(asking, qtbot, folder / "gothic-tower-01.jpg")
    assert shown.queries()[:2] == [Query(folder / "gothic-tower-01.jpg"), boxed]
    kept = SavedQuery("tower", Query(folder / "gothic-tower-06.jpg"), "cells")
    shown.show_saved([kept])
    assert shown.queries()[-1] == kept.query
    row = shown.queries().index(boxed)  # type: ignore[arg-type]
    shown.list.itemClicked.emit(shown.list.item(row))
    qtbot.waitUntil(lambda: session.asked == boxed and session.searches.settled(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(shown.saved_chosen) as chosen:
        shown.list.itemClicked.emit(shown.list.item(shown.list.count() - 1))
    assert chosen.args == [kept]
    qtbot.waitUntil(lambda: session.asked == kept.query and session.searches.settled(), timeout=PATIENCE_MS)


def test_wanted_and_unwanted_examples_look_unlike(qtbot: QtBot) -> None:
    plain = QPixmap(36, 36)
    plain.fill(QColor("#808080"))
    good, bad = signed(plain, True).toImage(), signed(plain, False).toImage()
    assert good.pixelColor(20, 20) == QColor("#808080")
    assert bad.pixelColor(25, 20).lightness() < 128  # darker, and struck through: not told by its colour alone
    assert good != bad
