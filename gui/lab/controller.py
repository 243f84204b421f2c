"""The panels of the Lab, and the connections between them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.records import PipelineInfo
from gui.lab.comparison import ComparisonPanel
from gui.lab.fit_dialog import FitDialog
from gui.lab.network_dialog import NetworkDialog
from gui.lab.panel import PipelinePanel
from gui.lab.session import PipelineSession
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import error_text, tr
from gui.widgets.thumbnails import ThumbnailStore


class LabController(QObject):
    """Connects the panels of *Lab* with the session.  Emits ``comparison_shown(bool)`` and ``hit_chosen(path)``."""

    comparison_shown = Signal(bool)
    hit_chosen = Signal(object)

    def __init__(self, session: AppSession, store: ThumbnailStore, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._main, self._messages, self._window = session, messages, window
        self.session = PipelineSession(session, self)
        self.panel = PipelinePanel(self.session)
        self.comparison = ComparisonPanel(store)
        self.fit_dialog: FitDialog | None = None
        self.network_dialog: NetworkDialog | None = None
        self._weights: dict[str, Path | None] = {}
        self.panel.fit_asked.connect(self._on_fit_asked)
        self.panel.network_asked.connect(self._on_network_asked)
        self.panel.compare_asked.connect(self._on_compare_asked)
        self.panel.use_asked.connect(session.use_preset)
        self.session.comparison_changed.connect(self._on_comparison_changed)
        self.session.fitted.connect(self._on_fitted)
        self.comparison.closed.connect(self._on_closed)
        self.session.busy_changed.connect(self.comparison.show_busy)
        self.comparison.hit_chosen.connect(self.hit_chosen)
        self.session.load_presets()

    @Slot()
    def _on_fit_asked(self) -> None:
        values = self.panel.values()
        weights = self._weights.get(values["backbone"])
        self.fit_dialog = FitDialog(bool(self._main.folders), self._window)
        self.fit_dialog.chosen.connect(lambda name, folder, count: self.session.fit(name, values, folder, count, weights))
        self.fit_dialog.open()

    @Slot()
    def _on_network_asked(self) -> None:
        if self.network_dialog is not None:
            self.network_dialog.deleteLater()
        dialog = self.network_dialog = NetworkDialog(self._window)

        def failed(error: Exception) -> None:
            dialog.show_failure(error_text(error))

        dialog.wanted.connect(lambda name: self.session.look_at_network(name, dialog.set_network, failed))
        dialog.chosen.connect(self._on_network_chosen)
        dialog.open()
        self.session.list_networks(dialog.set_names)

    @Slot(str, str, object)
    def _on_network_chosen(self, backbone: str, layer: str, weights: Path | None) -> None:
        self._weights[backbone] = weights
        self.panel.form.set_network(backbone, layer)

    @Slot(str)
    def _on_compare_asked(self, preset: str) -> None:
        if self._main.ranking is None:
            self._messages.show_text(tr("Open a folder and draw a box first; both pipelines then rank it."))
            return
        self.comparison_shown.emit(True)
        self.session.compare(preset)

    @Slot()
    def _on_comparison_changed(self) -> None:
        self.comparison.set_comparison(self.session.comparison)

    @Slot()
    def _on_closed(self) -> None:
        self.session.stop_comparing()
        self.comparison_shown.emit(False)

    @Slot(object)
    def _on_fitted(self, info: PipelineInfo) -> None:
        done = tr("The pipeline '{name}' is fitted and saved as a preset.", name=info.name)
        signed = tr("Features of its network may be negative, where the paper's are not: its masks take them as they are.")
        self._messages.show_text(f"{done} {signed}" if info.note else done)
        self.panel.choose_later(info.name)
