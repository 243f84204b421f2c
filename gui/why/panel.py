"""The panel that explains the chosen result, and asks the engine for it in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.progress import Ticket
from core.records import Hit, Query
from gui.session import AppSession
from gui.why.bits import BitView, bit_words
from gui.why.laid import MODES as LAID
from gui.why.view import LINES, Explained, PairView
from gui.words import later, tr

HINT = later("Click a result to see which parts of it speak for it.")
MODES = {
    "evidence": later("Shares of cells"), "matches": later("Matching keypoints"), "over": later("Laid over"),
    "bits": later("Bits"),
}  # fmt: skip
EDGE = 1200
"""Pixels of the pictures' longer side."""


class WhyPanel(QWidget):
    """Lives on the window's thread.  Works only while it is seen."""

    def __init__(self, session: AppSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Path | None = None
        self._mode = "evidence"
        self.explained: Explained | None = None
        self.words = QLabel(tr(HINT), wordWrap=True)
        self.view, self.bits = PairView(), BitView()
        self.pages = QStackedWidget()
        self.laid = QComboBox(toolTip=tr("How the hit is laid over the query"))
        self.laid.setAccessibleName(tr("Way of laying over"))
        self.modes = QButtonGroup(self, exclusive=True)
        self.lines = self._slider(0, LINES, 12, tr("Lines between the strongest pairs"))
        self.share = self._slider(0, 100, 50, tr("How much of the hit is seen over the query"))
        self._build()
        self.modes.buttonClicked.connect(self._on_mode)
        self.laid.currentIndexChanged.connect(lambda: self.set_mode(self.laid.currentData()))
        self.lines.valueChanged.connect(self.view.set_lines)
        self.share.valueChanged.connect(lambda value: self.view.set_share(value / 100))
        session.ranking_changed.connect(self._on_ranking_changed)

    def choose_hit(self, path: Path) -> None:
        """Explain a result, now or when the panel is seen."""
        self._wanted = path
        if self.isVisible():
            self._explain()

    def set_mode(self, mode: str) -> None:
        """One of ``MODES``, or of those of ``gui.why.laid``."""
        self._mode = mode
        group = "over" if mode in LAID else mode
        for button in self.modes.buttons():
            button.setChecked(button.property("mode") == group)
        blocked = self.laid.blockSignals(True)
        self.laid.setCurrentIndex(max(self.laid.findData(mode), 0))
        self.laid.blockSignals(blocked)
        self.view.set_mode(mode)
        self.pages.setCurrentWidget(self.bits if mode == "bits" else self.view)
        self.lines.setVisible(mode == "evidence")
        self.laid.setVisible(mode in LAID)
        self.share.setVisible(mode in ("over", "swipe"))
        self._say()

    def _on_mode(self, button: QAbstractButton) -> None:
        mode = button.property("mode")
        self.set_mode(self.laid.currentData() if mode == "over" else mode)

    def showEvent(self, event: object) -> None:
        """Do what was put off."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._explain()

    def _build(self) -> None:
        top = QHBoxLayout()
        for mode, text in MODES.items():
            button = QToolButton(text=tr(text), checkable=True, checked=mode == "evidence")
            button.setProperty("mode", mode)
            self.modes.addButton(button)
            top.addWidget(button)
        for mode, text in LAID.items():
            self.laid.addItem(tr(text), mode)
        for widget in (self.lines, self.laid, self.share):
            top.addWidget(widget)
        for page in (self.view, self.bits):
            self.pages.addWidget(page)
        top.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addLayout(top)
        layout.addWidget(self.pages, 1)
        self.laid.hide()
        self.share.hide()

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
        self.words.setText(tr("Comparing every cell…"))

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
        self.bits.set_bits(explained.evidence.bits)
        self._say()

    def _on_failed(self, error: Exception) -> None:
        self._clear(f"{error.what}. {error.hint}".strip() if isinstance(error, UserError) else str(error))

    def _clear(self, words: str) -> None:
        self.explained = None
        self.view.show_explained(None)
        self.bits.set_bits(None)
        self.words.setText(words)

    def _say(self) -> None:
        if self.explained is not None:
            self.words.setText(f"{self.explained.hit.photo.path.name}: {_words(self.explained, self._mode)}.")

    @Slot()
    def _on_ranking_changed(self) -> None:
        ranking, shown = self._session.ranking, self.explained
        if shown is not None and (ranking is None or ranking.query != shown.query):
            self._clear(tr(HINT))
        if self.isVisible() and not self._session.searches.live:
            self._explain()  # of a changed query, or what verification tells of the same hit


def _words(shown: Explained, mode: str) -> str:
    """What is said of a hit in a mode, without its full stop."""
    found, bits = shown.evidence, shown.evidence.bits
    if mode == "matches":
        count = len(found.matches)
        return tr("%n keypoints agree in geometry", "", count) if count else tr("no keypoints agree in geometry")
    if mode == "bits":
        return bit_words(bits)
    if mode in LAID and shown.hit.corners is None:
        return tr("it is not known where the query lies on this result; verify it by geometry first")
    cells = f"{len(found.query.values)} × {len(found.hit.values)}"
    cosine = tr("cosine {cosine:.3f}, the sum over {cells} cells", cosine=found.cosine, cells=cells)
    return f"{cosine} · " + tr("{agree} of {bits} bits agree", agree=bits.agree.sum(), bits=len(bits.agree))
