"""Watches the open folders, so that new, changed and moved photos are indexed without being asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from core.engine import Listing, Ticket, is_folder
from gui.state.lanes import Lane
from gui.state.session import AppSession

SETTLE_MS = 2000
"""Milliseconds without changes before indexing, as many files may be copied."""

LOOK_MS = 4000
"""Interval of checking whether the folders exist, as an unplugged disk causes no notification."""

MOST = 2000
"""Largest number of watched folders, as each takes a handle.  Changes in others are found by the next refresh."""


class Watcher(QObject):
    """Notices changes in the open folders; the disk is asked in the background."""

    def __init__(self, session: AppSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._watched, self._missing = QFileSystemWatcher(self), frozenset[Path]()
        self._delay = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._look = QTimer(self, interval=LOOK_MS)
        self._watched.directoryChanged.connect(self._delay.start)
        self._delay.timeout.connect(self._on_quiet)
        self._look.timeout.connect(self._on_look)
        self._look.start()
        session.photos_changed.connect(self._on_photos_changed)

    def folders(self) -> set[str]:
        """What is watched."""
        return set(self._watched.directories())

    @Slot()
    def _on_photos_changed(self) -> None:
        listing, folders = self._session.photos, self._session.folders

        def work(ticket: Ticket) -> list[str]:
            return sorted(folders_of(listing, folders), key=len)[:MOST]

        self._session.jobs.submit(Lane.WATCH, work, self._watch, self._session.failed.emit)

    def _watch(self, wanted: list[str]) -> None:
        known = self.folders()
        if gone := sorted(known - set(wanted)):
            self._watched.removePaths(gone)
        if new := [folder for folder in wanted if folder not in known]:
            self._watched.addPaths(new)

    @Slot()
    def _on_look(self) -> None:
        folders = self._session.folders
        if folders and not self._session.jobs.busy(Lane.MISSING):
            self._session.jobs.submit(
                Lane.MISSING, lambda ticket: missing_of(folders), self._on_looked, self._session.failed.emit
            )

    def _on_looked(self, missing: frozenset[Path]) -> None:
        # The gallery looks by itself when it is filled, so it may have seen a folder away that was back before our look.
        grey = self._session.away & set(self._session.folders)
        back = (self._missing | grey) - missing
        if missing != self._missing or back:
            self._missing = missing
            self._session.show_photos(self._session.photos)  # in grey if missing
            if back:
                self._delay.start()

    @Slot()
    def _on_quiet(self) -> None:
        if self._session.indexing:
            self._delay.start()  # indexing is running: look again afterwards
        elif len(self._missing) < len(self._session.folders):
            self._session.refresh()


def missing_of(folders: tuple[Path, ...]) -> frozenset[Path]:
    """The folders that are not there."""
    return frozenset(folder for folder in folders if not is_folder(folder))


def folders_of(listing: Listing, roots: tuple[Path, ...]) -> set[str]:
    """The roots and the folders of the photos, those that are there; none without roots, as in a shared library."""
    if not roots:
        return set()
    parents = (
        set(zip(listing.blocks(), listing.folders, strict=True))
        if len(listing.roots) > 1
        else {(0, folder) for folder in set(listing.folders)}
    )
    found = {*roots, *(listing.roots[block] / parent for block, parent in parents)}
    return {str(folder) for folder in found if is_folder(folder)}
