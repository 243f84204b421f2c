"""Index a collection: scan, decode, describe, store; resumable, and only what is new or changed is done.

What is finished is committed every ``COMMIT_S``, so a kill at any moment loses at most the photos in flight
(``core.indexing.pipeline``), and the next run carries on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.chain.describer import Describer
from core.indexing.pipeline import described
from core.indexing.priority import Agenda, First
from core.library import Library
from core.library.entries import Entry, Known
from core.photos.scan import PhotoFile, absolute, look_through
from core.records import IndexReport, Skipped
from core.util.progress import Ticket

COMMIT_S = 0.5


@dataclass(frozen=True)
class Plan:
    """What a run has to do.

    Attributes:
        describe: files that are new or whose size or time changed.
        unchanged: what is stored and still true; of these ``back`` were missing until now.
        vanished: photos of the scanned folders whose file is gone, or is left out now.
    """

    describe: tuple[PhotoFile, ...]
    unchanged: tuple[Known, ...]
    vanished: tuple[Known, ...]

    @property
    def back(self) -> list[int]:
        """The photos whose files are there again."""
        return [photo.id for photo in self.unchanged if photo.state == "missing"]


def make_plan(files: Sequence[PhotoFile], known: Sequence[Known], roots: Sequence[Path]) -> Plan:
    """Compare the files found below ``roots`` with what the library knows; photos of other folders are left alone."""
    by_path = {photo.path: photo for photo in known}
    describe = []
    unchanged = []
    for file in files:
        photo = by_path.pop(file.path, None)
        if photo is not None and (photo.size, photo.mtime_ns) == (file.size, file.mtime_ns):
            unchanged.append(photo)
        else:
            describe.append(file)
    vanished = [photo for photo in by_path.values() if any(photo.path.is_relative_to(root) for root in roots)]
    return Plan(tuple(describe), tuple(unchanged), tuple(vanished))


def index_folders(
    library: Library, folders: Sequence[Path], describer: Describer, ticket: Ticket, first: First = tuple
) -> IndexReport:
    """Bring the library up to date with the folders.

    Args:
        first: names the photos that come before all others, see ``core.indexing.priority``.

    Raises:
        UserError: a folder is missing or holds no photos (nothing is forgotten then), or the library cannot be written.
        Cancelled: by the ticket; what is stored stays, and the next run carries on.
    """
    started = time.monotonic()
    roots = [absolute(folder) for folder in folders]
    found = look_through(roots, ticket, library.excluded())
    files = found.files
    for root in roots:
        library.add_root(root)
    plan = make_plan(files, library.known(), roots)
    skipped = [Skipped(photo.path, photo.reason) for photo in plan.unchanged if photo.state == "skipped"]
    skipped += [Skipped(unread.path, unread.why) for unread in found.unread]
    library.miss(plan.back, missing=False)
    moved = _Moved(library, plan.vanished)
    indexed = 0
    entries = described(Agenda(plan.describe, first), describer, moved.claim, library.layout)
    for entry in _stored(library, entries, ticket, len(plan.describe)):
        if entry.reason:
            skipped.append(Skipped(entry.path, entry.reason))
        else:
            indexed += 1
    gone = _let_go(library, moved.remaining())
    return IndexReport(
        library.path,
        indexed,
        len(plan.unchanged) - sum(photo.state == "skipped" for photo in plan.unchanged),
        gone,
        tuple(sorted(skipped, key=lambda s: str(s.path))),
        time.monotonic() - started,
    )


def _let_go(library: Library, vanished: Sequence[Known]) -> int:
    """Keep indexed photos whose files are gone as missing, forget the rest; returns how many left since the last run.

    A disk below the folder may be back tomorrow, and what was deleted by mistake restored; a photo that is left out on
    purpose still has its file.
    """
    missing = {photo.id for photo in vanished if photo.state != "skipped" and not os.path.lexists(photo.path)}
    library.miss(list(missing))
    library.forget([photo.id for photo in vanished if photo.id not in missing])
    return sum(photo.state != "missing" for photo in vanished)


class _Moved:
    """Finds vanished photos again under another name, by their content, so that they need not be described anew."""

    def __init__(self, library: Library, vanished: Sequence[Known]) -> None:
        self._library = library
        self._vanished = {photo.content: photo for photo in vanished if photo.content and photo.state != "skipped"}
        self._all = {photo.id: photo for photo in vanished}

    def claim(self, entry: Entry) -> bool:
        """Give the stored photo with the same bytes its new place."""
        photo = self._vanished.pop(entry.content, None)
        if photo is None:
            return False
        self._library.touch(photo.id, entry.path, entry.size, entry.mtime_ns)
        del self._all[photo.id]
        return True

    def remaining(self) -> list[Known]:
        """What is gone indeed."""
        return list(self._all.values())


def _stored(library: Library, entries: Iterator[tuple[Entry, bool]], ticket: Ticket, total: int) -> Iterator[Entry]:
    """Store entries in small transactions, also when the work is cancelled or fails on the way."""
    waiting: list[Entry] = []
    committed = time.monotonic()
    try:
        for done, (entry, new) in enumerate(entries, start=1):
            if new:
                waiting.append(entry)
            if time.monotonic() - committed > COMMIT_S:
                library.store(waiting)
                waiting, committed = [], time.monotonic()
            yield entry
            ticket.checkpoint(done, total, "indexing")
    finally:
        library.store(waiting)
