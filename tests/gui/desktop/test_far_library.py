"""The window on a shared library that is far away: it never waits for the network itself, and outlives a cut.

How long the window's thread is busy is measured by ``python -m tests.benchmarks.far``.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.engine import Ticket, publish_library
from core.geometry import Box
from core.records import Query
from core.remote import postgres
from core.remote.postgres import Server
from gui.main_window import MainWindow
from tests.core.remote.conftest import READER, PostgresServer
from tests.core.remote.conftest import server as server
from tests.core.remote.far import FarServer, far_away
from tests.gui.desktop.test_shared_library import opened
from tests.gui.test_window import PATIENCE_MS


@pytest.fixture
def far(server: PostgresServer) -> Iterator[FarServer]:
    with far_away(server.port) as made:
        yield made


@pytest.fixture
def asked_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of the window's thread that asked a server."""
    found: list[str] = []
    do = Server._do

    def noted(self: Server, work: Callable[..., Any]) -> Any:
        if threading.current_thread() is threading.main_thread():
            found.extend(traceback.format_stack())
        return do(self, work)

    monkeypatch.setattr(Server, "_do", noted)
    return found


@pytest.fixture
def address(server: PostgresServer, library: Path, far: FarServer) -> str:
    """The address of a library of six photos, far away."""
    name = server.database()
    publish_library(library, server.address(name), Ticket())
    return server.address(name, READER).replace(f":{server.port}/", f":{far.port}/")


def far_window(window: MainWindow, qtbot: QtBot, address: str) -> Query:
    """Open the library, agree to its folder, and wait until all is done; returns a query to ask."""
    opened(window, qtbot, address)
    window.foreign.agree()
    session = window.session
    qtbot.waitUntil(lambda: session.library is not None and session.library.agreed, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.ranking is not None and session.searches.settled(), timeout=PATIENCE_MS)
    return Query(session.photos[0].path, Box(40, 40, 300, 300))


def test_the_windows_thread_asks_the_server_nothing(
    window: MainWindow, qtbot: QtBot, address: str, asked_here: list[str]
) -> None:
    asked_here.clear()  # it was published
    query = far_window(window, qtbot, address)
    session = window.session
    for workspace in ("browse", "search", "inspect", "search"):
        window.actions_by_id[f"workspace {workspace}"].trigger()
        qtbot.wait(50)
    session.ask_query(query)
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == query, timeout=PATIENCE_MS)
    session.open_photo(session.photos[2].path, search=False)
    qtbot.waitUntil(lambda: session.searches.settled(), timeout=PATIENCE_MS)
    assert not asked_here, "".join(asked_here)


def test_a_cut_network_is_told_once_and_outlived(
    window: MainWindow, qtbot: QtBot, address: str, far: FarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = far_window(window, qtbot, address)
    session, told = window.session, list[str]()
    before = session.ranking
    session.failed.connect(lambda error: told.append(str(error)))
    # The system of this computer answers for the silent one, so only patience ends; a shorter one here.
    monkeypatch.setattr(postgres, "LONGEST_S", 1)
    monkeypatch.setattr(postgres, "SPARE_S", 0)
    monkeypatch.setattr(postgres, "CONNECT_S", 2)
    session.searches._again.setInterval(50)
    far.cut.set()
    session.ask_query(query)
    qtbot.waitUntil(lambda: any("the shared library is gone" in one for one in told), timeout=PATIENCE_MS)
    assert session.ranking is before
    qtbot.wait(3000)  # asked again, and said once
    assert sum("the shared library is gone" in one for one in told) == 1
    monkeypatch.undo()
    far.cut.clear()
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == query, timeout=PATIENCE_MS)
