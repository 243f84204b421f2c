"""Every text that a person sees can be translated: none is left over when all that can be translated is marked."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QMimeData, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QSpinBox,
    QTableWidget,
    QTextBrowser,
    QWidget,
)  # fmt: skip
from pytestqt.qtbot import QtBot

from core.geometry import Box
from core.records import Example, Query, Stability
from gui.app import NO_SCREEN, REPEATED, UNATTENDED
from gui.commands.help import PAPER, PARTS
from gui.commands.table import COMMANDS, HANDS, MENUS
from gui.desktop.settings import Settings
from gui.lab.fit_dialog import FitDialog
from gui.lab.network_dialog import NetworkDialog
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from gui.why.panel import MODES
from gui.widgets.text import SYSTEM, install, languages, tr
from gui.workspaces.names import WORKSPACES
from resources.tools.translations import ENGLISH, GUI, compile_to, slips, texts, update
from tests.conftest import NAMES
from tests.gui.test_window import PATIENCE_MS, opened, searched

DATA = (
    *map(re.escape, (PAPER, *PARTS)),
    r"<[^>]*>|&\w+;",  # how rich text is written
    r"(/|\w+-\d+-)\S*|\S+\.(jpg|cropseek)",  # places of files
    r"\b(Ctrl|Alt|Shift|Esc|F\d+)\b(\+\S+)*",  # keys as the platform writes them
    r"\b(Cropseek|SIFT|SUM|MAX|NONE|ms|standard|compact|cpu|ValueError)\b",
)
"""What is not translated: names and units."""


class Marking(QTranslator):
    """Translates every text into itself, in brackets."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"⟦{text}⟧" if text.strip() else text


@pytest.fixture
def marked(qapp: QApplication) -> Iterator[None]:
    translator = Marking()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def left_over(text: str) -> bool:
    """Whether there are words in a text that no translator was asked for."""
    before, text = None, re.sub("⟦[^⟧]*…$", " ", text)  # shortened where there is too little room
    while before != text:
        before, text = text, re.sub("⟦[^⟦⟧]*⟧", " ", text)
    for pattern in DATA:
        text = re.sub(pattern, " ", text)
    return re.search(r"[^\W\d_]{2}", text) is not None


def spoken(widget: QWidget) -> Iterator[str]:
    """What a widget shows or a screen reader tells of it."""
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    for kind, text in (
        (QLabel, "text"), (QAbstractButton, "text"), (QGroupBox, "title"), (QMenu, "title"), (QLineEdit, "placeholderText"),
        (QSpinBox, "specialValueText"), (QSpinBox, "suffix"), (QTextBrowser, "toPlainText"),
    ):  # fmt: skip
        if isinstance(widget, kind):
            yield getattr(widget, text)()
    if isinstance(widget, QComboBox):
        rows = [(widget.itemText(row), widget.itemData(row)) for row in range(widget.count())]
        yield from (text for text, data in rows if text != getattr(data, "name", data))  # names of methods and presets
    if isinstance(widget, QListWidget):
        yield from (widget.item(row).text() + widget.item(row).toolTip() for row in range(widget.count()))
    if isinstance(widget, QTableWidget):
        yield from (item.text() for item in cells(widget) if item is not None)
    if isinstance(widget, pg.PlotWidget):
        yield widget.getPlotItem().titleLabel.text


def cells(table: QTableWidget) -> Iterator[object]:
    """What stands above and in a table."""
    yield from (table.horizontalHeaderItem(column) for column in range(table.columnCount()))
    for row in range(table.rowCount()):
        yield from (table.item(row, column) for column in range(table.columnCount()))


def unmarked(*roots: QWidget, but: tuple[QWidget, ...] = ()) -> list[str]:
    """The texts of windows and all that is in them that cannot be translated; many can."""
    found = set()
    marks = 0
    for root in roots:
        for widget in (root, *root.findChildren(QWidget)):
            for text in spoken(widget) if widget not in but else ():
                marks += "⟦" in text
                found |= {f"{type(widget).__name__}: {text}"} if left_over(text) else set()
        for action in root.findChildren(QAction):
            for text in (action.text(), action.iconText(), action.toolTip()):
                found |= {f"action: {text}"} if left_over(text) else set()
    assert marks > 4
    return sorted(found)


@pytest.mark.usefixtures("marked")
def test_every_text_of_the_window_can_be_translated(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    assert unmarked(window) == []
    opened(window, qtbot, library)
    photo, other = (folder / f"{name}.jpg" for name in NAMES[:2])
    searched(window, qtbot, photo)
    session = window.session
    session.ask_query(Query(photo, Box(40, 40, 300, 300), more=(Example(other, None, True), Example(other, None, False))))
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.SEARCH) and session.ranking is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(session.searches.settled, timeout=PATIENCE_MS)
    ranking = session.ranking
    assert ranking is not None
    window.actions_by_id["details"].trigger()
    for name in WORKSPACES:
        window.shell.go(name)
        qtbot.wait(10)
    window.actions_by_id["sheet"].trigger()
    qtbot.wait(10)
    window.pipelines.comparison.set_comparison((ranking, ranking))
    window.results.set_stability(Stability(ranking.query, {hit.photo.id: 3 for hit in ranking.hits}, 4))
    window.survey.measure(1)
    window.actions_by_id["compare"].trigger()
    window.why.choose_hit(ranking.hits[0].photo.path)
    for lane in (Lane.SURVEY, Lane.EXPLAIN, Lane.DETAILS, Lane.INSPECT, Lane.PRESETS, Lane.ORDER):
        qtbot.waitUntil(lambda lane=lane: not session.jobs.busy(lane), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.why.bits._bits is not None, timeout=PATIENCE_MS)
    for mode in MODES:
        window.why.set_mode(mode)
        assert not left_over(window.why.words.text())
    # What a file says of itself is named by core.
    assert unmarked(window, but=(window.details.table,)) == []
    for view in (window.gallery.view, window.results.view):
        rows = range(view.tiles.rowCount())
        assert [text for row in rows if left_over(text := view.tiles.tile(row).tooltip)] == []
    assert not left_over(window.why.bits.describe(0))


@pytest.mark.usefixtures("marked")
def test_every_text_beside_the_window_can_be_translated(
    window: MainWindow, qtbot: QtBot, library: Path, folder: Path
) -> None:
    for command in ("settings", "help", "about", "skipped", "palette"):
        window.actions_by_id[command].trigger()
    settings = window.commands.beside["Settings"]
    language = settings.rows["language"]
    assert isinstance(language, QComboBox)
    assert language.itemText(0) == "⟦System⟧"
    language.clear()  # a language is called what its speakers call it
    assert unmarked(*window.commands.beside.values(), window.commands.palette) == []
    assert unmarked(FitDialog(True, window), NetworkDialog(window)) == []
    opened(window, qtbot, library)
    searched(window, qtbot, folder / f"{NAMES[0]}.jpg")
    assert window.session.inspection is not None
    window.actions_by_id["sheet"].trigger()
    assert window.lens.sheet.shown is not None
    assert unmarked(window.lens.sheet) == []


@pytest.mark.usefixtures("marked")
def test_messages_can_be_translated(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    messages = window.messages
    for tell in (
        window.commands._ask_excluded,
        window.saved.ask_name,
        window.feedback.check_stability,
        window.lens._on_export_asked,
        lambda: window.marking.toggle("mine"),
        lambda: window.recent.reopen(tmp_path / "gone"),
        lambda: window.drops.take(QMimeData()),
        lambda: window.session.use_preset("standard", ""),
        lambda: messages.show_error(ValueError()),
    ):
        messages.hide()
        tell()
        qtbot.waitUntil(lambda: "⟦" in messages.text(), timeout=PATIENCE_MS)
        assert not left_over(messages.text())


def literals(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that are neither docstrings, nor logged, nor handed to a translator."""
    known = set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            known.add(id(node.value))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "later", "_"):
            known |= {id(argument) for argument in node.args}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "_log":
            known |= {id(argument) for argument in node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known:
            yield node.value


ELSEWHERE = ("theme.py", "demo_run.py", "report.py", "qimage.py", "properties.py")
"""Style sheets, the command line, reports for whoever mends the program, and defects of ours."""

NOT_SEEN = {*(command.id for command in COMMANDS), PAPER, "Skipped photos", *NO_SCREEN.args, REPEATED, UNATTENDED}
"""Names of commands and windows, a title, and what is said where there is no window."""


def test_no_sentence_of_the_sources_is_forgotten() -> None:
    """Also those that are shown seldom."""
    found = {}
    for path in GUI.rglob("*.py"):
        if path.name not in ELSEWHERE:
            for text in literals(ast.parse(path.read_text(encoding="utf-8"))):
                if re.search("[a-z]{2,},? [a-z]{2,}", re.sub("<[^>]*>|<.*|; border.*", "", text)):
                    found[text] = path.name
    assert {text: name for text, name in found.items() if text not in NOT_SEEN} == {}


def test_the_texts_for_translators_are_those_of_the_sources(tmp_path: Path) -> None:
    copy = Path(shutil.copy(ENGLISH, tmp_path))
    update(copy)
    assert texts(copy) == texts(ENGLISH), "run: python -m resources.tools.translations"
    named = {source for source, _ in texts(ENGLISH)}
    assert {words for command in COMMANDS for words in (command.text, command.tip)} <= named
    assert {*MENUS, *(words for hand in HANDS for words in hand)} <= named


def test_english_tells_every_singular_and_is_compiled(tmp_path: Path) -> None:
    plurals = {key: forms for key, forms in texts(ENGLISH).items() if len(forms) > 1}
    assert len(plurals) > 20
    compiled = QTranslator()
    assert compiled.load(str(ENGLISH.with_suffix(".qm")))
    for (source, comment), forms in plurals.items():
        assert [compiled.translate("", source, comment, number) for number in (1, 2)] == forms
        assert forms[1] == source


def test_numbers_choose_their_words() -> None:
    assert tr("%n photos", "", 1) == "1 photo"
    assert tr("%n photos", "", 0) == "0 photos"
    assert tr("%n photos", "", 12345) == "12,345 photos"
    assert tr("{shown:,} of %n photos", "", 1000, shown=1000) == "1,000 of 1,000 photos"


def test_a_language_is_begun_translated_chosen_and_loaded(
    qapp: QApplication, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ts = tmp_path / "cropseek_fr.ts"
    update(ts)
    empty = '<source>{0}</source>\n        <translation type="unfinished"></translation>'
    written = ts.read_text(encoding="utf-8")
    for text, words in (("Find a command", "Chercher"), ("Key of {command}", "Touche de {commande}")):
        assert empty.format(text) in written
        done = f"<source>{text}</source>\n        <translation>{words}</translation>"
        written = written.replace(empty.format(text), done)
    ts.write_text(written, encoding="utf-8")
    assert slips(ts) == ["cropseek_fr.ts: 'Key of {command}': 'Touche de {commande}'"]
    compile_to(ts, ts.with_suffix(".qm"))
    monkeypatch.setattr("gui.widgets.text.TRANSLATIONS", tmp_path)
    assert languages() == ("fr",)
    assert settings.language == SYSTEM
    settings.language = "fr"
    before = set(qapp.findChildren(QTranslator))
    assert install(qapp, settings.language) == "fr"
    assert tr("Find a command") == "Chercher"
    assert tr("Quit") == "Quit"
    assert tr("Key of {command}", command="Fit") == "Key of Fit", "a slip costs the translation, not the sentence"
    assert qapp.translate("QPlatformTheme", "Cancel") == "Annuler"
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
    monkeypatch.setattr("gui.widgets.text.TRANSLATIONS", tmp_path / "none")
    assert install(qapp, "fr") == "en"
    assert settings.language == SYSTEM, "a language that went away"
