"""Stars and tags: set by key, kept in the library, undone like anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QWidget

from core.records import STAR, PhotoRecord
from gui.state.history import UndoStack, WrittenStep
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.exporting import ask_file
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr

KEEP = "keep"
"""The tag of those that are to be kept of near-duplicates."""


class Marking(QObject):
    """Stars and tags of chosen photos; the library is written to in the background.

    Args:
        chosen: gives the photos that are meant: those selected where a person works.
        stack: what can be undone.
    """

    def __init__(
        self,
        session: AppSession,
        messages: MessageBar,
        chosen: Callable[[], list[Path]],
        stack: UndoStack,
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
            "keep": lambda: self.toggle(KEEP),
            "export": self._ask_export,
        }

    def starred(self, path: Path | None) -> bool:
        """Whether a photo has the star."""
        listing = self._session.photos
        place = listing.index_of(path) if path is not None else -1
        return place >= 0 and STAR in listing[place].marks

    def toggle(self, mark: str) -> None:
        """Mark the chosen photos; when all of them have the mark, take it away."""
        photos = self._photos()
        if not photos:
            self._messages.show_text(tr("Choose photos first. Those that are not indexed yet can be marked in a moment."))
            return
        mark = mark.strip()
        lacking = [photo.path for photo in photos if mark not in photo.marks]
        paths = lacking or [photo.path for photo in photos]  # ids change when a photo is described again
        words = tr("star") if mark == STAR else tr("tag “{name}”", name=mark)
        set_it = bool(lacking)
        self._stack.push(
            WrittenStep(words, self._stack, lambda on, refused: self.write(paths, mark, on == set_it, refused))
        )
        self._messages.confirm(tr("Added: {mark}.", mark=words) if set_it else tr("Removed: {mark}.", mark=words))

    def write(self, photos: Sequence[Path], mark: str, on: bool, refused: Callable[[], None] = lambda: None) -> None:
        """Show the photos with the mark, or without, and have the library changed.

        Args:
            refused: called when that fails; the photos are shown as before then.
        """
        session, browser = self._session, self._session.engine.browse

        def shown(paths: Sequence[Path]) -> list[int]:
            return [photo.id for photo in session.photos.at(paths)]

        changed = [photo.path for photo in session.photos.at(photos) if (mark in photo.marks) != on]

        def done(marks: dict[int, tuple[str, ...]]) -> None:
            if not session.jobs.busy(Lane.WRITE):  # else what is shown is ahead of the library
                session.show_photos(session.photos.with_marks(marks))

        def undo() -> None:
            session.show_photos(session.photos.with_marks(marked(session.photos.marks, shown(changed), mark, not on)))
            refused()

        if session.library is not None:
            session.show_photos(session.photos.with_marks(marked(session.photos.marks, shown(photos), mark, on)))
        session.write(lambda library: browser.mark(photos, mark, on, library), done, undo)

    def export(self, out: Path) -> None:
        """Write all marks to a table."""
        browser = self._session.engine.browse

        def done(count: int) -> None:
            self._messages.show_text(tr("The marks of %n photos are in {file}.", "", count, file=out))

        self._session.jobs.submit(Lane.EXPORT, lambda ticket: browser.export_marks(out), done, self._session.failed.emit)

    def _photos(self) -> list[PhotoRecord]:
        """The indexed ones of the photos that are meant."""
        return [photo for photo in self._session.photos.at(self._chosen()) if photo.id >= 0]

    def _ask_tag(self) -> None:
        words = tr("Tag. If all chosen photos have it, it is removed:")
        name, agreed = QInputDialog.getText(self._window, tr("Tag"), words)
        if agreed and name.strip():
            self.toggle(name)

    def _ask_export(self) -> None:
        kinds = tr("Table") + " (*.csv);;JSON (*.json)"
        out = ask_file(self._window, self._session, tr("Export marks"), "marks.csv", kinds)
        if out is not None:
            self.export(out)


def marked(marks: Mapping[int, tuple[str, ...]], photos: Sequence[int], mark: str, on: bool) -> dict[int, tuple[str, ...]]:
    """The marks of photos as they are when some have one more, or less."""
    changed = {photo: set(marks.get(photo, ())) - {mark} | ({mark} if on else set()) for photo in photos}
    return {**marks, **{photo: tuple(sorted(names)) for photo, names in changed.items()}}
