"""Hits that a person told apart from what was asked: the library remembers, and undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.records import Hit, Query
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr


class _Told(QUndoCommand):
    """Photos that were told apart from a query, or not any more."""

    def __init__(self, telling: Rejections, query: Query, photos: Sequence[int], apart: bool) -> None:
        super().__init__(tr("telling apart"))
        self._write, self._query, self._photos, self._apart = telling.write, query, photos, apart

    def redo(self) -> None:
        self._write(self._query, self._photos, self._apart)

    def undo(self) -> None:
        self._write(self._query, self._photos, not self._apart)


class Rejections(QObject):
    """Lives on the window's thread and emits nothing; the library is written to in the background.

    Args:
        chosen: gives the hits that are selected.
        stack: what can be undone.
    """

    def __init__(
        self, session: AppSession, messages: MessageBar, chosen: Callable[[], list[Hit]], stack: QUndoStack, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._messages, self._chosen, self._stack = session, messages, chosen, stack

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands do, by the last word of their ids."""
        return {"apart": self.tell_apart, "together": self.take_back}

    def tell_apart(self) -> None:
        """The chosen hits are never the same as what was asked."""
        query, hits = self._session.asked, self._chosen()
        if query is None or not hits:
            words = tr("Choose the results that do not show it; they will not come again for this query.")
            self._messages.show_text(words)
            return
        self._stack.push(_Told(self, query, [hit.photo.id for hit in hits], True))
        what = hits[0].photo.path.name if len(hits) == 1 else tr("%n photos", "", len(hits))
        words = tr("Remembered: {what} will not be shown for this any more.", what=what)
        self._messages.show_text(words, tr("Undo"), self._stack.undo)

    def take_back(self) -> None:
        """Everything that was told apart from what was asked may come again."""
        query, engine = self._session.asked, self._session.engine
        if query is None:
            return

        def done(photos: list[int]) -> None:
            if photos:
                self._stack.push(_Told(self, query, photos, False))
            else:
                self._messages.show_text(tr("Nothing was told apart from what is asked now."))

        self._session.jobs.submit("told", lambda ticket: engine.rejections.told(query), done, self._session.failed.emit)

    def write(self, query: Query, photos: Sequence[int], apart: bool) -> None:
        """Have the library changed, and ask again."""
        session = self._session

        def done(_: object) -> None:
            if session.asked == query:
                session.searches.ask(query)

        session.jobs.submit(
            "apart", lambda ticket: session.engine.rejections.tell(query, photos, apart), done, session.failed.emit
        )
