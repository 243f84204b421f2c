"""No text of a file is taken for HTML: names, tags, what a photo says of itself, queries, paths, errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.engine import Engine
from core.records import STAR, Query
from core.util.errors import UserError
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from gui.widgets.plain_text import MOST, Label, caption, tip
from gui.workspaces.names import WORKSPACES
from tests.conftest import NAMES
from tests.gui.test_window import PATIENCE_MS, opened, searched

HOSTILE = "<img src=zero>"
GUI = Path(__file__).resolve().parents[3] / "gui"


@pytest.fixture(scope="module")
def hostile(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library where every text is hostile."""
    root = tmp_path_factory.mktemp("hostile") / f"{HOSTILE} & folder"
    root.mkdir()
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = HOSTILE, f"{HOSTILE} camera"  # Make and Model
    for name in NAMES[:2]:
        Image.open(folder / f"{name}.jpg").save(root / f"{HOSTILE}{name}.jpg", exif=exif)
    (root / f"{HOSTILE}bad.jpg").write_text("no photo")
    library, engine = root / f"{HOSTILE}.cropseek", Engine()
    engine.index([root], library)
    engine.open_library(library)
    photo = next(photo for photo in engine.photos() if photo.state == "indexed")
    for mark in (STAR, f"{HOSTILE}tag"):
        engine.browse.mark([photo.id], mark, True)
    engine.save_query(f"{HOSTILE} query", Query(photo.path))
    engine.close_library()
    return library


def texts_of(model: QAbstractItemModel | None) -> Iterator[str]:
    """The tooltips of a model."""
    for row in range(model.rowCount(QModelIndex())) if model is not None else ():
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def tips_of(window: QWidget) -> list[str]:
    """Every tooltip that may be shown."""
    widgets = [window, *window.findChildren(QWidget)]
    found = [widget.toolTip() for widget in widgets] + [a.toolTip() for widget in widgets for a in widget.actions()]
    for view in window.findChildren(QAbstractItemView):
        found += texts_of(view.model())
    return found


def test_no_widget_interprets_what_a_library_says(window: MainWindow, qtbot: QtBot, hostile: Path) -> None:
    session = window.session
    opened(window, qtbot, hostile)
    path, other = (photo.path for photo in session.photos if photo.state == "indexed")
    searched(window, qtbot, path)
    window.actions_by_id["details"].trigger()
    for name in WORKSPACES:
        window.shell.go(name)
        qtbot.waitUntil(
            lambda: not session.jobs.busy(Lane.DETAILS) and not session.jobs.busy(Lane.ORDER), timeout=PATIENCE_MS
        )
    window.results.step(1)
    qtbot.waitUntil(lambda: session.searches.settled() and not session.jobs.busy(Lane.EXPLAIN), timeout=PATIENCE_MS)
    window.settings.add_recent(hostile)
    window.welcome.set_recent(window.settings.recent)
    window.commands.show_skipped()
    session.ask_with([path, other])
    qtbot.waitUntil(lambda: len(window.strip.chips) == 1, timeout=PATIENCE_MS)
    session.failed.emit(UserError(f"{HOSTILE} went wrong", f"/{HOSTILE}", HOSTILE))
    windows = [window, *window.commands.beside.values()]
    for label in (label for top in windows for label in top.findChildren(QLabel)):
        plain = label.textFormat() is Qt.TextFormat.PlainText
        assert plain or HOSTILE not in label.text(), label.text()  # forms make labels of our own words
    assert any(HOSTILE in label.text() for label in window.findChildren(QLabel))  # they were really on show
    tips = [text for top in windows for text in tips_of(top)]
    assert not [text for text in tips if HOSTILE in text]
    assert len([text for text in tips if "&lt;img" in text]) > 4
    assert window.details.rows()["Camera"].startswith(HOSTILE)


def test_every_label_of_the_window_is_ours() -> None:
    """A label of Qt's guesses whether a text is HTML."""
    made = re.compile(r"(?<!\w)(QLabel|QMessageBox)\(")
    found = [path.name for path in GUI.rglob("*.py") if made.search(path.read_text("utf-8"))]
    assert not found


def test_a_label_shows_every_letter(qtbot: QtBot) -> None:
    label = Label("<b>bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.setText("<a href='http://example.org'>here</a>")
    assert label.text().startswith("<a ")


def test_a_tooltip_is_as_long_as_a_screen_can_hold_and_never_html() -> None:
    assert tip("a plain name.jpg") == "a plain name.jpg"
    assert "<img" not in tip("<img src='/dev/zero'>.jpg")
    assert "&lt;img" in tip("<img src='/dev/zero'>.jpg")
    assert "&amp;lt;b" in tip("&lt;b&gt;")
    assert len(tip("x" * 100_000)) == MOST


def test_a_caption_keeps_its_ampersands() -> None:
    assert caption("R&D\tphotos") == "R&&D photos"
