"""Saves the battery: while unplugged, indexing pauses or uses one thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from core.engine import on_battery
from gui.desktop.settings import Settings
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.text import tr

LOOK_MS = 20_000


class BatteryPolicy(QObject):
    """Slows or pauses indexing on battery; the system is asked in the background.

    Args:
        ask: whether the machine runs on its battery.
    """

    def __init__(
        self,
        session: AppSession,
        settings: Settings,
        parent: QObject | None = None,
        ask: Callable[[], bool] = on_battery,
    ) -> None:
        super().__init__(parent)
        self._session, self._settings, self._ask = session, settings, ask
        self._saving = self._holding = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        session.indexing_changed.connect(self._on_indexing_changed)
        self._was_indexing = False

    @Slot()
    def look(self) -> None:
        """Ask for the power supply again."""
        session = self._session
        if session.indexing and not session.jobs.busy(Lane.POWER):
            session.jobs.submit(Lane.POWER, lambda ticket: self._ask(), self.apply)

    def apply(self, battery: bool | None = None) -> None:
        """Pause, slow or resume indexing; if the user paused it, it stays paused."""
        self._saving = self._saving if battery is None else battery
        wish = self._settings.on_battery if self._saving else "ignore"
        self._session.engine.set_threads(self._settings.threads, saving=wish == "slow")
        hold = wish == "pause"
        if hold != self._holding and (hold or self._session.index_paused):
            self._session.pause_indexing(hold)
        self._holding = hold

    @property
    def words(self) -> str:
        """Why indexing is slow or paused; empty if it is not."""
        if not self._saving or self._settings.on_battery == "ignore":
            return ""
        return tr("on battery")

    @Slot()
    def _on_indexing_changed(self) -> None:
        began, self._was_indexing = self._session.indexing and not self._was_indexing, self._session.indexing
        if began:
            self._holding = False  # of another run
            self.look()
