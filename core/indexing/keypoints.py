"""The last pass over many new photos: their keypoints, which only the verification of hits needs.

They take nearly as long as all else that is stored of a photo.  So they come when every box can be asked; until then, hits
are verified from their files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

from core.chain.describer import Describer
from core.indexing.commits import Commits
from core.indexing.pipeline import read_for
from core.indexing.prefetch import ahead
from core.indexing.priority import Agenda, First
from core.library import LibraryFile
from core.library.entries import POINTS_TO_COME, Known, edges_of
from core.photos.keypoints import Points, find_points
from core.photos.scan import PhotoFile
from core.util.errors import UserError
from core.util.progress import Ticket
from core.util.threads import NETWORK_THREADS

WHAT = "preparing verified hits"
"""The work, for the line of progress."""

MOST_THREADS = 2
"""Each needs about 140 MB; OpenCV has threads of its own inside."""

TOGETHER = 64
"""After so many photos the wanted number of threads is asked for again."""

Lacking = Mapping[Path, Known]


def add_keypoints(
    library: LibraryFile, files: Sequence[PhotoFile], describer: Describer, ticket: Ticket, first: First
) -> None:
    """Find and store the keypoints of all described photos that lack only them, and whose files are among ``files``.

    A file that has changed, or cannot be read now, is left to the next run.

    Args:
        first: returns the photos that come before all others.

    Raises:
        Cancelled: by the ticket; what is stored stays.
    """
    lacking = {photo.path: photo for photo in library.known(POINTS_TO_COME) if photo.state == "indexed"}
    files = [file for file in files if file.path in lacking and lacking[file.path].has_state(file.size, file.mtime_ns)]
    with Commits(library.add_points) as commits:
        for done, found in enumerate(_found(Agenda(files, first), lacking, describer), start=1):
            commits.take(found)
            ticket.checkpoint(done, len(files), WHAT)


def _found(agenda: Agenda, lacking: Lacking, describer: Describer) -> Iterator[tuple[int, Points] | None]:
    """Photo id and keypoints for each file; None for one that is left to the next run."""
    files = iter(agenda)
    work = partial(_points, lacking=lacking, describer=describer)
    for file in files:
        threads = min(MOST_THREADS, NETWORK_THREADS.number)
        yield from ahead(chain([file], islice(files, TOGETHER - 1)), work, threads, threads)


def _points(file: PhotoFile, lacking: Lacking, describer: Describer) -> tuple[int, Points] | None:
    photo = lacking[file.path]
    try:
        edges = edges_of(file.path)
        if photo.edges is not None and photo.edges.hash not in ("", edges.hash):
            return None
        return photo.id, find_points(read_for(file.path, describer).pixels)
    except (UserError, MemoryError):
        return None
