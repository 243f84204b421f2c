"""Stars and tags: set by key, kept in the library, undone like anything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from core.records import STAR, PhotoRecord
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr


class _MarkCommand(QUndoCommand):
    """Photos that got a mark, or lost it."""

    def __init__(self, marking: Marking, photos: Sequence[int], mark: str, on: bool) -> None:
        super().__init__(tr("star") if mark == STAR else tr("tag “{name}”", name=mark))
        self._run = marking.write
        self._photos, self._mark, self._on = photos, mark, on

    def redo(self) -> None:
        self._run(self._photos, self._mark, self._on)

    def undo(self) -> None:
        self._run(self._photos, self._mark, not self._on)


class Marking(QObject):
    """Lives on the window's thread and emits nothing; the library is written to in the background.

    Args:
        chosen: gives the photos that are selected in the gallery.
        stack: what can be undone.
    """

    def __init__(
        self,
        session: AppSession,
        messages: MessageBar,
        chosen: Callable[[], list[Path]],
        stack: QUndoStack,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._messages, self._chosen, self._window = session, messages, chosen, window
        self._stack = stack

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands of marks do, by the last word of their ids."""
        return {
            "star": lambda: self.toggle(STAR),
            "tag": self._ask_tag,
            "export": self._ask_export,
        }

    def toggle(self, mark: str) -> None:
        """Mark the chosen photos; when all of them have the mark, take it away."""
        photos = self._photos()
        if not photos:
            self._messages.show_text(tr("Choose photos in the gallery first; those that are indexed can be marked."))
            return
        mark = mark.strip()
        lacking = [photo.id for photo in photos if mark not in photo.marks]
        ids = lacking or [photo.id for photo in photos]
        self._stack.push(_MarkCommand(self, ids, mark, bool(lacking)))

    def write(self, photos: Sequence[int], mark: str, on: bool) -> None:
        """Have the library changed, and show its photos as they are then."""
        session, browser = self._session, self._session.engine.browse

        def done(marks: dict[int, tuple[str, ...]]) -> None:
            session.show_photos(session.photos.with_marks(marks))

        session.jobs.submit("mark", lambda ticket: browser.mark(photos, mark, on), done, session.failed.emit)

    def export(self, out: Path) -> None:
        """Write all marks to a table."""
        browser = self._session.engine.browse

        def done(count: int) -> None:
            self._messages.show_text(tr("The marks of %n photos are in {file}.", "", count, file=out))

        self._session.jobs.submit("export", lambda ticket: browser.export_marks(out), done, self._session.failed.emit)

    def _photos(self) -> list[PhotoRecord]:
        """What is meant: the photos selected in the gallery, or else the one on show."""
        paths, query, listing = self._chosen(), self._session.query, self._session.photos
        if len(paths) < 2 and query is not None:
            paths = [query.path]
        places = [listing.index_of(path) for path in paths]
        return [photo for photo in (listing[place] for place in places if place >= 0) if photo.id >= 0]

    def _ask_tag(self) -> None:
        words = tr("Tag to set, or to take away where all have it:")
        name, agreed = QInputDialog.getText(self._window, tr("Tag"), words)
        if agreed and name.strip():
            self.toggle(name)

    def _ask_export(self) -> None:
        kinds = tr("Table") + " (*.csv);;JSON (*.json)"
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Export marks"), "marks.csv", kinds)
        if name:
            self.export(Path(name))
