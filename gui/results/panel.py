"""The results: hits of the newest ranking, which of them are shown, and what to do when there are none."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSlider, QToolButton, QVBoxLayout, QWidget

from core.engine import HELP
from core.records import Hit, Ranking, SavedQuery, Stability
from gui.results.hit_tiles import bands_of, hit_tile, state_of
from gui.results.query_strip import QueryStrip
from gui.widgets.plain import Label, tip
from gui.widgets.properties import having
from gui.widgets.text import later, tr
from gui.widgets.thumbnails import ThumbnailStore
from gui.widgets.tiles import TileList, TileView

KINDS = {
    "verified": later("Verified by geometry"),
    "cells": later("Matching cells"),
    "windows": later("Codes of windows"),
    "rerank": later("Codes, then descriptors"),
    "expanded": later("Codes, then averaged descriptors"),
    "cosine": later("Descriptors (cosine)"),
    "hamming": later("Codes (Hamming)"),
}
HINT = later("Open a photo and draw a box around what you look for.")
WAIT = later("Still to be indexed; results appear as soon as there is a library.")
FILTER_MS = 300


class ResultsPanel(QWidget):
    """Lives on the window's thread.

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
        self._size = having(QSlider(Qt.Orientation.Horizontal), minimum=80, maximum=256, value=136)
        self._size.setAccessibleName(tr("Size of the pictures"))
        self._size.setToolTip(tr("Size of the pictures"))
        self.filter = QLineEdit(placeholderText=tr("Only…"), clearButtonEnabled=True)
        self.filter.setToolTip(tip(tr("Rank only photos like: {examples}", examples=HELP)))
        self.filter.setAccessibleName(tr("Filter of the results"))
        self.least = having(QSlider(Qt.Orientation.Horizontal), minimum=0, maximum=90, singleStep=5, pageStep=10)
        self.least.setAccessibleName(tr("Least confidence"))
        self.group = having(QToolButton(), text=tr("Group"), checkable=True)
        self.group.setToolTip(tr("Show one of photos that are nearly the same"))
        self.menu_button = having(QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup), text=tr("Actions ▾"))
        self._state = Label(tr(HINT), wordWrap=True, objectName="muted")
        self.strip = QueryStrip(store, self)
        self.view = TileView(store, 136, tr("Results"), self, several=True)
        self._ranking: Ranking | None = None
        self._stability: Stability | None = None
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
        # Sentences of one line and of two follow each other while a box is dragged and released: the hits must not jump.
        self._state.setMinimumHeight(2 * self._state.fontMetrics().lineSpacing() + 2)
        self._state.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        for stretched, *rest in (
            (self._kind, self._size),
            (self.filter, self.least),
            (self.strip, self.group, self.menu_button),
        ):
            row = QHBoxLayout()
            row.addWidget(stretched, 1)
            for widget in rest:
                row.addWidget(widget)
            layout.addLayout(row)
        for slider in (self._size, self.least):
            slider.setFixedWidth(80)
        layout.addWidget(self.strip.shelf)
        layout.addWidget(self._state)
        layout.addWidget(self.view, 1)
        self._fill()

    def set_saved(self, saved: SavedQuery) -> None:
        """Show the ranking and the filter that a saved query brings, without asking again."""
        for widget in (self._kind, self.filter):
            widget.blockSignals(True)
        self._kind.setCurrentIndex(self._kind.findData(saved.ranking))
        self.filter.setText(saved.only)
        for widget in (self._kind, self.filter):
            widget.blockSignals(False)
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
        self._say(has_library)

    def set_stability(self, found: Stability) -> None:
        """Show in how many boxes near the box each hit stays."""
        self._stability = found
        self._fill()
        self._say(True)

    def set_searching(self, searching: bool) -> None:
        """Say that a search runs; the old hits stay until the new ones are there."""
        if searching:
            shown = self._ranking is not None and self._ranking.hits
            self._state.setText(tr("Searching… (the hits are those of before)") if shown else tr("Searching…"))
        else:
            self._say(True)

    def set_verifying(self, verifying: bool) -> None:
        """Say that the first hits are being compared keypoint by keypoint."""
        self._verifying = verifying
        self._say(True)

    @Slot(str)
    def refuse_filter(self, sentence: str) -> None:
        """Say why a filter is not taken; empty: it is."""
        self._refusal = sentence
        self._say(True)

    def chosen(self) -> list[Hit]:
        """The selected hits, in the order of their ranks."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self._shown[row] for row in rows if row < len(self._shown)]

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
        hits = list(ranking.hits) if ranking is not None else []
        told = any(hit.confidence is not None for hit in hits)
        self.least.setEnabled(told)
        likely = tr("Hits at least {share} % likely to be right", share=self.least.value())
        self.least.setToolTip(likely if told else tr("Not measured for this ranking"))
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
        chosen, current = {hit.photo.path for hit in self.chosen()}, self.view.current_path()
        tiles = [hit_tile(hit, ranking, shown, self._stability, bands) for hit in self._shown] if ranking else []
        self.view.tiles.set_tiles(TileList(tiles))
        self.view.select_paths(chosen, current)

    def _say(self, has_library: bool) -> None:
        if self._refusal:
            self._state.setText(self._refusal)
        elif self._verifying:
            self._state.setText(tr("Verifying the first hits by geometry…"))
        elif self._ranking is None:
            self._state.setText(tr(HINT) if has_library else tr(WAIT))
        elif not self._ranking.hits:
            none = tr("No photo passes the filter.") if self.filter.text() else tr("There is no other photo here.")
            self._state.setText(none)
        else:
            self._state.setText(state_of(self._ranking, self._stability))

    @Slot(int)
    def _on_kind(self, row: int) -> None:
        self.kind_chosen.emit(self._kind.itemData(row))
