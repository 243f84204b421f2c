"""A library whose pipeline has a newer fit: the window offers once to describe its photos anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gui.desktop.settings import Settings
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr


class NewerFit(QObject):
    """Offers it once for each library and newer fit.  Belongs to the window's thread."""

    def __init__(
        self, session: AppSession, messages: MessageBar, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._messages, self._settings = session, messages, settings
        session.library_changed.connect(self._on_library_changed)

    @Slot()
    def _on_library_changed(self) -> None:
        info = self._session.library
        if info is None or not info.newer_fit or not info.agreed:
            return
        if self._settings.first_offer(f"{info.path} {info.newer_fit}"):
            words = tr(
                "This collection was described with an earlier fit of its pipeline. It works as before; described anew it"
                " is searched with the present one."
            )
            self._messages.offer(words, tr("Describe anew"), self.describe)

    @Slot()
    def describe(self) -> None:
        """Describe all photos anew, if there is a newer fit."""
        info = self._session.library
        if info is not None and not info.newer_fit:
            self._messages.confirm(tr("The photos are described with the present fit already."))
        else:
            self._session.describe_anew()
