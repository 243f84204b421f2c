"""The results: the ranking's hits under two headings, filters, and hints if there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from core.engine import HELP
from core.records import Hit, Ranking, SavedQuery, Stability
from gui.results.hit_tiles import bands_of, hit_tile, state_of
from gui.widgets.plain_text import TwoLines, tip
from gui.widgets.properties import having
from gui.widgets.text import later, tr
from gui.widgets.thumbnails import ThumbnailStore
from gui.widgets.tiles import TileList
from gui.widgets.wall import WallView

KINDS = {
    "verified": later("Best: cells, then geometry"),
    "cells": later("Matching cells"),
    "windows": later("Codes of parts of photos"),
    "rerank": later("Codes, then descriptors"),
    "expanded": later("Codes, then averaged descriptors"),
    "cosine": later("Descriptors (cosine)"),
    "hamming": later("Codes (Hamming)"),
}
HINT = later("Open a photo and draw a box around what you look for.")
WAIT = later("Still to be indexed; results appear as soon as there is a library.")
FILTER_MS = 300
USUAL_EDGE = 110
VERIFIED, SIMILAR = later("Verified"), later("Similar")


class ResultsPanel(QWidget):
    """The hits of a ranking under *Verified* and *Similar*, with filter and threshold.

    Emits ``hit_chosen(path)``, ``kind_chosen(ranking)`` and ``filter_changed(text)``.
    """

    hit_chosen = Signal(object)
    kind_chosen = Signal(str)
    filter_changed = Signal(str)

    def __init__(self, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = having(QComboBox(), toolTip=tr("How the photos are ranked"))
        self._kind.setAccessibleName(tr("Ranking"))
        for key, text in KINDS.items():
            self._kind.addItem(tr(text), key)
        self._size = having(QSlider(Qt.Orientation.Horizontal), minimum=80, maximum=256, value=USUAL_EDGE)
        self._size.setAccessibleName(tr("Size of the pictures"))
        self._size.setToolTip(tr("Size of the pictures"))
        self.filter = QLineEdit(placeholderText=tr("Filter results"), clearButtonEnabled=True)
        self.filter.setToolTip(tip(tr("Rank only photos like: {examples}", examples=HELP)))
        self.filter.setAccessibleName(tr("Filter of the results"))
        self.least = having(QSlider(Qt.Orientation.Horizontal), minimum=0, maximum=90, singleStep=5, pageStep=10)
        self.least.setAccessibleName(tr("Least confidence"))
        self.group = having(QCheckBox(tr("One of photos that are nearly the same")))
        self.options = _menu_button(tr("View ▾"), tr("How the hits are ranked and shown"))
        self.menu_button = _menu_button(tr("Actions ▾"), tr("What can be done with the chosen hits"))
        self._state = TwoLines(tr(HINT))
        self._figures = having(TwoLines(), visible=False)
        self._judged: Mapping[Path, str] = {}
        self.view = WallView(store, USUAL_EDGE, tr("Results"), self, at_once=True)
        self._ranking: Ranking | None = None
        self._stability: Stability | None = None
        self._has_library = False
        self._shown: list[Hit] = []
        self._verifying, self._refusal = False, ""
        self._delay = QTimer(self, singleShot=True, interval=FILTER_MS)
        self._build()
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._size.valueChanged.connect(self.view.set_edge)
        self.filter.textChanged.connect(self._delay.start)
        self._delay.timeout.connect(lambda: self.filter_changed.emit(self.filter.text()))
        self.least.valueChanged.connect(self._fill)
        self.group.toggled.connect(self._fill)
        self.view.opened.connect(self.hit_chosen)

    def _build(self) -> None:
        self.filter.setMinimumWidth(64)
        menu, action = QMenu(self.options), QWidgetAction(self.options)
        action.setDefaultWidget(self._options())
        menu.addAction(action)
        self.options.setMenu(menu)
        layout, row = QVBoxLayout(self), QHBoxLayout()
        layout.setContentsMargins(8, 4, 0, 0)
        layout.setSpacing(2)
        row.setSpacing(4)
        row.addWidget(self.filter, 1)
        row.addWidget(self.options)
        row.addWidget(self.menu_button)
        menu.aboutToHide.connect(lambda: _let_go(self.options))
        layout.addLayout(row)
        layout.addWidget(self._state)
        layout.addWidget(self._figures)
        layout.addWidget(self.view, 1)
        self._fill()

    def _options(self) -> QWidget:
        """What opens below *View*: fields with their names."""
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(16, 16, 16, 16)
        form.setSpacing(8)
        for slider in (self._size, self.least):
            slider.setFixedWidth(160)
        form.addRow(tr("Ranking"), self._kind)
        form.addRow(tr("Size of the pictures"), self._size)
        form.addRow(tr("Least confidence"), self.least)
        form.addRow("", self.group)
        return page

    def set_menu(self, menu: QMenu) -> None:
        """What opens below *Actions*."""
        self.menu_button.setMenu(menu)
        menu.aboutToHide.connect(lambda: _let_go(self.menu_button))

    def set_saved(self, saved: SavedQuery) -> None:
        """Show the ranking and the filter of a saved query, without searching."""
        blocker = QSignalBlocker(self._kind)
        self._kind.setCurrentIndex(self._kind.findData(saved.ranking))
        blocker.unblock()
        self.bring_filter(saved.only)

    def bring_filter(self, text: str) -> None:
        """Show a filter that is already applied, without searching."""
        blocker = QSignalBlocker(self.filter)
        self.filter.setText(text)
        blocker.unblock()
        self._delay.stop()

    def set_ranking(self, ranking: Ranking | None, has_library: bool) -> None:
        """Show the hits of another ranking."""
        before, self._ranking = self._ranking, ranking
        same = ranking is not None and before is not None and ranking.query == before.query
        if ranking is None or before is None or ranking.query.path != before.query.path:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())  # of another photo's hits keys begin with the first
        if self._stability is not None and (ranking is None or self._stability.query != ranking.query):
            self._stability = None
        self._fill()
        if not same:
            self.view.scrollToTop()
        self._has_library = has_library
        self._say()

    def set_stability(self, found: Stability) -> None:
        """Show in how many boxes near the box each hit stays."""
        self._stability = found
        self._fill()
        self._say()

    def set_judged(self, judged: Mapping[Path, str], words: str = "", meaning: str = "") -> None:
        """Show what was said of photos, and the figures that come of it."""
        if judged != self._judged:
            self._judged = judged
            self._fill()
        self._figures.setText(words)
        self._figures.setToolTip(tip(meaning))
        self._figures.setVisible(bool(words))

    def figures(self) -> str:
        """The figures of what was judged; empty: nothing was."""
        return self._figures.text()

    def set_searching(self, searching: bool) -> None:
        """Say that a search runs; the old hits stay until the new ones are there."""
        if searching:
            shown = self._ranking is not None and self._ranking.hits
            self._tell(tr("Searching… (the hits are those of before)") if shown else tr("Searching…"))
        else:
            self._say()

    def set_verifying(self, verifying: bool) -> None:
        """Say that the first hits are being compared keypoint by keypoint."""
        self._verifying = verifying
        self._say()

    @Slot(str)
    def refuse_filter(self, sentence: str) -> None:
        """Show why a filter is not accepted; empty: it is."""
        self._refusal = sentence
        self._say()

    def chosen(self) -> list[Hit]:
        """The selected hits, in the order of their ranks."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self._shown[row] for row in rows if row < len(self._shown)]

    def rank_of(self, path: Path) -> int:
        """The rank of a photo among the hits shown, from 1; 0 if it is not shown."""
        return next((rank for rank, hit in enumerate(self._shown, start=1) if hit.photo.path == path), 0)

    def step(self, by: int) -> None:
        """Look at the hit after or before the one that is looked at."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < len(self._shown):
            path = self._shown[row].photo.path
            self.view.select_path(path)
            self.hit_chosen.emit(path)

    def state(self) -> str:
        """What the panel says above the hits."""
        return self._state.text()

    @Slot()
    def _fill(self) -> None:
        """Show the hits that are to be seen."""
        ranking, least = self._ranking, self.least.value() / 100
        # Read first, as the selection is of rows, which will be of other photos.
        chosen, current = self.view.chosen(), self.view.current_path()
        # Verified hits come first in every ranking that verifies; the sort is stable.
        hits = sorted(ranking.hits, key=lambda hit: hit.inliers == 0) if ranking is not None else []
        measured = any(hit.confidence is not None for hit in hits)
        self.least.setEnabled(measured)
        likely = tr("Hits at least {share} % likely to be right", share=self.least.value())
        self.least.setToolTip(likely if measured else tr("Not measured for this ranking"))
        sizes: dict[int, int] = {}
        for hit in hits:
            sizes[hit.like] = sizes.get(hit.like, 0) + 1
        self._shown = [
            hit
            for hit in hits
            if (hit.confidence is None or hit.confidence >= least)
            and (not self.group.isChecked() or hit.like in (-1, hit.photo.id))
        ]
        shown = sizes if self.group.isChecked() else {}
        bands = bands_of(ranking) if ranking is not None else {}
        said, firm = self._judged, self._stability
        tiles = (
            [hit_tile(h, ranking, shown, firm, bands, said.get(h.photo.path, "")) for h in self._shown] if ranking else []
        )
        starts, titles = headings(self._shown)
        self.view.clearSelection()
        self.view.show_tiles(TileList(tiles), starts, titles)
        self.view.select_paths(chosen, current)

    def _tell(self, words: str) -> None:
        self._state.setText(words)
        self._state.setToolTip(tip(words))

    def _say(self) -> None:
        if self._refusal:
            self._tell(self._refusal)
        elif self._verifying:
            self._tell(tr("Verifying the first hits by geometry…"))
        elif self._ranking is None:
            self._tell(tr(HINT) if self._has_library else tr(WAIT))
        elif not self._ranking.hits:
            none = tr("No photo passes the filter.") if self.filter.text() else tr("There is no other photo here.")
            self._tell(none)
        else:
            self._tell(state_of(self._ranking, self._stability))

    @Slot(int)
    def _on_kind(self, row: int) -> None:
        self.kind_chosen.emit(self._kind.itemData(row))


def headings(hits: Sequence[Hit]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Where the sections of hits begin, verified ones first, and the words over each."""
    verified = sum(hit.inliers > 0 for hit in hits)
    found = [(0, tr(VERIFIED))] * (verified > 0) + [(verified, tr(SIMILAR))] * (verified < len(hits))
    starts, titles = zip(*found, strict=True) if found else ((0,), ("",))
    return np.array(starts, dtype=np.int64), titles


def _let_go(button: QToolButton) -> None:
    """Reset the highlight of a button whose menu has closed, as Qt does not notice that the mouse has left."""
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    button.update()


def _menu_button(text: str, tooltip: str) -> QToolButton:
    return having(QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup), text=text, toolTip=tooltip)
