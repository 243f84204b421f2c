"""The queries of a window: back and forward as in a browser, and every change as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from core.records import Query
from gui.widgets.text import tr

UNDO_LIMIT = 200


class QueryHistory(QObject):
    """Undo and redo of queries.  Emits ``stepped(before, after)`` when a query follows another, and ``cleared``."""

    stepped = Signal(object, object)
    cleared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queries: list[Query] = []
        self._place = -1

    def clear(self) -> None:
        """Forget everything, as when another collection is opened."""
        self._queries, self._place = [], -1
        self.cleared.emit()

    def remember(self, query: Query) -> None:
        """Add a query; those undone before it are forgotten."""
        before = self._queries[self._place] if self._place >= 0 else None
        if before == query:
            return
        self._queries[self._place + 1 :] = [query]
        self._place += 1
        if before is not None:
            self.stepped.emit(before, query)

    def can_go(self, step: int) -> bool:
        """Whether there is a query ``step`` steps further."""
        return 0 <= self._place + step < len(self._queries)

    def at(self, step: int) -> Query | None:
        """The query ``step`` steps further; None: there is none."""
        return self._queries[self._place + step] if self.can_go(step) else None

    def recall(self, query: Query) -> None:
        """Make a query the present one: where it is in the history, or else after the present one."""
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
        if not self._asked:  # the stack also calls this when the step is pushed, and then the query was asked already
            self._ask(self._after)

    def undo(self) -> None:
        self._asked = False
        self._ask(self._before)


class WrittenStep(QUndoCommand):
    """A change of the library, written in the background.

    Args:
        words: what it is called where it is undone.
        write: has the change written (True) or taken back (False), and calls the function it is given when that fails.
    """

    def __init__(self, words: str, stack: UndoStack, write: Callable[[bool, Callable[[], None]], None]) -> None:
        super().__init__(words)
        self._stack, self._write, self._silent = stack, write, False

    def redo(self) -> None:
        self._run(True)

    def undo(self) -> None:
        self._run(False)

    def _run(self, on: bool) -> None:
        if not self._silent:
            self._write(on, lambda: self._refused(on))

    def _refused(self, on: bool) -> None:
        """Writing failed: remove the step, or mark it as done again."""
        if not isValid(self):
            return  # another collection is open
        if on:
            self.setObsolete(True)
            self._stack.drop_obsolete()
        elif self._stack.command(self._stack.index()) is self:
            self._silent = True
            self._stack.redo()
            self._silent = False


class UndoStack(QUndoStack):
    """The user's steps, queries and marks, in their order.  Another collection begins with none.

    Args:
        ask: asks a query again without a new step.
    """

    def __init__(self, history: QueryHistory, ask: Callable[[Query], None], parent: QObject) -> None:
        super().__init__(parent)
        self.setUndoLimit(UNDO_LIMIT)
        history.stepped.connect(lambda before, after: self.push(_QueryStep(before, after, ask)))
        history.cleared.connect(self.clear)

    def undo(self) -> None:
        """Take the newest step back, of those that were done."""
        self.drop_obsolete()
        super().undo()

    def drop_obsolete(self) -> None:
        """Forget the newest steps that could not be written."""
        while self.index() and self.command(self.index() - 1).isObsolete():
            super().undo()  # which only drops such a step
