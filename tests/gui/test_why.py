"""The panel that explains a hit: shares, keypoints, both photos laid over each other, and the bits of their codes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from core.evidence_records import BitEvidence
from core.geometry import Box
from gui.main_window import MainWindow
from gui.why.bits import BitView, bit_words
from gui.why.laid import MODES
from gui.why.panel import WhyPanel
from tests.gui.test_window import PATIENCE_MS, opened, searched


def button(why: WhyPanel, mode: str) -> QAbstractButton:
    return next(button for button in why.modes.buttons() if button.property("mode") == mode)


def laid_over(why: WhyPanel, qtbot: QtBot) -> None:
    """Every way to lay the hit over the query shows it, and does what its name says."""
    qtbot.mouseClick(button(why, "over"), Qt.MouseButton.LeftButton)
    for place, mode in enumerate(MODES):
        why.laid.setCurrentIndex(place)
        laid = why.view.laid
        assert laid is not None
        assert button(why, "over").isChecked()
        whole = laid.rect().width()
        why.share.setValue(25)
        if mode == "over":
            assert laid.picture.opacity() == 0.25
        elif mode == "swipe":
            assert laid.rect().width() < whole
        elif mode == "flicker":
            qtbot.waitUntil(lambda laid=laid: not laid.picture.isVisible(), timeout=PATIENCE_MS)
            qtbot.waitUntil(lambda laid=laid: laid.picture.isVisible(), timeout=PATIENCE_MS)
        why.share.setValue(50)


def bits_are_told(why: WhyPanel) -> None:
    why.set_mode("bits")
    assert why.pages.currentWidget() is why.bits
    assert why.explained is not None
    bits = why.explained.evidence.bits
    assert f"{bits.agree.sum()} of {len(bits.agree)} bits agree" in why.words.text()
    assert "nearer to flipping" in why.words.text()


def test_a_box_is_outlined_on_its_hits_and_explained(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    session = window.session
    searched(window, qtbot, folder / "loggia-03.jpg")
    session.set_box(Box(100, 50, 420, 320))
    qtbot.waitUntil(
        lambda: session.searches.settled() and session.ranking is not None and session.ranking.ranking == "verified",
        timeout=PATIENCE_MS,
    )
    first = window.results.view.tiles.tile(0)
    assert first.sure
    assert len(first.outline) == 4
    window.docks["Why"].show()
    window.docks["Why"].raise_()
    qtbot.waitUntil(window.why.isVisible, timeout=PATIENCE_MS)
    window.results.hit_chosen.emit(first.path)
    qtbot.waitUntil(lambda: window.why.explained is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.query is not None and session.query.path == first.path, timeout=PATIENCE_MS)
    assert window.canvas.marks
    assert "bits agree" in window.why.words.text()
    window.why.set_mode("matches")
    assert "keypoints agree" in window.why.words.text()
    laid_over(window.why, qtbot)
    bits_are_told(window.why)
    # Another box is another question: the old answer goes.
    window.session.open_photo(folder / "gothic-tower-01.jpg")
    qtbot.waitUntil(lambda: window.why.explained is None, timeout=PATIENCE_MS)
    assert not window.canvas.marks


def test_bits_stand_in_columns_those_that_differ_first(qtbot: QtBot) -> None:
    agree = np.array([True, False, True, False])
    bits = BitEvidence(agree, np.array([0.4, 0.1, 0.2, 0.3]), np.array([0.3, 0.1, 0.2, 0.05]))
    view = BitView()
    qtbot.addWidget(view)
    view.resize(480, 160)
    view.set_bits(bits)
    room = view._room()
    columns = [view.bit_at(room.left() + (place + 0.5) / 4 * room.width()) for place in range(4)]
    assert columns == [3, 1, 0, 2]
    assert view.bit_at(2) is None
    assert view.describe(3) == "Bit 4: they differ; the query is 0.300 from flipping, the hit 0.050"
    picture = view.grab().toImage()
    assert picture.pixelColor(int(room.left() + 5), int(room.center().y() - 5)) != picture.pixelColor(2, 2)
    assert bit_words(bits) == "2 of 4 bits agree; those that differ lie 3.3 times nearer to flipping (medians)"


def test_codes_without_margins_are_told_too(qtbot: QtBot) -> None:
    nothing = np.full(8, np.nan)
    bits = BitEvidence(np.arange(8) % 2 == 0, nothing, nothing)
    view = BitView()
    qtbot.addWidget(view)
    view.set_bits(bits)
    view.grab()
    assert bit_words(bits) == "4 of 8 bits agree"
    assert view.describe(0) == "Bit 1: they agree"
