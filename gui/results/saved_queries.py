"""The menu of the library's saved queries."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from core.engine import Ticket
from core.records import SavedQuery
from gui.state.lanes import Lane
from gui.state.pasted import keep_for_good
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.plain_text import add_line
from gui.widgets.text import tr


class SavedQueries(QObject):
    """Saves queries in the library and reads them, in the background.

    Emits ``read(saved)`` when the library's queries are known.
    """

    read = Signal(object)

    def __init__(self, session: AppSession, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._messages, self._window = session, messages, window
        self.menu = QMenu(tr("Queries"), window)
        self._forget = QMenu(tr("Forget"), self.menu)  # made once, as clearing the menu around it does not delete it
        self.kept: list[SavedQuery] = []
        self._fill()
        session.library_changed.connect(self._on_library_changed)

    @Slot()
    def ask_name(self) -> None:
        """Ask for a name and save the current query under it."""
        if self._session.asked is None or self._session.library is None:
            self._messages.show_text(tr("Open a photo of an indexed folder first; its query can then be saved."))
            return
        name, agreed = QInputDialog.getText(self._window, tr("Save query"), tr("Name:"))
        if agreed:
            self.save(name)

    def save(self, name: str) -> None:
        """Keep the current query and its ranking."""
        query, engine, flow = self._session.asked, self._session.engine, self._session.searches
        kind, only = flow.kind, flow.only
        if query is None:
            return

        def done(kept: list[SavedQuery]) -> None:
            self._on_read(kept)
            self._messages.show_text(tr("Saved as “{name}”. It stands among the queries, with a star.", name=name.strip()))

        self._session.write(lambda library: engine.save_query(name, keep_for_good(query), kind, only, library), done)

    def forget(self, name: str) -> None:
        """Remove a saved query."""
        engine = self._session.engine
        self._session.write(lambda library: engine.save_query(name, None, into=library), self._on_read)

    @Slot()
    def _on_library_changed(self) -> None:
        if self._session.library is None:
            self._on_read([])
            return

        def work(ticket: Ticket) -> list[SavedQuery]:
            return self._session.engine.saved_queries()

        self._session.jobs.submit(Lane.QUERIES, work, self._on_read, self._session.failed.emit)

    def _on_read(self, kept: list[SavedQuery]) -> None:
        self.kept = kept
        self._fill()
        self.read.emit(kept)

    def _fill(self) -> None:
        self.menu.clear()
        self._forget.clear()
        self.menu.addAction(tr("Save query…") + "\tCtrl+S", self.ask_name)
        if not self.kept:
            return
        self.menu.addSeparator()
        for saved in self.kept:
            photo = saved.query.path.name
            what = tr("{photo}, box", photo=photo) if saved.query.box else photo
            add_line(self.menu, f"{saved.name}  ({what})", partial(self._session.ask_again, saved))
            add_line(self._forget, saved.name, partial(self.forget, saved.name))
        self.menu.addSeparator()
        self.menu.addMenu(self._forget)
