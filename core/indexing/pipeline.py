"""From photo files to the entries of a library: decoded ahead in threads, described in groups of one shape.

    files -> decode, resize, keypoints (several threads) -> groups -> network and chain (one or two lanes) -> entries

Everything is bounded, so memory does not grow with the collection.  The order of entries differs from that of the files,
but is the same in each run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from core.backbones.batch_sizes import Halving, lanes_of
from core.chain.describer import DescribedPhoto, Describer, Shown, photo_shown
from core.chain.subwindows import subwindow_count
from core.indexing.describing import describing
from core.indexing.prefetch import ShapeGroups, ahead
from core.library.entries import QUICK, Entry, content_of, edges_of
from core.photos.exif import camera_of
from core.photos.images import make_thumbnail, read_whole
from core.photos.keypoints import find_points
from core.photos.kinds import MOST_FILE, TOO_LARGE
from core.photos.scan import PhotoFile
from core.photos.workers import Decoded
from core.util.errors import PassingError, UserError

AHEAD = 3
"""Number of photos decoded ahead for each decoding thread."""

WAITING = 2
"""Number of described groups for each thread that may wait to be stored, so that no thread waits for that."""

SHARPER = 2
"""A large photo is decoded with no side shorter than this many times the network's longest side.

So one of 11 megapixels is decoded at half its size, which changes its descriptor by as much as a step of grey in 3 of 1,000
values does (``tests/benchmarks/HISTORY.md``)."""


QUICK_SIZE = 0.5
"""The longest side of the quick pass, as a share of the fine one's."""


@dataclass(frozen=True)
class _Ready:
    """A photo ready for the network."""

    entry: Entry
    shown: Shown


@dataclass(frozen=True)
class _Finished:
    """A photo that does not need the network; ``new``: it must be stored."""

    entry: Entry
    new: bool


_Job = _Finished | Sequence[_Ready]


def described(
    files: Iterable[PhotoFile],
    describer: Describer,
    claim: Callable[[Entry], bool],
    layout: str,
    remaining: str = "",
    decoders: int = 0,
) -> Iterator[tuple[Entry, bool]]:
    """Describe each file; the entry of a refused photo has the reason.

    Args:
        claim: whether a photo is already stored under another path, so that it is not described; called in this thread.
        layout: of the windows.
        remaining: what later passes have to do.  ``QUICK``: all but whole photos at ``QUICK_SIZE``; each window gets the
            photo's own code.  ``POINTS_TO_COME``: the keypoints (``core.indexing.keypoints``).
        decoders: photos decoded at the same time; 0: as many as suit this machine.

    Returns:
        Entries, and whether each must still be stored.
    """
    quick = remaining == QUICK
    if quick:
        describer = quick_describer(describer)
    lanes, describe = lanes_of(describer.backbone), describing(describer, "none" if quick else layout)

    def work(photos: Sequence[_Ready]) -> list[Entry]:
        with lanes.turn():
            known = describe([photo.shown for photo in photos])
        made = [_entry(photo.entry, each) for photo, each in zip(photos, known, strict=True)]
        made = [replace(entry, remaining=remaining) for entry in made]
        return [_without_cells(entry, subwindow_count(layout)) for entry in made] if quick else made

    halving = Halving(work, lambda photo, error: replace(photo.entry, reason=error.what))
    decoders = decoders or lanes.decoders
    decoded = ahead(files, partial(_decode, describer=describer, keypoints=not remaining), decoders, AHEAD * decoders)
    jobs = _jobs(decoded, claim, ShapeGroups(lanes.size))
    try:
        for entries in ahead(jobs, partial(_done, halving), lanes.threads, WAITING * lanes.threads, lanes.begin):
            yield from entries
    finally:
        lanes.end()


def _jobs(
    decoded: Iterator[_Ready | Entry], claim: Callable[[Entry], bool], groups: ShapeGroups[tuple[int, ...], _Ready]
) -> Iterator[_Job]:
    for photo in decoded:
        if isinstance(photo, Entry):
            yield _Finished(photo, new=True)
        elif claim(photo.entry):
            yield _Finished(photo.entry, new=False)
        else:
            yield from groups.add(photo.shown.pixels.shape, photo)
    yield from groups.rest()


def _done(work: Callable[[Sequence[_Ready]], list[Entry]], job: _Job) -> list[tuple[Entry, bool]]:
    return [(job.entry, job.new)] if isinstance(job, _Finished) else [(entry, True) for entry in work(job)]


def _entry(entry: Entry, known: DescribedPhoto) -> Entry:
    """The entry with the description."""
    description = known.description
    return replace(
        entry,
        descriptor=description.descriptor.astype(np.float16),
        code=description.code,
        cells=known.cells,
        positions=description.positions.astype(np.uint16),
        features=np.rint(description.features * 127).astype(np.int8),
        windows=known.windows,
    )


def read_for(path: Path, describer: Describer) -> Decoded:
    """A photo as large as the network and the keypoints need it.

    Raises:
        UserError: it cannot be read or decoded.
    """
    return read_whole(path, least=SHARPER * describer.config.longest_side)


def quick_describer(describer: Describer) -> Describer:
    """The same stages on smaller photos: its codes can be compared with those of the fine pass."""
    config = replace(describer.config, longest_side=round(QUICK_SIZE * describer.config.longest_side))
    return Describer(config, describer.stages, describer.backbone)


def _without_cells(entry: Entry, windows: int) -> Entry:
    """The entry without cells, as the grid is another; the windows' codes must be there, and then add nothing."""
    assert entry.code is not None
    codes = np.tile(entry.code, (windows, 1)) if windows else None
    return replace(entry, positions=None, features=None, windows=codes)


def _decode(file: PhotoFile, describer: Describer, keypoints: bool) -> _Ready | Entry:
    """Read a file once; any fault becomes the reason why it is skipped."""
    entry = Entry(file.path, file.size, file.mtime_ns)
    if file.size > MOST_FILE:  # before the whole file is read for its hash
        return replace(entry, reason=TOO_LARGE)
    try:
        entry = replace(entry, edges=edges_of(file.path))
        entry = replace(entry, content=content_of(file.path))
        # A large photo is decoded smaller than the file's size: multiply pixel coordinates by ``scale``.
        photo = read_for(file.path, describer)
        entry = replace(
            entry,
            width=photo.size[0],
            height=photo.size[1],
            taken=photo.taken,
            camera=camera_of(photo.details),
            thumbnail=make_thumbnail(photo.pixels),
            # Stored relative to the photo's size, so the decoded size does not matter.
            points=find_points(photo.pixels) if keypoints else None,
        )
        return _Ready(entry, photo_shown(photo.pixels, describer.config, describer.backbone.stride))
    except UserError as error:
        return replace(entry, reason=error.what, passing=_passes(error))
    except MemoryError:
        return replace(entry, reason="there is not enough memory to decode this photo", passing=True)


def _passes(error: UserError) -> bool:
    """Whether an error comes from the system and not from the file's content."""
    cause = error.__cause__
    return isinstance(error, PassingError) or (isinstance(cause, OSError) and cause.errno is not None)
