"""Watches the open folders, so that new, changed and moved photos are indexed without being asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from core.listing import Listing
from core.progress import Ticket
from gui.session import AppSession

SETTLE_MS = 2000
"""A copy of many files is waited for until it has been quiet for so long."""

MOST = 2000
"""Folders that are watched: each takes a handle of the system.  Changes below others are seen at the next refresh."""


class Watcher(QObject):
    """Lives on the window's thread and emits nothing."""

    def __init__(self, session: AppSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._watched, self._greyed = QFileSystemWatcher(self), False
        self._delay = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._watched.directoryChanged.connect(self._delay.start)
        self._delay.timeout.connect(self._on_quiet)
        session.photos_changed.connect(self._on_photos_changed)

    def folders(self) -> set[str]:
        """What is watched."""
        return set(self._watched.directories())

    @Slot()
    def _on_photos_changed(self) -> None:
        listing, folders = self._session.photos, self._session.folders

        def work(ticket: Ticket) -> list[str]:
            return sorted(folders_of(listing, folders), key=len)[:MOST]

        self._session.jobs.submit("watch", work, self._watch, self._session.failed.emit)

    def _watch(self, wanted: list[str]) -> None:
        known = self.folders()
        if gone := sorted(known - set(wanted)):
            self._watched.removePaths(gone)
        if new := [folder for folder in wanted if folder not in known]:
            self._watched.addPaths(new)
        if self._greyed and all(folder.is_dir() for folder in self._session.folders):
            self._delay.start()  # it came back before anybody watched for it

    @Slot()
    def _on_quiet(self) -> None:
        self._greyed = not all(folder.is_dir() for folder in self._session.folders)
        if self._session.indexing:
            self._delay.start()  # what changed meanwhile is looked at afterwards
        elif not self._greyed:
            self._session.refresh()
        else:
            self._session.show_photos(self._session.photos)  # a disk was taken away: its photos are greyed


def folders_of(listing: Listing, roots: tuple[Path, ...]) -> set[str]:
    """The roots, those above the photos, and for a root that is gone the folder it was in, as it may come back."""
    found = {str(root if root.is_dir() else root.parent) for root in roots}
    parents = {(block, name.rpartition("/")[0]) for block, name in zip(listing.blocks(), listing.names, strict=True)}
    found |= {str(listing.roots[block] / parent) for block, parent in parents}
    return {folder for folder in found if Path(folder).is_dir()}
