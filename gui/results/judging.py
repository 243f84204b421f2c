"""The commands that say which hits are right, as ground truth has it, and the figures that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.engine import Ticket, is_for, quality
from core.records import Hit, Judged, Quality, Query
from gui.results.hit_tiles import JUDGED
from gui.state.history import UndoStack, WrittenStep
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.exporting import ask_folder
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr


class Judging(QObject):
    """Judges hits for a query; the files are written in the background.

    Emits ``judged(photos, figures, meaning)``: what was said of the photos for the query, and in words how good the ranking
    is by that; empty: nothing was said.

    Args:
        chosen: returns the hits that are meant.
        stack: judging can be undone there.
    """

    judged = Signal(object, str, str)

    def __init__(
        self, session: AppSession, messages: MessageBar, chosen: Callable[[], list[Hit]], stack: UndoStack, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._messages, self._chosen, self._window = session, messages, chosen, window
        self._stack = stack
        self._known: list[Judged] = []
        session.library_changed.connect(self._on_library_changed)
        session.ranking_changed.connect(self._tell)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands do, by the last word of their ids."""
        kinds = {kind: lambda kind=kind: self.judge(kind) for kind in JUDGED}
        return {**kinds, "export": self._ask_export, "read": self._ask_read}

    def judge(self, kind: str) -> None:
        """Say of the chosen hits what they are; when that was said of all of them, take it back."""
        query, photos = self._session.asked, [hit.photo.path for hit in self._chosen()]
        if query is None or not photos or self._session.ranking is None:
            self._messages.show_text(tr("Choose hits first, then say which are good and which are junk."))
            return
        known = next((judged.photos for judged in self._known if is_for(judged, query)), {})
        before = {path: known.get(path, "") for path in photos}
        said = "" if set(before.values()) == {kind} else kind
        after = dict.fromkeys(photos, said)
        self._stack.push(
            WrittenStep(tr("judging"), self._stack, lambda on, refused: self.write(query, after if on else before, refused))
        )
        what = photos[0].name if len(photos) == 1 else tr("%n photos", "", len(photos))
        words = tr("{what}: {kind}.", what=what, kind=tr(JUDGED[said])) if said else tr("{what}: not judged.", what=what)
        self._messages.confirm(words)

    def write(self, query: Query, photos: Mapping[Path, str], refused: Callable[[], None] = lambda: None) -> None:
        """Have judgements written.

        Args:
            refused: called when that fails.
        """
        engine = self._session.engine
        self._session.write(lambda library: engine.judgements.judge(query, photos, library), self._on_known, refused)

    def export(self, folder: Path) -> None:
        """Write all judgements into a folder."""
        engine = self._session.engine

        def done(count: int) -> None:
            self._messages.show_text(tr("The judgements of %n queries are in {folder}.", "", count, folder=folder))

        self._session.jobs.submit(
            Lane.EXPORT, lambda ticket: engine.judgements.export(folder), done, self._session.failed.emit
        )

    def read(self, folder: Path) -> None:
        """Take over the judgements in a folder."""
        engine = self._session.engine

        def done(known: list[Judged]) -> None:
            self._on_known(known)
            self._messages.show_text(tr("%n queries are judged now.", "", len(known)))

        self._session.write(lambda library: engine.judgements.read(folder, library), done)

    def _ask_export(self) -> None:
        folder = ask_folder(self._window, self._session, tr("A folder for the judgements"))
        if folder is not None:
            self.export(folder)

    def _ask_read(self) -> None:
        folder = ask_folder(self._window, self._session, tr("A folder with judgements in Oxford's form"))
        if folder is not None:
            self.read(folder)

    @Slot()
    def _on_library_changed(self) -> None:
        self._on_known([])
        if self._session.library is None:
            return
        engine = self._session.engine

        def work(ticket: Ticket) -> list[Judged]:
            return engine.judgements.judged()

        self._session.jobs.submit(Lane.JUDGED, work, self._on_known, self._session.failed.emit)

    def _on_known(self, known: list[Judged]) -> None:
        self._known = known
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Tell what was said of the hits on show, and what it comes to."""
        ranking = self._session.ranking
        judged = next((each for each in self._known if is_for(each, ranking.query)), None) if ranking is not None else None
        if ranking is None or judged is None:
            self.judged.emit({}, "", "")
        else:
            self.judged.emit(judged.photos, *words_of(quality(ranking, judged)))


def words_of(found: Quality) -> tuple[str, str]:
    """The figures in one line, and what they mean."""
    parts = [tr("{good} good, {junk} junk", good=_good(found), junk=found.judged.get("junk", 0))]
    if found.precision is not None:
        share, low, high = (100 * part for part in found.precision)
        words = tr(
            "precision {right}/{looked} = {share:.0f} % ({low:.0f} to {high:.0f} %)",
            right=found.right,
            looked=found.looked,
            share=share,
            low=low,
            high=high,
        )
        parts.append(words)
    if found.average_precision is not None:
        figure, low, high = found.average_precision
        parts.append(tr("AP {figure:.2f} ({low:.2f} to {high:.2f})", figure=figure, low=low, high=high))
    meaning = tr(
        "By what you judged. Precision: of the hits down to the last judged one, junk left out; those that are not judged"
        " count as wrong. AP: average precision as in Oxford's evaluation. In brackets 95 % intervals: Wilson's for the"
        " precision, a bootstrap over the good photos for AP."
    )
    return " · ".join(parts), meaning


def _good(found: Quality) -> int:
    return found.judged.get("good", 0) + found.judged.get("ok", 0)
