"""Refine a search: further boxes, marked hits, filters, and how much a ranking depends on the box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.engine import Ticket, UserError, parse_filter, poor
from core.geometry import Box
from core.records import Example, Hit, Query, Stability
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import capital, error_text, tr


class RelevanceFeedback(QObject):
    """Searches with marked hits, and measures how stable the first hits are.

    Emits ``asked_changed(Query | None)`` when something else is searched for, ``measured(Stability)``, and
    ``filter_refused(sentence)``, empty when a filter is taken.
    """

    asked_changed = Signal(object)
    measured = Signal(object)
    filter_refused = Signal(str)

    def __init__(self, session: AppSession, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._messages = session, messages
        self._warned: Query | None = None
        self._asked: Query | None = None
        session.ranking_changed.connect(self._on_ranking_changed)
        # Emitted when a search begins, not when it ends, as it may fail or take long.
        for signal in (session.searching_changed, session.ranking_changed, session.query_changed):
            signal.connect(self._tell_asked)

    @Slot(object, bool)
    def add_box(self, box: Box, good: bool) -> None:
        """A further box was drawn on the photo on show."""
        if self._session.query is not None:
            self.add([Example(self._session.query.path, box, good)])

    def add(self, examples: Sequence[Example]) -> None:
        """Search with these examples too; they replace those for the same photo or box."""
        asked = self._session.asked
        if asked is None:
            return
        new = {(example.path, example.box) for example in examples}
        kept = tuple(example for example in asked.more if (example.path, example.box) not in new)
        self._session.refine(replace(asked, more=(*kept, *examples)))

    def mark(self, hits: Sequence[Hit], good: bool) -> None:
        """Mark hits as right or wrong; the outlines on right ones become examples."""
        self.add([Example(hit.photo.path, around(hit) if good else None, good) for hit in hits])

    @Slot(int)
    def remove(self, index: int) -> None:
        """Remove an example."""
        asked = self._session.asked
        if asked is not None and 0 <= index < len(asked.more):
            self._session.refine(replace(asked, more=asked.more[:index] + asked.more[index + 1 :]))

    @Slot(str)
    def join(self, how: str) -> None:
        """Join the scores of wanted examples in another way."""
        asked = self._session.asked
        if asked is not None and asked.how != how:
            self._session.refine(replace(asked, how=how))

    @Slot(str)
    def filter(self, text: str) -> None:
        """Rank only the photos that pass."""
        try:
            parse_filter(text)
        except UserError as error:
            self.filter_refused.emit(error_text(error))
            return
        self.filter_refused.emit("")
        self._session.searches.set_only(text)

    @Slot()
    def check_stability(self) -> None:
        """Search again with boxes near the box."""
        query = self._session.asked
        if query is None or query.box is None or self._session.library is None:
            self._messages.show_text(tr("Draw a box first: it is moved a little, to see which hits stay."))
            return
        engine, only = self._session.engine, self._session.searches.only

        def work(ticket: Ticket) -> Stability:
            return engine.stability(query, ticket, only)

        self._session.jobs.submit(Lane.STABILITY, work, self._on_measured, self._session.failed.emit)

    def _on_measured(self, found: Stability) -> None:
        if found.query == self._session.asked:
            self.measured.emit(found)

    @Slot()
    def _tell_asked(self) -> None:
        if self._session.asked != self._asked:
            self._asked = self._session.asked
            self.asked_changed.emit(self._asked)

    @Slot()
    def _on_ranking_changed(self) -> None:
        ranking = self._session.ranking
        if ranking is None or self._session.searches.live or ranking.query == self._warned:
            return
        query = ranking.query
        if query.box is None or query.cells is not None:
            return
        if reason := poor(query.box, ranking.cells):
            self._warned = query
            self._propose(query, tr("{reason}: what is found may be chance.", reason=capital(reason)))

    def _propose(self, query: Query, words: str) -> None:
        """Show that a box is a poor query, and offer a better one."""
        engine = self._session.engine

        def done(box: Box | None) -> None:
            if self._session.asked != query:
                return
            if box is None:
                self._messages.show_text(words)
            else:
                self._messages.show_text(words, tr("Use a larger box"), lambda: self._use(query.path, box))

        self._session.jobs.submit(Lane.BETTER, lambda ticket: engine.better_box(query), done)

    def _use(self, path: Path, box: Box) -> None:
        asked = self._session.asked
        if asked is not None and asked.path == path:
            self._session.ask_query(replace(asked, box=box))


def around(hit: Hit) -> Box | None:
    """The box around the outline on a hit; None if that is unknown, or hardly on the photo."""
    if not hit.corners or not hit.photo.width:
        return None
    xs, ys = [x for x, _ in hit.corners], [y for _, y in hit.corners]
    box = Box(min(xs), min(ys), max(xs), max(ys)).clipped(hit.photo.width, hit.photo.height)
    return box if min(box.width, box.height) >= 16 else None
