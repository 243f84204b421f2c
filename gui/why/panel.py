"""The panel that explains the chosen result, and asks the engine for it in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from core.errors import UserError
from core.progress import Ticket
from core.records import Hit, Query
from gui.session import AppSession
from gui.why.view import LINES, MODES, Explained, PairView

HINT = "Click a result to see which parts of it speak for it."
EDGE = 1200
"""Pixels of the pictures' longer side."""


class WhyPanel(QWidget):
    """Lives on the window's thread.  Works only while it is seen."""

    def __init__(self, session: AppSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Path | None = None
        self.explained: Explained | None = None
        self.words = QLabel(HINT, wordWrap=True)
        self.view = PairView()
        self.modes = QButtonGroup(self, exclusive=True)
        self.lines = self._slider(0, LINES, 12, "Lines between the strongest pairs")
        self.blend = self._slider(0, 100, 50, "How much of the hit is seen over the query")
        self._build()
        self.modes.buttonClicked.connect(lambda button: self.set_mode(button.property("mode")))
        self.lines.valueChanged.connect(self.view.set_lines)
        self.blend.valueChanged.connect(lambda value: self.view.set_blend(value / 100))
        session.ranking_changed.connect(self._on_ranking_changed)

    def choose_hit(self, path: Path) -> None:
        """Explain a result, now or when the panel is seen."""
        self._wanted = path
        if self.isVisible():
            self._explain()

    def set_mode(self, mode: str) -> None:
        """One of ``MODES``."""
        for button in self.modes.buttons():
            button.setChecked(button.property("mode") == mode)
        self.view.set_mode(mode)
        self.lines.setVisible(mode == "evidence")
        self.blend.setVisible(mode == "over")
        self._say(mode)

    def showEvent(self, event: object) -> None:
        """Do what was put off."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._explain()

    def _build(self) -> None:
        top = QHBoxLayout()
        for mode, text in MODES.items():
            button = QToolButton(text=text, checkable=True, checked=mode == "evidence")
            button.setProperty("mode", mode)
            self.modes.addButton(button)
            top.addWidget(button)
        top.addWidget(self.lines)
        top.addWidget(self.blend)
        top.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        self.blend.hide()

    def _slider(self, low: int, high: int, value: int, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, minimum=low, maximum=high, value=value, toolTip=name)
        slider.setAccessibleName(name)
        slider.setFixedWidth(90)
        return slider

    def _explain(self) -> None:
        ranking, path = self._session.ranking, self._wanted
        if ranking is None or path is None:
            return
        hit, query, engine = ranking.hit_of(path), ranking.query, self._session.engine
        if hit is None or self._is_shown(query, hit):
            return
        self.words.setText("Comparing every cell…")

        def work(ticket: Ticket) -> Explained:
            found = engine.explain(query, hit.photo.path)
            height, width = engine.photo(query.path).shape[:2]
            pictures = [engine.thumbnail(place, EDGE) for place in (query.path, hit.photo.path)]
            return Explained(hit, found, query, pictures[0], pictures[1], (width, height))

        self._session.jobs.submit("explain", work, self._on_explained, self._on_failed)

    def _is_shown(self, query: Query, hit: Hit) -> bool:
        shown = self.explained
        return shown is not None and shown.query == query and shown.hit == hit

    def _on_explained(self, explained: Explained) -> None:
        self.explained = explained
        self.view.show_explained(explained)
        self._say(self.modes.checkedButton().property("mode"))

    def _on_failed(self, error: Exception) -> None:
        self._clear(f"{error.what}. {error.hint}".strip() if isinstance(error, UserError) else str(error))

    def _clear(self, words: str) -> None:
        self.explained = None
        self.view.show_explained(None)
        self.words.setText(words)

    def _say(self, mode: str) -> None:
        shown = self.explained
        if shown is None:
            return
        found, bits = shown.evidence, shown.evidence.bits
        words = (
            f"Cosine {found.cosine:.3f}, the sum over {len(found.query.values)} × {len(found.hit.values)} cells"
            f" · {bits.agree.sum()} of {len(bits.agree)} bits agree"
        )
        if mode == "matches":
            words = (
                f"{len(found.matches)} keypoints agree in geometry"
                if len(found.matches)
                else "No keypoints agree in geometry"
            )
        elif mode in ("over", "difference") and shown.hit.corners is None:
            words = "It is not known where the query lies on this result; verify it by geometry first"
        self.words.setText(f"{shown.hit.photo.path.name}: {words}.")

    @Slot()
    def _on_ranking_changed(self) -> None:
        ranking, shown = self._session.ranking, self.explained
        if shown is not None and (ranking is None or ranking.query != shown.query):
            self._clear(HINT)
        if self.isVisible() and not self._session.searches.live:
            self._explain()  # of a changed query, or what verification tells of the same hit
