"""The results: hits of the newest ranking with rank and score, and what to do when there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from core.records import Hit, Ranking
from gui.thumbnails import ThumbnailStore
from gui.tiles import Tile, TileView

KINDS = {
    "verified": "Verified by geometry",
    "cells": "Matching cells",
    "windows": "Codes of windows",
    "rerank": "Codes, then descriptors",
    "cosine": "Descriptors (cosine)",
    "hamming": "Codes (Hamming)",
}
HINT = "Open a photo and draw a box around what you look for."
WAIT = "Still to be indexed; results appear as soon as there is a library."


class ResultsPanel(QWidget):
    """Lives on the window's thread.  Emits ``hit_chosen(path)`` and ``kind_chosen(ranking)``."""

    hit_chosen = Signal(object)
    kind_chosen = Signal(str)

    def __init__(self, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = QComboBox(toolTip="How the photos are ranked")
        self._kind.setAccessibleName("Ranking")
        for key, text in KINDS.items():
            self._kind.addItem(text, key)
        self._size = QSlider(Qt.Orientation.Horizontal, minimum=80, maximum=256, value=136, toolTip="Size of the pictures")
        self._size.setAccessibleName("Size of the pictures")
        self._size.setFixedWidth(80)
        self._state = QLabel(HINT, wordWrap=True, objectName="muted")
        self.view = TileView(store, 136, "Results", self)
        top = QHBoxLayout()
        top.addWidget(self._kind, 1)
        top.addWidget(self._size)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addLayout(top)
        layout.addWidget(self._state)
        layout.addWidget(self.view, 1)
        self._ranking: Ranking | None = None
        self._verifying = False
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._size.valueChanged.connect(self.view.set_edge)
        self.view.opened.connect(self.hit_chosen)

    def set_kind(self, kind: str) -> None:
        """Show which ranking is asked for, without asking again."""
        blocked = self._kind.blockSignals(True)
        self._kind.setCurrentIndex(self._kind.findData(kind))
        self._kind.blockSignals(blocked)

    def set_ranking(self, ranking: Ranking | None, has_library: bool) -> None:
        """Show the hits of another ranking."""
        self._ranking = ranking
        boxed = ranking is not None and ranking.query.box is not None  # a whole photo lies nearly everywhere on its hits
        self.view.tiles.set_tiles([_tile(hit, boxed) for hit in ranking.hits] if ranking else [])
        self.view.scrollToTop()
        self._say(has_library)

    def set_searching(self, searching: bool) -> None:
        """Say that a search runs; the old hits stay until the new ones are there."""
        if searching:
            self._state.setText("Searching…")
        else:
            self._say(True)

    def set_verifying(self, verifying: bool) -> None:
        """Say that the first hits are being compared keypoint by keypoint."""
        self._verifying = verifying
        self._say(True)

    def state(self) -> str:
        """What the panel says above the hits."""
        return self._state.text()

    def _say(self, has_library: bool) -> None:
        if self._verifying:
            self._state.setText("Verifying the first hits by geometry…")
        elif self._ranking is None:
            self._state.setText(HINT if has_library else WAIT)
        elif not self._ranking.hits:
            self._state.setText("There is no other photo in this library.")
        else:
            what = "the box" if self._ranking.query.box else "the whole photo"
            text = f"{len(self._ranking.hits)} nearest to {what}, {self._ranking.seconds * 1000:.0f} ms"
            if self._ranking.ranking == "verified":
                verified = sum(hit.inliers > 0 for hit in self._ranking.hits)
                text = f"{verified} verified by geometry, {len(self._ranking.hits)} nearest to {what}"
            self._state.setText(text)

    @Slot(int)
    def _on_kind(self, row: int) -> None:
        self.kind_chosen.emit(self._kind.itemData(row))


def _tile(hit: Hit, boxed: bool) -> Tile:
    words = f"{hit.photo.path}\nrank {hit.rank}, score {hit.score:.3f}, {hit.distance} bits differ"
    if hit.inliers:
        words += f"\nverified: {hit.inliers} keypoints agree in geometry"
    caption = f"{hit.rank}  ·  {hit.score:.2f}" + (f"  ✓{hit.inliers}" if hit.inliers else "")
    return Tile(hit.photo.path, caption, words, outline=_outline(hit) if boxed else (), sure=hit.inliers > 0)


def _outline(hit: Hit) -> tuple[tuple[float, float], ...]:
    """Where the query lies, in parts of the photo's sides."""
    width, height = hit.photo.width, hit.photo.height
    return tuple((x / width, y / height) for x, y in hit.corners or ()) if width and height else ()
