"""The queries of a window: back and forward as in a browser, and every change as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.records import Query
from gui.widgets.text import tr

UNDO_LIMIT = 200


class QueryHistory(QObject):
    """Lives on the window's thread.  Emits ``stepped(before, after)`` when a query follows another, and ``cleared``."""

    stepped = Signal(object, object)
    cleared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queries: list[Query] = []
        self._place = -1

    def clear(self) -> None:
        """Forget everything: another collection."""
        self._queries, self._place = [], -1
        self.cleared.emit()

    def remember(self, query: Query) -> None:
        """A query was asked; those that were gone back from are forgotten."""
        before = self._queries[self._place] if self._place >= 0 else None
        if before == query:
            return
        self._queries[self._place + 1 :] = [query]
        self._place += 1
        if before is not None:
            self.stepped.emit(before, query)

    def can_go(self, step: int) -> bool:
        """Whether there is a query ``step`` places further."""
        return 0 <= self._place + step < len(self._queries)

    def go(self, step: int) -> Query | None:
        """The query ``step`` places further, which is the present one from now on; None: there is none."""
        if not self.can_go(step):
            return None
        self._place += step
        return self._queries[self._place]

    def recall(self, query: Query) -> None:
        """Make a query the present one, where it stands or else after the present one."""
        if query in self._queries:
            self._place = self._queries.index(query)
        else:
            self._queries[self._place + 1 :] = [query]
            self._place += 1


class _QueryStep(QUndoCommand):
    """One query that followed another."""

    def __init__(self, before: Query, after: Query, ask: Callable[[Query], None]) -> None:
        super().__init__(tr("query"))
        self._before, self._after, self._ask = before, after, ask
        self._asked = True

    def redo(self) -> None:
        if not self._asked:  # the stack also calls this when the step is pushed, after it was taken
            self._ask(self._after)

    def undo(self) -> None:
        self._asked = False
        self._ask(self._before)


class UndoStack(QUndoStack):
    """What a window's person did, in its order: queries and marks.  Another collection begins anew.

    Args:
        ask: asks a query again without a new step.
    """

    def __init__(self, history: QueryHistory, ask: Callable[[Query], None], parent: QObject) -> None:
        super().__init__(parent)
        self.setUndoLimit(UNDO_LIMIT)
        history.stepped.connect(lambda before, after: self.push(_QueryStep(before, after, ask)))
        history.cleared.connect(self.clear)
