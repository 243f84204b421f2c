"""Texts of the window in the user's language.

Every visible text is in ``tr``, or in ``later`` in tables that are made before the language is known; both are found by
``python -m resources.tools.translations``.  What ``core`` says – errors, reasons, the help of filters – is English
wherever it is shown: core knows no Qt, and the command line says the same.  Only its steps of work and the names of a
photo's details are translated (``gui.widgets.core_words``).
"""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.engine import TRANSLATIONS, UserError

SYSTEM = "system"
"""The language of the desktop, as far as there is a translation."""


def tr(text: str, comment: str = "", number: int = -1, /, **values: object) -> str:
    """A text in the language of the window.

    Args:
        text: in English; ``%n`` stands for ``number``, ``{name}`` for a value.
        comment: for translators: which of several meanings it has.
        number: of things that are counted; it chooses between singular and plural.
    """
    words = QCoreApplication.translate("", text, comment, number)
    if number >= 0:
        if words == text.replace("%n", str(number)):  # English has a singular too
            words = _english().translate("", text, comment, number) or text
        words = words.replace("%n", str(number)).replace(str(number), local(number))
    try:
        return _FORMATTER.vformat(words, (), values) if values else words
    except (LookupError, ValueError):  # for a faulty translation English is shown
        return _FORMATTER.vformat(text, (), values)


def local(number: float, form: str = ",") -> str:
    """A number as it is written where the window's language is spoken.  Files and JSON have Python's own form.

    Args:
        form: as ``format`` takes it: ``,`` groups the thousands, ``.2f`` has two decimals.
    """
    here = QLocale()
    signs = {",": here.groupSeparator(), ".": here.decimalPoint()}
    return "".join(signs.get(sign, sign) for sign in format(number, form))


class _Formatter(Formatter):
    """Writes numbers that are given a form by ``local``."""

    def format_field(self, value: Any, form: str) -> str:
        return local(value, form) if form and isinstance(value, (int, float)) else str(format(value, form))


_FORMATTER = _Formatter()


def later(text: str) -> str:
    """Mark a text for translation that is handed to ``tr`` when it is shown."""
    return text


def error_text(error: Exception) -> str:
    """What failed and what to do, of an error that is told where it happened; of a defect its own words."""
    return f"{capital(error.what)}. {error.hint}".strip() if isinstance(error, UserError) else str(error)


def capital(text: str) -> str:
    """The text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def languages() -> tuple[str, ...]:
    """The languages there are, as ``QLocale`` names them."""
    return tuple(sorted(path.stem.removeprefix("cropseek_") for path in TRANSLATIONS.glob("cropseek_*.qm")))


def install(app: QCoreApplication, language: str = SYSTEM) -> str:
    """Let the windows that are made from now on speak a language, or else English; returns the one that it is."""
    own = QTranslator(app)
    wanted = QLocale.system() if language == SYSTEM else QLocale(language)
    if not own.load(wanted, "cropseek", "_", str(TRANSLATIONS)):
        # Numbers as at home, as far as that is known of English; names of months are not to be of a third language.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.system().territory()))
        return "en"
    QLocale.setDefault(wanted)
    app.installTranslator(own)
    # Qt's own words follow ours, and not the desktop: no window speaks two languages.
    base = QTranslator(app)
    if base.load(QLocale(own.language()), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(base)
    return own.language()


@cache
def _english() -> QTranslator:
    """The plurals of the sources."""
    english = QTranslator()
    english.load("cropseek_en", str(TRANSLATIONS))
    return english
