"""How a ranking comes to the window: at once while a box is dragged, exactly when it is released, verified last."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.engine import BEST_RANKING, DEFAULT_RANKING, DEPTH, LIVE_DEPTH, VERIFIED, Engine, ServerGoneError, UserError
from core.records import Query, Ranking
from gui.state.jobs import JobRunner
from gui.state.lanes import Lane
from gui.state.live_search import Follower
from gui.widgets.text import tr

VERIFIED_DEPTHS = (8, VERIFIED)
"""Hits that are verified at first, so that something is seen soon, and in the end."""

REST_MS = 150
"""A hand that holds the box still for so long wants to see what is really there."""


AGAIN_MS = 2000
"""Between two tries while the server of a shared library is gone."""


class SearchFlow(QObject):
    """Runs searches in the background; the newest query wins.

    When the server of a shared library is gone, the ranking on show stays, and the query is asked until it is back.

    Emits ``searching_changed(bool)``, ``verifying_changed(bool)``, ``ranking_changed()`` after the state has changed,
    and ``failed(exception)``.
    """

    searching_changed = Signal(bool)
    verifying_changed = Signal(bool)
    ranking_changed = Signal()
    failed = Signal(object)

    def __init__(self, engine: Engine, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self.ranking: Ranking | None = None
        self.asked: Query | None = None
        self.kind = BEST_RANKING
        self.live = False
        self.only = ""
        self._found: Ranking | None = None
        self._depth = 0
        self._rests = QTimer(self, singleShot=True, interval=REST_MS)
        self._rests.timeout.connect(self._on_rest)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._try_again)
        self._told_gone = self._exact = False
        self._held: Query | None = None
        self._follower = Follower(jobs, self)
        self._follower.found.connect(self._on_live)
        jobs.ended.connect(self._on_ended)

    def ask(self, query: Query) -> None:
        """Rank the library for a query; a running search is cancelled."""
        self.asked, self._told_gone = query, False
        self._ask(query)

    def _ask(self, query: Query) -> None:
        self._again.stop()
        self.release()
        self._jobs.cancel(Lane.VERIFY)
        self.searching_changed.emit(True)
        if query.box is None or self._exact:
            self._ask_exactly(query)
            return
        # The network takes seconds to load, once; until then a box is searched by what is stored of its photo.
        kind, only = self._quick_kind(), self.only

        def done(ranking: Ranking) -> None:
            self._ask_exactly(query)
            self._on_live(ranking)

        self._jobs.submit(
            Lane.SEARCH,
            lambda ticket: self._engine.search(query, ticket, DEPTH, kind, live=True, only=only),
            done,
            lambda error: self._ask_exactly(query),  # which tells what is wrong
        )

    def _ask_exactly(self, query: Query) -> None:
        kind, only = self._quick_kind(), self.only
        self._jobs.submit(
            Lane.SEARCH,
            lambda ticket: self._engine.search(query, ticket, DEPTH, kind, only=only),
            self._on_found,
            self._on_failed,
        )

    def follow(self, query: Query) -> None:
        """Rank for a box that is still being dragged; while one such search runs, only the newest box waits for it."""
        kind, only = self._quick_kind(), self.only
        self._jobs.cancel(Lane.VERIFY)
        self._held = query
        self._rests.start()
        self._follower.follow(
            query, lambda box, ticket: self._engine.search(box, ticket, LIVE_DEPTH, kind, live=True, only=only)
        )

    def release(self) -> None:
        """The drag is over: what waits of it is not asked any more."""
        self._rests.stop()
        self._follower.release()

    def verify_more(self) -> None:
        """Verify the first hits of any ranking; or, where that was done, twice as many."""
        if self._found is not None and self._found.hits and self.ranking is not None and self.settled():
            done = self._depth if self.ranking.ranking == "verified" else 0
            self.verifying_changed.emit(True)
            self._verify(self._found, (max(VERIFIED, 2 * done),))

    def clear(self) -> None:
        """Forget the ranking, and whatever is being searched."""
        self.release()
        self._again.stop()
        self._jobs.cancel(Lane.SEARCH)
        self._jobs.cancel(Lane.VERIFY)
        self.asked = self._found = None
        self._show(None)

    def settled(self) -> bool:
        """Whether the ranking on show is the one that was asked for, verified when it is to be."""
        return not self._jobs.busy(Lane.SEARCH) and not self._jobs.busy(Lane.VERIFY)

    def set_kind(self, kind: str) -> None:
        """Rank the same query in another way."""
        if kind != self.kind:
            self.kind = kind
            self._ask_again()

    def set_only(self, text: str) -> None:
        """Rank the photos that pass a filter."""
        if text != self.only:
            self.only = text
            self._ask_again()

    def _ask_again(self) -> None:
        if self.asked is not None:
            self.ask(self.asked)

    def _quick_kind(self) -> str:
        """The ranking that is shown at once; verification follows it."""
        return DEFAULT_RANKING if self.kind == "verified" else self.kind

    @Slot()
    def _try_again(self) -> None:
        if self.asked is not None:
            self._ask(self.asked)

    def _on_found(self, ranking: Ranking) -> None:
        self._found, self._depth, self._told_gone = ranking, 0, False
        self._exact = self._exact or ranking.query.box is not None
        self._show(ranking)
        if self.kind == "verified" and ranking.hits:
            self.verifying_changed.emit(True)
            self._verify(ranking, VERIFIED_DEPTHS)

    @Slot()
    def _on_rest(self) -> None:
        """The hand rests with the box held: the exact ranking, which is then nearly there when it is released."""
        query, kind, only = self._held, self._quick_kind(), self.only
        if query is not None:
            self._follower.release()
            work = lambda ticket: self._engine.search(query, ticket, DEPTH, kind, only=only)  # noqa: E731
            self._jobs.submit(Lane.SEARCH, work, self._on_live)

    @Slot(object)
    def _on_live(self, ranking: Ranking) -> None:
        self.live = True
        self._show(ranking)
        self.live = False

    def _verify(self, ranking: Ranking, depths: tuple[int, ...]) -> None:
        """Verify the first hits, show that, and go on with more; keypoints found once are not looked for again."""

        def done(verified: Ranking) -> None:
            if self.ranking is not None and self.ranking.query == ranking.query:
                self._depth = depths[0]
                self._show(verified)
                if depths[1:] and len(ranking.hits) > depths[0]:
                    self._verify(ranking, depths[1:])

        work = lambda ticket: self._engine.verify(ranking, ticket, depths[0])  # noqa: E731
        self._jobs.submit(Lane.VERIFY, work, done, self._on_not_verified)

    def _show(self, ranking: Ranking | None) -> None:
        self.ranking = ranking
        self.ranking_changed.emit()

    def _on_gone(self, error: ServerGoneError) -> None:
        """Say it once, and ask again after a while."""
        if not self._told_gone:
            hint = tr("It is asked again every few seconds; what was found before stays.")
            self.failed.emit(UserError(tr("the server of the shared library is gone"), error.where, hint))
        self._told_gone = True
        self._again.start()

    def _on_not_verified(self, error: Exception) -> None:
        if isinstance(error, ServerGoneError):
            self._on_gone(error)
        else:
            self.failed.emit(error)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, ServerGoneError):
            self._on_gone(error)
            return
        if self.ranking is not None and self.ranking.query != self.asked:
            self._found = None
            self._show(None)  # it answers another question
        self.failed.emit(error)

    @Slot(object)
    def _on_ended(self, lane: Lane) -> None:
        if lane is Lane.SEARCH:
            self.searching_changed.emit(False)
        if lane is Lane.VERIFY:
            self.verifying_changed.emit(False)
