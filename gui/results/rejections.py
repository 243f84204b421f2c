"""The commands that reject hits for a query, and show rejected hits again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from core.records import Hit, Query
from gui.state.history import UndoStack, WrittenStep
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr


class Rejections(QObject):
    """Rejects hits for a query; the library is written to in the background.

    Args:
        chosen: returns the selected hits.
        stack: rejecting can be undone there.
    """

    def __init__(
        self, session: AppSession, messages: MessageBar, chosen: Callable[[], list[Hit]], stack: UndoStack, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._messages, self._chosen, self._stack = session, messages, chosen, stack

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands do, by the last word of their ids."""
        return {"apart": self.reject, "together": self.take_back}

    def reject(self) -> None:
        """Reject the selected hits for the current query."""
        query, hits = self._session.asked, self._chosen()
        if query is None or not hits:
            words = tr("Choose the results that do not show it; they will not come again for this query.")
            self._messages.show_text(words)
            return
        self._push(query, [hit.photo.path for hit in hits], True)
        what = hits[0].photo.path.name if len(hits) == 1 else tr("%n photos", "", len(hits))
        words = tr("Remembered: {what} will not be shown for this any more.", what=what)
        self._messages.show_text(words, tr("Undo"), self._stack.undo)

    def take_back(self) -> None:
        """Take back all rejections for the current query."""
        query, engine = self._session.asked, self._session.engine
        if query is None:
            return

        def done(photos: list[int]) -> None:
            if photos:
                self._push(query, photos, False)
            else:
                self._messages.show_text(tr("Nothing was rejected for this query."))

        self._session.jobs.submit(
            Lane.REJECTED, lambda ticket: engine.rejections.rejected(query), done, self._session.failed.emit
        )

    def _push(self, query: Query, photos: Sequence[int | Path], on: bool) -> None:
        words = tr("rejecting")
        self._stack.push(
            WrittenStep(words, self._stack, lambda done, refused: self.write(query, photos, done == on, refused))
        )

    def write(
        self, query: Query, photos: Sequence[int | Path], on: bool, refused: Callable[[], None] = lambda: None
    ) -> None:
        """Reject photos or take that back in the library, then search again.

        Args:
            refused: called when that fails.
        """
        session = self._session

        def done(_: object) -> None:
            if session.asked == query:
                session.searches.ask(query)

        session.write(lambda library: session.engine.rejections.reject(query, photos, on, library), done, refused)
