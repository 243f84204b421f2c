"""The tour of a minute: done by hand, shown, passed over, ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.demo.onboarding import STEPS, Onboarding
from gui.main_window import MainWindow
from tests.gui.test_window import PATIENCE_MS, drag, opened


@pytest.fixture
def guided(window: MainWindow, qtbot: QtBot, library: Path) -> Iterator[MainWindow]:
    opened(window, qtbot, library)
    qtbot.waitUntil(lambda: window.session.ranking is not None and window.canvas.has_photo(), timeout=PATIENCE_MS)
    window.actions_by_id["tour"].trigger()
    yield window
    window.guide.end()
    qtbot.waitUntil(window.session.searches.settled, timeout=PATIENCE_MS)


def inside(window: MainWindow, card: Onboarding) -> bool:
    return window.rect().contains(card.geometry())


def test_the_tour_goes_on_when_a_step_is_done_by_hand(guided: MainWindow, qtbot: QtBot) -> None:
    card = guided.guide
    assert card.at == 0
    assert card.accessibleName() == "Tour: Draw a box"
    drag(guided, (60, 60), (300, 260))
    qtbot.waitUntil(lambda: card.at == 1, timeout=PATIENCE_MS)
    assert inside(guided, card)


def test_every_step_is_shown_by_its_button(guided: MainWindow, qtbot: QtBot) -> None:
    card = guided.guide
    for place in range(len(STEPS)):
        assert card.at == place
        assert inside(guided, card)
        if place == 1:
            qtbot.waitUntil(lambda: bool(guided.session.ranking.hits), timeout=PATIENCE_MS)
        card.show_me.click()
        qtbot.waitUntil(lambda at=place: card.at != at, timeout=PATIENCE_MS)
    assert card.isHidden()
    guided.commands.palette.hide()


def test_steps_are_passed_over_and_escape_ends(guided: MainWindow) -> None:
    card = guided.guide
    card.next.click()
    card.next.click()
    assert card.at == 2
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert card.at == -1


def test_the_help_page_offers_it(guided: MainWindow) -> None:
    guided.guide.end()
    guided.actions_by_id["help"].trigger()
    page = guided.commands.beside["Keys and help"]
    page.findChild(QPushButton).click()
    assert guided.guide.at == 0
    assert page.isHidden()
