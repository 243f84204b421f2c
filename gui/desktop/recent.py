"""Recent collections: stored when they change, reopened at the next start, and listed in a menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu, QWidget

from core.engine import UserError, dump_query, parse_query, shown
from core.records import Query
from gui.desktop.settings import Settings
from gui.state.session import AppSession
from gui.widgets.plain_text import add_line
from gui.widgets.text import tr

LONGEST = 300
"""Longest path in a message, in characters."""


class Restoring(QObject):
    """Opens the collection of the last start again, with its query.

    Args:
        open_path: opens a folder or a library, and optionally asks a query.
        go_to: restores the gallery's order and position.
    """

    def __init__(
        self,
        session: AppSession,
        settings: Settings,
        open_path: Callable[..., None],
        go_to: Callable[[str, Path | None], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._settings, self._open_path = session, settings, open_path
        self._go_to = go_to
        self._kept: Query | None = None
        self.menu = QMenu(tr("Recent"), window)
        self.menu.aboutToShow.connect(self._fill)
        session.photos_changed.connect(self._on_photos_changed)
        for signal in (session.query_changed, session.searching_changed, session.ranking_changed):
            signal.connect(self._on_asked)

    def restore(self) -> None:
        """Open what was open last, with its photo and box, or say that it is gone."""
        recent = self._settings.recent
        if self._settings.restores and recent:
            self._go_to(*self._settings.gallery_position)
            self.reopen(recent[0], self._last_query())

    @property
    def opened(self) -> Path | None:
        """What is open, as it would be opened again: one folder, or a library of several."""
        folders, library = self._session.folders, self._session.library
        if len(folders) == 1:
            return folders[0]
        return library.path if library is not None else None

    def _last_query(self) -> Query | None:
        try:
            return parse_query("last", self._settings.last_query, Path()).query
        except UserError:
            return None

    @Slot()
    def _on_photos_changed(self) -> None:
        if self._session.photos and (opened := self.opened) is not None:
            self._settings.add_recent(opened)

    @Slot()
    def _on_asked(self) -> None:
        """Store the query, not the hit on show."""
        asked = self._session.asked
        if asked is not None and asked != self._kept and not self._session.searches.live:
            self._kept = asked
            self._settings.last_query = dump_query(asked, self._session.searches.kind)

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        for path in self._settings.recent:
            add_line(self.menu, shown(path), partial(self.reopen, path))
        if self.menu.isEmpty():
            self.menu.addAction(tr("Nothing yet")).setEnabled(False)

    def reopen(self, path: Path, first: Query | None = None) -> None:
        """Open a folder or library that was open before, or say that it is gone."""
        self._open_path(path, first, look=True)

    def forget(self, path: Path) -> None:
        """Report that a folder or library is gone, and remove it from the menu."""
        self._settings.forget_recent(path)
        hint = tr("Is its disk connected? Open it again when it is.")
        self._session.failed.emit(UserError(tr("it is not there any more"), _shortened(path), hint))


def _shortened(path: Path) -> str:
    """A path, shortened to ``LONGEST``."""
    text = str(path)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}…{text[-LONGEST // 2 :]}"
