"""Index a collection: scan, decode, describe, store.  Runs are resumable and do only what is new or changed.

The passes (``core.indexing.passes``) commit finished photos all the time.  So a kill at any moment loses at most the photos
in progress, and the next run continues.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.chain.describer import Describer
from core.indexing.claims import Claims
from core.indexing.contents import Contents
from core.indexing.keypoints import add_keypoints
from core.indexing.passes import Elsewhere, Passes
from core.indexing.priority import First
from core.library import LibraryFile
from core.library.entries import Known
from core.photos.scan import PhotoFile, Scan, absolute, look_through
from core.records import IndexReport, Skipped
from core.util.progress import Ticket

_ONCE_PASSING = ("the file is missing", "the file may not be read", "the file cannot be read", "there is not enough memory")
"""Temporary failures that earlier versions stored as permanent."""


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
    if not photo.whole or not photo.has_state(file.size, file.mtime_ns):
        return False
    return photo.state != "skipped" or not photo.reason.startswith(_ONCE_PASSING)


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
        quick: whether many new photos get a quick pass first, and their keypoints last.
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
    passes = Passes(library, describer, known, claims.claim, ticket, first)
    for entry in passes.over(plan.describe, quick) if elsewhere is None else passes.elsewhere(plan.describe, elsewhere):
        if entry.reason:
            skipped.append(Skipped(entry.path, entry.reason))
            passing += entry.passing
        else:
            indexed += 1
    gone, unchanged = _let_go(library, claims.remaining(), roots), [p for p in plan.unchanged if p.state != "skipped"]
    library.miss(claims.followed(known))
    library.tidy_roots()
    add_keypoints(library, found.files, describer, ticket, first)
    skipped.sort(key=lambda photo: str(photo.path))
    seconds = time.monotonic() - started
    return IndexReport(library.path, indexed, len(unchanged), gone, tuple(skipped), seconds, passing)


def _skipped_already(unchanged: Sequence[Known], found: Scan) -> list[Skipped]:
    """Photos that were skipped before and have not changed, and what the scan could not read."""
    photos = [Skipped(photo.path, photo.reason) for photo in unchanged if photo.state == "skipped"]
    return photos + [Skipped(unread.path, unread.why) for unread in found.unread]


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
