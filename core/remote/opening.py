"""Open and publish libraries by path or address; the package that talks to servers is loaded only for an address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.library import kinds, open_library
from core.library.kinds import Kind
from core.library.protocol import Library
from core.remote.address import is_address, parse_address
from core.util.errors import UserError
from core.util.extras import require
from core.util.progress import Ticket

if TYPE_CHECKING:
    from core.remote.publish import Publication


def open_any(path: Path) -> Library:
    """Open the library at a path, or at an address.

    Raises:
        UserError: it cannot be opened, or the package for shared libraries is missing.
    """
    if not is_address(path):
        return open_library(path)
    parse_address(path)
    _require_driver()
    from core.remote.library import RemoteLibrary

    return RemoteLibrary(path)


def publish_library(library: Path, to: str, ticket: Ticket) -> Publication:
    """Publish a library's file at an address.

    Raises:
        UserError: see ``core.remote.publish.publish``, or the package for shared libraries is missing.
        Cancelled: by the ticket.
    """
    if not is_address(to):
        raise UserError("this is not the address of a server", "--to", "Write postgresql://USER@HOST/DATABASE.")
    address = parse_address(to)
    _require_driver()
    from core.remote.publish import publish

    return publish(library, address, ticket)


def kind_of(path: Path) -> Kind:
    """What is at a path or an address; see ``core.library.kinds``."""
    return Kind.LIBRARY if is_address(path) else kinds.kind_of(path)


def refuse_address(library: Path) -> None:
    """Refuse to index into a shared library.

    Raises:
        UserError: it is one.
    """
    if is_address(library):
        hint = "Index into a file, then publish it: main.py publish LIBRARY --to ADDRESS."
        raise UserError("photos cannot be indexed into a shared library", str(parse_address(library)), hint)


def load_driver() -> None:
    """Load what talks to servers, so that the first opening does not wait for it.

    Raises:
        UserError: the package for shared libraries is missing.
    """
    _require_driver()
    import core.remote.library  # noqa: F401


def _require_driver() -> None:
    require("psycopg", "shared", "shared libraries")
