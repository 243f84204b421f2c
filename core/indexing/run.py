"""Index a collection: scan, decode, describe, store.  Runs are resumable and do only what is new or changed.

Finished photos are committed every ``COMMIT_S``.  So a kill at any moment loses at most the photos in progress
(``core.indexing.pipeline``), and the next run continues.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from core.chain.describer import Describer
from core.indexing.claims import Claims
from core.indexing.contents import Contents
from core.indexing.pipeline import described
from core.indexing.priority import Agenda, First
from core.library import LibraryFile
from core.library.entries import Entry, Known, stamp
from core.photos.scan import PhotoFile, Scan, absolute, look_through
from core.records import IndexReport, Skipped
from core.util.progress import Ticket

COMMIT_S = 0.5

FEW = 100
"""Up to so many new photos there is no quick pass: the fine one takes half a minute, and both together a fifth more."""

_ONCE_PASSING = ("the file is missing", "the file may not be read", "the file cannot be read", "there is not enough memory")
"""Temporary failures that earlier versions stored as permanent."""


class Elsewhere(Protocol):
    """Describes photos not in this process; see ``core.cluster``."""

    what: str
    """The work, for the line of progress."""

    def described(
        self, files: Sequence[PhotoFile], describer: Describer, claim: Callable[[Entry], bool], layout: str
    ) -> Iterator[tuple[Entry, bool]]:
        """As ``core.indexing.pipeline.described``."""


@dataclass(frozen=True)
class Plan:
    """What a run has to do.

    Attributes:
        describe: files that are new or have changed.
        unchanged: stored photos that are still up to date; of these ``back`` were missing until now.
        vanished: photos of the scanned folders whose file is missing, or is excluded now.
    """

    describe: tuple[PhotoFile, ...]
    unchanged: tuple[Known, ...]
    vanished: tuple[Known, ...]

    @property
    def back(self) -> list[int]:
        """The photos that were missing and whose files exist again."""
        return [photo.id for photo in self.unchanged if photo.state == "missing"]


def _believed(file: PhotoFile, photo: Known) -> bool:
    """Trust size and time."""
    return True


def make_plan(
    files: Sequence[PhotoFile],
    known: Sequence[Known],
    roots: Sequence[Path],
    same: Callable[[PhotoFile, Known], bool] = _believed,
) -> Plan:
    """Compare the files found below ``roots`` with the library; photos of other folders are ignored.

    Args:
        same: whether a file of unchanged size and time has the same content.
    """
    by_path = {photo.path: photo for photo in known}
    describe = []
    unchanged = []
    for file in files:
        photo = by_path.pop(file.path, None)
        if photo is not None and _looks_unchanged(file, photo) and same(file, photo):
            unchanged.append(photo)
        else:
            describe.append(file)
    vanished = [photo for photo in by_path.values() if any(photo.path.is_relative_to(root) for root in roots)]
    return Plan(tuple(describe), tuple(unchanged), tuple(vanished))


def _looks_unchanged(file: PhotoFile, photo: Known) -> bool:
    if not photo.whole or not _same_state(file, photo):
        return False
    return photo.state != "skipped" or not photo.reason.startswith(_ONCE_PASSING)


def _same_state(file: PhotoFile, photo: Known) -> bool:
    return (photo.size, photo.mtime_ns) == (file.size, stamp(file.mtime_ns))


def index_folders(
    library: LibraryFile,
    folders: Sequence[Path],
    describer: Describer,
    ticket: Ticket,
    first: First = tuple,
    rehash: bool = False,
    quick: bool = True,
    elsewhere: Elsewhere | None = None,
) -> IndexReport:
    """Bring the library up to date with the folders.

    Args:
        first: returns the photos that come before all others, see ``core.indexing.priority``.
        rehash: read all files whole to see which changed, including those of unchanged size and time.
        quick: whether many new photos get a quick pass first (``_looked_over``).
        elsewhere: describes the photos, in one pass; None: this process.

    Raises:
        UserError: a folder is missing or holds no photos (nothing is removed then), or the library cannot be written.
        Cancelled: by the ticket; what is stored stays, and the next run continues.
    """
    started = time.monotonic()
    roots = [absolute(folder) for folder in folders]
    found = look_through(roots, ticket, library.excluded())
    library.begin(roots)
    known = library.known()
    plan = _planned(library, found.files, known, roots, Contents(rehash, ticket, len(found.files)))
    skipped = _skipped_already(plan.unchanged, found)
    claims = Claims(library, known, plan.vanished, (file.path for file in plan.describe))
    indexed = passing = 0
    for entry in _described(library, plan.describe, known, describer, claims, ticket, first, quick, elsewhere):
        if entry.reason:
            skipped.append(Skipped(entry.path, entry.reason))
            passing += entry.passing
        else:
            indexed += 1
    gone, unchanged = _let_go(library, claims.remaining(), roots), [p for p in plan.unchanged if p.state != "skipped"]
    library.miss(claims.followed(known))
    library.tidy_roots()
    skipped.sort(key=lambda photo: str(photo.path))
    seconds = time.monotonic() - started
    return IndexReport(library.path, indexed, len(unchanged), gone, tuple(skipped), seconds, passing)


def _skipped_already(unchanged: Sequence[Known], found: Scan) -> list[Skipped]:
    """Photos that were skipped before and have not changed, and what the scan could not read."""
    photos = [Skipped(photo.path, photo.reason) for photo in unchanged if photo.state == "skipped"]
    return photos + [Skipped(unread.path, unread.why) for unread in found.unread]


def _described(
    library: LibraryFile,
    files: Sequence[PhotoFile],
    known: Sequence[Known],
    describer: Describer,
    claims: Claims,
    ticket: Ticket,
    first: First,
    quick: bool,
    elsewhere: Elsewhere | None,
) -> Iterator[Entry]:
    """The entries of the files, stored; each file once."""
    finished: list[Entry] | None = None
    fine = files
    if elsewhere is None:
        finished, fine = _looked_over(library, files, known, describer, claims, ticket, first, quick)
        what = "indexing" if finished is None else "indexing closely"
        entries = described(Agenda(fine, first), describer, claims.claim, library.layout)
    else:  # in one pass, as a quick one here would be slower
        what, entries = elsewhere.what, elsewhere.described(fine, describer, claims.claim, library.layout)
    keeping = _Keeping({photo.path for photo in known} | {file.path for file in fine if finished is not None})
    return chain(finished or (), _stored(library, entries, ticket, len(fine), keeping, what))


def _looked_over(
    library: LibraryFile,
    files: Sequence[PhotoFile],
    known: Sequence[Known],
    describer: Describer,
    claims: Claims,
    ticket: Ticket,
    first: First,
    wanted: bool,
) -> tuple[list[Entry] | None, Sequence[PhotoFile]]:
    """The quick pass over new files, if they are many, so that all can soon be searched by their whole-photo codes.

    Returns:
        the entries of files that need no more: moved photos and skipped ones, None without a quick pass; and the files
        that the fine pass has to describe.
    """
    before = {photo.path: photo for photo in known if photo.quick}
    new = [file for file in files if file.path not in before or not _same_state(file, before[file.path])]
    if not wanted or not describer.backbone.dense or (len(new) <= FEW and not before):
        return None, files
    entries = described(Agenda(new, first), describer, claims.claim, library.layout, quick=True)
    keeping = _Keeping({photo.path for photo in known})
    finished = [e for e in _stored(library, entries, ticket, len(new), keeping, "indexing quickly") if not e.quick]
    done = {entry.path for entry in finished}
    return finished, [file for file in files if file.path not in done]


def _planned(
    library: LibraryFile, files: Sequence[PhotoFile], known: Sequence[Known], roots: Sequence[Path], contents: Contents
) -> Plan:
    """The plan; also stores the compared contents, and which photos are back, in the library."""
    plan = make_plan(files, known, roots, contents.same)
    library.note_edges(contents.noted)
    library.miss(plan.back, missing=False)
    return plan


def _let_go(library: LibraryFile, vanished: Sequence[Known], roots: Sequence[Path]) -> int:
    """Keep indexed photos whose files are gone as missing, remove the others; returns how many left since the last run.

    A missing disk may come back, and a deleted file may be restored.  An excluded photo still has its file, so it is
    removed.  Photos in folders that cannot be listed are not changed, as nothing is known about them.
    """
    listed = _Listed(roots)
    gone = [photo for photo in vanished if listed.was_listed(photo.path)]
    kept = [photo for photo in gone if photo.state != "skipped" and not photo.quick]
    missing = {photo.id for photo in kept if not os.path.lexists(photo.path)}
    library.miss(list(missing))
    library.forget([photo.id for photo in gone if photo.id not in missing])
    return sum(photo.state != "missing" for photo in gone)


class _Listed:
    """Which folders can be listed; each is checked once."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots, self._known = frozenset(roots), dict[Path, bool]()

    def was_listed(self, photo: Path) -> bool:
        """Whether the photo's folder could be listed; a missing folder counts as listed (empty)."""
        return self._listed(photo.parent)

    def _listed(self, folder: Path) -> bool:
        if folder not in self._known:
            above = folder in self._roots or folder == folder.parent or self._listed(folder.parent)
            self._known[folder] = above and _can_list(folder)
        return self._known[folder]


def _can_list(folder: Path) -> bool:
    try:
        with os.scandir(folder):
            return True
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


class _Keeping:
    """Decides what to store of a file that cannot be read now; it never replaces a stored photo.

    Args:
        known: the files of all photos of the library.
    """

    def __init__(self, known: Collection[Path]) -> None:
        self._known = known

    def kept(self, entry: Entry) -> Entry | None:
        """The entry to store, or None; after a temporary failure the next run tries the file again."""
        if not entry.passing:
            return entry
        if entry.path in self._known or not os.path.lexists(entry.path):
            return None
        return replace(entry, mtime_ns=-1)


def _stored(
    library: LibraryFile, entries: Iterator[tuple[Entry, bool]], ticket: Ticket, total: int, keeping: _Keeping, what: str
) -> Iterator[Entry]:
    """Store entries in small transactions, also if the work is cancelled or fails."""
    waiting: list[Entry] = []
    committed = time.monotonic()
    try:
        for done, (entry, new) in enumerate(entries, start=1):
            if new and (kept := keeping.kept(entry)) is not None:
                waiting.append(kept)
            if time.monotonic() - committed > COMMIT_S:
                library.store(waiting)
                waiting, committed = [], time.monotonic()
            yield entry
            ticket.checkpoint(done, total, what)
    finally:
        library.store(waiting)
