"""The message bar: sentences, how long they stay, and reports that tell no more than was seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.util.errors import UserError
from gui.main_window import MainWindow
from gui.widgets import messages
from gui.widgets.messages import MessageBar


def test_a_sentence_begins_with_a_capital_unless_it_names_a_file(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_error(UserError("there is no picture here", hint="Copy one."))
    assert bar.text() == "There is no picture here. Copy one."
    bar.show_error(UserError("this file is not a photo", "photo.jpg"))
    assert bar.text() == "photo.jpg: this file is not a photo."


@pytest.fixture
def bar(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MessageBar:
    """A bar away from the mouse, under which it would stay, and whose messages go soon."""
    made = MessageBar()
    qtbot.addWidget(made)
    made.move(600, 600)
    for name in ("STAY_MS", "READ_MS", "BRIEF_MS"):
        monkeypatch.setattr(messages, name, 1)
    return made


def test_a_sentence_goes_away_and_an_offer_stays(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_text("It is done.")
    qtbot.waitUntil(lambda: not bar.text())
    bar.offer("It is done.", "Show", lambda: None)
    qtbot.wait(30)
    assert bar.text() == "It is done."


def test_a_message_does_not_take_the_place_of_an_offer(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.offer("A folder is gone.", "Where?", lambda: done.append("where"))
    bar.show_text("It is done.")
    assert bar.text() == "It is done."
    bar.accept()
    assert not done, "what is not seen was done"
    qtbot.waitUntil(lambda: bar.text() == "A folder is gone.")
    bar.accept()
    assert done == ["where"]
    assert not bar.text()


def test_an_offer_waits_until_a_message_was_read(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_text("This photo cannot be read.")
    bar.offer("A folder is gone.", "Where?", lambda: None)
    assert bar.text() == "This photo cannot be read."
    qtbot.waitUntil(lambda: bar.text() == "A folder is gone.")


def test_of_several_offers_each_is_made_and_the_same_one_once(bar: MessageBar) -> None:
    done: list[str] = []
    bar.offer("2 photos were skipped.", "Show list", lambda: done.append("old list"))
    bar.offer("A folder is gone.", "Where?", lambda: done.append("where"))
    bar.offer("3 photos were skipped.", "Show list", lambda: done.append("list"))
    for _ in range(3):
        bar.accept()
    assert done == ["list", "where"]
    assert not bar.text()


def test_offers_end_with_what_they_spoke_of(bar: MessageBar) -> None:
    bar.offer("A folder is gone.", "Where?", lambda: None)
    bar.withdraw()
    assert not bar.text()
    bar.offer("A folder is gone.", "Where?", lambda: None)
    bar.show_text("It is done.")
    bar.withdraw()
    assert bar.text() == "It is done."


def test_a_report_names_versions_and_no_folder_of_the_machine(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    try:
        try:
            Path("/no/such/place").read_text()
        except OSError as error:
            raise RuntimeError("broken") from error
    except RuntimeError as error:
        bar.show_error(error)
    bar._action.click()
    report = QApplication.clipboard().text()
    assert "RuntimeError: broken" in report
    assert "PySide6_Essentials 6." in report
    assert 'File "tests/gui/widgets/test_messages.py"' in report
    assert str(Path(__file__).parents[2]) not in report


def test_the_bar_lies_over_the_foot_and_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.wait(100)  # the status bar finds its height
    before = window.shell.geometry()
    window.messages.show_text("Something happened", "Do it", lambda: None)
    QApplication.processEvents()
    bar = window.messages.geometry()
    assert window.shell.geometry() == before
    assert window.shell.rect().contains(bar)
    assert bar.center().y() > window.shell.height() * 0.7
    window.shell.furnish(True)  # what comes on show does not cover it
    assert window.shell.childAt(bar.center()) is window.messages or window.messages.isAncestorOf(
        window.shell.childAt(bar.center())
    )
