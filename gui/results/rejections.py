"""Hits that a person told apart from what was asked: the library remembers, and undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from core.records import Hit, Query
from gui.state.history import UndoStack, WrittenStep
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr


class Rejections(QObject):
    """Hits that a person rejected for a query; the library is written to in the background.

    Args:
        chosen: gives the hits that are selected.
        stack: what can be undone.
    """

    def __init__(
        self, session: AppSession, messages: MessageBar, chosen: Callable[[], list[Hit]], stack: UndoStack, parent: QObject
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
        self._push(query, [hit.photo.id for hit in hits], True)
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
                self._push(query, photos, False)
            else:
                self._messages.show_text(tr("Nothing was told apart from what is asked now."))

        self._session.jobs.submit(Lane.TOLD, lambda ticket: engine.rejections.told(query), done, self._session.failed.emit)

    def _push(self, query: Query, photos: Sequence[int], apart: bool) -> None:
        words = tr("telling apart")
        self._stack.push(
            WrittenStep(words, self._stack, lambda on, refused: self.write(query, photos, on == apart, refused))
        )

    def write(self, query: Query, photos: Sequence[int], apart: bool, refused: Callable[[], None] = lambda: None) -> None:
        """Have the library changed, and ask again.

        Args:
            refused: called when that fails.
        """
        session = self._session

        def done(_: object) -> None:
            if session.asked == query:
                session.searches.ask(query)

        session.write(lambda library: session.engine.rejections.tell(query, photos, apart, library), done, refused)
