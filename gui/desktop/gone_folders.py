"""An indexed folder that is not there any more: the window offers to say where its photos are now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from core.engine import UserError
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr


class GoneFolders(QObject):
    """Asks once for each library that is opened.  Emits nothing; belongs to the window's thread."""

    def __init__(self, session: AppSession, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._messages, self._window = session, messages, window
        self._asked: Path | None = None
        session.library_changed.connect(self._on_library_changed)

    @Slot()
    def _on_library_changed(self) -> None:
        info = self._session.library
        if info is None or info.path == self._asked or not info.agreed:
            return
        self._asked = info.path
        folders = self._session.engine.folders
        self._session.jobs.submit(Lane.GONE, lambda ticket: folders.gone(), self._offer)

    def _offer(self, gone: tuple[Path, ...]) -> None:
        if not gone:
            return
        info = self._session.library
        if info is not None and info.host:
            words = tr("The folder {folder} is not on this computer. Its photos are shown small.", folder=gone[0])
        else:
            words = tr("The folder {folder} is not there. Its photos stay in the library.", folder=gone[0])
        self._messages.offer(words, tr("Say where it is now…"), lambda: self.ask(gone[0]))

    def ask(self, old: Path) -> None:
        """Ask for the folder that holds the photos now."""
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Where are the photos of {folder}?", folder=old.name))
        if chosen:
            self.relink(old, Path(chosen))

    def relink(self, old: Path, new: Path) -> None:
        """Follow a folder to its new path, if its photos are there; nothing is described again."""
        folders = self._session.engine.folders

        def change(library: Path) -> Path:
            if folders.renamed_to(new) != old:
                hint = tr("Choose the folder that holds what {folder} held.", folder=old.name)
                raise UserError(tr("the photos are not in this folder"), str(new), hint)
            folders.relink(old, new, library)
            return library

        self._session.write(change, self._open)

    def _open(self, library: Path) -> None:
        self._asked = None  # another folder may be gone too
        self._session.open_library(library, look=True)
