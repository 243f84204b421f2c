"""A running statement ends on the server when whoever asked for it no longer wants the answer."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import psycopg

from core.util.progress import Ticket

CANCEL_S = 2
"""Seconds in which a server must take a cancellation, and then follow it; after that the connection is cut."""


@contextlib.contextmanager
def stopped_by(ticket: Ticket | None, connection: psycopg.Connection[Any]) -> Iterator[None]:
    """While the block runs its statement, let the ticket's ``cancel`` stop it.

    Nobody waits for the server: what is sent to it is sent on a thread of its own, as the window's thread cancels.

    Raises:
        Cancelled: it was cancelled before.
    """
    if ticket is None:
        yield
        return
    running, ended, handle = threading.Lock(), threading.Event(), connection.fileno()

    def tell() -> None:
        with running:  # the block does not end meanwhile, or the next statement would be stopped
            if ended.is_set():
                return
            with contextlib.suppress(psycopg.Error):
                connection.cancel_safe(timeout=CANCEL_S)
        if not ended.wait(CANCEL_S):
            with running:
                if not ended.is_set():
                    cut(handle)

    try:
        with ticket.stopping(lambda: threading.Thread(target=tell, daemon=True).start()):
            yield
    finally:
        with running:
            ended.set()


def cut(handle: int) -> None:
    """End the traffic of a socket, so that whoever waits for it goes on."""
    with contextlib.suppress(OSError):
        opened = socket.socket(fileno=handle)
        try:
            opened.shutdown(socket.SHUT_RDWR)
        finally:
            opened.detach()
