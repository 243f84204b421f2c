"""The façade's part for judgements: what a person says of hits, kept in the form of Oxford's ground truth.

Each library has a folder for them among the user's own files, with four text files for each query; ``evaluate oxford5k``
reads too.  A query's own photo, which is no hit of itself, is written as junk, so that finding it does not count.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from core.evaluation.oxford_files import OxfordQuery, read_queries, remove_query, write_query
from core.geometry import Box
from core.library.listing import Listing
from core.library.protocol import Library, Reading, Writing
from core.records import JUDGEMENTS, Judged, Query
from core.search.rejections import same_query
from core.util.errors import UserError
from core.util.resources import own_folder
from core.util.text import as_line

NO_NAME = re.compile(r"[^\w-]+")
"""What is not in the name of a query's files."""


class JudgementService:
    """Judgements of the open library's photos; safe to share between threads."""

    def __init__(self, reading: Reading, writing: Writing) -> None:
        self._reading, self._writing, self._lock = reading, writing, threading.Lock()

    def judged(self) -> list[Judged]:
        """What was said so far, query by query.

        Raises:
            UserError: no open library, or unreadable files.
        """
        with self._reading() as library, self._lock:
            if not (kept := _kept(_folder(library))):
                return []  # as in most libraries, so that the names of a million photos are not gone through
            names = _Names(library.photos(missing=True))
            return [names.judged(query) for query in kept]

    def judge(self, query: Query, photos: Mapping[Path, str], into: Path | None = None) -> list[Judged]:
        """Say of photos what they are for a query (``JUDGEMENTS``; empty: nothing is said); returns all judgements.

        A box that is nearly the same as a judged one on that photo is the same query, and takes its place.

        Args:
            into: the library whose photos they are; None: the open one.

        Raises:
            UserError: no open library, the query's photo is not in it, or the files cannot be written.
        """
        with self._writing(into) if into is not None else self._reading() as library, self._lock:
            folder, names = _folder(library), _Names(library.photos(missing=True))
            kept = _kept(folder)
            all_judged = [names.judged(each) for each in kept]
            place = next((i for i, each in enumerate(all_judged) if is_for(each, query)), len(kept))
            known = place < len(kept)
            before = all_judged[place].photos if known else {}
            said = {path: kind for path, kind in {**before, **photos}.items() if kind}
            judged = Judged(query.path, query.box, said)
            name = kept[place].name if known else _free(query.path.stem, {each.name for each in kept})
            if said:
                write_query(folder, names.written(judged, name))
            elif known:
                remove_query(folder, name)
            all_judged[place : place + 1] = [judged] if said else []
            return all_judged

    def export(self, folder: Path) -> int:
        """Write the judgements of all queries into a folder; returns their number.

        Raises:
            UserError: no open library, nothing was judged, or the files cannot be written.
        """
        with self._reading() as library, self._lock:
            kept = _kept(_folder(library))
        if not kept:
            raise UserError("no hit has been judged yet", hint="Choose hits, and say which are good.")
        for query in kept:
            write_query(folder, query)
        return len(kept)

    def read(self, folder: Path, into: Path | None = None) -> list[Judged]:
        """Take over the judgements in a folder, which may be Oxford's own files; returns all judgements.

        Those of queries that were judged here before are replaced.

        Args:
            into: the library whose photos they are; None: the open one.

        Raises:
            UserError: no open library, unreadable files, or photos of queries that are not in the library.
        """
        with self._writing(into) if into is not None else self._reading() as library, self._lock:
            own, names = _folder(library), _Names(library.photos(missing=True))
            for query in list(read_queries(folder)):
                judged = names.judged(query)
                for old in _kept(own):
                    if is_for(names.judged(old), Query(judged.path, judged.box)):
                        remove_query(own, old.name)
                name = _free(query.name.rpartition("_")[0] or query.name, {each.name for each in _kept(own)})
                write_query(own, names.written(judged, name))
            return [names.judged(query) for query in _kept(own)]


def is_for(judged: Judged, query: Query) -> bool:
    """Whether judgements are those of a query, or of nearly the same box."""
    return judged.path == query.path and same_query(judged.box, query.box)


class _Names:
    """Photos of a collection by their names in the files: without suffix, or with folders if others are called so too."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        stems = [_stem(name) for name in listing.names]
        self._often = Counter(stems)
        self._index = {stem: index for index, stem in enumerate(stems) if self._often[stem] == 1}

    def judged(self, query: OxfordQuery) -> Judged:
        """A query's files as judgements; a box over the whole photo is none."""
        path = self._path(query.image)
        box: Box | None = query.box
        index = self._listing.index_of(path)
        if index >= 0 and box == Box(0, 0, *(float(side) for side in self._listing.pixels[index])):
            box = None
        lists = zip(JUDGEMENTS, (query.good, query.ok, query.junk), strict=True)
        said = {self._path(name): kind for kind, names in reversed(list(lists)) for name in names}
        said.pop(path, None)
        return Judged(path, box, said)

    def written(self, judged: Judged, name: str) -> OxfordQuery:
        """Judgements as files that begin with ``name``.

        Raises:
            UserError: the query's photo is not in the collection, or its size is unknown.
        """
        index = self._listing.index_of(judged.path)
        if index < 0:
            raise UserError(
                "only queries with photos of the collection can be judged",
                str(judged.path),
                "Index the photo's folder into the library.",
            )
        box = judged.box or Box(0, 0, *(float(side) for side in self._listing.pixels[index]))
        if box.width <= 0 or box.height <= 0:
            raise UserError("the photo is not indexed yet", str(judged.path), "Judge its hits in a moment.")
        image = self._name(judged.path)
        good, ok, junk = (
            tuple(sorted(self._name(path) for path, said in judged.photos.items() if said == kind)) for kind in JUDGEMENTS
        )
        return OxfordQuery(image, box, good, ok, (image, *junk), name)

    def _name(self, path: Path) -> str:
        index = self._listing.index_of(path) if path.is_absolute() else -1
        if index < 0:
            return str(path)
        name = self._listing.names[index]
        return name if self._often[_stem(name)] > 1 else _stem(name)

    def _path(self, name: str) -> Path:
        if name in self._index:
            index = self._index[name]
            return self._listing.root_of(index) / self._listing.names[index]
        found = (root / name for root in self._listing.roots)
        return next((path for path in found if self._listing.index_of(path) >= 0), Path(name))


def _stem(name: str) -> str:
    """A photo's name without folders and suffix, as ``Path.stem`` has it."""
    last = name.rpartition("/")[2]
    stem, dot, _ = last.rpartition(".")
    return stem if dot and stem else last


def _folder(library: Library) -> Path:
    """Where a library's judgements are kept; its identity may be any text."""
    key = library.identity or str(library.path)
    return own_folder("judgements") / hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _kept(folder: Path) -> list[OxfordQuery]:
    """The queries that are judged; none when there are no files."""
    return list(read_queries(folder)) if any(folder.glob("*_query.txt")) else []


def _free(stem: str, used: set[str]) -> str:
    """What a query's files begin with: its photo's name, and a number."""
    stem = NO_NAME.sub("_", as_line(stem))[:80] or "query"
    number = 1
    while f"{stem}_{number}" in used:
        number += 1
    return f"{stem}_{number}"
