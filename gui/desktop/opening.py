"""Opening whatever lies at a path: a folder, a library, or a photo to ask with."""

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
    """Ask the disk in the background what lies there, and open that.

    Args:
        gone: told of a path where nothing is.
        first: what to ask there, if its photo is still there.
        look: see what is new in the folders of a library.
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
            session.open_library(path, query, look)  # which says what is wrong with what is none

    session.jobs.submit(Lane.KIND, look_at, done, session.failed.emit)
