"""The page of help: what to do first, and every key; and what this program is made of."""

from __future__ import annotations

import html
import platform
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from core.engine import package_version
from gui.commands.actions import Commands, shown
from gui.commands.table import HANDS, MENUS
from gui.widgets.text import later, tr

TOUR = (
    later(
        "Open a folder of photos. They are indexed where they are, and never changed; you can search from the first moment."
    ),
    later("Open a photo and draw a box around a thing. The results follow your hand, and are verified when you let go."),
    later("Click a result to look at it near the place where the thing was found; [ and ] go on to the next."),
    later(
        "C shows which cells, keypoints and bits speak for it. Inspect (I) shows what the masks keep, Browse (G) "
        "the whole gallery, and the Lab (L) other pipelines."
    ),
    later("Mark results with Y and N, draw further boxes with Shift or the right button, and the search gets better."),
)
PAPER = "From Selective Deep Convolutional Features to Compact Binary Representations for Image Retrieval"
PARTS = ("PySide6-Essentials", "torch", "faiss-cpu", "opencv-python-headless", "scikit-learn", "numpy")


def help_page(commands: Commands) -> str:
    """The page as HTML."""
    steps = "".join(f"<li>{html.escape(tr(step))}</li>" for step in TOUR)
    page = [
        *(_title(tr("In a minute")), f"<ol>{steps}</ol>"),
        *(_title(tr("On the photo")), _table([(tr(hand), tr(what)) for hand, what in HANDS])),
        _title(tr("Commands")),
    ]
    for menu in MENUS:
        rows = [(commands.key(c.id), c) for c in commands.table.values() if c.menu == menu]
        page.append(f"<h3>{tr(menu)}</h3>")
        page.append(_table([(shown(key), f"{command.text} – {command.tip}") for key, command in rows]))
    return "".join(page)


def about_page() -> str:
    """Version, licence, and the libraries that are at work, as HTML."""
    parts = "".join(f"<li>{name} {package_version(name)}</li>" for name in PARTS)
    claim = tr("Draw a box on a photo; find it in your collection; see why.")
    source = tr("After “{paper}” by Do, Hoang, Le Tan and Cheung.", paper=PAPER)
    promise = tr("Photos stay on this machine and are never changed.")
    system = tr("Python {version} on {system}, with", version=platform.python_version(), system=platform.system())
    own = package_version("cropseek")
    return f"<h2>Cropseek {own}</h2><p>{claim}</p><p>{source} {promise}</p><p>{system}</p><ul>{parts}</ul>"


def page_window(parent: QWidget, title: str, page: str, tour: Callable[[], object] | None = None) -> QDialog:
    """A page in a window beside the main one, with a button that starts the ``tour``."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.resize(680, 620)
    browser = QTextBrowser()
    browser.setAccessibleName(title)
    browser.setHtml(page)
    layout = QVBoxLayout(dialog)
    layout.addWidget(browser)
    if tour is not None:
        button = QPushButton(tr("Take the 60-second tour"))
        button.clicked.connect(dialog.close)
        button.clicked.connect(lambda: tour())
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
    return dialog


def _table(rows: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> str:
    lines = "".join(f"<tr><td width='200'><b>{html.escape(a)}</b></td><td>{html.escape(b)}</td></tr>" for a, b in rows)
    return f"<table cellpadding='3'>{lines}</table>"


def _title(words: str) -> str:
    return f"<h2>{html.escape(words)}</h2>"
