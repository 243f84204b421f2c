"""What the pipeline panel asks for in the background: presets, fits, comparisons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from core.engine import DEFAULT_RANKING, Pace, Ticket, is_there
from core.records import NetworkInfo, PipelineInfo, Ranking
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.text import local, tr

Pair = tuple[Ranking, Ranking]


class PipelineSession(QObject):
    """The pipelines of the lab: presets, fits, and the comparison with the open library.

    Emits ``presets_changed()``, ``busy_changed(text)`` (empty when idle), ``fitted(PipelineInfo)``, and
    ``comparison_changed()``.
    """

    presets_changed = Signal()
    busy_changed = Signal(str)
    fitted = Signal(object)
    comparison_changed = Signal()

    def __init__(self, session: AppSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.presets: tuple[PipelineInfo, ...] = ()
        self.comparison: Pair | None = None
        self.compared = ""
        self._indexed: set[Path] = set()
        self._pace = Pace()
        session.jobs.progressed.connect(self._on_progressed)
        session.jobs.ended.connect(self._on_ended)
        session.ranking_changed.connect(self._on_ranking_changed)
        session.library_changed.connect(self._on_library_changed)

    def load_presets(self) -> None:
        """Read the list of presets."""
        self._session.jobs.submit(
            Lane.PRESETS,
            lambda ticket: self._session.engine.pipelines.presets(),
            self._set_presets,
            self._session.failed.emit,
        )

    def check(self, values: dict[str, Any]) -> PipelineInfo:
        """What settings lead to.

        Raises:
            UserError: invalid settings.
        """
        return self._session.engine.pipelines.check(values)

    def list_networks(self, listed: Callable[[tuple[str, ...]], None]) -> None:
        """Hand over the names of the networks that the libraries have."""
        pipelines = self._session.engine.pipelines
        self._session.jobs.submit(Lane.NETWORKS, lambda ticket: pipelines.networks(), listed, self._session.failed.emit)

    def look_at_network(self, name: str, seen: Callable[[NetworkInfo], None], failed: Callable[[Exception], None]) -> None:
        """Hand over what a network is; nothing is downloaded."""
        pipelines = self._session.engine.pipelines
        self._session.jobs.submit(Lane.NETWORKS, lambda ticket: pipelines.network(name), seen, failed)

    def fit(
        self, name: str, values: dict[str, Any], held_out: Path | None, count: int = 0, weights: Path | None = None
    ) -> None:
        """Fit settings and save them as a preset.

        Args:
            held_out: a folder of other photos; None: ``count`` photos of the open collection.
            weights: a local file with the network's weights.
        """
        self._pace = Pace()
        self.busy_changed.emit(tr("preparing to fit"))
        pipelines, failed = self._session.engine.pipelines, self._session.failed.emit
        folders = list(self._session.folders) if held_out is None else [held_out]
        work = lambda ticket: pipelines.fit(name, values, folders, ticket, None, count or None, weights)  # noqa: E731
        self._session.jobs.submit(Lane.FIT, work, self._on_fitted, failed)

    def cancel(self) -> None:
        """Stop fitting or preparing a comparison; nothing is saved."""
        self._session.jobs.cancel(Lane.FIT)
        self._session.jobs.cancel(Lane.COMPARE)

    def compare(self, preset: str) -> None:
        """Rank the current query with another pipeline too; its library is made first, beside the open one."""
        self.compared = preset
        self._compare()

    def stop_comparing(self) -> None:
        """Show one ranking again."""
        self.compared = ""
        self._session.jobs.cancel(Lane.COMPARE)
        self._set_comparison(None)

    def _compare(self) -> None:
        session, preset, ranking = self._session, self.compared, self._session.ranking
        if not preset or ranking is None or not session.folders:
            return
        kind = _plain(ranking.ranking)
        folders, other = session.folders, session.engine.library_for(session.folders, preset)
        known = other in self._indexed

        def work(ticket: Ticket) -> Pair:
            if not known:
                if is_there(other):
                    session.engine.anew.describe(other, ticket)
                session.engine.index(folders, other, ticket, preset)
            return session.engine.compare(ranking.query, other, ticket, ranking=kind)

        def done(pair: Pair) -> None:
            self._indexed.add(other)
            self._set_comparison(pair)

        self._pace = Pace()
        if not known:
            self.busy_changed.emit(tr("preparing {preset}", preset=preset))
        session.jobs.submit(Lane.COMPARE, work, done, self._on_compare_failed)

    def _set_presets(self, presets: tuple[PipelineInfo, ...]) -> None:
        self.presets = presets
        self.presets_changed.emit()

    def _set_comparison(self, pair: Pair | None) -> None:
        self.comparison = pair
        self.comparison_changed.emit()

    def _on_fitted(self, info: PipelineInfo) -> None:
        self.fitted.emit(info)
        self.load_presets()

    def _on_compare_failed(self, error: Exception) -> None:
        self.stop_comparing()
        self._session.failed.emit(error)

    @Slot()
    def _on_ranking_changed(self) -> None:
        ranking, shown = self._session.ranking, self.comparison
        if not self.compared or self._session.searches.live or ranking is None:
            return
        # Verification changes the order of hits, not what the pipelines found.
        if shown is None or (shown[0].query, shown[0].ranking) != (ranking.query, _plain(ranking.ranking)):
            self._compare()

    @Slot()
    def _on_library_changed(self) -> None:
        self._indexed.clear()  # photos may have been added: the other library must be brought up to date too

    @Slot(object, object, object, str)
    def _on_progressed(self, lane: Lane, done: int, total: int, what: str) -> None:
        if lane in (Lane.FIT, Lane.COMPARE) and total > 2:  # the two steps of a search need no report
            self._pace.update(done)
            self.busy_changed.emit(self._pace.text(tr(what), total, tr("{time} left in this step"), local))

    @Slot(object)
    def _on_ended(self, lane: Lane) -> None:
        if lane in (Lane.FIT, Lane.COMPARE):
            self.busy_changed.emit("")


def _plain(kind: str) -> str:
    """The ranking that verification follows."""
    return DEFAULT_RANKING if kind == "verified" else kind
