"""Where the folders of shared libraries lie on this computer, if elsewhere than where they were indexed.

The record is kept with the person's own files: a server cannot say which folder of theirs is meant.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from core.records import Query, SavedQuery
from core.remote.address import Address
from core.util.atomic_write import replacing
from core.util.plain_json import parse_object
from core.util.regular_files import read_regular
from core.util.resources import own_folder

MAX_BYTES = 1 << 20

_WRITING = threading.Lock()


def places_of(address: Address, identity: str) -> dict[str, str]:
    """For a library's roots, by their paths where it was made, the folders of this computer."""
    found = _read().get(_key(address, identity))
    return dict(found) if found is not None else {}


def note_place(address: Address, identity: str, root: str, folder: Path) -> None:
    """Record where a root lies here.

    Raises:
        OSError: it cannot be written.
    """
    with _WRITING:
        everything = _read()
        everything.setdefault(_key(address, identity), {})[root] = str(folder)
        with replacing(_file()) as part:
            part.write_text(json.dumps(everything, indent=1), "utf-8")


def moved(path: Path, folders: Mapping[str, str]) -> Path:
    """A path below one folder as that below another.

    Args:
        folders: the other folder, by the one.
    """
    for old, new in folders.items():
        if path.is_relative_to(old):
            return Path(new) / path.relative_to(old)
    return path


def moved_query(query: Query, folders: Mapping[str, str]) -> Query:
    """A query of which every photo is ``moved``."""
    more = tuple(replace(example, path=moved(example.path, folders)) for example in query.more)
    return replace(query, path=moved(query.path, folders), more=more)


def moved_saved(saved: SavedQuery, folders: Mapping[str, str]) -> SavedQuery:
    """The same for a saved query."""
    return replace(saved, query=moved_query(saved.query, folders))


def _key(address: Address, identity: str) -> str:
    return f"{address.agreement_path.name} {identity}"


def _file() -> Path:
    return own_folder("libraries") / "places.json"


def _read() -> dict[str, dict[str, str]]:
    """The record; empty if it is missing or damaged."""
    try:
        document = parse_object(read_regular(_file(), MAX_BYTES), MAX_BYTES)
        return {key: {str(root): str(folder) for root, folder in one.items()} for key, one in document.items()}
    except (OSError, ValueError, AttributeError):
        return {}
