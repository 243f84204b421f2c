"""Open a path: a folder, a library, or a photo to search with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.engine import Kind, Ticket, UserError, kind_of
from core.records import Query
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.text import tr


def open_any(
    session: AppSession, path: Path, gone: Callable[[Path], None], first: Query | None = None, look: bool = False
) -> None:
    """Find out in the background what is at a path, and open it.

    Args:
        gone: called with a path where nothing is.
        first: a query to ask then, if its photo still exists.
        look: whether to index what is new in the folders of a library.
    """

    def look_at(ticket: Ticket) -> tuple[Kind, Query | None]:
        there = first is not None and kind_of(first.path) is Kind.PHOTO
        return kind_of(path), first if there else None

    def done(found: tuple[Kind, Query | None]) -> None:
        kind, query = found
        if kind is Kind.FOLDER:
            session.open_folder(path, first=query)
        elif kind is Kind.PHOTO:
            session.ask_with([path])
        elif kind is Kind.NO_FILE:
            session.failed.emit(UserError(tr("this is neither a file nor a folder"), str(path)))
        elif kind is Kind.GONE:
            gone(path)
        else:
            session.open_library(path, query, look)  # which reports a file that is not a library

    session.jobs.submit(Lane.KIND, look_at, done, session.failed.emit)
