"""Languages that travel with the program are whole, name the same values, and fit; numbers are written in their way."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.indexing.keypoints import WHAT
from core.indexing.passes import AT_ONCE, CLOSELY, QUICKLY
from core.util.resources import RESOURCES, TRANSLATIONS
from gui.main_window import MainWindow
from gui.widgets.core_words import DETAILS, STEPS
from gui.widgets.text import install, local, tr
from resources.tools.translations import ENGLISH, compile_to, texts, value_names
from tests.gui.workspaces.test_shell import everything_fits

CORE = RESOURCES.parent / "core"

LANGUAGES = [ts for ts in sorted(TRANSLATIONS.glob("cropseek_*.ts")) if ts != ENGLISH]

each_language = pytest.mark.parametrize("ts", LANGUAGES, ids=lambda ts: ts.stem.removeprefix("cropseek_"))


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The window speaks German."""
    before, usual = set(qapp.findChildren(QTranslator)), QLocale()
    assert install(qapp, "de") == "de"
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
    QLocale.setDefault(usual)


def test_every_step_that_core_tells_is_there_to_be_translated() -> None:
    told = {AT_ONCE, QUICKLY, CLOSELY, WHAT}
    for source in CORE.rglob("*.py"):
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and len(call.args) == 3:
                last = call.args[-1]
                if call.func.attr in ("checkpoint", "each") and isinstance(last, ast.Constant) and last.value:
                    told.add(last.value)
    assert told <= set(STEPS)


@each_language
def test_no_text_is_missing_and_values_are_those_of_the_text(ts: Path) -> None:
    translated = texts(ts)
    assert translated.keys() == texts(ENGLISH).keys(), "run: python -m resources.tools.translations"
    assert 'type="unfinished"' not in ts.read_text(encoding="utf-8")
    assert [source for (source, _), forms in translated.items() if not all(forms)] == []
    wrong = {
        source: words
        for (source, _), forms in translated.items()
        for words in forms[-1:]  # a singular may leave its number out
        if value_names(words) != value_names(source) or words.count("%n") != source.count("%n")
    }
    assert wrong == {}
    # The button's mark of more to come, line ends, and signs that stand for themselves.
    ends = {s: forms for (s, _), forms in translated.items() if s[-1:] in ".…▾" and s[-1] != forms[-1][-1]}
    assert ends == {}


@each_language
def test_what_is_translated_is_compiled(ts: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(ts, tmp_path))
    compile_to(copy, tmp_path / "now.qm")
    shipped, now = QTranslator(), QTranslator()
    assert shipped.load(str(ts.with_suffix(".qm")))
    assert now.load(str(tmp_path / "now.qm"))
    for (source, comment), forms in texts(ts).items():
        for number in (1, 2) if len(forms) > 1 else (-1,):
            words = shipped.translate("", source, comment, number)
            assert words == now.translate("", source, comment, number) != ""


@pytest.mark.usefixtures("german")
def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert tr("%n photos", "", 12345) == "12.345 Fotos"
    assert tr("found in {time:.2f} s", time=1.5) == "in 1,50 s gefunden"
    assert tr("{shown:,} of %n photos", "", 1, shown=0) == "0 von 1 Foto"
    assert local(1234.5, ",.1f") == "1.234,5"
    assert not any(map(re.compile("[A-Z]ame$|ing$").search, map(tr, STEPS)))
    assert tr(DETAILS[1]) == "Ordner"


@pytest.mark.parametrize("larger", [1.0, 1.5])
def test_german_fits_a_small_screen(
    german: None, window: MainWindow, qtbot: QtBot, library: Path, folder: Path, larger: float
) -> None:
    everything_fits(window, qtbot, library, folder, larger)
    assert window.actions_by_id["open folder"].text() == "Ordner öffnen …"


def test_without_a_translation_the_window_is_english(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = QLocale()
    monkeypatch.setattr("gui.widgets.text.TRANSLATIONS", Path("none"))
    assert install(qapp, "de") == "en"
    assert QLocale().language() is QLocale.Language.English
    QLocale.setDefault(usual)
