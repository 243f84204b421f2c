"""The user's agreements: libraries that may be written to, and folders whose photos may be opened for them.

A library that was made on this computer is trusted, with the folders that were indexed into it.  Any other library is
untrusted: it is read-only, and no file that it names is opened, until the user agrees.  The record is stored with the
user's own files, never in a library, which could claim anything.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.photos.scan import absolute
from core.util.atomic_write import replacing
from core.util.plain_json import parse_object
from core.util.regular_files import read_regular
from core.util.resources import own_folder

MAX_BYTES = 16 << 20

_WRITING = threading.Lock()

_log = logging.getLogger("cropseek.library")


@dataclass
class Agreement:
    """The agreement for one library.

    Attributes:
        identity: of the library (``Library.identity``), as another one may replace it at its path.
        folders: folders that may be indexed into it and read.
        files: files that its saved queries may name, in any folder.
    """

    identity: str
    folders: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


def agreement(path: Path, identity: str) -> Agreement | None:
    """The agreement for a library; None if it is untrusted."""
    found = _read().get(_key(path))
    return found if found is not None and found.identity == identity else None


def agreed_before(path: Path) -> bool:
    """Whether there is an agreement for a library at this path, even if another library is there now."""
    return _key(path) in _read()


def agree(path: Path, identity: str, folders: Iterable[Path] = (), files: Iterable[Path] = ()) -> None:
    """Record that a library is trusted, with further folders and files."""
    with _WRITING:
        everything = _read()
        found = everything.get(_key(path))
        new_folders, new_files = ({str(absolute(one)) for one in paths} for paths in (folders, files))
        if found is None or found.identity != identity:
            found = Agreement(identity)
        elif new_folders <= found.folders and new_files <= found.files:
            return
        found.folders |= new_folders
        found.files |= new_files
        everything[_key(path)] = found
        try:
            _write(everything)
            _unsaved.clear()  # all of it was written now
        except OSError as error:
            # This must not stop the work: the agreement holds until the program ends, and is requested again then.
            _log.warning("what was agreed to could not be noted: %s", error.strerror)
            _unsaved[_key(path)] = found


@contextlib.contextmanager
def agreeing(path: Path, identity: str) -> Iterator[None]:
    """Record that the library that the block makes is trusted.

    That is done first, as a kill just after the library is there would leave one that is nobody's.  If the block fails, it
    is taken back, unless another program has made a library of that name and recorded it meanwhile.
    """
    before = _read().get(_key(path))
    agree(path, identity)
    try:
        yield
    except BaseException:
        if agreement(path, identity) is not None:
            _put(path, before)
        raise
    agree(path, identity)  # another program that tried to make one of that name may have recorded its own


def disagree(path: Path) -> None:
    """Forget the agreement for a library that was removed."""
    _put(path, None)


def _put(path: Path, wanted: Agreement | None) -> None:
    """Replace the agreement for the library at a path; None: there is none."""
    with _WRITING:
        everything = _read()
        _unsaved.pop(_key(path), None)
        if everything.get(_key(path)) == wanted:
            return
        everything.pop(_key(path), None)
        if wanted is not None:
            everything[_key(path)] = wanted
        try:
            _write(everything)
        except OSError as error:  # it names a file that is gone, which does no harm
            _log.warning("what was agreed to could not be noted: %s", error.strerror)


def may_open(path: Path) -> bool:
    """Whether a file is below a folder that the user agreed to for any library, or was itself agreed to."""
    file, text = absolute(path), str(absolute(path))
    if file.is_relative_to(own_folder("")):
        return True  # saved pictures from the clipboard
    return any(text in one.files or any(file.is_relative_to(folder) for folder in one.folders) for one in _read().values())


def covers_all(found: Agreement | None, folders: Iterable[Path]) -> bool:
    """Whether there is an agreement that includes all absolute ones of the folders."""
    return found is not None and all(covers(found, folder) for folder in folders if folder.is_absolute())


def covers(found: Agreement | None, folder: Path) -> bool:
    """Whether an agreement includes a folder or a folder above it."""
    path = absolute(folder)
    return found is not None and folder.is_absolute() and any(path.is_relative_to(one) for one in found.folders)


def _key(path: Path) -> str:
    return str(path.resolve())


def _file() -> Path:
    return own_folder("libraries") / "agreed.json"


_unsaved: dict[str, Agreement] = {}
"""Agreements that could not be written to the record."""

_kept: tuple[tuple[object, ...], dict[str, Agreement]] | None = None


def _read() -> dict[str, Agreement]:
    """The record, read again if it has changed; empty if it is missing or damaged."""
    global _kept
    path = _file()
    try:
        status = path.stat()
        state = (path, status.st_mtime_ns, status.st_size, status.st_ino)
        if _kept is None or _kept[0] != state:
            document = parse_object(read_regular(path, MAX_BYTES), MAX_BYTES)
            _kept = state, {key: _parsed(one) for key, one in document.items()}
    except (OSError, ValueError, TypeError, KeyError):
        _kept = None
    known = (_kept[1] if _kept is not None else {}) | _unsaved
    return {key: Agreement(one.identity, set(one.folders), set(one.files)) for key, one in known.items()}


def _parsed(one: dict[str, Any]) -> Agreement:
    return Agreement(str(one["identity"]), set(map(str, one["folders"])), set(map(str, one["files"])))


def _write(everything: dict[str, Agreement]) -> None:
    document = {
        key: {"identity": one.identity, "folders": sorted(one.folders), "files": sorted(one.files)}
        for key, one in everything.items()
    }
    path = _file()
    with replacing(path) as part:
        part.write_text(json.dumps(document, indent=1), "utf-8")
