"""The passes over new and changed photos: a quick one if they are many, then the fine one.  Finished photos are stored.

After the fine one of many photos their keypoints are missing, which a last pass finds (``core.indexing.keypoints``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from core.chain.describer import Describer
from core.indexing.commits import Commits
from core.indexing.pipeline import described
from core.indexing.priority import Agenda, First
from core.library import LibraryFile
from core.library.entries import POINTS_TO_COME, QUICK, Entry, Known
from core.photos.scan import PhotoFile
from core.util.progress import Ticket

AT_ONCE, QUICKLY, CLOSELY = "indexing", "indexing quickly", "indexing closely"
"""What each pass does, for the line of progress."""

FEW = 100
"""Up to so many new photos there is one pass alone: it takes half a minute, and with a quick one before it a fifth more."""


class Elsewhere(Protocol):
    """Describes photos not in this process; see ``core.cluster``."""

    what: str
    """The work, for the line of progress."""

    def described(
        self, files: Sequence[PhotoFile], describer: Describer, claim: Callable[[Entry], bool], layout: str
    ) -> Iterator[tuple[Entry, bool]]:
        """As ``core.indexing.pipeline.described``."""


class Passes:
    """Describes photos and stores them; each pass goes on where an earlier run was stopped.

    Args:
        known: what the library holds.
        claim: see ``core.indexing.pipeline.described``.
        first: returns the photos that come before all others.
    """

    def __init__(
        self,
        library: LibraryFile,
        describer: Describer,
        known: Sequence[Known],
        claim: Callable[[Entry], bool],
        ticket: Ticket,
        first: First,
    ) -> None:
        self._library, self._describer, self._claim = library, describer, claim
        self._ticket, self._first = ticket, first
        self._known = {photo.path: photo for photo in known}

    def over(self, files: Sequence[PhotoFile], quick: bool) -> Iterator[Entry]:
        """Describe files in this process; yields the entry of each once, stored.

        Args:
            quick: whether many new photos get a quick pass first, and their keypoints last (``core.indexing.keypoints``).
        """
        new = [file for file in files if not self._looked_at(file)]
        if not quick or not self._describer.backbone.dense or (len(new) <= FEW and len(new) == len(files)):
            yield from self._stored(self._entries(files), len(files), AT_ONCE)
            return
        done = set()
        for entry in self._stored(self._entries(new, QUICK), len(new), QUICKLY):
            if not entry.quick:  # a moved photo, or a skipped one
                done.add(entry.path)
                yield entry
        fine = [file for file in files if file.path not in done]
        there = {file.path for file in fine}
        yield from self._stored(self._entries(fine, POINTS_TO_COME), len(fine), CLOSELY, there)

    def elsewhere(self, files: Sequence[PhotoFile], elsewhere: Elsewhere) -> Iterator[Entry]:
        """The same with descriptions from elsewhere, in one pass, as a quick one here would be slower."""
        entries = elsewhere.described(files, self._describer, self._claim, self._library.layout)
        return self._stored(entries, len(files), elsewhere.what)

    def _looked_at(self, file: PhotoFile) -> bool:
        """Whether the quick pass has described a file."""
        photo = self._known.get(file.path)
        return photo is not None and photo.quick and photo.has_state(file.size, file.mtime_ns)

    def _entries(self, files: Sequence[PhotoFile], remaining: str = "") -> Iterator[tuple[Entry, bool]]:
        return described(Agenda(files, self._first), self._describer, self._claim, self._library.layout, remaining)

    def _stored(
        self, entries: Iterator[tuple[Entry, bool]], total: int, what: str, there: Collection[Path] = ()
    ) -> Iterator[Entry]:
        """Store entries in small transactions, also if the work is cancelled or fails.

        Args:
            there: files that the library holds by now, beside those it held at the start.
        """
        with Commits(self._library.store) as commits:
            for done, (entry, new) in enumerate(entries, start=1):
                commits.take(self._kept(entry, there) if new else None)
                yield entry
                self._ticket.checkpoint(done, total, what)

    def _kept(self, entry: Entry, there: Collection[Path]) -> Entry | None:
        """The entry to store, or None: a file that cannot be read now never replaces a stored photo, and is tried again."""
        if not entry.passing:
            return entry
        if entry.path in self._known or entry.path in there or not os.path.lexists(entry.path):
            return None
        return replace(entry, mtime_ns=-1)
