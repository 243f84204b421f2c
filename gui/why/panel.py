"""The panel that explains the chosen result, and asks the engine for it in the background."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.engine import UserError
from core.records import Hit, Query
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.why.bits import BitView, bit_words
from gui.why.explained import Explained, nothing_yet
from gui.why.export import KINDS, export_view
from gui.why.view import BESIDE, LAID, LINES, PairView
from gui.widgets.exporting import ask_file
from gui.widgets.plain_text import TwoLines, tip
from gui.widgets.properties import having
from gui.widgets.text import error_text, later, tr

HINT = later("Click a result to see which parts of it speak for it.")
MODES = {BESIDE: later("Side by side"), **LAID, "bits": later("Bits of the codes")}
LAYERS = {
    "shares": (later("Shares"), later("How much each cell adds to the cosine, as its brightness")),
    "pairs": (later("Pairs"), later("Lines between the strongest pairs of cells")),
    "matches": (later("Keypoints"), later("Lines between keypoints that agree in geometry")),
    "others": (later("Others"), later("Lines between keypoints that are alike and do not agree")),
}
PAGES = {"verified": {"matches"}, "cells": {"pairs"}, "descriptor": {"shares", "pairs"}}
"""The layers shown first, by what decided the hit's rank."""

DECIDED = {
    "verified": later("Found by keypoints that agree in geometry"),
    "cells": later("Found by cells that are alike and lie alike"),
    "descriptor": later("Found by its descriptor"),
}

EDGE = 1600
"""Pixels of the pictures' longer side."""


class WhyPanel(QWidget):
    """Works only while it is seen.

    Emits ``stepped(by)`` when the next hit (1) or the previous one (-1) is wanted, and ``left()`` when the photo is.
    """

    stepped = Signal(int)
    left = Signal()

    def __init__(self, session: AppSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Path | None = None
        self.explained: Explained | None = None
        self._page = ""
        self.words = TwoLines(tr(HINT))
        self.view, self.bits = PairView(), BitView()
        self.pages = QStackedWidget()
        self.modes = having(QComboBox(), toolTip=tr("How query and hit are shown"))
        self.modes.setAccessibleName(tr("How query and hit are shown"))
        self.layers = {name: self._layer(name) for name in LAYERS}
        self.lines = self._slider(1, LINES, 12, tr("Lines between the strongest pairs"))
        self.share = self._slider(0, 100, 50, tr("How much of the hit is seen over the query"))
        self.export = self._button(tr("Export…"), tr("What is shown here as PNG, SVG or PDF"))
        self.export.clicked.connect(self._ask_export)
        self.leave = self._button(tr("✕ Photo"), tr("Back to the photo (C, Esc)"))
        self.leave.clicked.connect(self.left)
        self._build()
        self.modes.currentIndexChanged.connect(lambda: self._on_mode())
        self.lines.valueChanged.connect(self.view.set_lines)
        self.share.valueChanged.connect(lambda value: self.view.set_share(value / 100))
        session.ranking_changed.connect(self._on_ranking_changed)

    @property
    def mode(self) -> str:
        """One of ``MODES``."""
        return str(self.modes.currentData())

    def choose_hit(self, path: Path) -> None:
        """Explain a result, now or when the panel is seen."""
        self._wanted = path
        if self.isVisible():
            self._explain()

    def set_mode(self, mode: str) -> None:
        """Show query and hit in one of ``MODES``."""
        self.modes.setCurrentIndex(self.modes.findData(mode))

    def showEvent(self, event: object) -> None:
        """Explain the result that was set while the panel was hidden."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._explain()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc returns to the photo."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        for mode, text in MODES.items():
            self.modes.addItem(tr(text), mode)
        before, after = self._button("‹", tr("Previous hit ([)")), self._button("›", tr("Next hit (])"))
        for by, button in ((-1, before), (1, after)):
            button.clicked.connect(lambda *_, by=by: self.stepped.emit(by))
        for widget in (before, after, self.modes, self.share):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.export)
        top.addWidget(self.leave)
        tools: tuple[QWidget, ...] = (*self.layers.values(), self.lines)
        for tool in tools:
            below.addWidget(tool)
        below.addStretch(1)
        for page in (self.view, self.bits):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addLayout(below)
        layout.addWidget(self.words)
        layout.addWidget(self.pages, 1)
        self.share.hide()

    @Slot()
    def _ask_export(self) -> None:
        out = ask_file(self, self._session, tr("Export the comparison"), "matches.png", KINDS)
        if out is not None:
            try:
                export_view(self.view, out)
            except UserError as error:
                self._session.failed.emit(error)

    def _button(self, text: str, tip: str, checkable: bool = False) -> QToolButton:
        button = having(QToolButton(), text=text, toolTip=tip, checkable=checkable)
        button.setAccessibleName(tip)
        return button

    def _layer(self, name: str) -> QToolButton:
        text, tip = map(tr, LAYERS[name])
        button = self._button(text, tip, checkable=True)
        button.setChecked(name in self.view.layers)
        button.toggled.connect(lambda on: self._on_layer(name, on))
        return button

    def _slider(self, low: int, high: int, value: int, name: str) -> QSlider:
        slider = having(QSlider(Qt.Orientation.Horizontal), minimum=low, maximum=high, value=value, toolTip=name)
        slider.setAccessibleName(name)
        slider.setFixedWidth(80)
        return slider

    def _on_layer(self, name: str, on: bool) -> None:
        self.view.set_layer(name, on)
        self._show_tools()

    def _on_mode(self) -> None:
        mode = self.mode
        if mode != "bits":
            self.view.set_mode(mode)
        self.pages.setCurrentWidget(self.bits if mode == "bits" else self.view)
        self._show_tools()
        self._say()

    def _show_tools(self) -> None:
        """Show only the tools that are of use in this mode."""
        mode = self.mode
        for button in self.layers.values():
            button.setVisible(mode != "bits")
        self.lines.setVisible(mode == BESIDE and "pairs" in self.view.layers)
        self.share.setVisible(mode in ("over", "swipe"))

    def _explain(self) -> None:
        ranking, path = self._session.ranking, self._wanted
        if ranking is None or path is None:
            return
        hit, query, engine = ranking.hit_of(path), ranking.query, self._session.engine
        if hit is None or self._is_shown(query, hit):
            return
        self._set_words(f"{hit.rank}. {hit.photo.path.name}: " + tr("Comparing every cell…"))

        def pictured(part: Query) -> Explained:
            height, width = engine.pictures.photo_or_copy(part.path)[0].shape[:2]
            pictures = [engine.thumbnail(path, EDGE) for path in (part.path, hit.photo.path)]
            return Explained(hit, nothing_yet(), query, part, pictures[0], pictures[1], (width, height))

        def tell(seen: Explained) -> Explained:
            found = engine.explain(query, hit.photo.path, ranking.ranking)
            part, _ = query.parts()[found.example]
            return replace(seen if part == seen.part else pictured(part), evidence=found)

        def compare(seen: Explained) -> None:
            if self.explained is None or not self._is_shown(query, hit):
                self.view.show_explained(seen)  # both photos at once, and what speaks for the hit when it is known
            self._session.jobs.submit(Lane.EXPLAIN, lambda ticket: tell(seen), self._on_explained, self._on_failed)

        first, _ = query.parts()[0]
        self._session.jobs.submit(Lane.EXPLAIN, lambda ticket: pictured(first), compare, self._on_failed)

    def _is_shown(self, query: Query, hit: Hit) -> bool:
        shown = self.explained
        return shown is not None and shown.query == query and shown.hit == hit

    def _on_explained(self, explained: Explained) -> None:
        self.explained = explained
        self._open_page(explained.evidence.decided_by)
        self.view.show_explained(explained)
        self.bits.set_bits(explained.evidence.bits)
        self._say()

    def _open_page(self, decided_by: str) -> None:
        """Show the layers of what decided, when it is another than of the hit before."""
        if decided_by != self._page:
            self._page = decided_by
            for name, button in self.layers.items():
                button.setChecked(name in PAGES[decided_by])

    def _on_failed(self, error: Exception) -> None:
        self._clear(error_text(error))

    def _clear(self, words: str) -> None:
        self.explained = None
        self.view.show_explained(None)
        self.bits.set_bits(None)
        self._set_words(words)

    def _say(self) -> None:
        if (shown := self.explained) is not None:
            decided = tr(DECIDED[shown.evidence.decided_by])
            self._set_words(f"{shown.hit.rank}. {shown.hit.photo.path.name}: {decided}. {words_of(shown, self.mode)}.")

    def _set_words(self, words: str) -> None:
        self.words.setText(words)
        self.words.setToolTip(tip(words))

    @Slot()
    def _on_ranking_changed(self) -> None:
        ranking, shown = self._session.ranking, self.explained
        if shown is not None and (ranking is None or ranking.query != shown.query):
            if ranking is None or ranking.query.path != shown.query.path:
                self._wanted = None  # a hit of another question
            self._clear(tr(HINT))
        if self.isVisible() and not self._session.searches.live:
            self._explain()  # the query has changed, or the same hit was verified


def words_of(shown: Explained, mode: str) -> str:
    """A sentence about a hit in a mode, without its full stop."""
    found, bits = shown.evidence, shown.evidence.bits
    if mode == "bits":
        return bit_words(bits)
    agree = tr("%n keypoints agree", "", len(found.matches)) if len(found.matches) else tr("no keypoints agree")
    matches = f"{agree}, " + tr("{number} only alike", number=len(found.others))
    if mode in LAID:
        if shown.registered is None:
            unknown = tr("it is not known where the query lies on this result, so it cannot be laid over it")
            return f"{unknown} ({matches})"
        how = tr("laid over by its keypoints") if found.quadrilateral is not None else tr("laid over by its cells, roughly")
        return f"{how}; {matches}"
    cells = f"{len(found.query.values)} × {len(found.hit.values)}"
    cosine = tr("cosine {cosine:.3f}, summed over {cells} cells", cosine=found.cosine, cells=cells)
    equal = tr("{agree} of {bits} bits agree", agree=bits.agree.sum(), bits=len(bits.agree))
    if shown.examples > 1:
        cosine = tr("nearest to example {number} of {all}", number=shown.number, all=shown.examples) + f": {cosine}"
    return f"{cosine} · {equal} · {matches}"
