"""Index a collection: scan, decode, describe, store; resumable, and only what is new or changed is done.

Decoding runs one thread ahead of the network; what is finished is committed every ``COMMIT_S``, so a kill at any moment
loses at most the photos in flight, and the next run carries on.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.collection import PhotoFile, absolute, scan
from core.describer import Describer, make_mask, prepare
from core.entries import Entry, Known, content_of
from core.errors import UserError
from core.images import THUMBNAIL_EDGE, Rgb, encode_jpeg, read_photo, shrink, taken_date
from core.library import Library
from core.progress import Ticket
from core.records import IndexReport, Skipped
from core.threads import NETWORK_THREADS
from core.windows import count

COMMIT_S = 0.5
AHEAD = 3


@dataclass(frozen=True)
class Plan:
    """What a run has to do.

    Attributes:
        describe: files that are new or whose size or time changed.
        unchanged: what is stored and still true.
        vanished: photos of the scanned folders whose file is gone.
    """

    describe: tuple[PhotoFile, ...]
    unchanged: tuple[Known, ...]
    vanished: tuple[Known, ...]


@dataclass(frozen=True)
class _Decoded:
    """A photo ready for the network, or the reason why it is not."""

    entry: Entry
    shown: Rgb | None


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


def index_folders(library: Library, folders: Sequence[Path], describer: Describer, ticket: Ticket) -> IndexReport:
    """Bring the library up to date with the folders.

    Raises:
        UserError: a folder is missing or holds no photos (nothing is forgotten then), or the library cannot be written.
        Cancelled: by the ticket; what is stored stays, and the next run carries on.
    """
    started = time.monotonic()
    NETWORK_THREADS.apply()
    roots = [absolute(folder) for folder in folders]
    files = scan(roots, ticket, library.excluded())
    for root in roots:
        library.add_root(root)
    plan = make_plan(files, library.known(), roots)
    skipped = [Skipped(photo.path, photo.reason) for photo in plan.unchanged if photo.state == "skipped"]
    moved = _Moved(library, plan.vanished)
    indexed = 0
    for entry in _stored(library, _described(plan.describe, describer, moved, library.layout), ticket, len(plan.describe)):
        if entry.reason:
            skipped.append(Skipped(entry.path, entry.reason))
        else:
            indexed += 1
    gone = moved.remaining()
    library.forget([photo.id for photo in gone])
    return IndexReport(
        library.path,
        indexed,
        len(plan.unchanged) - sum(photo.state == "skipped" for photo in plan.unchanged),
        len(gone),
        tuple(sorted(skipped, key=lambda s: str(s.path))),
        time.monotonic() - started,
    )


class _Moved:
    """Finds vanished photos again under another name, by their content, so that they need not be described anew."""

    def __init__(self, library: Library, vanished: Sequence[Known]) -> None:
        self._library = library
        self._vanished = {photo.content: photo for photo in vanished if photo.content and photo.state == "indexed"}
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


def _described(
    files: Sequence[PhotoFile], describer: Describer, moved: _Moved, layout: str
) -> Iterator[tuple[Entry, bool]]:
    """Describe each file; True tells that the entry still has to be stored."""
    for decoded in _decode_ahead(files, describer):
        entry, shown = decoded.entry, decoded.shown
        if shown is None:
            yield entry, True
        elif moved.claim(entry):
            yield entry, False
        else:
            yield _describe(entry, shown, describer, layout), True


def _describe(entry: Entry, shown: Rgb, describer: Describer, layout: str) -> Entry:
    """Run the chain on one decoded photo."""
    grid = describer.backbone.grid(shown)
    mask = make_mask(describer.config, grid, shown)
    description, windows = describer.encode_all(grid, mask, layout)
    return replace(
        entry,
        descriptor=description.descriptor.astype(np.float16),
        code=description.code,
        cells=grid.shape[:2],
        positions=description.positions.astype(np.uint16),
        features=np.rint(description.features * 127).astype(np.int8),
        windows=windows if count(layout) else None,
    )


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


def _decode_ahead(files: Sequence[PhotoFile], describer: Describer) -> Iterator[_Decoded]:
    """Decode in order, a few photos ahead of the consumer."""
    waiting: deque[Future[_Decoded]] = deque()
    pool = ThreadPoolExecutor(1, thread_name_prefix="decode")
    try:
        for file in files:
            waiting.append(pool.submit(_decode, file, describer))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _decode(file: PhotoFile, describer: Describer) -> _Decoded:
    """Read a file once; whatever is wrong with it becomes the reason why it is skipped."""
    entry = Entry(file.path, file.size, file.mtime_ns)
    try:
        entry = replace(entry, content=content_of(file.path))
        photo = read_photo(file.path)
        entry = replace(
            entry,
            width=photo.shape[1],
            height=photo.shape[0],
            taken=taken_date(file.path),
            thumbnail=encode_jpeg(shrink(photo, THUMBNAIL_EDGE)),
        )
        return _Decoded(entry, prepare(photo, None, describer.config, describer.backbone.stride))
    except UserError as error:
        return _Decoded(replace(entry, reason=error.what), None)
    except MemoryError:
        return _Decoded(replace(entry, reason="there is not enough memory to decode this photo"), None)
